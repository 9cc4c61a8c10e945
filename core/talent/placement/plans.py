"""The best placement of everyone over all vacancies at once, chains included: exact, with its certificate.

The posts that can change hands are the vacant ones and, if chains are wanted, those whose holder may be moved: a holder
who leaves opens the own post, which may be filled in turn. A plan maximises, in this order, the posts filled in the end
and then what its goal asks for; what is equal is told apart by the fit won, then by fewer moves, then by what suits the
post. Sought by assignments (``placement_search``) or, with a limit of moves, by integer programmes
(``placement_programme``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from core.talent.arrays import BoolArray
from core.talent.placement.problem import PlacementImpossible, Seats
from core.talent.placement.programme import programme
from core.talent.placement.search import Found, most_filled, placements

#: What a plan may be best in, after the posts filled.
GOALS = ("total", "worst", "moves", "chains", "box")
#: Least number of plans laid side by side, if there are as many.
LEAST_PLANS = 3


@dataclass(frozen=True)
class Plan:
    """A placement: pairs (post, person) in the order of the posts.

    ``goals`` are those it is best in (empty for a runner-up); ``filled`` how many more posts are filled in the end,
    ``gain`` the sum of fits won, each minus the fit in the post left. ``gap`` is the proven distance to the best
    possible as a share, 0 for proven best.
    """

    goals: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    filled: int
    gain: float
    total: float
    worst: float
    chains: int
    gap: float = field(compare=False)

    @property
    def moves(self) -> int:
        """How many people move."""
        return len(self.pairs)


def plan_of(seats: Seats, pairs: Sequence[tuple[int, int]], goals: Sequence[str], gap: float) -> Plan:
    """A plan with its figures."""
    ordered = tuple(sorted(pairs))
    fits = [float(seats.fit[post, person]) for post, person in ordered]
    held = seats.held_by
    leaving = [person for _, person in ordered if held[person] >= 0]
    return Plan(
        tuple(goals),
        ordered,
        len(ordered) - len(leaving),
        sum(fits) - sum(float(seats.own[person]) for person in leaving),
        sum(fits),
        min(fits, default=float("nan")),
        len(leaving),
        gap,
    )


def plans(seats: Seats, goals: Sequence[str] = GOALS, least: int = LEAST_PLANS) -> list[Plan]:
    """The best plan for each goal, those alike as one, and the next best ones in total until there are ``least``.

    Fewer only where no other plan exists.

    Raises
    ------
    PlacementImpossible
        When no plan keeps the pins and the limit of moves.
    """
    found: list[Plan] = []
    for goal in goals:
        plan = best(seats, goal)
        # Where an earlier plan is as good for this goal too, it is the plan for it.
        worth = _worth(seats, plan, goal)
        alike = next((at for at, one in enumerate(found) if _worth(seats, one, goal) == worth), None)
        if alike is None:
            found.append(plan)
        else:
            found[alike] = replace(found[alike], goals=(*found[alike].goals, goal))
    if len(found) < least:
        # Among one more of the best than there are plans, one at least is new.
        for one in islice(_in_order(seats), least + len(found)):
            if len(found) < least and all(one.pairs != plan.pairs for plan in found):
                found.append(plan_of(seats, one.pairs, (), one.gap))
    return found


def _worth(seats: Seats, plan: Plan, goal: str) -> tuple[float, ...]:
    """What a plan is for a goal: posts filled, what the goal asks for, gain to a hundredth of a point, moves."""
    held = seats.held_by
    newcomers = [person for _, person in plan.pairs if held[person] < 0]
    between = {
        "total": 0.0,
        "worst": plan.worst if plan.pairs else 0.0,
        "moves": -plan.moves,
        "chains": -plan.chains,
        "box": float(seats.box[newcomers].sum()),
    }
    return plan.filled, round(between[goal], 6), round(plan.gain, 2), -plan.moves


def _in_order(seats: Seats) -> Iterator[Found]:
    """Placements by total, the best first."""
    if seats.most_moves is None:
        yield from placements(seats, "total", np.ones(seats.fit.shape, dtype=bool))
        return
    seen: list[tuple[tuple[int, int], ...]] = []
    while True:
        try:
            pairs, gap = programme(seats, "total", seen)
        except PlacementImpossible:
            return
        seen.append(tuple(sorted(pairs)))
        yield Found(seen[-1], gap)
        if not pairs:
            return


def best(seats: Seats, goal: str = "total") -> Plan:
    """The best plan for a goal.

    Goals, each after the posts filled: ``total`` gain; ``worst`` the highest least fit of those placed; ``moves`` the
    fewest people moved; ``chains`` the fewest holders moved; ``box`` the highest sum of the newcomers' box numbers.

    Raises
    ------
    PlacementImpossible
    """
    if seats.fit.size == 0:
        if seats.pins:
            raise PlacementImpossible(_NO_PLAN)
        return plan_of(seats, (), (goal,), 0.0)
    if seats.most_moves is not None:
        pairs, gap = programme(seats, goal)
        return plan_of(seats, pairs, (goal,), gap)
    allowed = _above_the_bar(seats) if goal == "worst" else np.ones(seats.fit.shape, dtype=bool)
    found = next(placements(seats, goal, allowed), None)
    if found is None:
        raise PlacementImpossible(_NO_PLAN)
    return plan_of(seats, found.pairs, (goal,), found.gap)


_NO_PLAN = "no plan keeps all pins and limits; let go of a pin or allow more moves"


def _above_the_bar(seats: Seats) -> BoolArray:
    """The pairs of at least the highest fit that still lets as many posts be filled (by halving).

    How many are filled does not depend on rounds: whoever only exchanges posts may as well stay.
    """
    pinned = [float(seats.fit[pin]) for pin in seats.pins]

    def filled(bar: float) -> int:
        allowed = seats.fit >= bar
        for pin in seats.pins:
            allowed[pin] = True
        return most_filled(seats, allowed)

    fits = np.unique(seats.fit[~np.isnan(seats.fit)])
    if not len(fits):
        return np.ones(seats.fit.shape, dtype=bool)
    most = filled(-np.inf)
    low, high = 0, len(fits) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if filled(float(fits[middle])) == most:
            low = middle
        else:
            high = middle - 1
    # A pinned pair below the bar is the least fit in any case; others down to it cost nothing.
    return np.asarray(seats.fit >= min([float(fits[low]), *pinned]))


def chain_from(seats: Seats, plan: Plan, post: int) -> list[tuple[int, int | None]]:
    """From a vacant post: who takes it, who follows in the post left, until it closes: (post, person or None)."""
    taken = dict(plan.pairs)
    held = seats.held_by
    chain: list[tuple[int, int | None]] = []
    at = post
    while at >= 0:
        person = taken.get(at)
        chain.append((at, person))
        if person is None:
            break
        at = int(held[person])
    return chain


def price_of(seats: Seats, pin: tuple[int, int], without: Plan) -> tuple[Plan, float] | None:
    """The best total with a pair pinned and what it costs in fit against the plan without; None where it cannot be.

    A post less filled is told by the plan's ``filled``.
    """
    try:
        plan = best(replace(seats, pins=(*seats.pins, pin)))
    except PlacementImpossible:
        return None
    return plan, without.gain - plan.gain
