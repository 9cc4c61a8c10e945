"""Placements: the plans of a review under limits, and each as rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.talent.placement import Plan, Seats, chain_from, plans
from core.talent.placing import Limits, seats_for
from core.talent.review import TalentReview


@dataclass(frozen=True)
class Placement:
    """The plans that limits allow in a review, the best total first."""

    review: TalentReview
    limits: Limits
    seats: Seats
    plans: tuple[Plan, ...]


def placement(review: TalentReview, limits: Limits) -> Placement:
    """Find the plans.

    Raises
    ------
    UnknownPost, PlacementImpossible
    """
    seats = seats_for(review, limits)
    return Placement(review, limits, seats, tuple(plans(seats)))


def plan_rows(found: Placement, plan: Plan) -> pd.DataFrame:
    """A plan's posts, the vacant ones first, then those it opens: post, nip, name, fit (None and NaN where it stays empty).

    ``leaves`` is the title of the post each person leaves, ``holder`` whether that post is one of these.
    """
    seats, people = found.seats, found.review.people
    opened = {post for vacant in range(seats.vacant) for post, _ in chain_from(seats, plan, vacant)}
    taken = dict(plan.pairs)
    shown = [*range(seats.vacant), *sorted((opened | set(taken)) - set(range(seats.vacant)))]
    rows = []
    for post in shown:
        person = taken.get(post)
        nip = None if person is None else seats.nips[person]
        rows.append(
            {
                "post": seats.posts[post],
                "nip": nip,
                "name": None if nip is None else people.at[nip, "full_name"],
                "fit": np.nan if person is None else float(seats.fit[post, person]),
                "leaves": None if nip is None else people.at[nip, "position_title"],
                "holder": person is not None and bool(seats.held_by[person] >= 0),
            }
        )
    return pd.DataFrame(rows, columns=["post", "nip", "name", "fit", "leaves", "holder"]).astype(
        {"nip": object, "name": object, "leaves": object}
    )


def placement_table(found: Placement) -> pd.DataFrame:
    """All plans as rows: plan (from 1), post, nip, name, fit."""
    tables = [
        plan_rows(found, plan).assign(plan=number)[["plan", "post", "nip", "name", "fit"]]
        for number, plan in enumerate(found.plans, start=1)
    ]
    if not tables:
        return pd.DataFrame(columns=["plan", "post", "nip", "name", "fit"])
    return pd.concat(tables, ignore_index=True)
