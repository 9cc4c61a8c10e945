"""Edited posts, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from core.store.tables import PostVersion


def list_post_versions(connection: sa.Connection) -> list[sa.RowMapping]:
    """All versions of all posts, the oldest first."""
    table = PostVersion.__table__
    return list(connection.execute(sa.select(table).order_by(table.c.id)).mappings())


def get_posts_version(connection: sa.Connection) -> int:
    """The number of the newest version of any post, 0 where none was edited."""
    return int(connection.execute(sa.select(sa.func.max(PostVersion.__table__.c.id))).scalar() or 0)


def add_post_versions(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new versions of posts."""
    connection.execute(sa.insert(PostVersion.__table__), [dict(row) for row in rows])
