"""The web application's own way to the database."""

from __future__ import annotations

from functools import lru_cache

import sqlalchemy as sa

from core.service.installation import open_configured_engine


@lru_cache(maxsize=1)
def open_engine_once() -> sa.Engine:
    """One engine a process."""
    return open_configured_engine()
