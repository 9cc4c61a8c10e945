"""Tables whose text wraps, with texts from data shown as they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from core.ui.language import language, plain
from core.ui.shared import shared_result


def show_table(table: pd.DataFrame, **more: Any) -> None:
    """Show a table that wraps its text; Streamlit reads its cells and headers as Markdown, so each is made plain.

    ``more`` goes to Streamlit's table.
    """
    st.table(make_plain(table), border="horizontal", **more)


def show_shared_table(drawn_from: str, make: Callable[[], pd.DataFrame]) -> None:
    """A table that many look at, as ``show_table`` does, made once for all of them; ``drawn_from`` names the data."""
    st.table(_make_once(f"{drawn_from}|{language()}", make), border="horizontal")


@shared_result(max_entries=64)
def _make_once(key: str, _make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return make_plain(_make())


def make_plain(table: pd.DataFrame) -> pd.DataFrame:
    """The cells and headers as texts in which nothing is Markdown."""
    cells = table.astype(object).where(table.notna(), "").map(lambda value: plain(str(value)))
    cells.columns = [plain(str(name)) for name in table.columns]
    cells.index = [plain(str(name)) for name in table.index]
    return cells
