"""Tests of core/talent/ranking/pair.py."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.locales import number
from core.talent.ranking.pair import explain_pair, round_pair, tabulate_steps
from tests.matrices import matrix

WEIGHTS = np.array([0.5, 0.3, 0.2])


def test_the_steps_add_up_to_the_gap_whichever_is_named_first():
    values = [[80, 60, 90], [70, 90, 50]]
    for one, other in ((0, 1), (1, 0)):
        pair = explain_pair(matrix(values), WEIGHTS, one, other)
        assert (pair.first, pair.second, pair.decides) == (0, 1, "score")
        assert pair.steps.tolist() == pytest.approx([5, -9, 8])
        assert pair.gap == pytest.approx(4)
        assert (pair.low, pair.high) == (pytest.approx(4), pytest.approx(4))


def test_gates_and_boxes_come_before_the_score():
    gates = explain_pair(matrix([[10.0], [90.0]], "eligible", [0, 2]), np.array([1.0]), 1, 0)
    assert (gates.first, gates.decides, gates.gap) == (0, "eligibility", pytest.approx(-80))
    # The first criterion is performance, the second potential: box 9 against box 5, whatever the weights.
    boxes = explain_pair(matrix([[70.0, 70.0], [81.0, 81.0]], "box"), np.array([0.5, 0.5]), 0, 1)
    assert (boxes.first, boxes.decides) == (1, "box")


def test_equal_scores_tie_and_a_missing_one_is_not_known():
    assert explain_pair(matrix([[50, 70.0], [70, 50.0]]), np.array([0.5, 0.5]), 0, 1).decides == "tie"
    open_ = explain_pair(matrix([[50, np.nan], [70, 50.0]]), np.array([0.5, 0.5]), 0, 1)
    assert open_.decides == "unknown"
    assert np.isnan(open_.steps).tolist() == [False, True]
    assert (open_.low, open_.high) == (pytest.approx(-35), pytest.approx(15))
    # What carries no weight is no step, even where it is missing.
    known = explain_pair(matrix([[50, np.nan], [70, 50.0]]), np.array([1.0, 0.0]), 0, 1)
    assert (known.decides, known.steps.tolist()) == ("score", [20, 0])


@given(
    st.lists(st.lists(st.floats(0, 100), min_size=4, max_size=4), min_size=2, max_size=2),
    st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(lambda w: sum(w) > 0),
)
def test_the_steps_as_shown_add_up_to_the_gap_as_shown_to_the_last_digit(values, weights):
    shares = np.array(weights) / sum(weights)
    pair = explain_pair(matrix(values), shares, 0, 1)
    shown = round_pair(matrix(values), shares, pair)
    scores = [float((np.array(values[row]) * shares).sum()) for row in (pair.first, pair.second)]
    assert [shown.first, shown.second] == [float(number(score, 2, "en")) for score in scores]
    assert round(sum(shown.steps), 2) == pytest.approx(round(shown.first - shown.second, 2)) == pytest.approx(shown.gap)
    for step, exact in zip(shown.steps, pair.steps, strict=True):
        assert abs(step - exact) < 0.03
    table = tabulate_steps(shown, shares)
    assert len(table) == (shares > 0).sum()
    assert np.isclose(table["start"].iloc[0], shown.second)
    assert np.isclose(table["end"].iloc[-1], shown.first)
    np.testing.assert_allclose(table["start"][1:], table["end"][:-1])


def test_what_no_missing_record_can_turn_is_known_all_the_same():
    # The second lacks a criterion of weight 0.1: at most 10 points, and is 30 behind in the other.
    weights = np.array([0.9, 0.1])
    settled = explain_pair(matrix([[40, np.nan], [80, 50.0]], "eligible"), weights, 0, 1)
    assert (settled.first, settled.second, settled.decides) == (1, 0, "at_least")
    assert settled.low == pytest.approx(0.9 * 40 - 0.1 * 50)
    # Under boxes the missing record may still lead to a higher one.
    assert explain_pair(matrix([[40, np.nan], [80, np.nan]], "box"), weights, 0, 1).decides == "unknown"
