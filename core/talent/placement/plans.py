"""The best placement of everyone over all vacancies at once, chains included: exact, with its certificate.

The posts that can change hands are the vacant ones and, if chains are wanted, those whose holder may be moved: a holder
who leaves opens the own post, which may be filled in turn. A plan maximises, in this order, the posts filled in the end
and then what its goal asks for; what is equal is told apart by the fit won, then by fewer moves, then by what suits the
post. Sought by assignments (``search``) or, with a limit of moves, by integer programmes
(``programme``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from core.talent.arrays import BoolArray
from core.talent.placement.goals import GOALS, find_highest_bar
from core.talent.placement.problem import PlacementImpossible, PlacementProblem
from core.talent.placement.programme import solve_programme
from core.talent.placement.search import Solution, count_fillable, search_placements

#: Least number of plans laid side by side, if there are as many.
LEAST_PLANS = 3
#: How many of the best placements are looked through for one that is not a known plan with people exchanged.
_MOST_SOUGHT = 40


@dataclass(frozen=True)
class Plan:
    """A placement: pairs (post, person) in the order of the posts.

    ``goals`` are those it is best in (empty for a runner-up); ``filled`` how many more posts are filled in the end,
    ``gain`` the sum of fits won, each minus the fit in the post left. ``gap`` is how many points of
    fit the best possible may win more, 0 for proven best.
    """

    goals: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    filled: int
    gain: float
    total: float
    worst: float
    chains: int
    gap: float

    @property
    def moves(self) -> int:
        """How many people move."""
        return len(self.pairs)


def build_plan(problem: PlacementProblem, pairs: Sequence[tuple[int, int]], goals: Sequence[str], gap: float) -> Plan:
    """A plan with its figures."""
    ordered = tuple(sorted(pairs))
    fits = [float(problem.fit[post, person]) for post, person in ordered]
    held = problem.held_by
    leaving = [person for _, person in ordered if held[person] >= 0]
    return Plan(
        tuple(goals),
        ordered,
        len(ordered) - len(leaving),
        sum(fits) - sum(float(problem.own[person]) for person in leaving),
        sum(fits),
        min(fits, default=float("nan")),
        len(leaving),
        gap,
    )


def find_plans(problem: PlacementProblem, goals: Sequence[str] = tuple(GOALS), least: int = LEAST_PLANS) -> list[Plan]:
    """The best plan for each goal, those alike as one, and the next best ones in total until there are ``least``.

    Plans that only exchange people of equal fit between posts are one (``identify_plan``). Fewer only where no other plan
    is found.

    Raises
    ------
    PlacementImpossible
        When no plan keeps the pins and the limit of moves.
    """
    plans: list[Plan] = []
    for goal in goals:
        plan = find_best_plan(problem, goal)
        # Where an earlier plan is as good for this goal too, it is the plan for it.
        worth = _worth(problem, plan, goal)
        alike = next((at for at, known in enumerate(plans) if _worth(problem, known, goal) == worth), None)
        if alike is None:
            plans.append(plan)
        else:
            plans[alike] = replace(plans[alike], goals=(*plans[alike].goals, goal))
    known = {identify_plan(plan) for plan in plans}
    for solution in islice(_in_order(problem), _MOST_SOUGHT if len(plans) < least else 0):
        plan = build_plan(problem, solution.pairs, (), solution.gap)
        if len(plans) < least and identify_plan(plan) not in known:
            known.add(identify_plan(plan))
            plans.append(plan)
        if len(plans) == least:
            break
    return plans


def identify_plan(plan: Plan) -> tuple[object, ...]:
    """What a committee tells a plan by: who is placed, which posts are filled, and the fit won.

    Plans that only exchange people of equal fit between posts have the same.
    """
    posts, people = (frozenset(pair[side] for pair in plan.pairs) for side in (0, 1))
    return posts, people, round(plan.gain, 2)


def _worth(problem: PlacementProblem, plan: Plan, goal: str) -> tuple[float, ...]:
    """What a plan is for a goal: posts filled, what the goal asks for, gain to a hundredth of a point, moves."""
    aim = GOALS[goal]
    between = plan.worst if aim.lifts_least_fit and plan.pairs else 0.0
    between += float(aim.value(problem)[[person for _, person in plan.pairs]].sum())
    return plan.filled, round(between, 6), round(plan.gain, 2), -plan.moves


def _in_order(problem: PlacementProblem) -> Iterator[Solution]:
    """Placements by total, the best first."""
    if problem.most_moves is None:
        yield from search_placements(problem, "total", np.ones(problem.fit.shape, dtype=bool))
        return
    seen: list[tuple[tuple[int, int], ...]] = []
    while True:
        try:
            pairs, gap = solve_programme(problem, "total", seen)
        except PlacementImpossible:
            return
        seen.append(tuple(sorted(pairs)))
        yield Solution(seen[-1], gap)
        if not pairs:
            return


def find_best_plan(problem: PlacementProblem, goal: str = "total") -> Plan:
    """The best plan for a goal.

    ``goal`` is a key of ``GOALS``; it counts after the posts filled.

    Raises
    ------
    PlacementImpossible
    """
    if problem.fit.size == 0:
        if problem.pins:
            raise PlacementImpossible
        return build_plan(problem, (), (goal,), 0.0)
    if problem.most_moves is not None:
        pairs, gap = solve_programme(problem, goal)
        return build_plan(problem, pairs, (goal,), gap)
    allowed = _above_the_bar(problem) if GOALS[goal].lifts_least_fit else np.ones(problem.fit.shape, dtype=bool)
    plan = next(search_placements(problem, goal, allowed), None)
    if plan is None:
        raise PlacementImpossible
    return build_plan(problem, plan.pairs, (goal,), plan.gap)


def _above_the_bar(problem: PlacementProblem) -> BoolArray:
    """The pairs of at least the highest fit that still lets as many posts be filled.

    How many are filled does not depend on cycles: whoever only exchanges posts may as well stay.
    """

    def count(bar: float) -> int:
        allowed = problem.fit >= bar
        for pin in problem.pins:
            allowed[pin] = True
        return count_fillable(problem, allowed)

    most = count(-np.inf)
    return np.asarray(problem.fit >= find_highest_bar(problem, lambda bar: count(bar) == most))


def follow_chain(problem: PlacementProblem, plan: Plan, post: int) -> list[tuple[int, int | None]]:
    """From a vacant post: who takes it, who follows in the post left, until it closes: (post, person or None)."""
    taken = dict(plan.pairs)
    held = problem.held_by
    chain: list[tuple[int, int | None]] = []
    at = post
    while at >= 0:
        person = taken.get(at)
        chain.append((at, person))
        if person is None:
            break
        at = int(held[person])
    return chain


def price_pin(problem: PlacementProblem, pin: tuple[int, int], without: Plan) -> tuple[Plan, float] | None:
    """The best plan with a pair pinned, for the goal of the plan without, and what it costs in fit; None where it cannot be.

    A post less filled is told by the plan's ``filled``.
    """
    try:
        plan = find_best_plan(replace(problem, pins=(*problem.pins, pin)), next(iter(without.goals), "total"))
    except PlacementImpossible:
        return None
    return plan, without.gain - plan.gain
