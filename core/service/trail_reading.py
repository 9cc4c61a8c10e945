"""Reading the audit trail: an administrator's."""

from __future__ import annotations

import sqlalchemy as sa

from core.service import trail
from core.service.accounts import ask_anew
from core.store import trail as store
from core.store.accounts import Account
from core.store.database import reading
from core.trail.entry import Entry


def list_entries(
    engine: sa.Engine,
    *,
    by: Account,
    username: str = "",
    events: tuple[str, ...] = (),
    subject: str = "",
    most: int = 500,
) -> list[Entry]:
    """The latest entries, of a user, of some events, about a subject.

    Raises
    ------
    NotAllowed
    """
    with reading(engine) as connection:
        ask_anew(connection, by, "administer")
        return store.list_entries(connection, username=username, events=events, subject=subject, most=most)


def verify_trail(engine: sa.Engine, checkpoint: str | None = None, *, by: Account) -> trail.Verification:
    """``core.service.trail.verify_trail`` for whoever may read the trail.

    Raises
    ------
    NotAllowed, InvalidCheckpoint
    """
    with reading(engine) as connection:
        ask_anew(connection, by, "administer")
    return trail.verify_trail(engine, checkpoint)
