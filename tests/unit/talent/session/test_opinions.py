"""What all members think of a post, as arrays."""

import numpy as np
import pytest

from core.talent.session.opinions import Opinions


def make(weights, value=((90, 10), (10, 90), (50, 50)), groups=None, scores=None, part_weights=()):
    value = np.array(value, dtype=float)
    count = len(value)
    parts = len(part_weights)
    scores = np.full((len(weights), count, parts), np.nan) if scores is None else np.array(scores, dtype=float)
    groups = np.zeros(count, dtype=np.int64) if groups is None else np.array(groups)
    return Opinions(value, groups, np.array(weights, dtype=float), scores, np.array(part_weights, dtype=float))


def test_each_member_has_the_order_of_the_own_weights():
    opinions = make([[1, 0], [0, 1]])
    assert opinions.rank(0).order.tolist() == [0, 2, 1]
    assert opinions.rank(1).order.tolist() == [1, 2, 0]
    assert opinions.places.tolist() == [[1, 3, 2], [3, 1, 2]]
    assert opinions.find_first(1, 2).tolist() == [1, 2]


def test_a_group_stays_before_the_next_whatever_members_think():
    opinions = make([[1, 0], [0, 1]], groups=[1, 0, 0])
    assert opinions.places.tolist() == [[3, 2, 1], [3, 1, 2]]


def test_own_scores_count_by_their_share_and_the_criteria_by_what_is_left():
    opinions = make([[1, 0]], scores=[[[0], [100], [50]]], part_weights=[0.6])
    assert opinions.left == pytest.approx(0.4)
    assert opinions.rank(0).score.tolist() == pytest.approx([36, 64, 50])


def test_the_mean_of_scores_is_of_those_who_gave_one():
    opinions = make([[1, 0], [1, 0]], scores=[[[80], [np.nan], [60]], [[60], [np.nan], [np.nan]]], part_weights=[0.5])
    assert opinions.mean_scores[:, 0].tolist() == pytest.approx([70, np.nan, 60], nan_ok=True)


def test_who_is_not_assessed_shares_the_last_places_of_the_group():
    opinions = make([[0.5, 0.5]], value=[[80, 80], [np.nan, 90], [np.nan, 20], [70, 70]], groups=[0, 0, 0, 1])
    assert opinions.places.tolist() == [[1, 2.5, 2.5, 4]]


def test_some_candidates_and_some_members():
    opinions = make([[1, 0], [0, 1]], scores=[[[1], [2], [3]], [[4], [5], [6]]], part_weights=[0.1])
    fewer = opinions.only(np.array([2, 0])).of_members(np.array([1]))
    assert fewer.value.tolist() == [[50, 50], [90, 10]]
    assert fewer.scores.tolist() == [[[6], [4]]]
    assert fewer.weights.tolist() == [[0, 1]]
    assert fewer.members == 1
