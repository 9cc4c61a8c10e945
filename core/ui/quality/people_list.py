"""A list of people concerned, to save and to open one by one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.reports.workbook import frame_workbook
from core.talent.review import TalentReview
from core.ui.download import offer_download
from core.ui.language import t
from core.ui.people_table import people_doors


def show_people(current: TalentReview, table: pd.DataFrame, nips: list[str], key: str) -> None:
    """The people of a table, to open and to save."""
    if table.empty:
        st.success(t("Nothing to do here."))
        return
    people_doors(current, table, nips, f"list_{key}", height=300, alt=t("People concerned"))
    offer_download(
        t("Worklist (XLSX)"),
        lambda: frame_workbook(t("Worklist"), table),
        f"mantel_{key}.xlsx",
        icon=":material/download:",
    )
