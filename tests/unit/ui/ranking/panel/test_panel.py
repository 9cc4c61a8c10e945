"""What a browser says of the weights is not believed unseen."""

import pytest
import streamlit as st

from core.ui.ranking.panel import Release, read_release

KEY = "panel"
START = Release([1000, 0], (False, True))


@pytest.fixture(autouse=True)
def _state(monkeypatch):
    state: dict = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def answer(weights: object) -> None:
    st.session_state[KEY] = {"weights": weights}


def test_nothing_said_yet_is_where_the_panel_starts():
    assert read_release(KEY, "1", START) == START
    assert read_release(KEY, "1", Release(None, ())) == Release(None, ())


def test_words_from_before_the_last_start_are_not_heard():
    answer({"start_id": "1", "tenths": [0, 1000], "locked": [True, False]})
    assert read_release(KEY, "1", START) == Release([0, 1000], (True, False))
    assert read_release(KEY, "2", START) == START


@pytest.mark.parametrize("weights", ["x", 5, [1], {"start_id": "9"}, None])
def test_nonsense_is_where_the_panel_starts(weights):
    answer(weights)
    assert read_release(KEY, "1", START) == START


@pytest.mark.parametrize("weights", [{"start_id": "1"}, {"start_id": "1", "tenths": "all", "locked": 3}])
def test_halves_are_the_official_weights(weights):
    answer(weights)
    assert read_release(KEY, "1", START) == Release(None, ())
