"""Why somebody is not placed where the own fit is high, and why a post stays empty: in figures against a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.talent.placement.plans import Plan, price_pin
from core.talent.placement.problem import PlacementProblem
from core.talent.review import Basis, TalentReview
from core.talent.takers import CHECKS, find_takers


@dataclass(frozen=True)
class NotPlaced:
    """A person beside the one placed in a post.

    ``fit`` here, ``elsewhere`` the post given instead (-1 for none) with ``gain`` the fit there minus the one here;
    ``price`` is what placing the person here would cost the whole plan in fit, NaN where it cannot be, and
    ``fewer`` how many posts less would be filled.
    """

    post: int
    person: int
    fit: float
    elsewhere: int
    gain: float
    price: float
    fewer: int


def explain_not_placed(problem: PlacementProblem, plan: Plan, post: int, most: int = 3) -> list[NotPlaced]:
    """The people of highest fit for a post who are not placed in it, the highest first."""
    placed = {person: where for where, person in plan.pairs}
    here = dict(plan.pairs).get(post)
    fits = problem.fit[post]
    order = np.argsort(-np.nan_to_num(fits, nan=-1.0), kind="stable")
    reasons: list[NotPlaced] = []
    for person in order:
        if np.isnan(fits[person]) or len(reasons) == most:
            break
        if person == here:
            continue
        where = placed.get(int(person), -1)
        priced = price_pin(problem, (post, int(person)), plan)
        reasons.append(
            NotPlaced(
                post,
                int(person),
                float(fits[person]),
                where,
                float(problem.fit[where, person] - fits[person]) if where >= 0 else float("nan"),
                float("nan") if priced is None else priced[1],
                0 if priced is None else plan.filled - priced[0].filled,
            )
        )
    return reasons


@dataclass(frozen=True)
class EmptyPost:
    """Why a post stays empty in a plan.

    ``candidates`` are those by level, ``passing`` of them all gates, ``in_box`` also stand in a box that may be promoted,
    ``known`` also have a known fit, ``serving`` also serve long enough. ``elsewhere`` are takers (person, post given
    instead), ``holding`` takers whom the plan leaves in the post they hold. ``nearly`` are NIP of those who lack one
    thing alone, with what it is.
    """

    candidates: int
    passing: int
    in_box: int
    known: int
    serving: int
    elsewhere: tuple[tuple[int, int], ...]
    holding: tuple[int, ...]
    nearly: tuple[tuple[str, str], ...]


def explain_empty(
    review: TalentReview, problem: PlacementProblem, plan: Plan, post: int, months: int, basis: Basis = "talent"
) -> EmptyPost:
    """The real cause of a post that stays empty, and who would fill it if one thing were otherwise.

    Parameters
    ----------
    months
        How long somebody must still serve at least.
    """
    takers = find_takers(review, problem.posts[post], months, basis)
    checks = takers.checks
    counts, passed = [], np.ones(len(checks), dtype=bool)
    for name in CHECKS:
        passed = passed & checks[name].to_numpy(dtype=bool)
        counts.append(int(passed.sum()))
    taken = {person: where for where, person in plan.pairs}
    able = [int(person) for person in np.flatnonzero(~np.isnan(problem.fit[post]))]
    holders = set(review.holders.values())
    failing = checks.loc[~takers.now & checks["level"].to_numpy(dtype=bool)]
    alone = failing[(~failing).sum(axis=1) == 1]
    talent = review.people["talent"].loc[alone.index].fillna(-1.0).sort_values(ascending=False, kind="stable")
    nearly = tuple((str(nip), next(name for name in CHECKS if not alone.at[nip, name])) for nip in talent.index)
    return EmptyPost(
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        counts[4],
        elsewhere=tuple((person, taken[person]) for person in able if person in taken),
        holding=tuple(person for person in able if person not in taken and problem.nips[person] in holders),
        nearly=nearly,
    )
