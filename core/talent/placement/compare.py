"""Plans beside one another: which are one plan, which pairs can be exchanged, and what a plan gains and costs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from core.talent.placement.plans import Plan
from core.talent.placement.problem import PlacementProblem

#: Fits that differ by less (points) are equal to whoever reads them.
EQUAL = 0.005


def find_exchangeable(problem: PlacementProblem, plan: Plan) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Two pairs each (post, person) of a plan whose people can change places without any fit lost or won."""
    pinned = set(problem.pins)
    found = []
    for one, other in combinations(plan.pairs, 2):
        if one in pinned or other in pinned:
            continue
        crossed = problem.fit[one[0], other[1]], problem.fit[other[0], one[1]]
        held = problem.held_by
        # Nobody is put back into the post he leaves.
        if held[other[1]] == one[0] or held[one[1]] == other[0] or np.isnan(crossed).any():
            continue
        if abs(sum(crossed) - problem.fit[one] - problem.fit[other]) < EQUAL:
            found.append((one, other))
    return found


@dataclass(frozen=True)
class Difference:
    """A plan against another: posts filled more, fit won more, least fit higher, moves more, holders moved more, and the
    posts in which others are placed (or nobody).
    """

    filled: int
    gain: float
    worst: float
    moves: int
    chains: int
    posts: tuple[int, ...]
    enters: tuple[int, ...]
    leaves: tuple[int, ...]


def compare_plans(plan: Plan, other: Plan) -> Difference:
    """What a plan has more (or, negative, less) than another; ``enters`` are people only it places, ``leaves`` only the other."""
    own, theirs = dict(plan.pairs), dict(other.pairs)
    posts = sorted(post for post in {*own, *theirs} if own.get(post) != theirs.get(post))
    here, there = set(own.values()), set(theirs.values())
    return Difference(
        plan.filled - other.filled,
        plan.gain - other.gain,
        plan.worst - other.worst,
        plan.moves - other.moves,
        plan.chains - other.chains,
        tuple(posts),
        tuple(sorted(here - there)),
        tuple(sorted(there - here)),
    )
