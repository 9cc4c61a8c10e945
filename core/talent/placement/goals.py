"""What a plan may be best in, after the posts filled: each goal in one place.

Search, integer programmes and the comparison of plans all read the goal from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.talent.arrays import BoolArray, FloatArray
from core.talent.placement.problem import PlacementProblem


@dataclass(frozen=True)
class Goal:
    """What a goal gives each person's move, and whether the least fit of those placed is lifted first.

    ``value`` gives one number a person, the more the better; what a move of that person adds to the goal.
    """

    value: Callable[[PlacementProblem], FloatArray]
    lifts_least_fit: bool = False


def _is_holder(problem: PlacementProblem) -> BoolArray:
    return np.asarray(problem.held_by >= 0)


def _nothing(problem: PlacementProblem) -> FloatArray:
    return np.zeros(len(problem.nips))


def _fewest_moves(problem: PlacementProblem) -> FloatArray:
    return -np.ones(len(problem.nips))


def _fewest_holders_moved(problem: PlacementProblem) -> FloatArray:
    return np.where(_is_holder(problem), -1.0, 0.0)


def _highest_boxes(problem: PlacementProblem) -> FloatArray:
    # A holder's box is there before and after.
    return np.where(_is_holder(problem), 0.0, problem.box.astype(np.float64))


#: Goals by key: ``total`` gain; ``worst`` the highest least fit of those placed; ``moves`` the fewest people moved;
#: ``chains`` the fewest holders moved; ``box`` the highest sum of the newcomers' box numbers.
GOALS: dict[str, Goal] = {
    "total": Goal(_nothing),
    "worst": Goal(_nothing, lifts_least_fit=True),
    "moves": Goal(_fewest_moves),
    "chains": Goal(_fewest_holders_moved),
    "box": Goal(_highest_boxes),
}


def find_highest_bar(problem: PlacementProblem, allows: Callable[[float], bool]) -> float:
    """The highest fit that may be asked of everybody placed, by halving over the fits there are.

    Whoever is pinned below it is the least fit in any case, so the bar comes down to the lowest pin.

    Parameters
    ----------
    allows
        Whether a bar still lets as many posts be filled; true of the lowest fit.
    """
    fits = np.unique(problem.fit[~np.isnan(problem.fit)])
    if not len(fits):
        return -np.inf
    low, high = 0, len(fits) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if allows(float(fits[middle])):
            low = middle
        else:
            high = middle - 1
    return min([float(fits[low]), *(float(problem.fit[pin]) for pin in problem.pins)])
