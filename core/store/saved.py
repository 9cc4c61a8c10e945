"""What is saved by name, as rows: views, plans, scenarios, succession groups. Nothing is deleted, only marked removed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from core.store.tables import Base


def _table(saved: type[Base]) -> sa.Table:
    table = saved.__table__
    assert isinstance(table, sa.Table)
    return table


def list_saved(connection: sa.Connection, saved: type[Base], **where: object) -> list[sa.RowMapping]:
    """Rows that have not been removed, the newest first; ``where`` gives values of columns."""
    table = _table(saved)
    query = sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id.desc())
    for column, value in where.items():
        query = query.where(table.c[column] == value)
    return list(connection.execute(query).mappings())


def add_saved(connection: sa.Connection, saved: type[Base], **values: Any) -> int:
    """Save a row; returns its number."""
    done = connection.execute(sa.insert(_table(saved)).values(**values))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def change_saved(connection: sa.Connection, saved: type[Base], number: int, **values: Any) -> None:
    """Change columns of a row."""
    table = _table(saved)
    connection.execute(sa.update(table).where(table.c.id == number).values(**values))


def mark_removed(connection: sa.Connection, saved: type[Base], number: int, removed_at: dt.datetime) -> None:
    """Take a row out of the lists."""
    change_saved(connection, saved, number, removed_at=removed_at)
