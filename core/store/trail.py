"""The audit trail as rows: entries are added, never changed; the head says how many there are and what they add up to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import sqlalchemy as sa

from core.store.tables import AuditEvent, AuditHead
from core.trail.entry import Entry
from core.trail.merkle import Tree

_COLUMNS = [AuditEvent.__table__.c[name] for name in Entry.__slots__]


def load_head(connection: sa.Connection) -> tuple[Tree, str]:
    """The trail as a tree, and its signed checkpoint (empty before the first)."""
    row = connection.execute(sa.select(AuditHead.size, AuditHead.peaks, AuditHead.checkpoint)).one()
    return Tree(row.size, tuple(bytes.fromhex(peak) for peak in json.loads(row.peaks))), row.checkpoint


def save_head(connection: sa.Connection, tree: Tree, checkpoint: str) -> None:
    """Say what the trail is now."""
    peaks = json.dumps([peak.hex() for peak in tree.peaks])
    connection.execute(sa.update(AuditHead).values(size=tree.size, peaks=peaks, checkpoint=checkpoint))


def add_entry(connection: sa.Connection, entry: Entry, leaf: bytes) -> None:
    """Add an entry with its leaf."""
    connection.execute(sa.insert(AuditEvent).values(**asdict(entry), leaf=leaf.hex()))


def iterate_entries(connection: sa.Connection) -> Iterator[tuple[Entry, str]]:
    """All entries by number, each with the leaf that was kept."""
    rows = connection.execution_options(yield_per=10_000).execute(
        sa.select(*_COLUMNS, AuditEvent.leaf).order_by(AuditEvent.number)
    )
    for *fields, leaf in rows:
        yield Entry(*fields), leaf


def list_entries(
    connection: sa.Connection,
    *,
    username: str = "",
    events: tuple[str, ...] = (),
    subject: str = "",
    most: int = 500,
) -> list[Entry]:
    """The latest entries, of a user, of some events, about a subject."""
    query = sa.select(*_COLUMNS).order_by(AuditEvent.number.desc()).limit(most)
    if username:
        query = query.where(AuditEvent.username == username)
    if events:
        query = query.where(AuditEvent.event.in_(events))
    if subject:
        query = query.where(AuditEvent.subject == subject)
    return [Entry(*row) for row in connection.execute(query)]
