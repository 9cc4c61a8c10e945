"""Sessions of the committee, as rows. What was said in one stays: a change is a new row, the old one is superseded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from core.store.tables import CommitteeSession, SessionEntry, SessionMember, SessionPost

_SESSION, _MEMBER, _POST, _ENTRY = (
    table.__table__ for table in (CommitteeSession, SessionMember, SessionPost, SessionEntry)
)
assert all(isinstance(table, sa.Table) for table in (_SESSION, _MEMBER, _POST, _ENTRY))


def list_sessions(connection: sa.Connection) -> list[sa.RowMapping]:
    """All sessions that have not been removed, the newest first."""
    query = sa.select(_SESSION).where(_SESSION.c.removed_at.is_(None)).order_by(_SESSION.c.id.desc())
    return list(connection.execute(query).mappings())


def find_session(connection: sa.Connection, number: int) -> sa.RowMapping | None:
    """A session by its number, None where there is none or it was removed."""
    query = sa.select(_SESSION).where(_SESSION.c.id == number, _SESSION.c.removed_at.is_(None))
    return connection.execute(query).mappings().first()


def find_event(connection: sa.Connection, number: int) -> int | None:
    """The number of the last thing that all in a session's room may see, None where there is no such session."""
    query = sa.select(_SESSION.c.event).where(_SESSION.c.id == number, _SESSION.c.removed_at.is_(None))
    return connection.execute(query).scalar_one_or_none()


def add_session(connection: sa.Connection, **values: Any) -> int:
    """Add a session; returns its number."""
    done = connection.execute(sa.insert(_SESSION).values(**values))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def change_session(connection: sa.Connection, number: int, **values: Any) -> None:
    """Change columns of a session."""
    connection.execute(sa.update(_SESSION).where(_SESSION.c.id == number).values(**values))


def add_event(connection: sa.Connection, number: int) -> None:
    """Tell everybody who follows the session that there is something new."""
    change_session(connection, number, event=_SESSION.c.event + 1)


def list_decisions(connection: sa.Connection) -> list[sa.RowMapping]:
    """What was decided on the posts of all closed sessions that have not been removed: session, post, value."""
    query = (
        sa.select(_ENTRY.c.session_id, _ENTRY.c.post, _ENTRY.c.value)
        .join_from(_ENTRY, _SESSION, _ENTRY.c.session_id == _SESSION.c.id)
        .where(
            _ENTRY.c.kind == "decision",
            _ENTRY.c.superseded_at.is_(None),
            _SESSION.c.phase == "closed",
            _SESSION.c.removed_at.is_(None),
        )
        .order_by(_ENTRY.c.id)
    )
    return list(connection.execute(query).mappings())


def list_members(connection: sa.Connection, number: int) -> list[sa.RowMapping]:
    """The members of a session, in the order of the list."""
    query = sa.select(_MEMBER).where(_MEMBER.c.session_id == number).order_by(_MEMBER.c.id)
    return list(connection.execute(query).mappings())


def list_posts(connection: sa.Connection, number: int) -> list[sa.RowMapping]:
    """The posts of a session, in the order of the list."""
    query = sa.select(_POST).where(_POST.c.session_id == number).order_by(_POST.c.id)
    return list(connection.execute(query).mappings())


def replace_members(connection: sa.Connection, number: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make these be the members of a session that has not opened."""
    _replace(connection, _MEMBER, number, rows)


def replace_posts(connection: sa.Connection, number: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make these be the posts of a session that has not opened."""
    _replace(connection, _POST, number, rows)


def _replace(connection: sa.Connection, table: Any, number: int, rows: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(sa.delete(table).where(table.c.session_id == number))
    if rows:
        connection.execute(sa.insert(table), [{**row, "session_id": number} for row in rows])


def change_post(connection: sa.Connection, number: int, post: str, **values: Any) -> None:
    """Change columns of a post of a session."""
    where = (_POST.c.session_id == number, _POST.c.post == post)
    connection.execute(sa.update(_POST).where(*where).values(**values))


def list_entries(
    connection: sa.Connection, number: int, kinds: Collection[str] = (), *, superseded: bool = False, **where: object
) -> list[sa.RowMapping]:
    """What was said in a session, the oldest first: of some kinds, and with values of columns; what was superseded on request."""
    query = sa.select(_ENTRY).where(_ENTRY.c.session_id == number).order_by(_ENTRY.c.id)
    if kinds:
        query = query.where(_ENTRY.c.kind.in_(kinds))
    if not superseded:
        query = query.where(_ENTRY.c.superseded_at.is_(None))
    for column, value in where.items():
        query = query.where(_ENTRY.c[column] == value)
    return list(connection.execute(query).mappings())


def add_entry(connection: sa.Connection, saved_at: dt.datetime, **values: Any) -> int:
    """Say something in a session; what was said of the same before is superseded. Returns its number."""
    take_back_entry(connection, saved_at, **{key: values[key] for key in _KEY})
    done = connection.execute(sa.insert(_ENTRY).values(saved_at=saved_at, **values))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


_KEY = ("session_id", "kind", "member_id", "post", "subject")


def take_back_entry(connection: sa.Connection, at: dt.datetime, **key: object) -> bool:
    """Supersede what was said of something; returns whether there was anything."""
    where = [_ENTRY.c[column] == value for column, value in key.items()]
    ended = sa.update(_ENTRY).where(_ENTRY.c.superseded_at.is_(None), *where).values(superseded_at=at)
    return bool(connection.execute(ended).rowcount)
