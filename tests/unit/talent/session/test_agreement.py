"""How far members agree, against published figures and by what must not change them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.talent.session.agreement import (
    CONSENSUS_STEPS,
    cluster_members,
    compare_members,
    count_same_pairs,
    list_clusters,
    measure_agreement,
    measure_concordance,
    measure_overlap,
    measure_weight_consensus,
    rate_agreement,
)
from tests.unit.talent.session.test_opinions import make


def test_kendalls_w_of_a_published_example():
    """ProofWiki, Kendall's Coefficient of Concordance, Arbitrary Example 1: three competitors, four judges, 1/16."""
    places = np.array([[1, 3, 2], [1, 2, 3], [2, 3, 1], [3, 1, 2]], dtype=float)
    assert measure_concordance(places) == pytest.approx(1 / 16)


def test_kendalls_w_with_ties_is_that_of_friedmans_test():
    """W is Friedman's chi-squared over m(n-1); scipy corrects it for ties."""
    from scipy.stats import friedmanchisquare, rankdata

    scores = np.array([[8, 7, 7, 3, 1], [9, 9, 4, 4, 2], [5, 6, 6, 6, 1], [3, 3, 2, 1, 1]], dtype=float)
    places = np.array([rankdata(-row) for row in scores])
    expected = friedmanchisquare(*(-scores.T)).statistic / (len(scores) * (scores.shape[1] - 1))
    assert measure_concordance(places) == pytest.approx(expected)


@pytest.mark.parametrize("places", [np.ones((3, 1)), np.ones((3, 4)) * 2.5, np.ones((0, 3))])
def test_nothing_to_order_has_no_concordance(places):
    assert np.isnan(measure_concordance(places))


def test_the_bounds_of_the_consensus_are_those_of_goepel():
    """Eq. 1.5 to 1.10: full when all weigh alike; none when the mean weights are as diverse as can be and each member's are not."""
    assert measure_weight_consensus(np.array([[0.5, 0.3, 0.2]] * 4)) == pytest.approx(1)
    assert measure_weight_consensus(np.eye(3)) == pytest.approx(0)
    # On the AHP scale of 9 a member prefers one criterion 9 times at most: those complementary weights are no consensus.
    extreme = (np.ones((3, 3)) + 8 * np.eye(3)) / 11
    assert measure_weight_consensus(extreme, scale=9) == pytest.approx(0, abs=1e-9)
    assert 0.3 < measure_weight_consensus(extreme) < 0.6


def test_a_consensus_worked_out_by_hand():
    """Two members, 80:20 and 20:80: alpha = H(0.8), gamma = ln 2, so S = (e^(alpha-gamma) - 1/2) / (1/2)."""
    alpha = -(0.8 * np.log(0.8) + 0.2 * np.log(0.2))
    expected = (np.exp(alpha) / 2 - 0.5) / 0.5
    assert measure_weight_consensus(np.array([[0.8, 0.2], [0.2, 0.8]])) == pytest.approx(expected)


def test_one_member_or_one_criterion_is_of_one_mind():
    assert measure_weight_consensus(np.array([[0.1, 0.9]])) == 1
    assert measure_weight_consensus(np.ones((4, 1))) == 1


def test_first_names_in_common():
    firsts = [{1, 2, 3}, {1, 2, 3}, {1, 2, 4}, {5, 6, 7}]
    assert count_same_pairs(firsts) == (1, 6)
    # 1 and 2 are named by three of four, nobody else by more than half.
    assert measure_overlap(firsts) == pytest.approx((2 / 3 + 2 / 3 + 2 / 3 + 0) / 4)
    assert measure_overlap([{1}, {2}]) == 0
    assert np.isnan(measure_overlap([set(), set()]))


def test_like_minded_members_are_one_cluster():
    weights = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8], [0.48, 0.32, 0.2], [0.12, 0.1, 0.78]])
    clusters = cluster_members(weights)
    assert clusters == (0, 1, 0, 1)
    assert [group.tolist() for group in list_clusters(clusters)] == [[0, 2], [1, 3]]
    assert cluster_members(weights[:1]) == (0,)
    alike = compare_members(weights)
    assert np.allclose(alike, alike.T)
    assert alike[0, 2] > 0.9 > alike[0, 1]
    assert compare_members(np.eye(2))[0, 1] == pytest.approx(0)


@pytest.mark.parametrize(
    ("figure", "word"), [(0, 0), (0.499, 0), (0.5, 1), (0.6249, 1), (0.7, 2), (0.8, 3), (0.875, 4), (1, 4)]
)
def test_the_words_are_goepels(figure, word):
    assert rate_agreement(figure, CONSENSUS_STEPS) == word


def test_gates_do_not_make_orders_look_alike():
    value = [[90, 10], [10, 90], [5, 5], [4, 4], [3, 3]]
    behind = make([[1, 0], [0, 1]], value, groups=[0, 0, 1, 1, 1])
    assert measure_agreement(behind, 2).concordance == pytest.approx(0)
    assert measure_agreement(behind, 3).concordance > 0.7


def test_names_that_members_state_count_instead_of_their_order():
    opinions = make([[1, 0], [1, 0]])
    assert measure_agreement(opinions, 1).same_pairs == 1
    stated = measure_agreement(opinions, 1, {0: (2,)})
    assert (stated.same_pairs, stated.pairs, stated.overlap) == (0, 1, 0)


members = st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3).filter(any), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(members)
def test_counting_every_member_twice_changes_no_figure(rows):
    weights = np.array(rows, dtype=float)
    weights /= weights.sum(axis=1, keepdims=True)
    value = [[90, 10, 40], [10, 90, 20], [50, 50, 50], [30, 20, 95]]
    once, twice = (measure_agreement(make(each, value), 2) for each in (weights, np.repeat(weights, 2, axis=0)))
    assert once.consensus == pytest.approx(twice.consensus)
    assert once.concordance == pytest.approx(twice.concordance, nan_ok=True)
    assert once.overlap == pytest.approx(twice.overlap)
    assert len(set(once.clusters)) == len(set(twice.clusters))
