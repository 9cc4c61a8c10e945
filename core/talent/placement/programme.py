"""Placements with a limit of moves: integer programmes (``scipy.optimize.milp``, HiGHS), one a step of the goal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from core.talent.arrays import FloatArray, IntArray
from core.talent.placement.goals import GOALS, find_highest_bar
from core.talent.placement.problem import PlacementImpossible, PlacementProblem, find_cycles

#: How far a step's value may fall short in the next one, in points of fit.
_SLACK = 1e-6


def solve_programme(
    problem: PlacementProblem, goal: str, without: Sequence[Sequence[tuple[int, int]]] = ()
) -> tuple[list[tuple[int, int]], float]:
    """Pairs (post, person) of the best placement for a goal and its gap (see ``Plan``), leaving out some placements.

    Cycles in which holders only exchange posts are cut off as they appear.

    Raises
    ------
    PlacementImpossible
        When none keeps the pins and the limit of moves.
    """
    edges = _edges(problem, goal, len(without))
    if len(edges) == 0:
        if without or problem.pins:
            raise PlacementImpossible
        return [], 0.0
    posts, people = edges.T
    number = {(int(post), int(person)): at for at, (post, person) in enumerate(edges)}
    rules = _constraints(problem, posts, people)
    for other in without:
        rules.append(_not_all([number[pair] for pair in other if pair in number], len(other), len(edges)))
    lower = np.zeros(len(edges))
    lower[[number[pin] for pin in problem.pins]] = 1.0
    steps = _steps(problem, goal, posts, people)
    while True:
        chosen, gap = _solve(problem, goal, steps, posts, people, rules, lower)
        pairs = [(int(posts[at]), int(people[at])) for at in chosen]
        cycles = find_cycles(problem, pairs)
        if not cycles:
            return pairs, gap
        rules += [_not_all([int(chosen[at]) for at in cycle], len(cycle), len(edges)) for cycle in cycles]


def _edges(problem: PlacementProblem, goal: str, more: int) -> IntArray:
    """Pairs worth looking at: all of the holders', of the others only as many a post as could ever be needed.

    Whoever is below the n-th of a post, n being the number of posts (and of plans left out), can be replaced by one of
    those above who is free, and no plan is the worse for it.
    """
    allowed = ~np.isnan(problem.fit)
    worth = np.where(allowed, problem.fit, -np.inf)
    if goal == "box":
        worth = worth + 1000.0 * problem.box
    free = problem.held_by < 0
    enough = len(problem.posts) + more
    keep = allowed & ~free
    outside = np.flatnonzero(free)
    if len(outside) > enough:
        top = outside[np.argpartition(-worth[:, outside], enough - 1, axis=1)[:, :enough]]
        rows = np.repeat(np.arange(len(problem.posts)), enough)
        keep[rows, top.ravel()] |= allowed[rows, top.ravel()]
    else:
        keep[:, outside] |= allowed[:, outside]
    for post, person in problem.pins:
        keep[post, person] = True
    return np.argwhere(keep)


def _constraints(problem: PlacementProblem, posts: IntArray, people: IntArray) -> list[LinearConstraint]:
    """Nobody twice, a post once, a held post only when its holder leaves, the limit of moves."""
    count = len(posts)
    at = np.arange(count)
    ones = np.ones(count)
    once = coo_array((ones, (people, at)), shape=(len(problem.nips), count))
    held = problem.held_by[people]
    leaving = np.flatnonzero(held >= 0)
    seat = coo_array(
        (
            np.concatenate([ones, -ones[leaving]]),
            (np.concatenate([posts, held[leaving]]), np.concatenate([at, leaving])),
        ),
        shape=(len(problem.posts), count),
    )
    room = np.where(problem.holder < 0, 1.0, 0.0)
    rules = [LinearConstraint(csr_array(vstack([once, seat])), ub=np.concatenate([np.ones(len(problem.nips)), room]))]
    # A held post is taken once, however the sums above come out.
    rules.append(LinearConstraint(csr_array(coo_array((ones, (posts, at)), shape=(len(problem.posts), count))), ub=1.0))
    if problem.most_moves is not None:
        rules.append(LinearConstraint(np.ones((1, count)), ub=float(problem.most_moves)))
    return rules


def _not_all(places: Sequence[int], size: int, count: int) -> LinearConstraint:
    """Not all of some pairs together."""
    row = np.zeros((1, count))
    row[0, list(places)] = 1.0
    return LinearConstraint(row, ub=float(size - 1))


def _steps(problem: PlacementProblem, goal: str, posts: IntArray, people: IntArray) -> list[FloatArray]:
    """What is maximised, one after the other."""
    leaves = (problem.held_by[people] >= 0).astype(float)
    gain = problem.fit[posts, people] - leaves * problem.own[people]
    value = GOALS[goal].value(problem)[people]
    return [1.0 - leaves, *([value] if value.any() else []), gain, -np.ones(len(posts)), problem.suits[posts, people]]


def _solve(
    problem: PlacementProblem,
    goal: str,
    steps: Sequence[FloatArray],
    posts: IntArray,
    people: IntArray,
    rules: Sequence[LinearConstraint],
    lower: FloatArray,
) -> tuple[IntArray, float]:
    """Places of the pairs chosen, and the largest gap of any step, in what it maximises."""
    remaining = list(rules)
    upper = np.ones(len(posts))
    gaps = [0.0]

    def maximise(worth: FloatArray, limit: FloatArray) -> tuple[FloatArray, float] | None:
        done = milp(
            -worth,
            integrality=np.ones(len(posts)),
            bounds=Bounds(lower, limit),
            constraints=remaining,
            options={"mip_rel_gap": 0.0},
        )
        if done.x is None:
            return None
        gaps.append(float(done.mip_gap or 0.0) * abs(float(done.fun)))
        return np.round(done.x), -float(done.fun)

    first = maximise(steps[0], upper)
    if first is None:
        raise PlacementImpossible
    filled = first[1]
    remaining.append(LinearConstraint(steps[0][None, :], lb=filled - _SLACK))
    if GOALS[goal].lifts_least_fit:
        fits = problem.fit[posts, people]

        def above(bar: float) -> FloatArray:
            return np.where((fits >= bar) | (lower > 0), 1.0, 0.0)

        bar = find_highest_bar(problem, lambda bar: maximise(steps[0], above(bar)) is not None)
        upper = np.where(fits >= bar, 1.0, 0.0)
    chosen = first[0]
    for worth in steps[1:]:
        solution = maximise(worth, upper)
        assert solution is not None, "the step before kept all rules"
        chosen = solution[0]
        remaining.append(LinearConstraint(worth[None, :], lb=solution[1] - _SLACK))
    return np.flatnonzero(chosen > 0.5), max(gaps)
