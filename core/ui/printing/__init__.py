"""What is printed is in the audit trail: the browser says so, at the moment its print dialog opens."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from core.service import trail
from core.trail.events import Event
from core.ui.shared import engine
from core.ui.sign_in import current_account

_listen = st.components.v2.component(
    "mantel.printing", js=(Path(__file__).parent / "printing.js").read_text(encoding="utf-8")
)


def note_prints() -> None:
    """Listen for the page being printed."""
    _listen(key="printing", on_printed_change=_note)


def _note() -> None:
    address = (st.session_state.get("printing") or {}).get("printed")
    account = current_account()
    if not isinstance(address, str) or account is None:
        return
    try:
        parts = urlsplit(address[:2000])
    except ValueError:
        return  # no page of ours has such an address
    people = parse_qs(parts.query).get("nip", [""])[0]
    trail.record_alone(engine(), Event.PAGE_PRINTED, account, people, parts.path)
