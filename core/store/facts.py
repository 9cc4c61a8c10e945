"""Reading facts, as known now or at some past version, and where each came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

import pandas as pd
import sqlalchemy as sa

from core.store.database import many_rows
from core.store.tables import FACT_TABLES, ImportBatch, ImportFile
from core.talent.facts import DATE_COLUMNS, KINDS


def get_data_version(connection: sa.Connection, known_at: dt.datetime | None = None) -> int:
    """Number of the last import, or of the last one recorded before a time; 0 before the first."""
    query = sa.select(sa.func.coalesce(sa.func.max(ImportBatch.id), 0))
    if known_at is not None:
        query = query.where(ImportBatch.imported_at < known_at)
    return connection.execute(query).scalar_one()


def find_first_recorded(connection: sa.Connection) -> dt.datetime | None:
    """When the first import was recorded (UTC)."""
    return connection.execute(sa.select(sa.func.min(ImportBatch.imported_at))).scalar_one()


def _known(table: sa.Table, columns: Iterable[str], version: int | None) -> sa.Executable:
    """Rows known now, or known at a past version: recorded by then and not yet superseded then.

    Two selects rather than one OR, so that each finds its own index.
    """
    rows = sa.select(*(table.c[name] for name in columns))
    current = rows.where(table.c.superseded_by.is_(None))
    if version is None:
        return current
    by_then = table.c.import_id <= version
    return sa.union_all(current.where(by_then), rows.where(table.c.superseded_by > version, by_then))


def load_facts(
    connection: sa.Connection, kinds: Iterable[str] = KINDS, version: int | None = None
) -> dict[str, pd.DataFrame]:
    """Facts, one frame a kind: ``id`` and the kind's columns, dates as datetime64.

    Parameters
    ----------
    version
        A past data version; None for what is known now.
    """
    with many_rows():
        return {kind: _load(connection, kind, version) for kind in kinds}


def _load(connection: sa.Connection, kind: str, version: int | None) -> pd.DataFrame:
    table = FACT_TABLES[kind]
    columns = ("id", *KINDS[kind].columns)
    return _framed(table, connection.execute(_known(table, columns, version)).fetchall(), columns)


def _framed(table: sa.Table, rows: Sequence[Sequence[object]], columns: Iterable[str]) -> pd.DataFrame:
    columns = list(columns)
    # Column by column: pandas looks at every single row for what it might be otherwise.
    data = zip(*rows, strict=True) if rows else [()] * len(columns)
    frame = pd.DataFrame({name: list(values) for name, values in zip(columns, data, strict=True)}, columns=columns)
    for name in columns:
        if name in DATE_COLUMNS:
            frame[name] = pd.to_datetime(frame[name])
        elif name in table.c and isinstance(table.c[name].type, sa.Float):
            frame[name] = frame[name].astype("float64")
    return frame


def load_origins(
    connection: sa.Connection, uses: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], dict[str, object]]:
    """Where facts came from, by kind and id.

    Each: file, layout, sheet, row, columns (JSON of the file), imported_at (UTC), username,
    import_id, matched_by_name, reason.
    """
    by_kind: dict[str, list[int]] = {}
    for kind, fact_id in uses:
        by_kind.setdefault(kind, []).append(fact_id)
    origins = {}
    for kind, ids in by_kind.items():
        table = FACT_TABLES[kind]
        rows = connection.execute(
            sa.select(
                table.c.id,
                ImportFile.name.label("file"),
                ImportFile.layout,
                table.c.sheet,
                table.c.row,
                ImportFile.columns,
                ImportBatch.imported_at,
                ImportBatch.username,
                ImportBatch.id.label("import_id"),
                table.c.matched_by_name,
                ImportBatch.reason,
            )
            .join(ImportFile, ImportFile.id == table.c.file_id)
            .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
            .where(table.c.id.in_(ids))
        )
        origins |= {(kind, row.id): {k: v for k, v in row._mapping.items() if k != "id"} for row in rows}
    return origins


def load_versions(connection: sa.Connection, kind: str, columns: Iterable[str]) -> pd.DataFrame:
    """All versions of a kind's facts but those an undoing ended, the oldest first: id, the columns,
    layout and name of their file, superseded_by.
    """
    table = FACT_TABLES[kind]
    columns = list(columns)
    query = (
        sa.select(
            table.c.id,
            *(table.c[name] for name in columns),
            ImportFile.layout,
            ImportFile.name.label("file"),
            table.c.superseded_by,
        )
        .join(ImportFile, ImportFile.id == table.c.file_id)
        .outerjoin(ImportBatch, ImportBatch.id == table.c.superseded_by)
        .where(ImportBatch.undoes.is_(None))
        .order_by(table.c.id)
    )
    result = connection.execute(query)
    return _framed(table, result.fetchall(), list(result.keys()))


def has_replaced(connection: sa.Connection, kind: str) -> bool:
    """Whether any fact of a kind has been replaced."""
    table = FACT_TABLES[kind]
    return (
        connection.execute(sa.select(table.c.id).where(table.c.superseded_by.is_not(None)).limit(1)).first() is not None
    )


def count_facts(connection: sa.Connection) -> dict[str, int]:
    """How many current facts there are of each kind."""
    return {
        kind: connection.execute(
            sa.select(sa.func.count()).select_from(table).where(table.c.superseded_by.is_(None))
        ).scalar_one()
        for kind, table in FACT_TABLES.items()
    }


def find_changed(connection: sa.Connection, version: int) -> set[str]:
    """NIP of the people of whom anything was recorded or ended after a data version."""
    nips: set[str] = set()
    for table in FACT_TABLES.values():
        later = sa.or_(table.c.import_id > version, table.c.superseded_by > version)
        nips.update(connection.execute(sa.select(table.c.nip).where(later).distinct()).scalars())
    return nips


def list_changed_kinds(connection: sa.Connection, version: int, nips: Collection[str]) -> dict[str, frozenset[str]]:
    """Of some people (NIP) the kinds of facts of which anything was recorded or ended after a data version."""
    kinds: dict[str, set[str]] = {}
    for kind, table in FACT_TABLES.items():
        later = sa.or_(table.c.import_id > version, table.c.superseded_by > version)
        query = sa.select(table.c.nip).where(later, table.c.nip.in_(list(nips))).distinct()
        for nip in connection.execute(query).scalars():
            kinds.setdefault(nip, set()).add(kind)
    return {nip: frozenset(found) for nip, found in kinds.items()}


def list_titles_since(
    connection: sa.Connection, nip: str, since: int, day: dt.date, until: int | None = None
) -> list[str]:
    """The titles of somebody's present post in the facts recorded after a data version, up to another (all without one), the oldest first.

    Those that stood at the version count as well where they are of the day or later.
    """
    table = FACT_TABLES["employee"]
    stood = sa.and_(
        sa.or_(table.c.superseded_by.is_(None), table.c.superseded_by > since), table.c.position_since >= day
    )
    query = sa.select(table.c.position_title).where(
        table.c.nip == nip, sa.or_(table.c.import_id > since, stood), table.c.position_title.is_not(None)
    )
    if until is not None:
        query = query.where(table.c.import_id <= until)
    return list(connection.execute(query.order_by(table.c.import_id, table.c.id)).scalars())


def find_moved(connection: sa.Connection, version: int, nips: Collection[str]) -> frozenset[str]:
    """Which of some people (NIP) have another post or unit now than at a data version; those who have left are not among them."""
    table = FACT_TABLES["employee"]
    place = (table.c.nip, table.c.position_title, table.c.unit)
    known = sa.and_(
        table.c.import_id <= version, sa.or_(table.c.superseded_by.is_(None), table.c.superseded_by > version)
    )
    then = {row[0]: row[1:] for row in connection.execute(sa.select(*place).where(known, table.c.nip.in_(list(nips))))}
    present = sa.select(*place).where(table.c.superseded_by.is_(None), table.c.nip.in_(list(nips)))
    return frozenset(
        row[0] for row in connection.execute(present) if row[0] in then and tuple(then[row[0]]) != tuple(row[1:])
    )
