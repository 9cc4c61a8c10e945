"""Reading current facts and writing a planned import."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable

import pandas as pd
import sqlalchemy as sa

from core.imports.plan import ImportPlan
from core.store.tables import FACT_TABLES, ImportAttempt, ImportBatch, ImportFile
from core.talent.facts import DATE_COLUMNS, KINDS, Facts


def data_version(connection: sa.Connection) -> int:
    """Number of the last import, 0 before the first."""
    return connection.execute(sa.select(sa.func.coalesce(sa.func.max(ImportBatch.id), 0))).scalar_one()


def load_facts(connection: sa.Connection, kinds: Iterable[str] = KINDS) -> dict[str, pd.DataFrame]:
    """Current facts, one frame a kind: ``id`` and the kind's columns, dates as datetime64."""
    return {kind: _load(connection, kind) for kind in kinds}


def _load(connection: sa.Connection, kind: str) -> pd.DataFrame:
    table = FACT_TABLES[kind]
    columns = ("id", *KINDS[kind].columns)
    rows = connection.execute(sa.select(*(table.c[name] for name in columns)).where(table.c.superseded_by.is_(None)))
    frame = pd.DataFrame.from_records(rows.fetchall(), columns=list(columns))
    for name in columns:
        if name in DATE_COLUMNS:
            frame[name] = pd.to_datetime(frame[name])
        elif isinstance(table.c.get(name).type, sa.Float):
            frame[name] = frame[name].astype("float64")
    return frame


def facts_only(facts: Facts) -> dict[str, pd.DataFrame]:
    """Facts without row ids, as the domain takes them."""
    return {kind: frame.drop(columns="id") for kind, frame in facts.items()}


def write_import(connection: sa.Connection, plan: ImportPlan, username: str, now: dt.datetime) -> int:
    """Write a plan within the caller's transaction; return the new data version."""
    batch = connection.execute(
        sa.insert(ImportBatch).values(
            imported_at=now,
            username=username,
            new_facts=plan.total("new"),
            changed_facts=plan.total("changed"),
            unchanged_facts=plan.total("unchanged"),
        )
    ).inserted_primary_key[0]
    files = {
        number: connection.execute(
            sa.insert(ImportFile).values(
                batch_id=batch,
                name=file.name[:300],
                sha256=hashlib.sha256(file.content).hexdigest(),
                layout=plan.reading.layout_names(number, "id")[:300],
            )
        ).inserted_primary_key[0]
        for number, file in enumerate(plan.reading.files)
    }
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    replaced: dict[str, list[dict[str, object]]] = defaultdict(list)
    for change in plan.changes:
        record = change.record
        rows[record.kind].append(
            {
                **change.values,
                "import_id": batch,
                "file_id": files[record.file],
                "sheet": record.sheet[:100],
                "row": record.row,
            }
        )
        if change.replaces is not None:
            replaced[record.kind].append({"old": change.replaces, "batch": batch})
    for kind, ids in replaced.items():
        table = FACT_TABLES[kind]
        connection.execute(
            sa.update(table).where(table.c.id == sa.bindparam("old")).values(superseded_by=sa.bindparam("batch")), ids
        )
    for kind, values in rows.items():
        connection.execute(sa.insert(FACT_TABLES[kind]), values)
    return batch


def log_attempt(
    connection: sa.Connection, now: dt.datetime, username: str, files: list[str], faults: int, batch: int | None
) -> None:
    """Note that somebody tried to import, and how it ended."""
    connection.execute(
        sa.insert(ImportAttempt).values(
            attempted_at=now, username=username, files=", ".join(files), faults=faults, batch_id=batch
        )
    )


def attempts(connection: sa.Connection, limit: int = 50) -> pd.DataFrame:
    """The last attempts, newest first: attempted_at, username, files, faults, batch_id, new, changed, unchanged."""
    rows = connection.execute(
        sa.select(
            ImportAttempt.attempted_at,
            ImportAttempt.username,
            ImportAttempt.files,
            ImportAttempt.faults,
            ImportAttempt.batch_id,
            ImportBatch.new_facts,
            ImportBatch.changed_facts,
            ImportBatch.unchanged_facts,
        )
        .outerjoin(ImportBatch, ImportBatch.id == ImportAttempt.batch_id)
        .order_by(ImportAttempt.id.desc())
        .limit(limit)
    )
    return pd.DataFrame.from_records(rows.fetchall(), columns=list(rows.keys()))


def count_facts(connection: sa.Connection) -> dict[str, int]:
    """How many current facts there are of each kind."""
    return {
        kind: connection.execute(
            sa.select(sa.func.count()).select_from(table).where(table.c.superseded_by.is_(None))
        ).scalar_one()
        for kind, table in FACT_TABLES.items()
    }
