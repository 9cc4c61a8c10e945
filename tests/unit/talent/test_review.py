"""Tests of core/talent/review.py."""

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.service.quality import compare_with_official
from core.talent.context import Context
from core.talent.ranking.of_post import rank_post
from core.talent.review import narrow_review, review_context


def test_a_set_is_ranked_as_it_stands_among_all(current):
    nips = list(current.people.index[5:200:7])
    weights = np.array(current.rubric.weights)
    few = narrow_review(current, nips)
    assert few.narrowed_to
    assert few.narrowed_to != narrow_review(current, nips[:-1]).narrowed_to
    for post in ("semua", "dinas-kominfo"):
        alone = rank_post(few, post, weights, "box")
        among = rank_post(current, post, weights, "box")
        narrowed = among[among["nip"].isin(nips)]
        assert alone["nip"].tolist() == narrowed["nip"].tolist()
        np.testing.assert_array_equal(alone["score"].to_numpy(), narrowed["score"].to_numpy())


def same(ours, other, where="review"):
    """Whether two values are alike, field by field."""
    if isinstance(ours, pd.DataFrame):
        pd.testing.assert_frame_equal(ours, other, check_dtype=False, check_freq=False, obj=where)
    elif isinstance(ours, pd.Series):
        pd.testing.assert_series_equal(ours, other, check_dtype=False, obj=where)
    elif isinstance(ours, pd.Index):
        pd.testing.assert_index_equal(ours, other, obj=where)
    elif isinstance(ours, np.ndarray):
        np.testing.assert_array_equal(ours, other, err_msg=where)
    elif isinstance(ours, dict):
        assert ours.keys() == other.keys(), where
        for key in ours:
            same(ours[key], other[key], f"{where}[{key}]")
    elif isinstance(ours, Context):
        same(ours.people, other.people, f"{where}.people")
    elif is_dataclass(ours):
        for each in (each for each in fields(ours) if each.compare):
            same(getattr(ours, each.name), getattr(other, each.name), f"{where}.{each.name}")
    else:
        assert ours == other, where


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), count=st.integers(0, 12))
def test_narrowed_equals_the_review_of_those_people_field_by_field(current, seed, count):
    nips = list(np.random.default_rng(seed).choice(current.people.index, count, replace=False))
    narrowed = narrow_review(current, nips)
    context = replace(current.context, people=current.context.people[current.context.people.index.isin(nips)])
    shared = (current.posts, current.holders, current.post_table, current.left, current.coverages, current.data_version)
    shared += (current.fit_rubric,)
    alone = review_context(context, current.rubric, current.rule_book, *shared)
    same(replace(narrowed, narrowed_to=""), alone)
    same(narrowed.people, alone.people)
    for post in ("semua", "sekretaris-daerah", "dinas-kesehatan"):
        same(narrowed.eligibility_for(post), alone.eligibility_for(post))
    assert set(narrowed.people.index) == set(nips)


def test_official_results_stand_beside_a_set_of_people(current):
    """A set once mixed the scores of all with the people of the set: 200 rows against 8."""
    both = compare_with_official(current)
    nips = list(both.index[:3])
    narrowed = compare_with_official(narrow_review(current, nips))
    pd.testing.assert_frame_equal(narrowed, both.loc[narrowed.index])
