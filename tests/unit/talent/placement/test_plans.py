"""Placement against brute force on small cases, properties on large ones."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from core.talent.placement import search
from core.talent.placement.plans import GOALS, build_plan, find_best_plan, find_plans, follow_chain, price_pin
from core.talent.placement.problem import PlacementImpossible, PlacementProblem, find_cycles
from core.talent.placement.programme import solve_programme
from core.talent.placement.search import assign_freely, count_fillable, search_placements


def problem(rng, vacant, held, others, density=0.7, **more):
    """Random problem: some vacant, some held by people who may move, some others."""
    people, posts = held + others, vacant + held
    fit = np.round(rng.uniform(40, 100, (posts, people)), 1)
    fit[rng.random((posts, people)) > density] = np.nan
    holder = np.array([-1] * vacant + list(range(held)))
    for at in range(held):
        fit[vacant + at, at] = np.nan  # nobody is placed in the own post
    own = np.concatenate([np.round(rng.uniform(40, 100, held), 1), np.zeros(others)])
    return PlacementProblem(
        posts=tuple(f"p{at}" for at in range(posts)),
        nips=tuple(f"n{at}" for at in range(people)),
        vacant=vacant,
        fit=fit,
        holder=holder.astype(np.intp),
        own=own,
        box=rng.integers(1, 10, people),
        suits=np.zeros((posts, people)),
        **more,
    )


def every_plan(case):
    """All placements that keep the rules, by going through all of them."""
    posts = len(case.posts)
    options = [[None, *np.flatnonzero(~np.isnan(case.fit[post]))] for post in range(posts)]
    for chosen in itertools.product(*options):
        placed = [person for person in chosen if person is not None]
        if len(set(placed)) < len(placed):
            continue
        pairs = [(post, int(person)) for post, person in enumerate(chosen) if person is not None]
        moved = set(placed)
        if any(case.holder[post] >= 0 and case.holder[post] not in moved for post, _ in pairs):
            continue
        if case.most_moves is not None and len(pairs) > case.most_moves:
            continue
        if not set(case.pins) <= set(pairs):
            continue
        if in_cycles(case, pairs):
            continue
        yield build_plan(case, pairs, (), 0.0)


def in_cycles(case, pairs):
    """Whether holders exchange posts among themselves without a vacancy at the end."""
    taken = dict(pairs)
    held = {person: post for post, person in enumerate(case.holder) if person >= 0}
    for start in taken:
        at, steps = start, 0
        while at in taken and taken[at] in held and steps <= len(taken):
            at, steps = held[taken[at]], steps + 1
        if steps > len(taken):
            return True
    return False


def value(case, plan, goal):
    """What a goal compares, in its order."""
    held = case.held_by
    newcomers = [person for _, person in plan.pairs if held[person] < 0]
    between = {
        "total": (),
        "worst": (-1.0 if np.isnan(plan.worst) else plan.worst,),
        "moves": (-plan.moves,),
        "chains": (-plan.chains,),
        "box": (sum(int(case.box[person]) for person in newcomers),),
    }
    return (plan.filled, *between[goal], round(plan.gain, 4), -plan.moves)


@pytest.mark.parametrize("seed", range(500))
def test_no_plan_is_better_than_the_one_found(seed):
    rng = np.random.default_rng(seed)
    case = problem(rng, int(rng.integers(1, 4)), int(rng.integers(0, 3)), int(rng.integers(1, 5)))
    if seed % 3 == 0:
        case = replace(case, most_moves=int(rng.integers(1, 4)))
    if seed % 4 == 0:
        allowed = np.argwhere(~np.isnan(case.fit[: case.vacant]))
        if len(allowed):
            post, person = allowed[rng.integers(len(allowed))]
            case = replace(case, pins=((int(post), int(person)),))
    goal = tuple(GOALS)[seed % len(GOALS)]
    all_plans = list(every_plan(case))
    if not all_plans:
        with pytest.raises(PlacementImpossible):
            find_best_plan(case, goal)
        return
    highest = max(value(case, plan, goal) for plan in all_plans)
    plan = find_best_plan(case, goal)
    assert value(case, plan, goal) == highest
    assert plan.gap == 0
    assert plan.pairs in {plan.pairs for plan in all_plans}


@pytest.mark.parametrize("seed", range(60))
def test_plans_are_distinct_allowed_and_as_many_as_there_are(seed):
    rng = np.random.default_rng(1000 + seed)
    case = problem(rng, 2, int(rng.integers(0, 2)), 3)
    plans = find_plans(case)
    possible = {plan.pairs for plan in every_plan(case)}
    assert len({plan.pairs for plan in plans}) == len(plans)
    assert {plan.pairs for plan in plans} <= possible
    # Fewer than three only where there are no more; leaving everything as it is fills nothing and is no plan beside others.
    others = len(possible - {()})
    assert len(plans) >= min(3, max(others, 1))
    assert {goal for plan in plans for goal in plan.goals} == set(GOALS)


@pytest.mark.parametrize("seed", range(8))
def test_nobody_twice_and_every_chain_closes_on_large_ones(seed):
    rng = np.random.default_rng(seed)
    case = problem(rng, 20, 15, 300, density=0.2)
    for plan in find_plans(case):
        people = [person for _, person in plan.pairs]
        assert len(set(people)) == len(people)
        assert all(not np.isnan(case.fit[pair]) for pair in plan.pairs)
        seen = set()
        for post in range(case.vacant):
            chain = follow_chain(case, plan, post)
            last = chain[-1][1]
            # It ends with somebody from outside, or with a post that stays empty.
            assert last is None or case.held_by[last] < 0
            assert not seen & {post for post, _ in chain}
            seen |= {post for post, _ in chain}
        assert {post for post, _ in plan.pairs} <= seen


@pytest.mark.parametrize("seed", range(20))
def test_the_pure_case_is_scipys_assignment(seed):
    rng = np.random.default_rng(seed)
    case = problem(rng, 12, 0, 40, density=1.0)
    rows, columns = linear_sum_assignment(case.fit, maximize=True)
    assert find_best_plan(case).gain == pytest.approx(case.fit[rows, columns].sum())
    assert find_best_plan(case).filled == 12


@pytest.mark.parametrize("seed", range(60))
def test_search_and_integer_programme_name_plans_of_the_same_value(seed):
    """Two ways that share nothing but the problem, on cases too large for brute force and full of cycles."""
    rng = np.random.default_rng(seed)
    case = problem(rng, 4, 9, 25, density=0.5)
    goal = tuple(GOALS)[seed % len(GOALS)]
    plan = find_best_plan(case, goal)
    pairs, gap = solve_programme(case, goal)
    assert gap == 0
    assert not in_cycles(case, plan.pairs)
    assert value(case, plan, goal)[:-2] == value(case, build_plan(case, pairs, (), 0.0), goal)[:-2]
    assert plan.gain == pytest.approx(build_plan(case, pairs, (), 0.0).gain, abs=0.02)  # a move weighs 0.001


def test_what_is_exchanged_in_cycles_only_bounds_the_best():
    with_cycles = 0
    for seed in range(40):
        case = problem(np.random.default_rng(seed), 3, 8, 12, density=0.8)
        loose = build_plan(case, assign_freely(case), (), 0.0)
        with_cycles += in_cycles(case, loose.pairs)
        assert find_best_plan(case).gain <= loose.gain + 0.02
    assert with_cycles > 3


def test_a_pin_has_its_price():
    rng = np.random.default_rng(3)
    case = problem(rng, 3, 1, 6, density=1.0)
    free = find_best_plan(case)
    for person in range(len(case.nips)):
        plan, price = price_pin(case, (0, person), free)
        assert (0, person) in plan.pairs
        assert price >= -1e-6 or plan.filled < free.filled
    assert price_pin(case, free.pairs[0], free)[1] == pytest.approx(0, abs=1e-6)


def test_a_post_without_anybody_stays_empty_and_the_others_do_not():
    rng = np.random.default_rng(5)
    case = problem(rng, 3, 0, 4, density=1.0)
    case.fit[1] = np.nan
    plan = find_best_plan(case)
    assert plan.filled == 2
    assert [post for post, _ in plan.pairs] == [0, 2]
    nobody = replace(case, fit=np.full_like(case.fit, np.nan))
    (only,) = find_plans(nobody)
    assert only.pairs == ()


def test_pins_that_cannot_be_together_are_refused():
    rng = np.random.default_rng(6)
    case = problem(rng, 2, 0, 4, density=1.0)
    with pytest.raises(PlacementImpossible, match="let go of a pin"):
        find_best_plan(replace(case, pins=((0, 1), (1, 1))))
    with pytest.raises(PlacementImpossible):
        find_best_plan(replace(case, pins=((0, 1), (1, 2)), most_moves=1))


def test_a_search_cut_short_gives_a_placement_and_how_many_points_the_best_may_win_more(monkeypatch):
    monkeypatch.setattr(search, "MOST_NODES", 0)
    cut = 0
    for seed in range(40):
        case = problem(np.random.default_rng(seed), 3, 8, 12, density=0.8)
        free = build_plan(case, assign_freely(case), (), 0.0)
        plan = find_best_plan(case)
        assert not in_cycles(case, plan.pairs)
        assert plan.gap == pytest.approx(free.gain - plan.gain, abs=0.02)
        cut += plan.gap > 0.1
    assert cut > 3


def test_a_search_cut_short_still_keeps_its_pins(monkeypatch):
    """Without the limit of nodes two holders pinned to each other's posts are no placement; nor are they with it."""
    monkeypatch.setattr(search, "MOST_NODES", 0)
    tried = 0
    for seed in range(60):
        case = problem(np.random.default_rng(seed), 2, 5, 6, density=0.9)
        loose = [cell for cell in assign_freely(case) if case.held_by[cell[1]] >= 0 and case.holder[cell[0]] >= 0]
        for pin in loose[:2]:
            pinned = replace(case, pins=(pin,))
            plan = find_best_plan(pinned)
            assert pin in plan.pairs
            assert not in_cycles(pinned, plan.pairs)
            tried += 1
    assert tried > 20


