"""Why somebody is not placed where the own fit is high: in figures against a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.talent.placement.plans import Plan, price_pin
from core.talent.placement.problem import PlacementProblem


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
