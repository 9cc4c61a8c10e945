"""Tests of core/talent/placement/under_weights.py."""

import numpy as np

from core.talent.placement.limits import Limits, build_problem
from core.talent.placement.plans import build_plan, find_best_plan
from core.talent.placement.search import assign_freely
from core.talent.placement.under_weights import compute_kept_shares, reweigh_problem, split_fits


def test_fits_under_the_official_weights_are_the_official_fits(current):
    problem = build_problem(current, Limits(horizon=24))
    criteria = split_fits(current, problem)
    same = reweigh_problem(problem, criteria, np.array(current.rubric.weights))
    np.testing.assert_allclose(same.fit, problem.fit)
    np.testing.assert_allclose(same.own, problem.own)
    plan = find_best_plan(problem)
    official = np.array(current.rubric.weights)
    first_alone = np.eye(len(official))[0]
    nowhere = build_plan(problem, [(0, int(np.flatnonzero(np.isnan(problem.fit[0]))[0]))], (), 0.0)
    shares, none = compute_kept_shares(problem, criteria, np.array([official, first_alone]), [plan, nowhere])
    best = [set(assign_freely(reweigh_problem(problem, criteria, weights))) for weights in (official, first_alone)]
    assert shares.tolist() == [sum(pair in pairs for pairs in best) / 2 for pair in plan.pairs]
    # The best total under the official weights is the free assignment's, where no holders exchange posts.
    assert shares.min() >= 0.5
    assert none.tolist() == [0.0]
