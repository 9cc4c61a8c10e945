"""Whom the committee named, and whom an announcement names where BKN agreed to fewer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import sqlalchemy as sa

from core.service.sessions.records import Session
from core.store import cases as store
from core.store import sessions as session_store


def list_named(decisions: Sequence[sa.RowMapping]) -> dict[str, tuple[str, ...]]:
    """Whom the committee named (NIP) in its order, by post, out of its decisions; posts that were left open are not there."""
    named = {row["post"]: tuple(choice["nip"] for choice in json.loads(row["value"])["choices"]) for row in decisions}
    return {post: nips for post, nips in named.items() if nips}


def list_agreed(connection: sa.Connection, session: Session) -> dict[str, frozenset[str]]:
    """Whom BKN agreed to (NIP), by post, where they are fewer than were named."""
    agreed = {
        row["post"]: frozenset(json.loads(row["nips"]))
        for row in store.list_steps(connection, session_id=session.id, kind="approval")
    }
    named = list_named(session_store.list_entries(connection, session.id, ("decision",)))
    return {post: nips for post, nips in agreed.items() if nips != frozenset(named.get(post, ()))}


def name_announcement_basis(connection: sa.Connection, session: Session, digest: str) -> str:
    """What an announcement rests on: the digest of its session's replay, and in the second half whom BKN agreed to, where they are fewer."""
    agreed = list_agreed(connection, session)
    if not agreed:
        return digest
    said = repr(sorted((post, sorted(nips)) for post, nips in agreed.items()))
    return digest[:32] + hashlib.sha256(said.encode()).hexdigest()[:32]
