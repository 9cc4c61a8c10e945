"""Looking at a person is in the audit trail, once for each person and tab."""

from __future__ import annotations

import streamlit as st

from core.service.reads import READS
from core.ui.shared import engine
from core.ui.sign_in import current_account

_SEEN = "_people_read"


def note_read(*nips: str) -> None:
    """Note that whoever is signed in looks at these people."""
    seen = st.session_state.setdefault(_SEEN, set())
    fresh = [nip for nip in nips if nip not in seen]
    account = current_account() if fresh else None
    if account is None:
        return
    for nip in fresh:
        READS.note(engine(), account, nip)
        seen.add(nip)
