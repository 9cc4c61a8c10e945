import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.talent.eligibility.order_rule import assign_groups
from core.talent.errors import InvalidWeights
from core.talent.ranking.decision_matrix import build_decision_matrix
from core.talent.ranking.order import (
    complete_weights,
    convert_tenths,
    count_inseparable,
    find_leaders,
    parse_tenths,
    rank_rows,
)
from core.talent.scoring.score_table import compute_weighted_scores

KEYS = ("a", "b", "c")
OFFICIAL = (0.5, 0.3, 0.2)
NO_GROUPS = np.zeros(4, dtype=np.int64)


def test_higher_scores_come_first_and_ties_share_a_rank():
    matrix = np.array([[50.0], [90.0], [50.0], [10.0]])
    ranking = rank_rows(matrix, np.array([1.0]), NO_GROUPS)
    assert ranking.order.tolist() == [1, 0, 2, 3]
    assert ranking.rank.tolist() == [2, 1, 2, 4]


def test_a_tie_that_only_binary_fractions_hide_is_a_tie():
    matrix = np.array([[0.1 + 0.2], [0.3], [0.0], [0.0]])
    assert rank_rows(matrix, np.array([1.0]), NO_GROUPS).rank.tolist() == [1, 1, 3, 3]


def test_missing_has_no_rank_and_ends_its_group():
    matrix = np.array([[np.nan], [20.0], [30.0], [90.0]])
    ranking = rank_rows(matrix, np.array([1.0]), np.array([0, 0, 0, 1]))
    assert ranking.order.tolist() == [2, 1, 0, 3]
    assert ranking.rank.tolist() == [0, 2, 1, 3]


def test_a_missing_part_of_weight_zero_does_not_matter():
    scores = compute_weighted_scores(np.array([[np.nan, 40.0]]), np.array([0.0, 1.0]))
    assert scores.tolist() == [40.0]


def test_eligible_first_then_box_then_score():
    eligibility = np.array([2, 0, 0, 1])
    box = np.array([9, 7, 9, 9])
    matrix = np.array([[99.0], [95.0], [80.0], [98.0]])
    by_box = rank_rows(matrix, np.array([1.0]), assign_groups("box", eligibility, box))
    assert by_box.order.tolist() == [2, 1, 3, 0]
    by_score = rank_rows(matrix, np.array([1.0]), assign_groups("score", eligibility, box))
    assert by_score.order.tolist() == [0, 3, 1, 2]


def test_some_weights_given_leave_the_rest_to_the_others_in_proportion():
    assert complete_weights(KEYS, OFFICIAL, {"a": 0.0}) == pytest.approx([0, 0.6, 0.4])
    assert complete_weights(KEYS, OFFICIAL, {"c": 60.0}) == pytest.approx([0.25, 0.15, 0.6])


def test_all_weights_given_are_brought_to_a_hundred():
    assert complete_weights(KEYS, OFFICIAL, {"a": 1, "b": 1, "c": 2}) == pytest.approx([0.25, 0.25, 0.5])


@pytest.mark.parametrize(
    ("given_weights", "words"),
    [
        ({"a": -1.0}, "is negative"),
        ({"a": math.nan}, "is not a number"),
        ({"a": math.inf}, "is not a number"),
        ({"a": 0, "b": 0, "c": 0}, "all weights are zero"),
        ({"a": 101.0}, "at most 100"),
        ({"d": 10.0}, "unknown criterion"),
    ],
)
def test_weights_that_cannot_be_used(given_weights, words):
    with pytest.raises(InvalidWeights) as refusal:
        complete_weights(KEYS, OFFICIAL, given_weights)
    assert words in str(refusal.value)


@given(st.dictionaries(st.sampled_from(KEYS), st.floats(0, 33), min_size=1))
def test_weights_always_sum_to_one(given_weights):
    if len(given_weights) == 3 and sum(given_weights.values()) == 0:
        return
    assert complete_weights(KEYS, OFFICIAL, given_weights).sum() == pytest.approx(1)


def test_weights_of_a_link():
    assert parse_tenths("500.300.200", KEYS) == [500, 300, 200]
    for wrong in ("500.300", "500.300.201", "x.y.z", "", "-100.900.200", "500.300.200.0"):
        with pytest.raises(InvalidWeights):
            parse_tenths(wrong, KEYS)


scores = st.lists(st.lists(st.floats(0, 100), min_size=3, max_size=3), min_size=1, max_size=30)


@given(scores, st.integers(0, 2))
def test_raising_a_score_never_lowers_the_rank(rows, column):
    matrix = np.array(rows)
    weights = np.array(OFFICIAL)
    groups = np.zeros(len(matrix), dtype=np.int64)
    before = rank_rows(matrix, weights, groups).rank[0]
    raised = matrix.copy()
    raised[0, column] = 100
    assert rank_rows(raised, weights, groups).rank[0] <= before


@given(scores)
def test_ranks_agree_with_counting_who_is_better(rows):
    matrix = np.array(rows)
    ranking = rank_rows(matrix, np.array(OFFICIAL), np.zeros(len(matrix), dtype=np.int64))
    steps = np.floor(ranking.score / 1e-9 + 0.5)
    for row, place in enumerate(ranking.rank):
        assert place == 1 + (steps > steps[row]).sum()


def test_who_cannot_be_told_apart_against_a_plain_count():
    generator = np.random.default_rng(3)
    for _ in range(200):
        low = generator.integers(0, 20, 12).astype(float)
        open_ = generator.random(12) < 0.4
        high = np.where(open_, low + generator.integers(0, 8, 12), low)
        score = np.where(open_, np.nan, low)
        meeting = generator.integers(1, 8, 12)
        plain = [
            sum(
                j != i
                and bool(meeting[i] & meeting[j])
                and (open_[i] or open_[j])
                and low[i] <= high[j]
                and low[j] <= high[i]
                for j in range(12)
            )
            for i in range(12)
        ]
        assert count_inseparable(score, low, high, meeting).tolist() == plain


def test_all_weight_may_be_given_to_one_criterion():
    assert complete_weights(("a", "b", "c"), (0.5, 0.3, 0.2), {"a": 100}).tolist() == [1.0, 0.0, 0.0]
    assert complete_weights(("a", "b"), (1.0, 0.0), {"a": 100}).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("rule", ["box", "score"])
def test_the_groups_of_a_decision_matrix_are_those_of_the_reviews_boxes(rule, current):
    matrix = build_decision_matrix(current, "semua", rule)
    people = current.people
    expected = assign_groups(rule, people["eligibility"].to_numpy(), people["box"].to_numpy())
    np.testing.assert_array_equal(matrix.groups, expected)


def test_tenths_are_shares_of_a_thousand_and_none_are_the_official_ones():
    assert convert_tenths([500, 300, 200], (0.2, 0.3, 0.5)).tolist() == [0.5, 0.3, 0.2]
    assert convert_tenths(None, (0.2, 0.3, 0.5)).tolist() == [0.2, 0.3, 0.5]


def test_a_leader_by_less_than_the_slack_of_a_product_leads_alone():
    matrix = np.array([[50.0], [50.0000005], [50.0000003], [10.0]])
    for count, rows in ((1, [1]), (2, [1, 2]), (3, [1, 2, 0])):
        assert find_leaders(matrix, np.array([1.0]), NO_GROUPS, count).tolist() == rows
