"""Rubric texts: kept by content, for ever."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from core.store.tables import RubricVersion


@dataclass(frozen=True, slots=True)
class SavedRubric:
    """A rubric's text with who kept it when."""

    digest: str
    key: str
    version: int
    name: str
    content: str
    shipped: bool
    username: str
    kept_at: dt.datetime
    note: str
    retired_at: dt.datetime | None = None


def load_rubrics(connection: sa.Connection) -> list[SavedRubric]:
    """All versions of all rubrics, by key, the newest version of each first."""
    table = RubricVersion.__table__
    rows = connection.execute(sa.select(table).order_by(table.c.key, table.c.version.desc(), table.c.kept_at.desc()))
    return [SavedRubric(**row._mapping) for row in rows]


def retire_rubric(connection: sa.Connection, digest: str, time: dt.datetime) -> bool:
    """Retire a version that is not; returns whether there was one."""
    done = connection.execute(
        sa.update(RubricVersion)
        .where(RubricVersion.digest == digest, RubricVersion.retired_at.is_(None), RubricVersion.shipped.is_(False))
        .values(retired_at=time)
    )
    return bool(done.rowcount)


def add_rubric(connection: sa.Connection, rubric: SavedRubric) -> None:
    """Keep a text; the same content is kept once."""
    if not connection.execute(sa.select(RubricVersion.key).where(RubricVersion.digest == rubric.digest)).first():
        connection.execute(sa.insert(RubricVersion).values(**{s: getattr(rubric, s) for s in SavedRubric.__slots__}))
