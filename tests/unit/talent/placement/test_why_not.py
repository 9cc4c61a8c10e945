"""Tests of core/talent/placement/why_not.py."""

import numpy as np

from core.talent.placement.limits import Limits, build_problem
from core.talent.placement.plans import find_best_plan
from core.talent.placement.why_not import explain_not_placed


def test_why_somebody_is_not_placed_names_the_price(current):
    problem = build_problem(current, Limits())
    plan = find_best_plan(problem)
    for post in range(problem.vacant):
        for one in explain_not_placed(problem, plan, post):
            assert (post, one.person) not in plan.pairs
            assert np.isnan(one.price) or one.price >= -1e-6 or one.fewer > 0
            assert (one.elsewhere >= 0) == any(person == one.person for _, person in plan.pairs)
