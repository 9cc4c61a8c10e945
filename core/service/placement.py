"""Placements: the plans of a review under limits, and each as rows."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from core.service.accounts import Account, require
from core.service.clock import now
from core.store import accounts as trail
from core.store import succession as store
from core.store.database import reading, writing
from core.talent.errors import MantelError
from core.talent.placement.limits import Limits, seats_for
from core.talent.placement.plans import Plan, chain_from, plans
from core.talent.placement.problem import Seats
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


def chain_rows(found: Placement, plan: Plan) -> pd.DataFrame:
    """The chains of a plan: chain, step, post, nip, name, kind (``filled``, ``empty``, or ``left`` for a post outside)."""
    seats, people = found.seats, found.review.people
    titles = {one.post: one.title for one in found.review.positions}
    rows = []
    for chain in range(seats.vacant):
        step = 0
        for step, (post, person) in enumerate(chain_from(seats, plan, chain)):
            nip = "" if person is None else seats.nips[person]
            name = str(people.at[nip, "full_name"]) if nip else ""
            rows.append((chain, step, titles[seats.posts[post]], nip, name, "filled" if nip else "empty"))
        last = rows[-1]
        if last[3]:
            left = people.at[last[3], "position_title"]
            rows.append((chain, step + 1, str(left) if isinstance(left, str) else "–", "", "", "left"))
    return pd.DataFrame(rows, columns=["chain", "step", "post", "nip", "name", "kind"])


def placement_table(found: Placement) -> pd.DataFrame:
    """All plans as rows: plan (from 1), post, nip, name, fit."""
    tables = [
        plan_rows(found, plan).assign(plan=number)[["plan", "post", "nip", "name", "fit"]]
        for number, plan in enumerate(found.plans, start=1)
    ]
    if not tables:
        return pd.DataFrame(columns=["plan", "post", "nip", "name", "fit"])
    return pd.concat(tables, ignore_index=True)


class PlanProblem(MantelError):
    """A plan that cannot be kept or removed as asked."""


@dataclass(frozen=True)
class KeptPlan:
    """A plan kept by name: post, NIP, name and fit of each pair as they were then."""

    id: int
    name: str
    pairs: tuple[tuple[str, str, str, float], ...]
    horizon: int
    username: str
    saved_at: dt.datetime
    data_version: int
    rubric_digest: str


def kept_plans(engine: sa.Engine) -> list[KeptPlan]:
    """All kept plans, the newest first."""
    with reading(engine) as connection:
        rows = store.plans(connection)
    kept = []
    for row in rows:
        content = json.loads(row["content"])
        pairs = tuple((post, nip, name, float(fit)) for post, nip, name, fit in content["pairs"])
        kept.append(
            KeptPlan(
                row["id"], row["name"], pairs, content["horizon"], row["username"], row["saved_at"],
                row["data_version"], row["rubric_digest"],
            )
        )  # fmt: skip
    return kept


def keep_plan(engine: sa.Engine, found: Placement, plan: Plan, name: str, by: Account) -> int:
    """Keep a plan under a name of its own; returns its number.

    Raises
    ------
    NotAllowed, PlanProblem
    """
    require(by, "weigh")
    name = name.strip()
    if not name or len(name) > 100:
        raise PlanProblem("a plan needs a name of 1 to 100 characters; this one has {count}", count=len(name))
    rows = plan_rows(found, plan).dropna(subset=["nip"])
    content = {
        "horizon": found.limits.horizon,
        "pins": found.limits.pins,
        "bans": found.limits.bans,
        "pairs": rows[["post", "nip", "name", "fit"]].to_numpy().tolist(),
    }
    review = found.review
    with writing(engine) as connection:
        if any(row["name"].casefold() == name.casefold() for row in store.plans(connection)):
            raise PlanProblem("there is already a plan “{name}”; give this one another name", name=name)
        number = store.add_plan(
            connection,
            name=name,
            content=json.dumps(content, ensure_ascii=False),
            rubric_digest=review.rubric.digest,
            data_version=review.data_version,
            as_of=review.as_of,
            username=by.username,
            saved_at=now(),
        )
        trail.note(connection, now(), by.username, "plan kept", str(number))
    return number


def remove_plan(engine: sa.Engine, number: int, by: Account) -> None:
    """Remove a plan; only who kept it or an administrator may.

    Raises
    ------
    NotAllowed, PlanProblem
    """
    kept = next((one for one in kept_plans(engine) if one.id == number), None)
    if kept is None:
        raise PlanProblem("this plan has been removed already")
    require(by, "weigh" if kept.username == by.username else "administer")
    with writing(engine) as connection:
        store.remove_plan(connection, number, now())
        trail.note(connection, now(), by.username, "plan removed", str(number))
