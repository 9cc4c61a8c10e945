"""Edited posts, kept plans and succession pools as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from core.store.tables import KeptPlan, PositionVersion, ReadinessDecision, SuccessionPool


def position_versions(connection: sa.Connection) -> list[sa.RowMapping]:
    """All versions of all posts, the oldest first."""
    table = PositionVersion.__table__
    return list(connection.execute(sa.select(table).order_by(table.c.id)).mappings())


def positions_version(connection: sa.Connection) -> int:
    """The number of the newest version of any post, 0 where none was edited."""
    return int(connection.execute(sa.select(sa.func.max(PositionVersion.__table__.c.id))).scalar() or 0)


def add_positions(connection: sa.Connection, rows: list[Mapping[str, Any]]) -> None:
    """Keep new versions of posts."""
    connection.execute(sa.insert(PositionVersion.__table__), [dict(row) for row in rows])


def plans(connection: sa.Connection) -> list[sa.RowMapping]:
    """Kept plans that have not been removed, the newest first."""
    table = KeptPlan.__table__
    query = sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id.desc())
    return list(connection.execute(query).mappings())


def add_plan(connection: sa.Connection, **values: Any) -> int:
    """Keep a plan; returns its number."""
    done = connection.execute(sa.insert(KeptPlan.__table__).values(**values))
    return int(done.inserted_primary_key[0])


def remove_plan(connection: sa.Connection, number: int, removed_at: dt.datetime) -> None:
    """Take a plan out of the list."""
    table = KeptPlan.__table__
    connection.execute(sa.update(table).where(table.c.id == number).values(removed_at=removed_at))


def pools(connection: sa.Connection) -> list[sa.RowMapping]:
    """All succession pools, the newest first."""
    table = SuccessionPool.__table__
    return list(connection.execute(sa.select(table).order_by(table.c.id.desc())).mappings())


def add_pool(connection: sa.Connection, **values: Any) -> int:
    """Keep a pool; returns its number."""
    done = connection.execute(sa.insert(SuccessionPool.__table__).values(**values))
    return int(done.inserted_primary_key[0])


def set_pool_state(connection: sa.Connection, number: int, before: str, **values: Any) -> bool:
    """Change a pool's state from another; False when it has not that one any more."""
    table = SuccessionPool.__table__
    done = connection.execute(sa.update(table).where(table.c.id == number, table.c.state == before).values(**values))
    return done.rowcount == 1


def readiness_decisions(connection: sa.Connection) -> list[sa.RowMapping]:
    """All decisions on readiness, the oldest first."""
    table = ReadinessDecision.__table__
    return list(connection.execute(sa.select(table).order_by(table.c.id)).mappings())


def add_readiness(connection: sa.Connection, **values: Any) -> int:
    """Keep a decision; returns its number."""
    done = connection.execute(sa.insert(ReadinessDecision.__table__).values(**values))
    return int(done.inserted_primary_key[0])
