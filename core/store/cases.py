"""Steps of cases and reasons for faults, as rows; what was withdrawn stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from core.store.tables import CaseStep, Paper, ReturnReason

_STEP, _REASON, _PAPER = (table.__table__ for table in (CaseStep, ReturnReason, Paper))
assert all(isinstance(table, sa.Table) for table in (_STEP, _REASON, _PAPER))
_LIGHT = tuple(column for column in _STEP.c if column.name != "content")


def list_steps(connection: sa.Connection, **where: object) -> list[sa.RowMapping]:
    """Steps that stand, by values of columns, in the order in which they were taken, without the content of their files.

    ``paper_standing`` is that of the letter in the register, None for one that does not stand there.
    """
    query = (
        sa.select(*_LIGHT, _PAPER.c.standing.label("paper_standing"))
        .outerjoin_from(_STEP, _PAPER, _STEP.c.paper_id == _PAPER.c.id)
        .where(_STEP.c.withdrawn_at.is_(None))
        .order_by(_STEP.c.id)
    )
    for column, value in where.items():
        query = query.where(_STEP.c[column] == value)
    return list(connection.execute(query).mappings())


def group_steps(connection: sa.Connection, **where: object) -> dict[tuple[int, str], list[sa.RowMapping]]:
    """The steps of each case that has any, by session and post, in the order in which they were taken."""
    grouped: dict[tuple[int, str], list[sa.RowMapping]] = {}
    for row in list_steps(connection, **where):
        grouped.setdefault((row["session_id"], row["post"]), []).append(row)
    return grouped


def list_inaugurations(connection: sa.Connection, known_at: dt.datetime | None = None) -> list[sa.RowMapping]:
    """Inaugurations that stood at a time (UTC), without one those that stand now."""
    query = sa.select(*_LIGHT).where(_STEP.c.kind == "inauguration").order_by(_STEP.c.id)
    if known_at is None:
        query = query.where(_STEP.c.withdrawn_at.is_(None))
    else:
        gone = _STEP.c.withdrawn_at
        query = query.where(_STEP.c.recorded_at <= known_at, sa.or_(gone.is_(None), gone > known_at))
    return list(connection.execute(query).mappings())


def name_inaugurations(connection: sa.Connection) -> str:
    """A text that differs whenever an inauguration was entered or withdrawn; cheap."""
    query = sa.select(sa.func.count(), sa.func.count(_STEP.c.withdrawn_at)).where(_STEP.c.kind == "inauguration")
    entered, gone = connection.execute(query).one()
    return f"{entered}-{gone}"


def add_step(connection: sa.Connection, **values: Any) -> int:
    """Add a step; returns its number."""
    done = connection.execute(
        sa.insert(_STEP).values(**values, withdrawn_at=None, withdrawn_by="", withdrawn_reason="")
    )
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def withdraw_step(connection: sa.Connection, number: int, **values: Any) -> None:
    """Write down when, by whom and why a step was withdrawn."""
    connection.execute(sa.update(_STEP).where(_STEP.c.id == number).values(**values))


def was_withdrawn(connection: sa.Connection, paper: int) -> bool:
    """Whether a paper was the letter of a step that was withdrawn."""
    query = sa.select(_STEP.c.id).where(_STEP.c.paper_id == paper, _STEP.c.withdrawn_at.is_not(None)).limit(1)
    return connection.execute(query).first() is not None


def load_content(connection: sa.Connection, number: int) -> bytes | None:
    """The file of a step; None where it has none of its own."""
    return connection.execute(sa.select(_STEP.c.content).where(_STEP.c.id == number)).scalar_one_or_none()


def list_reasons(connection: sa.Connection, session: int) -> dict[str, sa.RowMapping]:
    """The last reason for each fault of a session's submission, by the fault."""
    query = sa.select(_REASON).where(_REASON.c.session_id == session).order_by(_REASON.c.id)
    return {row["fault"]: row for row in connection.execute(query).mappings()}


def add_reason(connection: sa.Connection, **values: Any) -> None:
    """Add a reason for a fault."""
    connection.execute(sa.insert(_REASON).values(**values))
