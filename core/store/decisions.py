"""Decisions of the committee, as rows; what was revoked stays."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from core.store.tables import Decision

_TABLE = Decision.__table__
assert isinstance(_TABLE, sa.Table)


def list_decisions(connection: sa.Connection, **where: object) -> list[sa.RowMapping]:
    """Decisions, revoked ones too, the newest first; ``where`` gives values of columns."""
    query = sa.select(_TABLE).order_by(_TABLE.c.id.desc())
    for column, value in where.items():
        query = query.where(_TABLE.c[column] == value)
    return list(connection.execute(query).mappings())


def add_decision(connection: sa.Connection, **values: Any) -> int:
    """Keep a decision; returns its number."""
    done = connection.execute(sa.insert(_TABLE).values(**values))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def revoke_decision(connection: sa.Connection, number: int, **values: Any) -> None:
    """Write down when, by whom and why a decision was revoked."""
    connection.execute(sa.update(_TABLE).where(_TABLE.c.id == number).values(**values))
