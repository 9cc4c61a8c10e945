"""How fresh what is shown is: the day, the last import, the last backup."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.locales import WIB, stamp
from core.service import backup, importing
from core.service.health import find_backup_fault, read_time
from core.talent.review import TalentReview
from core.ui.language import plain, sentence_of, show_day, t
from core.ui.shared import engine


def say_how_fresh(review: TalentReview) -> None:
    """As of when everything is said, and who imported last."""
    said = t("As of {day}.", day=show_day(review.as_of))
    done = importing.list_attempts(engine()).dropna(subset=["batch_id"])
    if done.empty:
        st.caption(said)
        return
    last = done.iloc[0]
    day = show_day(pd.Timestamp(last["attempted_at"]) + WIB)
    st.caption(f"{said} {t('Last import on {day} by {user}.', day=day, user=plain(last['username']))}")


def say_backup() -> None:
    """Whether the last backup could be restored, and how old it is."""
    status = backup.read_status()
    if fault := find_backup_fault(status):
        st.warning(sentence_of(fault), icon=":material/backup:")
    elif status is not None:
        made = stamp(read_time(status))
        st.caption(t("Last backup: {time} WIB, proven by restoring it.", time=made))