def test_cycles_are_found_whoever_stands_first():
    case = problem(np.random.default_rng(1), 0, 3, 1, density=1.0)
    assert find_cycles(case, [(0, 1), (1, 0)]) == [[0, 1]]
    assert find_cycles(case, [(0, 1), (1, 2), (2, 0)]) == [[0, 1, 2]]
    assert find_cycles(case, [(0, 1), (1, 3)]) == []
    assert find_cycles(case, [(2, 0), (0, 1), (1, 0)]) == [[1, 2]]


def test_as_many_posts_as_can_be_filled_are_counted():
    case = problem(np.random.default_rng(2), 3, 1, 3, density=1.0)
    everybody = np.ones(case.fit.shape, dtype=bool)
    assert count_fillable(case, everybody) == 3
    assert count_fillable(case, everybody & (np.arange(4) == 2)) == 1
    assert count_fillable(case, np.zeros(case.fit.shape, dtype=bool)) == 0
    assert count_fillable(replace(case, pins=((0, 1), (1, 1))), everybody) == -1


def test_placements_come_from_the_best_downward_and_none_twice():
    for seed in range(12):
        case = problem(np.random.default_rng(seed), 2, 1, 3)
        found = list(search_placements(case, "total", np.ones(case.fit.shape, dtype=bool)))
        worth = [build_plan(case, solution.pairs, (), 0.0) for solution in found]
        order = [(plan.filled, plan.gain) for plan in worth]
        assert all(
            one[0] > other[0] or (one[0] == other[0] and one[1] > other[1] - 0.02)
            for one, other in itertools.pairwise(order)
        )
        pairs = [solution.pairs for solution in found]
        assert len(set(pairs)) == len(pairs)
        assert set(pairs) == {plan.pairs for plan in every_plan(case)}


