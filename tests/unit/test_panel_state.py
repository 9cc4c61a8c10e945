"""What a browser says of the weights is not believed unseen."""

import pytest
import streamlit as st

from core.ui.ranking.panel import Chosen, chosen

KEY = "panel"


@pytest.fixture(autouse=True)
def _state(monkeypatch):
    state: dict = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def said(weights: object) -> None:
    st.session_state[KEY] = {"weights": weights}


def test_nothing_said_yet_is_where_the_panel_starts():
    assert chosen(KEY, "1", [1000, 0]) == Chosen([1000, 0], ())
    assert chosen(KEY, "1", None) == Chosen(None, ())


def test_words_from_before_the_last_start_are_not_heard():
    said({"push": "1", "tenths": [0, 1000], "locked": [True, False]})
    assert chosen(KEY, "1", [1000, 0]) == Chosen([0, 1000], (True, False))
    assert chosen(KEY, "2", [1000, 0]) == Chosen([1000, 0], ())


@pytest.mark.parametrize("weights", ["x", 5, [1], {"push": "9"}, None])
def test_nonsense_is_where_the_panel_starts(weights):
    said(weights)
    assert chosen(KEY, "1", [1000, 0]) == Chosen([1000, 0], ())


@pytest.mark.parametrize("weights", [{"push": "1"}, {"push": "1", "tenths": "all", "locked": 3}])
def test_halves_are_the_official_weights(weights):
    said(weights)
    assert chosen(KEY, "1", [1000, 0]) == Chosen(None, ())
