"""Texts of rules as somebody edited them, as rows: never changed, never deleted; a version can be retired."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from core.store.tables import RulesVersion


@dataclass(frozen=True, slots=True)
class SavedRules:
    """An edited rules text with who kept it when and, where it was retired, who did so when."""

    id: int
    key: str
    content: str
    note: str
    username: str
    kept_at: dt.datetime
    retired_at: dt.datetime | None
    retired_by: str

    def holds_at(self, time: dt.datetime | None) -> bool:
        """Whether it had been kept and not been retired at a time (now for None)."""
        if time is None:
            return self.retired_at is None
        return self.kept_at <= time and (self.retired_at is None or self.retired_at > time)


def load_rules(connection: sa.Connection) -> list[SavedRules]:
    """All versions, the oldest first."""
    table = RulesVersion.__table__
    return [SavedRules(**row._mapping) for row in connection.execute(sa.select(table).order_by(table.c.id))]


def get_rules_state(connection: sa.Connection) -> str:
    """A short text that differs after every edit and every retirement."""
    table = RulesVersion.__table__
    counts = sa.select(sa.func.count(table.c.id), sa.func.count(table.c.retired_at))
    kept, retired = connection.execute(counts).one()
    return f"{kept}.{retired}"


def add_rules(connection: sa.Connection, key: str, content: str, note: str, username: str, time: dt.datetime) -> None:
    """Keep a text."""
    values = {"key": key, "content": content, "note": note, "username": username, "kept_at": time, "retired_by": ""}
    connection.execute(sa.insert(RulesVersion).values(**values))


def retire_rules(connection: sa.Connection, number: int, username: str, time: dt.datetime) -> bool:
    """Retire a version that is not retired; returns whether there was one."""
    table = RulesVersion.__table__
    done = connection.execute(
        sa.update(RulesVersion)
        .where(table.c.id == number, table.c.retired_at.is_(None))
        .values(retired_at=time, retired_by=username)
    )
    return bool(done.rowcount)
