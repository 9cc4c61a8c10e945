"""Placements: the plans of a review under limits, and each as rows."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from core.service.saved import SavedKind, list_named, remove_named, save_named
from core.store.accounts import Account
from core.store.tables import SavedPlan as SavedPlanRow
from core.talent.errors import MantelError
from core.talent.placement.limits import Limits, build_problem
from core.talent.placement.plans import Plan, find_plans, follow_chain
from core.talent.placement.problem import PlacementProblem
from core.talent.review import Basis, TalentReview
from core.trail.events import Event


@dataclass(frozen=True)
class Placement:
    """The plans that limits allow in a review, the best total first."""

    review: TalentReview
    limits: Limits
    problem: PlacementProblem
    plans: tuple[Plan, ...]

    @property
    def cache_key(self) -> str:
        """Names the review and the limits that the plans follow from."""
        return f"{self.review.cache_key}|{self.limits!r}"


def find_placement(review: TalentReview, limits: Limits) -> Placement:
    """Find the plans.

    Raises
    ------
    UnknownPost, PlacementImpossible
    """
    problem = build_problem(review, limits)
    return Placement(review, limits, problem, tuple(find_plans(problem)))


def tabulate_plan(placement: Placement, plan: Plan) -> pd.DataFrame:
    """A plan's posts, the vacant ones first, then those it opens: post, nip, name, fit (None and NaN where it stays empty).

    ``leaves`` is the title of the post each person leaves, ``holder`` whether that post is one of these.
    """
    problem, people = placement.problem, placement.review.people
    opened = {post for vacant in range(problem.vacant) for post, _ in follow_chain(problem, plan, vacant)}
    taken = dict(plan.pairs)
    shown = [*range(problem.vacant), *sorted((opened | set(taken)) - set(range(problem.vacant)))]
    rows = []
    for post in shown:
        person = taken.get(post)
        nip = None if person is None else problem.nips[person]
        rows.append(
            {
                "post": problem.posts[post],
                "nip": nip,
                "name": None if nip is None else people.at[nip, "full_name"],
                "fit": np.nan if person is None else float(problem.fit[post, person]),
                "leaves": None if nip is None else people.at[nip, "position_title"],
                "holder": person is not None and bool(problem.held_by[person] >= 0),
            }
        )
    return pd.DataFrame(rows, columns=["post", "nip", "name", "fit", "leaves", "holder"]).astype(
        {"nip": object, "name": object, "leaves": object}
    )


def tabulate_chains(placement: Placement, plan: Plan) -> pd.DataFrame:
    """The chains of a plan: chain, step, post, nip, name, kind (``filled``, ``empty``, or ``left`` for a post outside)."""
    problem, people = placement.problem, placement.review.people
    titles = {post.key: post.title for post in placement.review.posts}
    rows = []
    for chain in range(problem.vacant):
        step = 0
        for step, (post, person) in enumerate(follow_chain(problem, plan, chain)):
            nip = "" if person is None else problem.nips[person]
            name = str(people.at[nip, "full_name"]) if nip else ""
            rows.append((chain, step, titles[problem.posts[post]], nip, name, "filled" if nip else "empty"))
        last = rows[-1]
        if last[3]:
            left = people.at[last[3], "position_title"]
            rows.append((chain, step + 1, str(left) if isinstance(left, str) else "–", "", "", "left"))
    return pd.DataFrame(rows, columns=["chain", "step", "post", "nip", "name", "kind"])


def tabulate_plans(placement: Placement) -> pd.DataFrame:
    """All plans as rows: plan (from 1), post, nip, name, fit."""
    tables = [
        tabulate_plan(placement, plan).assign(plan=number)[["plan", "post", "nip", "name", "fit"]]
        for number, plan in enumerate(placement.plans, start=1)
    ]
    if not tables:
        return pd.DataFrame(columns=["plan", "post", "nip", "name", "fit"])
    return pd.concat(tables, ignore_index=True)


class PlanProblem(MantelError):
    """A plan that cannot be saved or removed as asked."""


_PLANS = SavedKind(SavedPlanRow, Event.PLACEMENT_SAVED, Event.PLACEMENT_REMOVED, PlanProblem)


@dataclass(frozen=True)
class SavedPlan:
    """A plan saved by name: post, NIP, name and fit of each pair as they were then."""

    id: int
    name: str
    pairs: tuple[tuple[str, str, str, float], ...]
    horizon: int
    username: str
    saved_at: dt.datetime
    data_version: int
    rubric_digest: str
    basis: Basis
    weighed_digest: str


def list_plans(engine: sa.Engine) -> list[SavedPlan]:
    """All saved plans, the newest first."""
    saved = []
    for row in list_named(engine, _PLANS):
        content = json.loads(row["content"])
        pairs = tuple((post, nip, name, float(fit)) for post, nip, name, fit in content["pairs"])
        same = {key: row[key] for key in ("id", "name", "username", "saved_at", "data_version", "rubric_digest")}
        basis, digest = content.get("basis", "talent"), content.get("weighed_digest", row["rubric_digest"])
        saved.append(SavedPlan(**same, pairs=pairs, horizon=content["horizon"], basis=basis, weighed_digest=digest))
    return saved


def save_plan(engine: sa.Engine, placement: Placement, plan: Plan, name: str, *, by: Account) -> int:
    """Save a plan under a name of its own; returns its number.

    Raises
    ------
    NotAllowed, PlanProblem
    """
    rows = tabulate_plan(placement, plan).dropna(subset=["nip"])
    content = {
        "horizon": placement.limits.horizon,
        "basis": placement.limits.basis,
        "weighed_digest": placement.review.rubric_of(placement.limits.basis).digest,
        "pins": placement.limits.pins,
        "bans": placement.limits.bans,
        "pairs": rows[["post", "nip", "name", "fit"]].to_numpy().tolist(),
    }
    review = placement.review
    return save_named(
        engine,
        _PLANS,
        name,
        by=by,
        content=json.dumps(content, ensure_ascii=False),
        rubric_digest=review.rubric.digest,
        data_version=review.data_version,
        as_of=review.as_of,
    )


def remove_plan(engine: sa.Engine, number: int, *, by: Account) -> None:
    """Remove a plan; only who saved it or an administrator may.

    Raises
    ------
    NotAllowed, PlanProblem
    """
    remove_named(engine, _PLANS, number, by=by)
