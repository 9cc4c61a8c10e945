"""Opening, migrating and guarding the database."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from core.talent.errors import MantelError
from core.talent.messages import N_


class DatabaseProblem(MantelError):
    """The database cannot be used as it is."""


#: One writer at a time, also on PostgreSQL: an import plans against what it then changes.
_WRITE_LOCK = 7_461_726_765


def open_engine(url: str) -> sa.Engine:
    """An engine for a database URL; SQLite in WAL mode with foreign keys on."""
    engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that a writer can say BEGIN IMMEDIATE
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 5000")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("mantel_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to read with.

    Raises
    ------
    DatabaseProblem
        When the database is locked, read-only, gone, or not migrated.
    """
    with _translated(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction, committed at the end or rolled back whole; writers wait for one another.

    Raises
    ------
    DatabaseProblem
        As for ``reading``.
    """
    with _translated(), engine.execution_options(mantel_write=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITE_LOCK)))
        yield connection


@contextmanager
def many_rows() -> Iterator[None]:
    """Handle a great many rows: the collector of cycles waits, which halves the time.

    Rows make no cycles, yet each ten thousand of them would let it look through all the others.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        text = str(error.orig).lower()
        if "locked" in text or "lock timeout" in text:
            raise DatabaseProblem(N_("the database is busy with another import; try again in a moment")) from error
        if "readonly" in text or "read-only" in text or "permission denied" in text:
            raise DatabaseProblem(N_("the database is read-only; give the program the right to write to it")) from error
        if "no such table" in text or "undefinedtable" in type(error.orig).__name__.lower():
            raise DatabaseProblem(N_("the database is not set up; run “python -m core setup”")) from error
        if "full" in text or "no space" in text or "disk i/o" in text:
            raise DatabaseProblem(N_("the disk of the database is full; nothing was changed")) from error
        if isinstance(error, sa.exc.OperationalError):
            raise DatabaseProblem(
                N_("the database cannot be reached: {reason}"), reason=str(error.orig).splitlines()[0]
            ) from error
        raise


def _alembic(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: sa.Engine) -> None:
    """Create the tables or bring them to this version.

    Raises
    ------
    DatabaseProblem
        When the database was made by a newer version of Mantel, or cannot be written to.
    """
    check_version(engine, older=True)
    with writing(engine) as connection:
        command.upgrade(_alembic(connection), "head")


def check_version(engine: sa.Engine, *, older: bool = False) -> None:
    """Refuse a database that a newer version of Mantel has migrated, or an older one has left behind.

    Parameters
    ----------
    older
        Whether an older one will do, because it is about to be migrated.

    Raises
    ------
    DatabaseProblem
    """
    with reading(engine) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        scripts = ScriptDirectory.from_config(_alembic(connection))
        known, head = {script.revision for script in scripts.walk_revisions()}, scripts.get_current_head()
    if revision is not None and revision not in known:
        raise DatabaseProblem(
            N_("the database was made by a newer version of Mantel (revision {revision}); update the program"),
            revision=revision,
        )
    if revision is not None and revision != head and not older:
        raise DatabaseProblem(
            N_(
                "the database is of an older version of Mantel (revision {revision}); run “python -m core setup” to bring it up"
            ),
            revision=revision,
        )
