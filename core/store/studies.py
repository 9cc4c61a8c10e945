"""Fields of study placed in a discipline by hand, as rows."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from core.store.tables import StudyAssignment


def load_assignments(connection: sa.Connection) -> list[sa.RowMapping]:
    """All of them, the oldest first: field, discipline, username, saved_at."""
    table = StudyAssignment.__table__
    return list(connection.execute(sa.select(table).order_by(table.c.id)).mappings())


def count_assignments(connection: sa.Connection) -> int:
    """How many there are; it grows with each."""
    return int(connection.execute(sa.select(sa.func.count(StudyAssignment.id))).scalar() or 0)


def add_assignment(connection: sa.Connection, field: str, discipline: str, username: str, time: dt.datetime) -> None:
    """Keep one; an empty discipline takes an earlier one back."""
    values = {"field": field, "discipline": discipline, "username": username, "saved_at": time}
    connection.execute(sa.insert(StudyAssignment).values(**values))
