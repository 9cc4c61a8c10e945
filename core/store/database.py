"""Opening, migrating and guarding the database."""

from __future__ import annotations

import gc
import logging
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


_LOG = logging.getLogger("mantel.database")
#: One writer at a time, also on PostgreSQL: an import plans against what it then changes.
_WRITE_LOCK = 7_461_726_765


def open_engine(url: str) -> sa.Engine:
    """An engine for a database URL; SQLite in WAL mode with foreign keys on.

    Raises
    ------
    DatabaseProblem
        For an address that is none.
    """
    # What stands in a statement's parameters is about people; no log and no sentence shows it.
    try:
        engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    except (sa.exc.ArgumentError, ImportError):
        raise DatabaseProblem(
            N_("the address of the database cannot be used; expected sqlite:///… or postgresql+psycopg://…")
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        if engine.url.database and not engine.url.database.startswith((":memory:", "file:")):
            _watch_file(engine, Path(engine.url.database))
    return engine


def _watch_file(engine: sa.Engine, file: Path) -> None:
    """Notice that the file was moved, deleted or replaced: a connection that is kept would go on with the old one."""

    known = False

    def require(*_: object) -> None:
        # Whoever connects to a file that is not there makes an empty one; that is right once, at the beginning.
        if known and _identity(file) is None:
            raise DatabaseProblem(
                N_("the database's file “{file}” is gone; put it back, or restore a backup"), file=str(file)
            )

    def remember(_connection: Any, record: Any) -> None:
        nonlocal known
        known = True
        record.info["file"] = _identity(file)

    def compare(_connection: Any, record: Any, _proxy: object) -> None:
        require()
        if record.info.get("file") != _identity(file):
            raise sa.exc.DisconnectionError  # the pool opens the file that is there now

    event.listen(engine, "do_connect", require)
    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", compare)


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


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
    except sa.exc.TimeoutError:
        _LOG.warning("no connection was free in time")
        raise DatabaseProblem(N_("the database is busy with another import; try again in a moment")) from None
    except sa.exc.DBAPIError as error:
        _LOG.warning("the database refused: %s: %s", type(error.orig).__name__, str(error.orig).splitlines()[0][:200])
        text = str(error.orig).splitlines()[0].lower()
        if "locked" in text or "lock timeout" in text:
            raise DatabaseProblem(N_("the database is busy with another import; try again in a moment")) from None
        if "readonly" in text or "read-only" in text or "permission denied" in text:
            raise DatabaseProblem(N_("the database is read-only; give the program the right to write to it")) from None
        if "no such table" in text or "undefinedtable" in type(error.orig).__name__.lower():
            raise DatabaseProblem(N_("the database is not set up; run “python -m core setup”")) from None
        if any(words in text for words in ("is full", "no space left", "disk i/o", "could not extend file")):
            raise DatabaseProblem(N_("the disk of the database is full; nothing was changed")) from None
        if isinstance(error, sa.exc.OperationalError):
            raise DatabaseProblem(
                N_("the database cannot be reached: {reason}"), reason=str(error.orig).splitlines()[0]
            ) from None
        # What the database says further down may quote the row it refused, and with it a person.
        raise DatabaseProblem(
            N_("the database refused what was asked of it ({kind}); nothing was changed"),
            kind=type(error.orig).__name__,
        ) from None


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


def is_made(engine: sa.Engine) -> bool:
    """Whether the tables have been made at some time."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision() is not None


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
