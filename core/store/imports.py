"""Writing a planned import, undoing one, and the log of attempts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.imports.plan import Change, ImportPlan
from core.store.tables import FACT_TABLES, ColumnMapping, ImportAttempt, ImportBatch, ImportFile
from core.talent.errors import MantelError
from core.talent.messages import N_

_ROWS_AT_ONCE = 5_000


class CannotUndo(MantelError):
    """An import that cannot be undone, with the reason."""


def write_import(connection: sa.Connection, plan: ImportPlan, username: str, reason: str, now: dt.datetime) -> int:
    """Write a plan within the caller's transaction; return the new data version."""
    counts = {f"{state}_facts": plan.total(state) for state in ("new", "changed", "unchanged")}
    batch = _new_batch(connection, now, username, reason, **counts)
    files = {
        number: connection.execute(
            sa.insert(ImportFile).values(
                batch_id=batch,
                name=file.name[:300],
                sha256=hashlib.sha256(file.content).hexdigest(),
                layout=plan.reading.layout_names(number, "id")[:300],
                columns=json.dumps(plan.reading.columns.get(number, {}), ensure_ascii=False),
            )
        ).inserted_primary_key[0]
        for number, file in enumerate(plan.reading.files)
    }
    by_kind: dict[str, list[Change]] = defaultdict(list)
    for change in plan.changes:
        by_kind[change.record.kind].append(change)
    for kind, changes in by_kind.items():
        table = FACT_TABLES[kind]
        old = [{"old": change.replaces, "batch": batch} for change in changes if change.replaces is not None]
        if old:
            ending = sa.update(table).where(table.c.id == sa.bindparam("old"))
            connection.execute(ending.values(superseded_by=sa.bindparam("batch")), old)
        for start in range(0, len(changes), _ROWS_AT_ONCE):
            rows = [_row(change, batch, files) for change in changes[start : start + _ROWS_AT_ONCE]]
            connection.execute(sa.insert(table), rows)
    return batch


def _row(change: Change, batch: int, files: Mapping[int, int]) -> dict[str, object]:
    record = change.record
    return {
        **change.values,
        "import_id": batch,
        "file_id": files[record.file],
        "sheet": record.sheet[:100],
        "row": record.row,
        "matched_by_name": record.matched_by_name,
        "superseded_by": batch if change.overruled else None,
    }


def _new_batch(connection: sa.Connection, now: dt.datetime, username: str, reason: str, **values: int | None) -> int:
    return connection.execute(
        sa.insert(ImportBatch).values(imported_at=now, username=username, reason=reason, **values)
    ).inserted_primary_key[0]


def undo_import(connection: sa.Connection, batch: int, username: str, reason: str, now: dt.datetime) -> int:
    """Undo an import as a whole within the caller's transaction; return the new data version.

    Its facts are ended and what they had replaced is stated again, with its old origin. Nothing is
    deleted: the grid of a day between can still be drawn.

    Raises
    ------
    CannotUndo
        When there is no such import, it was undone already, or something newer rests on it.
    """
    undoes = sa.select(ImportBatch.undoes).where(ImportBatch.id == batch)
    row = connection.execute(undoes).one_or_none()
    if row is None or row[0] is not None:
        raise CannotUndo(N_("there is no import number {number} to undo"), number=batch)
    if connection.execute(sa.select(ImportBatch.id).where(ImportBatch.undoes == batch)).first():
        raise CannotUndo(N_("import number {number} has been undone already"), number=batch)
    _require_nothing_rests(connection, batch)
    own = _files_of(batch)
    ended = sum(
        connection.execute(
            sa.select(sa.func.count()).where(table.c.file_id.in_(own), table.c.superseded_by.is_(None))
        ).scalar_one()
        for table in FACT_TABLES.values()
    )
    undoing = _new_batch(
        connection, now, username, reason, new_facts=0, changed_facts=ended, unchanged_facts=0, undoes=batch
    )
    for table in FACT_TABLES.values():
        connection.execute(
            sa.update(table)
            .where(table.c.file_id.in_(own), table.c.superseded_by.is_(None))
            .values(superseded_by=undoing)
        )
        again = [column for column in table.c if column.name not in ("id", "import_id", "superseded_by")]
        before = sa.select(*again, sa.literal(undoing)).where(
            table.c.superseded_by == batch, table.c.file_id.not_in(own)
        )
        connection.execute(sa.insert(table).from_select([*(column.name for column in again), "import_id"], before))
    return undoing