def test_what_is_equal_in_fit_is_told_apart_by_what_suits_and_by_fewer_moves():
    case = problem(np.random.default_rng(1), 1, 1, 2, density=1.0)
    fit = np.array([[70.0, 70.0, 70.0], [np.nan, 60.0, 60.0]])
    suits = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    equal = replace(case, fit=fit, own=np.array([60.0, 0.0, 0.0]), suits=suits)
    assert find_best_plan(equal).pairs == ((0, 2),)
    # The holder may take it and be followed at no loss: two moves where one does.
    moved = replace(equal, suits=np.array([[0.05, 0.0, 0.0], [0.0, 0.0, 0.0]]))
    assert find_best_plan(moved).moves == 1
    for limit in (1, 2):
        assert find_best_plan(replace(equal, most_moves=limit)).pairs == ((0, 2),)


def test_a_plan_says_what_it_fills_and_wins():
    case = problem(np.random.default_rng(4), 2, 1, 2, density=1.0)
    fit = np.array([[80.0, 50.0, 60.0], [70.0, 90.0, 40.0], [np.nan, 30.0, 45.0]])
    known = replace(case, fit=fit, own=np.array([65.0, 0.0, 0.0]))
    plan = build_plan(known, [(2, 2), (0, 0), (1, 1)], ("total",), 0.0)
    assert plan.pairs == ((0, 0), (1, 1), (2, 2))
    assert (plan.filled, plan.moves, plan.chains) == (2, 3, 1)
    assert (plan.total, plan.gain, plan.worst) == (215.0, 150.0, 45.0)
    assert follow_chain(known, plan, 0) == [(0, 0), (2, 2)]
    assert follow_chain(known, plan, 1) == [(1, 1)]
    assert follow_chain(known, build_plan(known, [(0, 0)], (), 0.0), 0) == [(0, 0), (2, None)]
    assert follow_chain(known, build_plan(known, [], (), 0.0), 1) == [(1, None)]
    assert np.isnan(build_plan(known, [], (), 0.0).worst)


def test_what_a_pin_costs_is_the_gain_it_leaves():
    case = problem(np.random.default_rng(4), 1, 0, 3, density=1.0)
    known = replace(case, fit=np.array([[80.0, 75.0, np.nan]]))
    best = find_best_plan(known)
    plan, price = price_pin(known, (0, 1), best)
    assert (plan.pairs, price) == (((0, 1),), 5.0)
    assert price_pin(replace(known, pins=((0, 0),)), (0, 1), best) is None


def test_a_search_cut_short_never_gives_a_placement_twice_nor_one_it_has_left_out(monkeypatch):
    monkeypatch.setattr(search, "MOST_NODES", 2)
    for seed in range(60):
        case = problem(np.random.default_rng(seed), 2, 4, 4, density=0.9)
        found = list(itertools.islice(search_placements(case, "total", np.ones(case.fit.shape, dtype=bool)), 12))
        pairs = [solution.pairs for solution in found]
        assert len(set(pairs)) == len(pairs)
        assert all(solution.gap >= -0.02 for solution in found)
        assert not any(in_cycles(case, solution.pairs) for solution in found)
