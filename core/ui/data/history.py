"""Attempts to import, and the door to undo one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.locales import stamp
from core.service import importing
from core.talent.errors import MantelError
from core.ui.data.upload import DONE
from core.ui.language import sentence_of, t, tn
from core.ui.shared import engine
from core.ui.sign_in import current_asker


def history_table(history: pd.DataFrame) -> pd.DataFrame:
    """Attempts to import; times in western Indonesian time."""
    return pd.DataFrame(
        {
            t("When (WIB)"): [stamp(time) for time in history["attempted_at"]],
            t("Who"): history["username"],
            t("No."): history["batch_id"].astype("Int64"),
            t("Result"): [_result(row) for row in history.itertuples()],
            t("Reason"): history["reason"].fillna(""),
            t("Files"): history["files"],
        }
    )


def _result(attempt: Any) -> str:
    """How an attempt to import ended."""
    if attempt.faults:
        return tn("refused, {count} fault", "refused, {count} faults", attempt.faults)
    if pd.isna(attempt.batch_id):
        return t("nothing new")
    if pd.notna(attempt.undoes):
        return t("undoes number {number}", number=int(attempt.undoes))
    words = t("{new} new, {changed} changed", new=int(attempt.new_facts), changed=int(attempt.changed_facts))
    return words if pd.isna(attempt.undone_by) else f"{words} ({t('undone')})"


#: The newest imports that can be undone stand with their button above the table.
_OFFERED = 5


def show_history(may_undo: bool) -> None:
    """The last attempts to import; who may import undoes one from here."""
    history = importing.list_attempts(engine())
    if may_undo:
        done = history[history["batch_id"].notna() & history["undoes"].isna() & history["undone_by"].isna()]
        for row in done.head(_OFFERED).itertuples():
            _offer_undo(row)
    st.dataframe(history_table(history), hide_index=True, key="imports", alt=t("History of imports"))


def _offer_undo(attempt: Any) -> None:
    """An import in one line, and beside it the way back."""
    number = int(attempt.batch_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(
            f"{number} · {stamp(attempt.attempted_at)} · {attempt.username} · {_result(attempt)} · {attempt.files}"[
                :160
            ]
        )
        with (
            st.popover(t("Undo"), icon=":material/undo:", key=f"undo_{number}"),
            st.form(f"undo_form_{number}", border=False),
        ):
            reason = st.text_input(t("Why is import number {number} undone?", number=number), max_chars=300)
            if st.form_submit_button(t("Undo this import"), icon=":material/undo:"):
                try:
                    importing.undo_import(engine(), number, reason, by=current_asker())
                except MantelError as error:
                    st.error(sentence_of(error))
                else:
                    st.session_state[DONE] = t("Import number {number} is undone.", number=number)
                    st.rerun()
