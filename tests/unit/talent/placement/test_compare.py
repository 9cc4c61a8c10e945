"""Tests of core/talent/placement/compare.py."""

from dataclasses import replace

import numpy as np
import pytest

from core.talent.placement.compare import compare_plans, find_exchangeable
from core.talent.placement.plans import build_plan, find_plans, identify_plan
from core.talent.placement.problem import PlacementProblem


def problem_of(fit, vacant=None, holder=None):
    fit = np.array(fit, dtype=float)
    posts, people = fit.shape
    return PlacementProblem(
        posts=tuple(f"post{n}" for n in range(posts)),
        nips=tuple(f"nip{n}" for n in range(people)),
        vacant=posts if vacant is None else vacant,
        fit=fit,
        holder=np.full(posts, -1) if holder is None else np.array(holder),
        own=np.zeros(people),
        box=np.full(people, 9),
        suits=np.zeros(fit.shape),
    )


def test_people_of_equal_fit_who_change_places_are_one_plan_and_told_at_the_pair():
    problem = problem_of([[80, 80, 60], [70, 70, 65]])
    one, other = (build_plan(problem, pairs, (), 0.0) for pairs in ([(0, 0), (1, 1)], [(0, 1), (1, 0)]))
    assert identify_plan(one) == identify_plan(other)
    assert find_exchangeable(problem, one) == [((0, 0), (1, 1))]
    third = build_plan(problem, [(0, 0), (1, 2)], (), 0.0)
    assert identify_plan(third) != identify_plan(one)
    assert find_exchangeable(problem, third) == []  # 80 + 65 against 60 + 70


def test_the_plans_laid_side_by_side_are_never_the_same_people_exchanged():
    problem = problem_of([[80, 80, 60, 50], [70, 70, 65, 40]])
    plans = find_plans(problem)
    assert len(plans) >= 3
    assert len({identify_plan(plan) for plan in plans}) == len(plans)


def test_whoever_is_pinned_or_would_go_back_is_not_exchanged():
    problem = problem_of([[80, 80], [70, 70]])
    plan = build_plan(problem, [(0, 0), (1, 1)], (), 0.0)
    assert find_exchangeable(replace(problem, pins=((0, 0),)), plan) == []
    held = problem_of([[80, 80], [70, 70]], vacant=1, holder=[-1, 0])
    assert find_exchangeable(held, build_plan(held, [(0, 0), (1, 1)], (), 0.0)) == []
    gap = problem_of([[80, np.nan], [70, 70]])
    assert find_exchangeable(gap, build_plan(gap, [(0, 0), (1, 1)], (), 0.0)) == []


def test_what_a_plan_gains_and_costs_is_the_difference_of_their_figures():
    problem = problem_of([[80, 60, 55], [70, 72, np.nan]])
    best = build_plan(problem, [(0, 0), (1, 1)], (), 0.0)
    other = build_plan(problem, [(0, 2), (1, 0)], (), 0.0)
    told = compare_plans(other, best)
    assert (told.filled, told.moves, told.chains) == (0, 0, 0)
    assert told.gain == pytest.approx(55 + 70 - 80 - 72)
    assert told.worst == pytest.approx(55 - 72)
    assert (told.posts, told.enters, told.leaves) == ((0, 1), (2,), (1,))
