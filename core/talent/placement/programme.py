"""Placements with a limit of moves: integer programmes (``scipy.optimize.milp``, HiGHS), one a step of the goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from core.talent.arrays import FloatArray, IntArray
from core.talent.placement.problem import PlacementImpossible, Seats, rounds

#: How far a step's value may fall short in the next one, in points of fit.
_SLACK = 1e-6


def programme(
    seats: Seats, goal: str, without: Sequence[Sequence[tuple[int, int]]] = ()
) -> tuple[list[tuple[int, int]], float]:
    """Pairs (post, person) of the best placement for a goal and its gap, leaving out some placements.

    Rounds in which holders only exchange posts are cut off as they appear.

    Raises
    ------
    PlacementImpossible
        When none keeps the pins and the limit of moves.
    """
    edges = _edges(seats, goal, len(without))
    if len(edges) == 0:
        if without or seats.pins:
            raise PlacementImpossible("no plan keeps all pins and limits; let go of a pin or allow more moves")
        return [], 0.0
    posts, people = edges.T
    number = {(int(post), int(person)): at for at, (post, person) in enumerate(edges)}
    rules = _constraints(seats, posts, people)
    for other in without:
        rules.append(_not_all([number[pair] for pair in other if pair in number], len(other), len(edges)))
    lower = np.zeros(len(edges))
    lower[[number[pin] for pin in seats.pins]] = 1.0
    steps = _steps(seats, goal, posts, people)
    while True:
        chosen, gap = _solve(seats, goal, steps, posts, people, rules, lower)
        pairs = [(int(posts[at]), int(people[at])) for at in chosen]
        circles = rounds(seats, pairs)
        if not circles:
            return pairs, gap
        rules += [_not_all([int(chosen[at]) for at in way], len(way), len(edges)) for way in circles]


def _edges(seats: Seats, goal: str, more: int) -> IntArray:
    """Pairs worth looking at: all of the holders', of the others only as many a post as could ever be needed.

    Whoever is below the n-th of a post, n being the number of posts (and of plans left out), can be replaced by one of
    those above who is free, and no plan is the worse for it.
    """
    allowed = ~np.isnan(seats.fit)
    worth = np.where(allowed, seats.fit, -np.inf)
    if goal == "box":
        worth = worth + 1000.0 * seats.box
    free = seats.held_by < 0
    enough = len(seats.posts) + more
    keep = allowed & ~free
    outside = np.flatnonzero(free)
    if len(outside) > enough:
        top = outside[np.argpartition(-worth[:, outside], enough - 1, axis=1)[:, :enough]]
        rows = np.repeat(np.arange(len(seats.posts)), enough)
        keep[rows, top.ravel()] |= allowed[rows, top.ravel()]
    else:
        keep[:, outside] |= allowed[:, outside]
    for post, person in seats.pins:
        keep[post, person] = True
    return np.argwhere(keep)


def _constraints(seats: Seats, posts: IntArray, people: IntArray) -> list[LinearConstraint]:
    """Nobody twice, a post once, a held post only when its holder leaves, the limit of moves."""
    count = len(posts)
    at = np.arange(count)
    ones = np.ones(count)
    once = coo_array((ones, (people, at)), shape=(len(seats.nips), count))
    held = seats.held_by[people]
    leaving = np.flatnonzero(held >= 0)
    seat = coo_array(
        (
            np.concatenate([ones, -ones[leaving]]),
            (np.concatenate([posts, held[leaving]]), np.concatenate([at, leaving])),
        ),
        shape=(len(seats.posts), count),
    )
    room = np.where(seats.holder < 0, 1.0, 0.0)
    rules = [LinearConstraint(csr_array(vstack([once, seat])), ub=np.concatenate([np.ones(len(seats.nips)), room]))]
    # A held post is taken once, however the sums above come out.
    rules.append(LinearConstraint(csr_array(coo_array((ones, (posts, at)), shape=(len(seats.posts), count))), ub=1.0))
    if seats.most_moves is not None:
        rules.append(LinearConstraint(np.ones((1, count)), ub=float(seats.most_moves)))
    return rules


def _not_all(places: Sequence[int], size: int, count: int) -> LinearConstraint:
    """Not all of some pairs together."""
    row = np.zeros((1, count))
    row[0, list(places)] = 1.0
    return LinearConstraint(row, ub=float(size - 1))


def _steps(seats: Seats, goal: str, posts: IntArray, people: IntArray) -> list[FloatArray]:
    """What is maximised, one after the other."""
    leaves = (seats.held_by[people] >= 0).astype(float)
    gain = seats.fit[posts, people] - leaves * seats.own[people]
    between: dict[str, list[FloatArray]] = {
        "total": [],
        "worst": [],
        "moves": [-np.ones(len(posts))],
        "chains": [-leaves],
        # A holder's box is there before and after.
        "box": [seats.box[people] * (1.0 - leaves)],
    }
    return [1.0 - leaves, *between[goal], gain, -np.ones(len(posts)), seats.suits[posts, people]]


def _solve(
    seats: Seats,
    goal: str,
    steps: Sequence[FloatArray],
    posts: IntArray,
    people: IntArray,
    rules: Sequence[LinearConstraint],
    lower: FloatArray,
) -> tuple[IntArray, float]:
    """Places of the pairs chosen, and the largest gap of any step."""
    kept = list(rules)
    upper = np.ones(len(posts))
    gaps = [0.0]

    def maximise(worth: FloatArray, limit: FloatArray) -> tuple[FloatArray, float] | None:
        done = milp(
            -worth,
            integrality=np.ones(len(posts)),
            bounds=Bounds(lower, limit),
            constraints=kept,
            options={"mip_rel_gap": 0.0},
        )
        if done.x is None:
            return None
        gaps.append(float(done.mip_gap or 0.0))
        return np.round(done.x), -float(done.fun)

    first = maximise(steps[0], upper)
    if first is None:
        raise PlacementImpossible("no plan keeps all pins and limits; let go of a pin or allow more moves")
    filled = first[1]
    kept.append(LinearConstraint(steps[0][None, :], lb=filled - _SLACK))
    if goal == "worst":
        upper = _highest_bar(seats, posts, people, lower, lambda limit: maximise(steps[0], limit) is not None)
    chosen = first[0]
    for worth in steps[1:]:
        found = maximise(worth, upper)
        assert found is not None, "the step before kept all rules"
        chosen = found[0]
        kept.append(LinearConstraint(worth[None, :], lb=found[1] - _SLACK))
    return np.flatnonzero(chosen > 0.5), max(gaps)


def _highest_bar(
    seats: Seats, posts: IntArray, people: IntArray, lower: FloatArray, possible: Callable[[FloatArray], bool]
) -> FloatArray:
    """Upper bounds that shut out every pair below the highest bar that still lets as many posts be filled (by halving)."""
    fits = seats.fit[posts, people]
    bars = np.unique(fits)
    low, high = 0, len(bars) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if possible(np.where((fits >= bars[middle]) | (lower > 0), 1.0, 0.0)):
            low = middle
        else:
            high = middle - 1
    # A pinned pair below the bar is the least fit in any case; others down to it cost nothing.
    bar = min([float(bars[low]), *(float(fit) for fit in fits[lower > 0])])
    return np.where(fits >= bar, 1.0, 0.0)
