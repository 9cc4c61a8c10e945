"""The best placement of everyone over all vacancies at once, chains included: exact, with its certificate.

The posts that can change hands are the vacant ones and, if chains are wanted, those whose holder may be moved: a holder
who leaves opens the own post, which may be filled in turn. A plan maximises, in this order, the posts filled in the end
and then what its goal asks for. The best total is an assignment problem (``scipy.optimize.linear_sum_assignment``);
the other goals and limits are integer programmes (``scipy.optimize.milp``, HiGHS), one a step of the goal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import coo_array, csr_array, vstack

from core.talent.errors import MantelError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

#: What a plan may be best in, after the posts filled.
GOALS = ("total", "worst", "moves", "chains", "box")
#: Least number of plans laid side by side, if there are as many.
LEAST_PLANS = 3
#: From this many pairs of post and person on the best total is assigned instead of programmed, chains or not.
_LARGE = 200_000
#: In an assignment a move costs, and suiting better gains, this much: far less than any difference the data can mean.
_MOVE, _SUITS = 1e-6, 1e-7
#: How far a step's value may fall short in the next one, in points of fit.
_SLACK = 1e-6


class PlacementImpossible(MantelError):
    """Limits and pins that no plan can keep."""


@dataclass(frozen=True)
class Seats:
    """Posts that can change hands and people who can take them.

    ``fit`` is posts x people, 0-100, NaN where the person may not take the post; the first ``vacant`` posts are
    vacant, the others held. ``holder`` is, for each post, the row of its holder among the people, -1 where vacant.
    ``own`` is each person's fit in the post held among these, 0 for everyone else. ``box`` is 0 where not assessed.
    ``suits`` (posts x people, 0-1) tells apart what is equal in fit: field of study and years in the post's family.
    ``pins`` are pairs (post, person) that must be, ``most_moves`` how many people may move at most, None for any.
    """

    posts: tuple[str, ...]
    nips: tuple[str, ...]
    vacant: int
    fit: FloatArray
    holder: IntArray
    own: FloatArray
    box: npt.NDArray[np.int64]
    suits: FloatArray
    pins: tuple[tuple[int, int], ...] = ()
    most_moves: int | None = None

    @property
    def held_by(self) -> IntArray:
        """For each person the post held among these, -1 for none."""
        held = np.full(len(self.nips), -1, dtype=np.intp)
        at = np.flatnonzero(self.holder >= 0)
        held[self.holder[at]] = at
        return held


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
        alike = next((at for at, one in enumerate(found) if one.pairs == plan.pairs), None)
        if alike is None:
            found.append(plan)
        else:
            found[alike] = replace(found[alike], goals=(*found[alike].goals, goal))
    while len(found) < least:
        try:
            plan = _programme(seats, "total", [one.pairs for one in found])
        except PlacementImpossible:
            break
        if any(one.pairs == plan.pairs for one in found):
            break
        found.append(replace(plan, goals=()))
    return found


def best(seats: Seats, goal: str = "total") -> Plan:
    """The best plan for a goal.

    Goals, each after the posts filled: ``total`` gain; ``worst`` the highest least fit of those placed; ``moves`` the
    fewest people moved; ``chains`` the fewest holders moved; ``box`` the highest sum of the newcomers' box numbers. What is equal in
    that is told apart by the gain, then by fewer moves, then by what suits the post (field of study, years in the family).

    Raises
    ------
    PlacementImpossible
    """
    free = not seats.pins and seats.most_moves is None
    if goal == "total" and free and (seats.vacant == len(seats.posts) or seats.fit.size > _LARGE):
        pairs = assigned(seats)
        if not _rounds(seats, pairs):
            return plan_of(seats, pairs, (goal,), 0.0)
    return _programme(seats, goal, ())


def assigned(seats: Seats) -> list[tuple[int, int]]:
    """The best total as one assignment of all posts to all people; holders may also exchange posts among themselves."""
    if seats.fit.size == 0:
        return []
    posts, people = seats.fit.shape
    # A post filled weighs more than any sum of fits; that no holder is left without a post more than any number of posts.
    filled = 200.0 * (posts + 1)
    kept = 2 * filled * (posts + 1)
    held = np.flatnonzero(seats.holder >= 0)
    value = np.where(np.isnan(seats.fit), -np.inf, seats.fit + filled - _MOVE + _SUITS * seats.suits)
    value[held, seats.holder[held]] = seats.own[seats.holder[held]] + filled
    value[:, seats.holder[held]] += kept
    # A post may stay empty: a column of its own that is worth nothing.
    whole = np.full((posts, people + posts), -np.inf)
    whole[:, :people] = value
    whole[np.arange(posts), people + np.arange(posts)] = 0.0
    rows, columns = linear_sum_assignment(whole, maximize=True)
    return [
        (int(post), int(person))
        for post, person in zip(rows, columns, strict=True)
        if person < people and seats.holder[post] != person
    ]


def _rounds(seats: Seats, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Rounds of holders who only exchange posts among themselves, as lists of places in ``pairs``."""
    held = seats.held_by
    place_of = {post: at for at, (post, _) in enumerate(pairs)}
    seen: set[int] = set()
    rounds = []
    for start in range(len(pairs)):
        way: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            way.append(at)
            # Who takes the post that this one leaves.
            left = int(held[pairs[at][1]])
            at = place_of.get(left) if left >= 0 else None
        if at is not None and at in way:
            rounds.append(way[way.index(at) :])
    return rounds


def _programme(seats: Seats, goal: str, without: Sequence[Sequence[tuple[int, int]]]) -> Plan:
    """A goal by integer programmes, leaving out some plans; rounds are cut off as they appear."""
    edges = _edges(seats, goal, len(without))
    if len(edges) == 0:
        if without or seats.pins:
            raise PlacementImpossible("no plan keeps all pins and limits; let go of a pin or allow more moves")
        return plan_of(seats, (), (goal,), 0.0)
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
        rounds = _rounds(seats, pairs)
        if not rounds:
            return plan_of(seats, pairs, (goal,), gap)
        rules += [_not_all([int(chosen[at]) for at in way], len(way), len(edges)) for way in rounds]


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


def _highest_bar(seats: Seats, posts: IntArray, people: IntArray, lower: FloatArray, possible) -> FloatArray:  # type: ignore[no-untyped-def]
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
