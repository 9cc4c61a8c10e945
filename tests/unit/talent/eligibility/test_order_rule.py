"""Tests of core/talent/eligibility/order_rule.py."""

import itertools

import numpy as np

from core.talent.eligibility.order_rule import assign_groups


def test_eligible_people_come_first_then_the_higher_box_then_nobody_without_one():
    pairs = list(itertools.product((0, 1, 2), (9, 8, 7, 6, 5, 4, 3, 2, 1, 0)))
    eligibility, box = np.array(pairs).T
    groups = assign_groups("box", eligibility, box)
    assert (np.diff(groups) > 0).all()  # the pairs stand in the order that the rule gives
    assert set(assign_groups("score", eligibility, box).tolist()) == {0}
