"""Tests of core/talent/grid/modified_rubric.py."""

import tomllib

import pandas as pd
import pytest

from core.service import reference
from core.talent.errors import InvalidRubric
from core.talent.grid.modified_rubric import list_yearly_ratings, modify_rubric, rescore_review
from core.talent.grid.movement import tabulate_movements


def content():
    return tomllib.loads(reference.read_shipped_rubrics()["kepka-bkn-411-2025"])


def test_a_variant_differs_by_what_was_put_otherwise_alone(current):
    higher = rescore_review(current, modify_rubric(content(), {}, high=90))
    pd.testing.assert_series_equal(higher.people["performance"], current.people["performance"])
    fewer = (higher.people["box"] == 9).sum()
    assert fewer < (current.people["box"] == 9).sum()
    moved = tabulate_movements(current.people, higher.people)
    assert set(moved["kind"]) <= {"same", "open", "fell", "moved"}
    assert rescore_review(current, modify_rubric(content(), {"rating": "rating_a"})).people["performance"].mean() < (
        current.people["performance"].mean()
    )
    worst = rescore_review(current, modify_rubric(content(), {}, combine="worst")).people["performance"]
    assert (worst.dropna() <= current.people["performance"].loc[worst.dropna().index] + 1e-9).all()
    same = rescore_review(current, modify_rubric(content(), {}))
    pd.testing.assert_frame_equal(same.people[current.people.columns], current.people)


def test_a_variant_that_is_no_rubric_is_refused():
    with pytest.raises(InvalidRubric, match="below high"):
        modify_rubric(content(), {}, high=70, middle=75)


def test_only_what_makes_one_value_of_the_yearly_ratings_is_put_otherwise():
    ratings = list_yearly_ratings(content())
    assert [(measure["method"], measure["fact"]) for measure in ratings] == [("yearly_category", "performance_rating")]
    whole = {name: measure.parameters for name, measure in modify_rubric(content(), {}).measures.items()}
    worst = modify_rubric(content(), {}, combine="worst").measures
    changed = [name for name, measure in worst.items() if measure.parameters != whole[name]]
    assert [worst[name].fact for name in changed] == ["performance_rating"]
    assert worst[changed[0]].parameters["combine"] == "worst"
