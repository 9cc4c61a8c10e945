"""A list of people concerned, to save and to open one by one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.reports.workbook import frame_workbook
from core.talent.review import TalentReview
from core.ui.explaining import explain_button
from core.ui.language import t


def show_people(current: TalentReview, table: pd.DataFrame, nips: list[str], key: str) -> None:
    """The people of a table, to open and to save."""
    if table.empty:
        st.success(t("Nothing to do here."))
        return
    rows = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"list_{key}",
        height=300,
        alt=t("People concerned"),
    )["selection"]["rows"]
    left, right = st.columns([1, 3])
    left.download_button(
        t("Worklist (XLSX)"),
        data=lambda: frame_workbook(t("Worklist"), table),
        file_name=f"mantel_{key}.xlsx",
        on_click="ignore",
        icon=":material/download:",
    )
    with right:
        if rows and nips[rows[0]] in current.people.index:
            explain_button(current, nips[rows[0]], place=key)
        else:
            st.caption(t("Choose a row, then open where the numbers come from."))
