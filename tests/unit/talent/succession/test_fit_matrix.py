"""Tests of core/talent/succession/fit_matrix.py."""

import numpy as np
import pytest

from core.talent.errors import UnknownPost
from core.talent.succession.fit_matrix import tabulate_fits


def test_the_best_for_any_of_the_posts_stand_in_it_with_the_eligible_first(current):
    posts = [post.key for post in current.posts[:4]]
    everyone = tabulate_fits(current, posts, 10_000)
    few = tabulate_fits(current, posts, 10)
    assert few["nip"].nunique() == 10
    assert few.equals(everyone[everyone["place"] < 10].reset_index(drop=True))
    for post in posts:
        view = current.view(post)
        own = everyone[everyone["post"] == post].set_index("nip")
        assert list(own.index) == list(view.candidates)
        np.testing.assert_array_equal(own["fit"], view.fit["fit"])
        np.testing.assert_array_equal(own["answer"], view.answers)
    # By hand: passes somewhere before passes nowhere, then the highest fit among the posts where the person passes.
    people = everyone.groupby("nip").agg(place=("place", "first"), passes=("answer", "min"), best=("fit", "max"))
    people = people.sort_values("place")
    passes = (people["passes"] == 0).to_numpy()
    assert passes[: passes.sum()].all()
    eligible = everyone[everyone["answer"] == 0].groupby("nip")["fit"].max()
    order = eligible.reindex(people.index[: passes.sum()]).fillna(-1)
    assert (np.diff(order) <= 0).all()


def test_no_posts_and_an_unknown_one(current):
    assert tabulate_fits(current, [], 5).empty
    with pytest.raises(UnknownPost):
        tabulate_fits(current, ["x"], 5)
