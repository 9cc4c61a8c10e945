"""Tests of core/talent/ranking/of_post.py."""

import numpy as np
import pandas as pd
import pytest

from core.talent.errors import UnknownPost
from core.talent.posts import ALL_PEOPLE
from core.talent.ranking.of_post import ENOUGH, count_eligible, rank_post


@pytest.mark.parametrize("rule", ["box", "score"])
@pytest.mark.parametrize("post", [ALL_PEOPLE, "dinas-kesehatan"])
def test_the_order_is_that_of_group_then_score(rule, post, current):
    weights = np.full(len(current.rubric.criteria), 1 / len(current.rubric.criteria))
    ranked = rank_post(current, post, weights, rule)
    assert ranked["nip"].tolist() != current.people.index.tolist()
    assert sorted(ranked["nip"]) == sorted(current.candidates(post))
    rows = current.people.index.get_indexer(ranked["nip"])
    values = current.scores.value[rows]
    np.testing.assert_allclose(ranked["score"], values @ weights)
    known = ranked["score"].notna()
    np.testing.assert_allclose(ranked["score_low"][known], ranked["score"][known])
    assert (ranked["score_low"][~known] < ranked["score_high"][~known]).all()
    assert (~known).any()
    assert ranked["box"].isna().equals((current.people["box"].iloc[rows] == 0).reset_index(drop=True))
    box = ranked["box"].fillna(0).astype(int)
    keys = [
        (answer if rule == "box" else 0, -b if rule == "box" else 0, -round(score, 6))
        for answer, b, score in zip(ranked["eligibility"], box, ranked["score"], strict=True)
        if score == score
    ]
    assert keys == sorted(keys)
    assert ranked["rank"].isna().equals(~known)
    assert ranked["rank"].iloc[0] == 1
    assert ("fit" in ranked.columns) == (post != ALL_PEOPLE)


def test_an_unknown_post(current):
    with pytest.raises(UnknownPost):
        rank_post(current, "x", np.full(len(current.rubric.criteria), 1 / len(current.rubric.criteria)), "box")


def test_the_eligible_who_have_a_place_are_counted():
    ranked = pd.DataFrame({"rank": pd.array([1, None, 2, 3], dtype="Int64"), "eligibility": [0, 0, 1, 2]})
    assert count_eligible(ranked) == 1
    assert ENOUGH == 3


@pytest.mark.parametrize("post", ["dinas-kominfo", "sekretaris-dprd"])
def test_they_are_those_of_the_view(post, current):
    ranked = rank_post(current, post, np.array(current.rubric.weights), "box")
    view = current.view(post)
    known = ~np.isnan(current.people["talent"].to_numpy()[view.rows])
    assert count_eligible(ranked) == int(((view.answers == 0) & known).sum())
