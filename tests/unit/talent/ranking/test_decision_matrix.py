"""Tests of core/talent/ranking/decision_matrix.py against the review it is built from."""

import numpy as np
import pytest

from core.talent.eligibility.order_rule import assign_groups
from core.talent.errors import UnknownPost
from core.talent.posts import ALL_PEOPLE
from core.talent.ranking.decision_matrix import build_decision_matrix


@pytest.mark.parametrize("rule", ["box", "score"])
@pytest.mark.parametrize("post", [ALL_PEOPLE, "dinas-kesehatan", "sekretaris-daerah"])
def test_groups_are_those_of_the_reviews_boxes_and_gates(rule, post, current):
    matrix = build_decision_matrix(current, post, rule)
    nips = current.candidates(post)
    people = current.people.loc[nips]
    eligibility = current.eligibility_for(post).overall.loc[nips].to_numpy()
    assert len(matrix) == len(nips)
    assert matrix.criteria == len(current.rubric.criteria)
    assert matrix.groups.tolist() == assign_groups(rule, eligibility, people["box"].to_numpy()).tolist()
    axes = (matrix.value @ matrix.axis_shares.T)[~matrix.open]
    np.testing.assert_allclose(axes, people.loc[~matrix.open, ["performance", "potential"]].to_numpy())


def test_who_lacks_a_criterion_is_open_and_has_no_score_where_it_weighs(current):
    matrix = build_decision_matrix(current, ALL_PEOPLE, "score")
    lacking = np.isnan(matrix.value).any(axis=1)
    assert matrix.open.tolist() == lacking.tolist()
    assert 0 < lacking.sum() < len(matrix)
    official = np.array(current.rubric.weights)
    assert matrix.scored(official).tolist() == (~lacking).tolist()
    criterion = int(np.isnan(matrix.value).sum(axis=0).argmax())
    without = official.copy()
    without[criterion] = 0
    assert matrix.scored(without).sum() > matrix.scored(official).sum()
    np.testing.assert_array_equal(matrix.low[~lacking], matrix.value[~lacking])
    assert (matrix.high >= matrix.low).all()


def test_a_part_is_the_same_for_those_in_it(current):
    matrix = build_decision_matrix(current, ALL_PEOPLE, "box")
    rows = np.array([3, 7, 11])
    part = matrix.only(rows)
    np.testing.assert_array_equal(part.value, matrix.value[rows])
    assert part.groups.tolist() == matrix.groups[rows].tolist()
    with pytest.raises(UnknownPost):
        build_decision_matrix(current, "x", "box")
