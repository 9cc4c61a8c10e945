"""Tests of core/talent/ranking/robustness.py."""

import numpy as np
import pandas as pd
import pytest

from core.talent.ranking.acceptability import find_stable_interval
from core.talent.ranking.robustness import (
    Shares,
    assess_robustness,
    classify_robustness,
    compute_shares_anywhere,
    compute_shares_near,
    find_changes,
    find_first_rows,
    tabulate_robustness,
)
from core.talent.ranking.tailoring import AlarmLimits
from tests.matrices import matrix, random_matrix


@pytest.mark.parametrize(
    ("shares", "word"), [((0.9, 1.0, 0.95), 2), ((0.89, 1.0), 1), ((0.6, 0.7), 1), ((0.59, 1.0, 1.0), 0), ((0.0,), 0)]
)
def test_the_least_share_decides_how_firm_an_order_is(shares, word):
    assert classify_robustness(np.array(shares)) == word


@pytest.mark.parametrize(("people", "rows"), [(30, 30), (300, 200), (2000, 200), (2001, 40)])
def test_changes_are_sought_for_fewer_where_there_are_many(people, rows):
    field = random_matrix(np.random.default_rng(1), people, 2)
    first = find_first_rows(field, np.array([0.5, 0.5]))
    scores = field.value @ np.array([0.5, 0.5])
    assert len(first) == rows
    assert scores[first].tolist() == sorted(scores.tolist(), reverse=True)[:rows]


def test_shares_anywhere_are_the_same_each_time_and_sum_to_one():
    field = matrix([[90, 10], [10, 90], [40, 40]])
    shares = compute_shares_anywhere(field)
    again = compute_shares_anywhere(field)
    assert shares.first.tolist() == again.first.tolist()
    assert shares.first.sum() == pytest.approx(1)
    assert shares.first[2] == 0
    assert shares.first_three.tolist() == [1, 1, 1]


def test_the_table_gives_each_person_the_own_figures():
    field = matrix([[90, 10], [10, 90], [40, 40], [5, 5]])
    weights = np.array([0.6, 0.4])
    _, into_three = find_changes(field, weights, np.arange(3))
    nips = pd.Index(list("abcd"))
    shares = Shares(np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.5, 0.6, 0.7, 0.8]))
    robustness = type("R", (), {"near": shares, "anywhere": Shares(shares.first * 2, shares.first_three)})()
    ranked = pd.DataFrame({"rank": [1, 2, 3, 4], "nip": list("acbd"), "name": list("ACBD"), "score": 1.0})
    table = tabulate_robustness(ranked, nips, robustness, dict(zip("abc", into_three, strict=True)))
    assert table["first_share"].tolist() == [0.1, 0.3, 0.2, 0.4]
    assert table["first_three_share"].tolist() == [0.5, 0.7, 0.6, 0.8]
    assert table["first_share_anywhere"].tolist() == pytest.approx([0.2, 0.6, 0.4, 0.8])
    assert table["smallest_change"].tolist()[:3] == [0, 0, 0]
    assert np.isnan(table["smallest_change"].iloc[3])
    assert table["why"].tolist() == ["there", "there", "there", "not_sought"]


def test_the_first_three_are_three():
    field = random_matrix(np.random.default_rng(3), 12, 4, step=0.001)
    shares = compute_shares_anywhere(field, 500)
    assert shares.first.sum() == pytest.approx(1)
    assert shares.first_three.sum() == pytest.approx(3)


def test_what_is_said_of_an_order_rests_on_its_parts():
    field = random_matrix(np.random.default_rng(4), 9, 3)
    official, weights = np.full(3, 1 / 3), np.array([0.6, 0.2, 0.2])
    anywhere = compute_shares_anywhere(field, 200)
    said = assess_robustness(field, weights, official, 0.2, anywhere, AlarmLimits())
    assert said.anywhere is anywhere
    near = compute_shares_near(field, weights, 0.2)
    assert said.near.first.tolist() == near.first.tolist()
    assert said.intervals == tuple(find_stable_interval(field, weights, k, (False,) * 3) for k in range(3))
    held = assess_robustness(field, weights, official, 0.2, anywhere, AlarmLimits(), (False, True, True))
    assert held.intervals[0] == (0.6, 0.6)
    assert compute_shares_near(field, weights, 0.0, 50).first.max() == 1


def test_the_smallest_change_is_in_percentage_points():
    # Level at 4/7 for the first criterion: from a half that is 1/14 up and 1/14 down, 14.29 points in all.
    field = matrix([[60, 80], [60, 80], [60, 80], [90, 40]])
    _, into_three = find_changes(field, np.array([0.5, 0.5]), np.array([3]))
    shares = Shares(np.zeros(4), np.zeros(4))
    robustness = type("R", (), {"near": shares, "anywhere": shares})()
    ranked = pd.DataFrame({"rank": [4], "nip": ["d"], "name": ["D"]})
    table = tabulate_robustness(ranked, pd.Index(list("abcd")), robustness, {"d": into_three[0]})
    assert table["smallest_change"].tolist() == [pytest.approx(100 / 7, abs=1e-6)]
    assert table["why"].tolist() == ["possible"]
