"""Tests of core/ui/ranking/panel/rows.py."""

import pytest
import streamlit as st

from core.ui.ranking.panel.rows import panel_rows
from tests.factories import read_texts


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
        row_words[words] = read_texts(panel_rows(current, "dinas-kominfo", "talent", words), "reasons")
    assert any("tahun dalam rumpun terkait" in reason for reason in row_words["id"])
    assert any("years in the related family" in reason for reason in row_words["en"])
    assert not any("tahun dalam rumpun terkait" in reason for reason in row_words["en"])


def test_names_come_back_from_their_words_to_the_letter(current):
    rows = panel_rows(current, "semua", "talent", "id")
    assert read_texts(rows, "names") == current.people["full_name"].tolist()
