"""Inaugurations that stand beside the imported facts, until an export confirms them."""

from __future__ import annotations

import datetime as dt
import json

import sqlalchemy as sa

from core.store import cases as store
from core.store.database import reading
from core.talent.appointments import Appointment


def list_appointments(engine: sa.Engine, known_at: dt.datetime | None = None) -> list[Appointment]:
    """The inaugurations that stood at a time (UTC), without one those that stand now."""
    with reading(engine) as connection:
        rows = store.list_inaugurations(connection, known_at)
    return [Appointment(row["post"], json.loads(row["nips"])[0], row["day"], row["number"]) for row in rows]
