"""Tests of core/talent/eligibility/order_rule.py."""

import itertools

import numpy as np

from core.talent.eligibility.order_rule import assign_groups, mask_meeting


def test_eligible_people_come_first_then_the_higher_box_then_nobody_without_one():
    pairs = list(itertools.product((0, 1, 2), (9, 8, 7, 6, 5, 4, 3, 2, 1, 0)))
    eligibility, box = np.array(pairs).T
    groups = assign_groups("box", eligibility, box)
    assert (np.diff(groups) > 0).all()  # the pairs stand in the order that the rule gives
    assert set(assign_groups("score", eligibility, box).tolist()) == {0}


def test_without_boxes_only_the_gates_come_before_the_score():
    eligibility = np.array([2, 0, 1, 0])
    assert assign_groups("eligible", eligibility, np.array([9, 1, 5, 0])).tolist() == [2, 0, 1, 0]


def test_who_may_come_to_stand_in_one_group_shares_a_bit():
    eligibility, possible = np.array([0, 0, 1, 0]), np.array([0b100000000, 0b110000000, 0b100000000, 0b1])
    met = mask_meeting("box", eligibility, possible)
    together = (met[:, None] & met) != 0
    assert together.tolist() == [
        [True, True, False, False],
        [True, True, False, False],
        [False, False, True, False],
        [False, False, False, True],
    ]
    assert len(set(mask_meeting("eligible", eligibility, possible).tolist())) == 2
    assert len(set(mask_meeting("score", eligibility, possible).tolist())) == 1
