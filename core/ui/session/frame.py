"""What stands above everything in a session: name, phases, who is there, who has sealed."""

from __future__ import annotations

import streamlit as st

from core.service.sessions.records import Session
from core.service.sessions.seen import Status
from core.ui.actions import attempt
from core.ui.language import plain, show_day, t, tn
from core.ui.session.choice import leave
from core.ui.session.sentences import phases_in_words

_PLACE = "session_frame"


def show_frame(session: Session, status: Status) -> None:
    """Name and day, the phases, and the one line that says what is waited for."""
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.subheader(f"{plain(session.name)} · {plain(session.place)}, {show_day(session.held_on)}", anchor=False)
    right.button(
        t("All sessions"),
        key="leave_session",
        on_click=attempt,
        args=(_PLACE, leave, (), True),
        width="stretch",
        type="tertiary",
    )
    st.markdown(phases_in_words(session.phase))
    if session.phase == "judging":
        st.caption(plain(say_waiting(session, status)))


def say_waiting(session: Session, status: Status) -> str:
    """How many have sealed and for whom is waited."""
    waiting = [session.find_member(member).full_name for member in status.present if member not in status.sealed]
    absent = [
        member.full_name
        for member in session.members
        if member.id not in status.present and member.id not in status.sealed
    ]
    said = tn(
        "{count} of {all} member has sealed",
        "{count} of {all} members have sealed",
        len(status.sealed),
        all=len(session.members),
    )
    if waiting:
        said += " · " + t("waiting for {names}", names="; ".join(waiting))
    if absent:
        said += " · " + t("not there: {names}", names="; ".join(absent))
    return said
