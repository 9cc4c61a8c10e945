"""Steps of development, as rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from core.store.tables import DevelopmentStep


def steps_of(connection: sa.Connection, nip: str) -> list[sa.RowMapping]:
    """Steps of a person's development, the soonest first."""
    table = DevelopmentStep.__table__
    query = sa.select(table).where(table.c.nip == nip).order_by(table.c.due_on, table.c.id)
    return list(connection.execute(query).mappings())


def add_step(connection: sa.Connection, **values: Any) -> int:
    """Keep a step; returns its number."""
    done = connection.execute(sa.insert(DevelopmentStep.__table__).values(**values))
    return int(done.inserted_primary_key[0])


def close_step(connection: sa.Connection, number: int, state: str, closed_at: dt.datetime) -> bool:
    """Set an open step's state; False when there is none open of this number."""
    table = DevelopmentStep.__table__
    done = connection.execute(
        sa.update(table).where(table.c.id == number, table.c.state == "open").values(state=state, closed_at=closed_at)
    )
    return done.rowcount == 1
