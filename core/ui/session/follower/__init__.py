"""What others do in a session reaches a page by itself: the part of the page that follows runs again when there is something new."""

from __future__ import annotations

import zlib
from pathlib import Path

import streamlit as st

from core.service.sessions.records import Session
from core.ui.actions import keep_said

_follower = st.components.v2.component(
    "mantel.follower", js=(Path(__file__).parent / "follower.js").read_text(encoding="utf-8")
)
_NEWS = "_news_of_session"


def follow(session: Session) -> None:
    """Run the fragment this stands in again when the session's event number is another than the one drawn.

    It stands before all that says what somebody has done: a run that news brought must not take that away.
    """
    keep_said(st.session_state.pop(_NEWS, False))
    _follow("follower", session, asks=True)


def follow_stage(session: Session) -> None:
    """Run the fragment this stands in again when ``follow`` has drawn a newer stage of the session on the same page.

    The stage is what one's own judgement stands on: the phase, the data, the candidates.
    """
    _follow("stage_follower", session, asks=False)


def _follow(key: str, session: Session, *, asks: bool) -> None:
    stage = zlib.crc32(repr((session.phase, session.freeze, session.candidates)).encode())
    drawn = {"session": session.id, "event": session.event, "stage": stage, "asks": asks}
    _follower(key=key, data=drawn, on_event_change=_heard)


def _heard() -> None:
    """The run that follows is one that news brought."""
    st.session_state[_NEWS] = True
