"""Whole databases: counting, copying from one kind to another, dumping and loading."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from core.store.database import DatabaseProblem, migrate, open_engine, reading, writing
from core.store.tables import Base
from core.talent.messages import N_

_BATCH = 5_000


def list_tables(connection: sa.Connection) -> list[str]:
    """The names of the tables there are."""
    return sorted(sa.inspect(connection).get_table_names())


def count_rows(connection: sa.Connection) -> dict[str, int]:
    """How many rows each of Mantel's tables has."""
    return {
        table.name: int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        for table in Base.metadata.sorted_tables
    }


def require_empty(engine: sa.Engine) -> None:
    """Refuse a database that holds anything.

    Raises
    ------
    DatabaseProblem
    """
    with reading(engine) as connection:
        if tables := list_tables(connection):
            raise DatabaseProblem(
                N_("the target is not empty: it has {count} tables; expected an empty database"), count=len(tables)
            )


def copy_database(source: sa.Engine, target: sa.Engine, progress: Callable[[str], None] = lambda table: None) -> None:
    """Copy every row into an empty database, of whichever kind; nobody writes to the source meanwhile.

    Raises
    ------
    DatabaseProblem
        When the target is not empty, or does not hold the same number of rows in the end.
    """
    require_empty(target)
    migrate(target)
    with writing(source) as from_, writing(target) as to:
        for table in Base.metadata.sorted_tables:
            progress(table.name)
            if table.name == "audit_head":
                to.execute(sa.delete(table))  # the migration has made its one row
            _copy_table(table, from_, to)
        if to.dialect.name == "postgresql":
            _set_sequences(to)
        was, now = count_rows(from_), count_rows(to)
        if was != now:
            wrong = sorted(name for name in was if was[name] != now[name])
            raise DatabaseProblem(N_("the copy lacks rows in {tables}; nothing was kept"), tables=", ".join(wrong))


def _copy_table(table: sa.Table, from_: sa.Connection, to: sa.Connection) -> None:
    key = list(table.primary_key.columns)
    rows = from_.execution_options(yield_per=_BATCH).execute(sa.select(table).order_by(*key))
    for part in rows.partitions(_BATCH):
        to.execute(sa.insert(table), [dict(row._mapping) for row in part])


def _set_sequences(connection: sa.Connection) -> None:
    """Let PostgreSQL count on from the highest number of each table."""
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key.columns:
            sequence = connection.execute(
                sa.text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            ).scalar_one()
            if sequence:
                highest = connection.execute(sa.select(sa.func.max(column))).scalar_one()
                connection.execute(
                    sa.text("SELECT setval(:name, :value, :called)"),
                    {"name": sequence, "value": highest or 1, "called": highest is not None},
                )


def dump_database(engine: sa.Engine, file: Path) -> dict[str, int]:
    """Write the whole database as of one moment into a file of its own kind, while others go on; its rows by table.

    Raises
    ------
    DatabaseProblem
    """
    if engine.dialect.name == "sqlite":
        return _dump_sqlite(engine, file)
    with reading(engine) as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        snapshot = connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar_one()
        counts = count_rows(connection)
        _run(engine, "pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={file}")
    return counts


def _dump_sqlite(engine: sa.Engine, file: Path) -> dict[str, int]:
    source_file = str(engine.url.database)
    if not Path(source_file).exists():
        raise DatabaseProblem(
            N_("the database's file “{file}” is gone; put it back, or restore a backup"), file=source_file
        )
    with closing(sqlite3.connect(source_file)) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)
    copy = open_engine(f"sqlite:///{file}")
    try:
        with reading(copy) as connection:
            return count_rows(connection)
    finally:
        copy.dispose()
        for rest in ("-wal", "-shm"):
            Path(f"{file}{rest}").unlink(missing_ok=True)


def load_dump(engine: sa.Engine, file: Path) -> None:
    """Load a dump into an empty database of its kind.

    Raises
    ------
    DatabaseProblem
        When the target is not empty or the dump cannot be read.
    """
    require_empty(engine)
    if engine.dialect.name == "sqlite":
        engine.dispose()
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(str(engine.url.database))) as target:
            try:
                source.backup(target)
            except sqlite3.DatabaseError:
                raise DatabaseProblem(N_("the backup's database is damaged")) from None
        return
    _run(engine, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(file))


def check_integrity(engine: sa.Engine) -> bool:
    """Whether the database itself finds nothing wrong; PostgreSQL has checked a dump while loading it."""
    if engine.dialect.name != "sqlite":
        return True
    with reading(engine) as connection:
        sound = connection.execute(sa.text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        return sound and not connection.execute(sa.text("PRAGMA foreign_key_check")).all()


def _run(engine: sa.Engine, program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs on a database; the password is seen in no list of processes."""
    found = shutil.which(program) or max(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{program}")), default="")
    if not found:
        raise DatabaseProblem(N_("the program {name} is missing; install the package postgresql-client"), name=program)
    url = engine.url
    place = {"PGPASSWORD": str(url.password)} if url.password else {}
    where = [f"--host={url.host}"] if url.host else []
    where += [f"--port={url.port}"] if url.port else []
    where += [f"--username={url.username}"] if url.username else []
    command = [found, *where, f"--dbname={url.database}", "--no-password", *words]
    done = subprocess.run(command, env={**os.environ, **place}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        first = next(iter(done.stderr.strip().splitlines()), "")
        raise DatabaseProblem(N_("{name} did not succeed: {reason}"), name=program, reason=first[:200])


@contextmanager
def scratch_database(engine: sa.Engine, folder: Path) -> Iterator[sa.Engine]:
    """An empty database of the same kind that is gone afterwards.

    Raises
    ------
    DatabaseProblem
        When the role may not create databases.
    """
    if engine.dialect.name == "sqlite":
        made = open_engine(f"sqlite:///{folder / 'scratch.db'}")
        try:
            yield made
        finally:
            made.dispose()
        return
    name = f"mantel_scratch_{os.getpid()}_{os.urandom(4).hex()}"
    admin = sa.create_engine(engine.url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        with reading(admin) as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"))
        made = open_engine(engine.url.set(database=name).render_as_string(hide_password=False))
        try:
            yield made
        finally:
            made.dispose()
            with suppress(DatabaseProblem), reading(admin) as connection:
                connection.execute(sa.text(f"DROP DATABASE {name}"))
    finally:
        admin.dispose()
