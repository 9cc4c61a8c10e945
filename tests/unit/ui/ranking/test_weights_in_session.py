"""Tests of core/ui/ranking/weights_in_session.py."""

import streamlit as st

from core.ui.ranking import weights_in_session
from core.ui.ranking.weights_in_session import Simulation


def test_a_run_is_given_up_only_where_weights_were_newly_let_go_of(current, monkeypatch):
    """A run that a button began is carried to its end: its click belongs to it alone."""
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", {})

    def keep(tenths):
        return weights_in_session.keep(Simulation(current, "dinas-kominfo", "score", "talent", False, tenths, ()))

    assert not keep(None)  # the page is drawn
    assert keep((500, 100, 100, 100, 100, 100))  # a thumb is let go of
    assert not keep((500, 100, 100, 100, 100, 100))  # a button is pressed
    assert keep(None)  # back to the official weights
