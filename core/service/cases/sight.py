"""Who sees which case: whoever has a part in the session, but posts that a conflict of interest keeps from them."""

from __future__ import annotations

import sqlalchemy as sa

from core.service.accounts import NotAllowed
from core.service.sessions.judging import list_hidden
from core.service.sessions.records import Session, find_parts, require_sight
from core.store.accounts import Account
from core.talent.messages import N_


def sees_case(connection: sa.Connection, session: Session, post: str, by: Account) -> bool:
    """Whether somebody sees a case."""
    return bool(find_parts(session, by)) and post not in list_hidden(connection, session, by)


def require_case_sight(connection: sa.Connection, session: Session, post: str, by: Account) -> None:
    """Refuse whoever does not see a case, before anything of it is said.

    Raises
    ------
    NotAllowed
    """
    require_sight(session, by)
    if post in list_hidden(connection, session, by):
        raise NotAllowed(N_("a declared conflict of interest keeps this case from you"))
