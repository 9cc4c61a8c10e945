"""Tests of core/ui/finder."""

import pytest
import streamlit as st

from core.ui.finder import read_asked


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        (None, ""),
        ({"asked": " dinas "}, "dinas"),
        ({"asked": "x" * 5000}, "x" * 200),
        ({"asked": ["dinas"]}, ""),
        ({"asked": {"a": 1}}, ""),
        ({}, ""),
        ("dinas", ""),
    ],
)
def test_what_a_browser_asks_may_be_anything(sent, asked, monkeypatch):
    monkeypatch.setattr(st, "session_state", {"finder": sent})
    assert read_asked() == asked
