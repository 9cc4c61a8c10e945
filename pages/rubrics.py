"""Rubrik: what the scores and the gates are made by; copy, edit, compare, and see who changes box or is judged otherwise."""

import streamlit as st

from core.service import rubrics
from core.store.accounts import Account
from core.ui.language import t
from core.ui.links import choose_one
from core.ui.rubrics.comparison import compare_rubrics, retire_form, rubrics_table
from core.ui.rubrics.editor import DONE, edit_rubric
from core.ui.rubrics.rules_form import rules_form
from core.ui.shared import engine, review
from core.ui.shell import serve


def draw(account: Account) -> None:
    """The page."""
    views = {"rubrics": t("Rubrics"), "edit": t("Copy and edit"), "rules": t("Rules of eligibility")}
    view = choose_one(
        st.segmented_control,
        t("View"),
        list(views),
        "rubric_view",
        "rubrics",
        required=True,
        format_func=views.get,
        label_visibility="collapsed",
    )
    if view == "rules":
        rules_form(account)
        return
    known = rubrics.list_rubrics(engine())
    offered = [rubric for rubric in known if rubric.retired_at is None]
    if done := st.session_state.pop(DONE, None):
        st.success(done)
    if view == "edit":
        edit_rubric(account, offered)
        return
    st.dataframe(rubrics_table(known, review().rubric.digest), hide_index=True, alt=t("Rubrics"))
    st.caption(t("Shipped rubrics never change; an edit is a new version, and every version is kept."))
    retire_form(offered, review().rubric.digest)
    compare_rubrics(offered)


serve(draw)
