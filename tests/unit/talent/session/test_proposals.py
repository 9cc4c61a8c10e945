"""One order of many."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from core.talent.session.proposals import (
    PROPOSALS,
    average_weights,
    order_by_kemeny,
    propose_orders,
    sum_borda,
    take_median_weights,
)
from tests.unit.talent.session.test_opinions import make

#: Where shall Tennessee's capital be (Wikipedia, "Kemeny-Young method", "Borda count"): Memphis, Nashville, Chattanooga, Knoxville.
TENNESSEE = np.array([[1, 2, 3, 4]] * 42 + [[4, 1, 2, 3]] * 26 + [[4, 3, 1, 2]] * 15 + [[4, 3, 2, 1]] * 17, dtype=float)


def test_the_published_capital_of_tennessee():
    assert sum_borda(TENNESSEE).tolist() == [126, 194, 173, 107]
    assert order_by_kemeny(TENNESSEE).tolist() == [1, 2, 3, 0]


def disagreement(order, places):
    place = np.argsort(order)
    total = 0.0
    for member in places:
        for one in range(len(place)):
            for other in range(one):
                own = np.sign(member[one] - member[other])
                total += 0.5 if own == 0 else float(own != np.sign(place[one] - place[other]))
    return total


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=1, max_size=5))
def test_kemeny_is_the_best_of_all_orders(scores):
    places = np.array([rankdata(row) for row in scores])
    best = min(disagreement(np.array(order), places) for order in permutations(range(5)))
    assert disagreement(order_by_kemeny(places), places) == pytest.approx(best)


@pytest.mark.parametrize("count", [6, 7])
def test_kemeny_by_brute_force_for_more(count):
    rng = np.random.default_rng(count)
    places = np.array([rng.permutation(count) + 1.0 for _ in range(5)])
    best = min(disagreement(np.array(order), places) for order in permutations(range(count)))
    assert disagreement(order_by_kemeny(places), places) == pytest.approx(best)


def test_those_whom_kemeny_cannot_tell_apart_share_a_place():
    """Two members with opposite orders of the second and third: as many want the one before the other."""
    value = np.array([[90.0, 90.0], [80.0, 60.0], [60.0, 80.0], [10.0, 10.0]])
    opinions = make([[0.9, 0.1], [0.1, 0.9]], value)
    kemeny = PROPOSALS["kemeny"](opinions)
    assert opinions.places.tolist() == [[1, 2, 3, 4], [1, 3, 2, 4]]
    assert kemeny.places.tolist() == [1, 2, 2, 4]


def test_mean_and_median_of_weights():
    weights = np.array([[0.6, 0.2, 0.2], [0.2, 0.6, 0.2], [0.1, 0.1, 0.8]])
    assert average_weights(weights).tolist() == pytest.approx([0.3, 0.3, 0.4])
    assert take_median_weights(weights).tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert take_median_weights(np.eye(3)).tolist() == pytest.approx([1 / 3] * 3)


def test_the_mean_of_weights_and_the_mean_of_scores_are_one_order():
    rng = np.random.default_rng(5)
    opinions = make(rng.dirichlet([2, 2, 2], 5), rng.uniform(40, 90, (12, 3)))
    made = {proposal.key: proposal for proposal in propose_orders(opinions)}
    assert set(made) == set(PROPOSALS)
    assert made["weights_mean"].places.tolist() == made["scores_mean"].places.tolist()
    assert made["weights_mean"].weights is not None
    assert made["borda"].weights is None


@pytest.mark.parametrize("key", PROPOSALS)
def test_gates_and_boxes_stay_before_what_members_think(key):
    rng = np.random.default_rng(7)
    groups = rng.integers(0, 3, 20)
    opinions = make(rng.dirichlet([1, 1, 1], 5), rng.uniform(0, 100, (20, 3)), groups=groups)
    order = np.argsort(PROPOSALS[key](opinions).places, kind="stable")
    assert (np.diff(groups[order]) >= 0).all()


@pytest.mark.parametrize("key", PROPOSALS)
def test_the_order_of_the_rows_changes_no_place(key):
    rng = np.random.default_rng(11)
    value, weights = rng.uniform(0, 100, (9, 3)), rng.dirichlet([1, 1, 1], 5)
    shuffled = rng.permutation(9)
    places = PROPOSALS[key](make(weights, value)).places
    assert PROPOSALS[key](make(weights, value[shuffled])).places.tolist() == places[shuffled].tolist()


def test_of_one_mind_all_proposals_are_the_members_order():
    opinions = make([[0.7, 0.3]] * 3)
    for proposal in propose_orders(opinions):
        assert proposal.places.tolist() == [1, 3, 2], proposal.key
        assert proposal.find_first(2).tolist() == [0, 2]


@pytest.mark.parametrize("key", PROPOSALS)
def test_who_is_not_assessed_comes_last(key):
    opinions = make([[0.5, 0.5], [0.4, 0.6]], value=[[np.nan, 99], [10, 20], [80, 80]])
    assert int(np.argmax(PROPOSALS[key](opinions).places)) == 0
