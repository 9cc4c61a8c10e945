"""Papers that were issued, as rows; none is ever removed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from core.store.tables import Paper, PaperFile, PaperKey, PaperTemplate

_PAPER, _FILE, _KEY, _TEMPLATE = (table.__table__ for table in (Paper, PaperFile, PaperKey, PaperTemplate))
assert all(isinstance(table, sa.Table) for table in (_PAPER, _FILE, _KEY, _TEMPLATE))


def list_papers(connection: sa.Connection, **where: object) -> list[sa.RowMapping]:
    """Papers by values of columns, the newest first."""
    query = sa.select(_PAPER).order_by(_PAPER.c.issued_on.desc(), _PAPER.c.id.desc())
    for column, value in where.items():
        query = query.where(_PAPER.c[column] == value)
    return list(connection.execute(query).mappings())


def find_paper(connection: sa.Connection, **where: object) -> sa.RowMapping | None:
    """The paper with these values of columns, None where there is none."""
    found = list_papers(connection, **where)
    return found[0] if found else None


def find_last_sequence(connection: sa.Connection, year: int) -> int:
    """The last running number of a year, 0 where there is none."""
    query = sa.select(sa.func.max(_PAPER.c.sequence)).where(_PAPER.c.year == year)
    return connection.execute(query).scalar_one() or 0


def add_paper(connection: sa.Connection, **values: Any) -> int:
    """Add a paper; returns its number of the row."""
    done = connection.execute(sa.insert(_PAPER).values(**values))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def change_paper(connection: sa.Connection, number: int, **values: Any) -> None:
    """Change what a paper is worth; what it says stays."""
    assert set(values) <= {"standing", "since", "reason", "replaced_by"}
    connection.execute(sa.update(_PAPER).where(_PAPER.c.id == number).values(**values))


def correct_paper(connection: sa.Connection, number: int, issued_on: dt.date) -> None:
    """Let a letter hold that was entered with a mistake and withdrawn, with its true day of the same year."""
    values = {"issued_on": issued_on, "standing": "valid", "since": None, "reason": ""}
    connection.execute(sa.update(_PAPER).where(_PAPER.c.id == number).values(**values))


def void_files(connection: sa.Connection, paper: int) -> None:
    """Take the files from a letter that was entered with a mistake: none of them is a paper of the office."""
    connection.execute(sa.update(_FILE).where(_FILE.c.paper_id == paper).values(kind="void"))


def add_file(connection: sa.Connection, **values: Any) -> None:
    """Add a file of a paper; one that belonged to a withdrawn letter is free again."""
    connection.execute(sa.delete(_FILE).where(_FILE.c.digest == values["digest"], _FILE.c.kind == "void"))
    connection.execute(sa.insert(_FILE).values(**values))


def find_file(connection: sa.Connection, digest: str) -> sa.RowMapping | None:
    """A file by its digest, without its content; None where there is none."""
    query = sa.select(*_LIGHT).where(_FILE.c.digest == digest, _FILE.c.kind != "void")
    return connection.execute(query).mappings().first()


_LIGHT = tuple(column for column in _FILE.c if column.name != "content")


def list_files(connection: sa.Connection, paper: int | None = None) -> list[sa.RowMapping]:
    """Files, of one paper or of all, without their content, the oldest first."""
    query = sa.select(*_LIGHT).where(_FILE.c.kind != "void").order_by(_FILE.c.id)
    if paper is not None:
        query = query.where(_FILE.c.paper_id == paper)
    return list(connection.execute(query).mappings())


def group_files(connection: sa.Connection) -> dict[int, list[sa.RowMapping]]:
    """The files of every paper that has any, by the paper's row, without their content, the oldest first."""
    files: dict[int, list[sa.RowMapping]] = {}
    for row in list_files(connection):
        files.setdefault(row["paper_id"], []).append(row)
    return files


def load_content(connection: sa.Connection, digest: str) -> bytes | None:
    """The content of a file; None where it is not kept."""
    return connection.execute(sa.select(_FILE.c.content).where(_FILE.c.digest == digest)).scalar_one_or_none()


def list_keys(connection: sa.Connection) -> list[sa.RowMapping]:
    """The public keys, the oldest first."""
    return list(connection.execute(sa.select(_KEY).order_by(_KEY.c.since, _KEY.c.id)).mappings())


def add_key(connection: sa.Connection, **values: Any) -> None:
    """Add a public key; the one in use before it is so no more."""
    ended = sa.update(_KEY).where(_KEY.c.until.is_(None)).values(until=values["since"])
    connection.execute(ended)
    connection.execute(sa.insert(_KEY).values(**values, until=None))


def load_template(connection: sa.Connection) -> bytes | None:
    """The last template of papers that was kept, None where none was."""
    query = sa.select(_TEMPLATE.c.content).order_by(_TEMPLATE.c.id.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none()


def add_template(connection: sa.Connection, **values: Any) -> None:
    """Keep a template of papers; those before it stay."""
    connection.execute(sa.insert(_TEMPLATE).values(**values))
