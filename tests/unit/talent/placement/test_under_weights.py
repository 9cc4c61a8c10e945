"""Tests of core/talent/placement/under_weights.py."""

import numpy as np

from core.talent.placement.limits import Limits, build_problem
from core.talent.placement.plans import find_best_plan
from core.talent.placement.under_weights import compute_kept_shares, reweigh_problem, split_fits


def test_fits_under_the_official_weights_are_the_official_fits(current):
    problem = build_problem(current, Limits(horizon=24))
    criteria = split_fits(current, problem)
    same = reweigh_problem(problem, criteria, np.array(current.rubric.weights))
    np.testing.assert_allclose(same.fit, problem.fit)
    np.testing.assert_allclose(same.own, problem.own)
    plan = find_best_plan(problem)
    weights = np.array(current.rubric.weights)[None, :]
    (shares,) = compute_kept_shares(problem, criteria, weights, [plan])
    assert set(np.unique(shares)) <= {0.0, 1.0}
