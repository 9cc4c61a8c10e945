"""What the committee keeps beside the facts, as rows: views, decisions on boxes, steps of development."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from core.store.tables import BoxDecision, DevelopmentStep, KeptView


def views_of(connection: sa.Connection, page: str) -> list[sa.RowMapping]:
    """Kept views of a page by name: id, name, query, username."""
    table = KeptView.__table__
    query = sa.select(table).where(table.c.page == page, table.c.removed_at.is_(None)).order_by(table.c.name)
    return list(connection.execute(query).mappings())


def add_view(connection: sa.Connection, **values: object) -> None:
    """Keep a view."""
    connection.execute(sa.insert(KeptView.__table__).values(**values))


def remove_view(connection: sa.Connection, number: int, removed_at: dt.datetime) -> None:
    """Take a view out of the list."""
    table = KeptView.__table__
    connection.execute(sa.update(table).where(table.c.id == number).values(removed_at=removed_at))


def decisions_of(connection: sa.Connection, nip: str | None = None) -> list[sa.RowMapping]:
    """Decisions on boxes, revoked ones too, of everyone or one person, the newest first."""
    table = BoxDecision.__table__
    query = sa.select(table).order_by(table.c.id.desc())
    if nip is not None:
        query = query.where(table.c.nip == nip)
    return list(connection.execute(query).mappings())


def add_decision(connection: sa.Connection, **values: object) -> int:
    """Keep a decision; returns its number."""
    done = connection.execute(sa.insert(BoxDecision.__table__).values(**values))
    return int(done.inserted_primary_key[0])


def revoke_decision(connection: sa.Connection, number: int, **values: object) -> None:
    """Write down when, by whom and why a decision was revoked."""
    table = BoxDecision.__table__
    connection.execute(sa.update(table).where(table.c.id == number).values(**values))


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
