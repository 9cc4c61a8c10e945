"""A session whose names have gone out is not reopened."""

from __future__ import annotations

import sqlalchemy as sa

from core.service.sessions.records import Session
from core.store import cases as store
from core.talent.case.steps import CaseFault
from core.talent.messages import N_


def refuse_begun(connection: sa.Connection, session: Session) -> None:
    """Refuse to reopen a session whose names have gone to BKN.

    Raises
    ------
    CaseFault
    """
    steps = store.list_steps(connection, session_id=session.id)
    if steps:
        raise CaseFault(
            N_(
                "the names have gone to BKN with {number} of {day}; withdraw the steps of the case first, with the reason"
            ),
            number=steps[0]["number"],
            day=steps[0]["day"],
        )
