"""Which session, and making one."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.reports.sessions import BASIS_NAMES
from core.service.accounts import has_right
from core.service.clock import today
from core.service.sessions import preparing, records
from core.service.sessions.records import Session
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.talent.session.settings import SessionSettings
from core.ui.actions import attempt, entered, outcome
from core.ui.language import plain, sentence_of, show_day, t
from core.ui.links import publish, remembered
from core.ui.session.sentences import phase_name
from core.ui.shared import engine

_PLACE = "session_new"


def choose(account: Account) -> Session | None:
    """The session of the link, None where none is asked for or it is not to be seen, which is told."""
    asked = remembered("session")
    if not asked:
        return None
    try:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
        return records.read_session(engine(), number, by=account)
    except MantelError as error:
        st.warning(sentence_of(error))
        publish("session", None, "")
        st.session_state["session"] = None
        return None


def show_list(account: Account) -> None:
    """The sessions somebody has a part in, and for the secretariat the form for a new one."""
    sessions = records.list_sessions(engine(), by=account)
    if not sessions:
        st.info(t("There is no session you have a part in."))
    for session in sessions:
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(f"**{plain(session.name)}** · {plain(session.place)} · {show_day(session.held_on)}")
        left.caption(phase_name(session.phase))
        right.button(t("Open"), key=f"open_{session.id}", on_click=_go, args=(session.id,), width="stretch")
    if has_right(account, "import"):
        with st.expander(t("Prepare a new session"), expanded=not sessions, icon=":material/add:"):
            _form(account)


def _form(account: Account) -> None:
    outcome(_PLACE)
    left, middle, right = st.columns([3, 3, 2])
    left.text_input(t("Name"), key="new_name", max_chars=100, placeholder=t("e.g. Talent committee, first session"))
    middle.text_input(t("Venue"), key="new_place", max_chars=200)
    right.date_input(t("Day"), value=today(), format="DD-MM-YYYY", key="new_day")
    left.text_input(t("Number of BKN's decision on manajemen talenta"), key="new_number", max_chars=100)
    middle.selectbox(t("Basis"), ["management", "open"], key="new_basis", format_func=lambda basis: basis_name(basis))

    def make() -> None:
        day = st.session_state.get("new_day")
        settings = SessionSettings(
            basis=st.session_state.get("new_basis") or "management", basis_number=entered("new_number").strip()
        )
        number = preparing.make_session(
            engine(),
            entered("new_name"),
            entered("new_place"),
            day if isinstance(day, dt.date) else today(),
            settings,
            by=account,
        )
        _go(number)

    st.button(t("Prepare"), key="new_make", type="primary", on_click=attempt, args=(_PLACE, make))


def basis_name(basis: str) -> str:
    """The basis of a session in words."""
    return t(BASIS_NAMES[basis])


def _go(number: int | None) -> None:
    st.session_state["session"] = str(number) if number else None
    st.session_state["_kept_session"] = st.session_state["session"]


def leave() -> None:
    """Back to the list."""
    _go(None)
