"""Tests of core/talent/placement/why_not.py."""

import numpy as np

from core.talent.placement.limits import Limits, build_problem
from core.talent.placement.plans import find_best_plan
from core.talent.placement.why_not import explain_not_placed


def test_why_somebody_is_not_placed_names_the_price(current):
    problem = build_problem(current, Limits())
    plan = find_best_plan(problem)
    for post in range(problem.vacant):
        for reason in explain_not_placed(problem, plan, post):
            assert (post, reason.person) not in plan.pairs
            assert np.isnan(reason.price) or reason.price >= -1e-6 or reason.fewer > 0
            assert (reason.elsewhere >= 0) == any(person == reason.person for _, person in plan.pairs)
