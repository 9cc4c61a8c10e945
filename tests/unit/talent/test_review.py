"""Tests of core/talent/review.py."""

import numpy as np

from core.talent.ranking.of_post import rank_post
from core.talent.review import narrow_review


def test_a_set_is_ranked_as_it_stands_among_all(current):
    nips = list(current.people.index[5:200:7])
    weights = np.array(current.rubric.weights)
    few = narrow_review(current, nips)
    assert few.narrowed_to
    assert few.narrowed_to != narrow_review(current, nips[:-1]).narrowed_to
    for post in ("semua", "dinas-kominfo"):
        alone = rank_post(few, post, weights, "box")
        among = rank_post(current, post, weights, "box")
        kept = among[among["nip"].isin(nips)]
        assert alone["nip"].tolist() == kept["nip"].tolist()
        np.testing.assert_array_equal(alone["score"].to_numpy(), kept["score"].to_numpy())
