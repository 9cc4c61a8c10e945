"""A post as all judge it together."""

import numpy as np
import pytest

from core.talent.session.opinion import Opinion
from core.talent.session.room import Bench, compute_orders, seat_candidates
from tests.factories import employee, review_people


@pytest.fixture
def bench():
    value = np.array([[80.0, 60.0], [60.0, 80.0], [np.nan, 50.0]])
    return Bench(("a", "b", "c"), value, np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64), (0.5, 0.5), (0.4,))


def test_opinions_become_arrays_and_who_is_shut_out_gives_the_mean(bench):
    one = Opinion((700, 300), scores={"a": (70,), "b": (90,), "c": (50,)})
    other = Opinion(None, scores={"a": (80,), "c": (60,)})
    made = bench.gather([one, other], [(), ("b",)])
    assert made.weights.tolist() == [[0.7, 0.3], [0.5, 0.5]]
    assert made.scores[:, :, 0].tolist() == [[70, 90, 50], [80, 90, 60]]


def test_orders_are_plain_and_the_same_each_time(bench):
    opinions = {4: Opinion((900, 100), scores={"a": (70,), "b": (70,), "c": (70,)}), 7: Opinion((100, 900))}
    found = compute_orders(bench, opinions, {7: ("a",)})
    assert found == compute_orders(bench, opinions, {7: ("a",)})
    assert found["members"] == [4, 7]
    assert found["orders"] == [[1, 2, 0], [1, 0, 0]]
    assert found["value"][2] == [None, 50.0]
    assert set(found["proposals"]) == {"weights_mean", "weights_median", "scores_mean", "borda", "kemeny"}
    assert compute_orders(bench, {}, {})["proposals"] == {}


def test_only_the_listed_sit():
    review = review_people(employee())
    (nip,) = (str(nip) for nip in review.people.index)
    post = review.posts[0].key
    assert seat_candidates(review, post, "eligible", set(), [300]).nips == ()
    seated = seat_candidates(review, post, "eligible", {nip}, [300])
    assert seated.parts == (0.3,)
    assert len(seated.value) == len(seated.nips) == len(seated.answers)
