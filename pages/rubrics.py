"""Rubrik: what the scores are made by; copy, edit, compare, and see who changes box."""

import streamlit as st

from core.service import rubrics
from core.store.accounts import Account
from core.ui.language import t
from core.ui.rubrics.comparison import compare_rubrics, rubrics_table
from core.ui.rubrics.editor import DONE, edit_rubric
from core.ui.shared import engine, review
from core.ui.shell import serve


def draw(account: Account) -> None:
    """The page."""
    known = rubrics.list_rubrics(engine())
    if done := st.session_state.pop(DONE, None):
        st.success(done)
    st.dataframe(rubrics_table(known, review().rubric.digest), hide_index=True, alt=t("Rubrics"))
    st.caption(t("Shipped rubrics never change; an edit is a new version, and every version is kept."))
    left, right = st.columns(2, gap="large")
    with left:
        compare_rubrics(known)
    with right:
        edit_rubric(account, known)


serve(draw)
