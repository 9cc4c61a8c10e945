import math
from dataclasses import replace

import numpy as np
import pytest

from core.talent.errors import InvalidWeights
from core.talent.ranking.elicitation import (
    weigh_by_comparisons,
    weigh_by_geometric_mean,
    weigh_by_rank_order,
    weigh_by_swing,
)

KEYS = ("a", "b", "c")


def test_rank_order_centroid_of_three_is_the_published_one():
    assert weigh_by_rank_order(("b", "a", "c"), KEYS) == pytest.approx([5 / 18, 11 / 18, 2 / 18])
    assert weigh_by_rank_order(("a",), ("a",)).tolist() == [1.0]


@pytest.mark.parametrize("ranked", [("a", "b"), ("a", "b", "b"), ("a", "b", "d"), ()])
def test_a_ranking_names_every_criterion_once(ranked):
    with pytest.raises(InvalidWeights, match="expected each of them once"):
        weigh_by_rank_order(ranked, KEYS)


def test_swing_points_are_brought_to_one():
    assert weigh_by_swing({"a": 100, "b": 60, "c": 40}, KEYS) == pytest.approx([0.5, 0.3, 0.2])


@pytest.mark.parametrize(
    "points", [{"a": 1, "b": 1}, {"a": -1, "b": 1, "c": 1}, dict.fromkeys(KEYS, 0), {"a": math.nan, "b": 1, "c": 1}]
)
def test_points_that_cannot_be_used(points):
    with pytest.raises(InvalidWeights):
        weigh_by_swing(points, KEYS)


def test_consistent_comparisons_give_their_own_ratios():
    wanted = np.array([0.5, 0.3, 0.2])
    derived = weigh_by_comparisons(wanted[:, None] / wanted)
    assert derived.weights == pytest.approx(wanted)
    assert derived.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert derived.consistent


def test_the_pair_that_contradicts_the_others_is_named():
    wanted = np.array([0.3, 0.25, 0.2, 0.15, 0.1])
    matrix = wanted[:, None] / wanted
    matrix[1, 3], matrix[3, 1] = 1 / 4, 4  # the others imply 5/3
    derived = weigh_by_comparisons(matrix)
    assert derived.worst_pair == (1, 3)
    assert derived.worst_given == pytest.approx(0.25)
    assert derived.worst_implied > 2 * derived.worst_given
    assert not derived.consistent


def test_rounding_never_makes_the_ratio_negative():
    generator = np.random.default_rng(3)
    for n in range(3, 16):
        wanted = generator.dirichlet(np.ones(n))
        assert weigh_by_comparisons(wanted[:, None] / wanted).consistency_ratio >= 0


def test_two_criteria_are_always_consistent():
    derived = weigh_by_comparisons(np.array([[1, 3], [1 / 3, 1]]))
    assert derived.weights == pytest.approx([0.75, 0.25])
    assert (derived.consistency_ratio, derived.worst_pair) == (0.0, None)


def test_fifteen_criteria_are_the_most():
    assert weigh_by_comparisons(np.ones((15, 15))).weights == pytest.approx(np.full(15, 1 / 15))
    assert weigh_by_comparisons(np.ones((1, 1))).weights.tolist() == [1.0]


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[1, 2], [1, 1]], "not reciprocal: row 1, column 2 holds 2, the mirrored place 1; expected 0.5"),
        ([[2, 1], [1, 1]], "not reciprocal"),
        ([[1, -2], [-0.5, 1]], "row 1, column 2 of the comparisons holds -2.0; expected a number above zero"),
        ([[1, 1], [0, 1]], "row 2, column 1 of the comparisons holds 0.0"),
        ([[1, math.nan], [1, 1]], "above zero"),
        ([[1, 2, 3], [0.5, 1, 2]], "square table of 1 to 15 criteria"),
        (np.ones((16, 16)), "square"),
        (np.ones((0, 0)), "square"),
        ([1, 1], "square"),
        ([[1, 2, 4], [0.5, 1, 2], [0.26, 0.5, 1]], "row 1, column 3 holds 4, the mirrored place 0.26; expected 0.25"),
    ],
)
def test_comparisons_that_cannot_be_used(matrix, words):
    with pytest.raises(InvalidWeights) as refusal:
        weigh_by_comparisons(np.array(matrix, dtype=float))
    assert words in str(refusal.value)


#: Random indices of 3 to 15 criteria as Saaty published them (The Analytic Hierarchy Process, 1980).
PUBLISHED = (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)


@pytest.mark.parametrize(("n", "index"), list(enumerate(PUBLISHED, start=3)))
def test_the_consistency_ratio_is_over_the_published_random_index(n, index):
    generator = np.random.default_rng(n)
    upper = np.triu(generator.choice([1 / 5, 1 / 3, 1, 3, 5], (n, n)), 1)
    matrix = upper + np.eye(n) + np.where(upper.T > 0, 1 / np.where(upper.T > 0, upper.T, 1), 0)
    greatest = np.linalg.eigvals(matrix).real.max()
    expected = (greatest - n) / (n - 1) / index
    assert weigh_by_comparisons(matrix).consistency_ratio == pytest.approx(expected)


def test_geometric_means_of_the_rows_are_brought_to_one():
    weights = weigh_by_geometric_mean(np.array([[1, 2, 8], [1 / 2, 1, 4], [1 / 8, 1 / 4, 1]]))
    assert weights == pytest.approx([8 / 13, 4 / 13, 1 / 13])


def test_two_criteria_have_no_pair_that_contradicts():
    derived = weigh_by_comparisons(np.array([[1, 3], [1 / 3, 1]]))
    assert (derived.worst_pair, derived.worst_given, derived.worst_implied) == (None, 1.0, 1.0)


@pytest.mark.parametrize("pair", [(0, 1), (1, 2), (0, 4)])
def test_any_pair_may_be_the_one_that_contradicts(pair):
    wanted = np.array([0.3, 0.25, 0.2, 0.15, 0.1])
    matrix = wanted[:, None] / wanted
    matrix[pair], matrix[pair[::-1]] = 1 / 9, 9
    derived = weigh_by_comparisons(matrix)
    assert derived.worst_pair == pair
    assert derived.worst_given == pytest.approx(1 / 9)
    assert derived.worst_implied == pytest.approx(derived.weights[pair[0]] / derived.weights[pair[1]])


def test_a_ratio_of_a_tenth_is_consistent_enough():
    derived = weigh_by_comparisons(np.array([[1, 3], [1 / 3, 1]]))
    assert replace(derived, consistency_ratio=0.1).consistent
    assert not replace(derived, consistency_ratio=0.1001).consistent


@pytest.mark.parametrize(("mirrored", "taken"), [(0.5004, True), (0.5006, False)])
def test_what_is_written_with_few_digits_is_reciprocal(mirrored, taken):
    matrix = np.array([[1, 2], [mirrored, 1]])
    if taken:
        assert weigh_by_comparisons(matrix).weights.sum() == pytest.approx(1)
    else:
        with pytest.raises(InvalidWeights, match="not reciprocal"):
            weigh_by_comparisons(matrix)


@pytest.mark.parametrize(
    "points", [{"a": 0.5, "b": 0.25, "c": 0.25}, {"a": 0.25, "b": 0.25, "c": 0.0}, {"a": 200, "b": 100, "c": 100}]
)
def test_points_count_in_their_relation_alone(points):
    weights = weigh_by_swing(points, KEYS)
    assert weights == pytest.approx([points[key] / sum(points.values()) for key in KEYS])
