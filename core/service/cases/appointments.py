"""Inaugurations that stand beside the imported facts, until an export confirms them."""

from __future__ import annotations

import datetime as dt
import json

import sqlalchemy as sa

from core.store import cases as store
from core.store.database import reading
from core.store.facts import list_titles_since
from core.talent.appointments import Appointment


def list_appointments(
    engine: sa.Engine, known_at: dt.datetime | None = None, version: int | None = None
) -> list[Appointment]:
    """The inaugurations that stood at a time (UTC), without one those that stand now.

    Parameters
    ----------
    version
        The data version whose facts may have confirmed them; None for what is known now.
    """
    with reading(engine) as connection:
        rows = store.list_inaugurations(connection, known_at)
        named = [(row, json.loads(row["nips"])[0]) for row in rows]
        return [
            Appointment(
                row["post"],
                nip,
                row["day"],
                row["number"],
                tuple(list_titles_since(connection, nip, row["data_version"], row["day"], version)),
            )
            for row, nip in named
        ]
