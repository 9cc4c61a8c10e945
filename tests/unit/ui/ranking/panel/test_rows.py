"""Tests of core/ui/ranking/panel/rows.py."""

import pytest
import streamlit as st

from core.ui.ranking.panel.rows import panel_rows


@pytest.fixture(autouse=True)
def _nothing_computed_before():
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_reasons_are_in_the_language_of_whoever_looks(current, monkeypatch):
    """One member's Indonesian rows are not another one's English ones."""
    row_words = {}
    for words in ("id", "en"):
        monkeypatch.setattr(st, "session_state", {"language": words})
        row_words[words] = panel_rows(current, "dinas-kominfo", "talent", words)["frames"]["reasons"][
            "text"
        ].to_pylist()
    assert any("tahun dalam rumpun terkait" in reason for reason in row_words["id"])
    assert any("years in the related family" in reason for reason in row_words["en"])
    assert not any("tahun dalam rumpun terkait" in reason for reason in row_words["en"])
