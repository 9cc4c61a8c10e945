"""What members argue about."""

import numpy as np
import pytest

from core.talent.session.dispute import agree_on_weights, find_dispute
from tests.unit.talent.session.test_opinions import make

#: Two stand out whatever is weighed; the third place is between row 2 (good at the first criterion) and row 3 (at the second).
VALUE = [[95, 95, 50], [94, 94, 50], [80, 60, 50], [60, 80, 50], [10, 10, 50]]
#: Two members want row 2 as the third, one row 3.
THREE = [[0.45, 0.25, 0.3], [0.45, 0.25, 0.3], [0.2, 0.25, 0.55]]


def test_without_dispute_nothing_is_argued_about():
    dispute = find_dispute(make([[0.6, 0.2, 0.2], [0.55, 0.2, 0.25]], VALUE), 3)
    assert (dispute.contested, dispute.answers, dispute.open_places) == ({}, (), 0)
    assert set(dispute.common) == {0, 1, 2}
    assert dispute.firsts == {0: 2}


def test_the_one_weight_that_decides_the_third_place_is_named():
    opinions = make(THREE, VALUE)
    dispute = find_dispute(opinions, 3)
    assert set(dispute.common) == {0, 1}
    assert dispute.contested == {2: 2, 3: 1}
    assert dispute.open_places == 1
    assert dispute.fewest
    named = [[(each.kind, each.index) for each in answer] for answer in dispute.answers]
    # The second criterion all weigh alike; agreed on the third, the first two still stand as before in each mind.
    assert named == [[("weight", 0)]]
    assert (dispute.answers[0][0].low, dispute.answers[0][0].high) == (0.2, 0.45)


def test_once_the_answer_is_agreed_all_have_the_same_names():
    rng = np.random.default_rng(3)
    for _ in range(20):
        weights = rng.dirichlet([3, 3, 3, 3], 5)
        opinions = make(weights, rng.uniform(40, 95, (12, 4)))
        for answer in find_dispute(opinions, 3).answers:
            agreed = make(agree_on_weights(weights, [each.index for each in answer]), opinions.value)
            firsts = {frozenset(agreed.find_first(member, 3).tolist()) for member in range(5)}
            assert len(firsts) == 1


def test_a_candidates_score_can_be_what_it_is_about():
    scores = np.full((3, 5, 1), 70.0)
    scores[2, 3, 0] = 100
    opinions = make([[0.5, 0.45, 0.05]] * 3, VALUE, scores=scores, part_weights=[0.4])
    dispute = find_dispute(opinions, 3)
    assert dispute.contested == {2: 2, 3: 1}
    assert [(each.kind, each.index) for each in dispute.answers[0]] == [("score", 3)]
    assert (dispute.answers[0][0].low, dispute.answers[0][0].high) == (70, 100)
    assert dispute.fewest


def test_where_everything_differs_no_single_answer_is_pretended():
    rng = np.random.default_rng(8)
    scores = rng.uniform(0, 100, (5, 10, 2))
    opinions = make(rng.dirichlet([1] * 4, 5), rng.uniform(60, 80, (10, 4)), scores=scores, part_weights=[0.3, 0.3])
    dispute = find_dispute(opinions, 3)
    assert dispute.contested
    assert len(dispute.answers[0]) > 2
    assert not dispute.fewest


def test_agreed_weights_sum_to_one_and_keep_the_proportions_of_the_others():
    weights = np.array([[0.5, 0.3, 0.2], [0.1, 0.6, 0.3], [1.0, 0.0, 0.0]])
    agreed = agree_on_weights(weights, [0])
    assert agreed.sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    assert agreed[:, 0].tolist() == pytest.approx([weights[:, 0].mean()] * 3)
    assert agreed[0, 1] / agreed[0, 2] == pytest.approx(1.5)
    assert agreed[2, 1] / agreed[2, 2] == pytest.approx(0.9 / 0.5)
    assert agree_on_weights(weights, []) is weights
    assert np.allclose(agree_on_weights(weights, [0, 1, 2]), weights.mean(axis=0))


def test_members_counted_twice_argue_about_the_same():
    weights = np.array(THREE)
    once, twice = (find_dispute(make(each, VALUE), 3) for each in (weights, np.repeat(weights, 2, axis=0)))
    assert once.answers == twice.answers
    assert once.common == twice.common