def _files_of(batch: int) -> sa.Select[tuple[int]]:
    """Files of an import: a fact stated again by an undoing keeps its file, and with it its origin."""
    return sa.select(ImportFile.id).where(ImportFile.batch_id == batch)


def _require_nothing_rests(connection: sa.Connection, batch: int) -> None:
    """Nothing newer may have replaced a fact of the import or be about people only it knows."""
    employee, own = FACT_TABLES["employee"], _files_of(batch)
    undone = sa.select(ImportBatch.undoes).where(ImportBatch.undoes.is_not(None))
    undoings = sa.select(ImportBatch.id).where(ImportBatch.undoes.is_not(None))
    brought = sa.select(employee.c.nip).where(employee.c.file_id.in_(own), employee.c.superseded_by.is_(None))
    known_before = sa.select(employee.c.nip).where(employee.c.superseded_by == batch)
    for table in FACT_TABLES.values():
        replacing = sa.select(sa.func.min(table.c.superseded_by)).where(
            table.c.file_id.in_(own),
            table.c.superseded_by != batch,
            table.c.superseded_by.not_in(undone),
            table.c.superseded_by.not_in(undoings),
        )
        telling = (
            sa.select(sa.func.min(ImportFile.batch_id))
            .join(table, table.c.file_id == ImportFile.id)
            .where(
                ImportFile.batch_id > batch,
                table.c.superseded_by.is_(None),
                table.c.nip.in_(brought),
                table.c.nip.not_in(known_before),
            )
        )
        newer = connection.execute(replacing).scalar_one() or connection.execute(telling).scalar_one()
        if newer is not None:
            raise CannotUndo(
                N_("import number {newer} rests on import number {number}; undo the newer one first"),
                newer=newer,
                number=batch,
            )


def log_attempt(
    connection: sa.Connection, now: dt.datetime, username: str, files: list[str], faults: int, batch: int | None
) -> None:
    """Note that somebody tried to import, and how it ended."""
    connection.execute(
        sa.insert(ImportAttempt).values(
            attempted_at=now, username=username, files=", ".join(files), faults=faults, batch_id=batch
        )
    )


def load_attempts(connection: sa.Connection, limit: int = 50) -> pd.DataFrame:
    """The last attempts, newest first: attempted_at, username, files, faults, batch_id, new, changed,
    unchanged, reason, undoes, undone_by.
    """
    undoing = aliased(ImportBatch)
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
            ImportBatch.reason,
            ImportBatch.undoes,
            undoing.id.label("undone_by"),
        )
        .outerjoin(ImportBatch, ImportBatch.id == ImportAttempt.batch_id)
        .outerjoin(undoing, undoing.undoes == ImportBatch.id)
        .order_by(ImportAttempt.id.desc())
        .limit(limit)
    )
    return pd.DataFrame.from_records(rows.fetchall(), columns=list(rows.keys()))


def load_mappings(connection: sa.Connection) -> dict[str, dict[str, str]]:
    """Remembered headers: layout -> folded header -> field."""
    mappings: dict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(sa.select(ColumnMapping.__table__)):
        mappings[row.layout][row.header] = row.field
    return dict(mappings)


def remember_mapping(
    connection: sa.Connection, layout: str, fields: dict[str, str], username: str, now: dt.datetime
) -> None:
    """Remember which header means which field of a layout; a later word on a header replaces an earlier."""
    for header, field in fields.items():
        connection.execute(
            sa.delete(ColumnMapping).where(ColumnMapping.layout == layout, ColumnMapping.header == header)
        )
        connection.execute(
            sa.insert(ColumnMapping).values(
                layout=layout, header=header, field=field, username=username, confirmed_at=now
            )
        )
