"""Scenarios as rows."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import sqlalchemy as sa

from core.store.tables import KeptScenario
from core.talent.ranking.scenario import Scenario

_TABLE = KeptScenario.__table__
_LISTS = ("part_keys", "first")


@dataclass(frozen=True)
class StoredScenario:
    """A scenario with who kept it when."""

    id: int
    scenario: Scenario
    username: str
    saved_at: dt.datetime


def all_scenarios(connection: sa.Connection) -> list[StoredScenario]:
    """All that have not been removed, the newest first."""
    query = sa.select(_TABLE).where(_TABLE.c.removed_at.is_(None)).order_by(_TABLE.c.id.desc())
    return [_from(dict(row._mapping)) for row in connection.execute(query)]


def _from(row: dict) -> StoredScenario:
    lists = {key: tuple(json.loads(row[key])) for key in _LISTS}
    weights = json.loads(row["weights"])
    same = {
        key: row[key]
        for key in ("name", "note", "post", "rule", "rubric_digest", "rubric", "data_version", "as_of", "order_digest")
    }
    scenario = Scenario(**same, **lists, tenths=None if weights is None else tuple(weights))
    return StoredScenario(row["id"], scenario, row["username"], row["saved_at"])


def add_scenario(connection: sa.Connection, scenario: Scenario, username: str, saved_at: dt.datetime) -> int:
    """Keep a scenario; returns its number."""
    values = {key: getattr(scenario, key) for key in scenario.__dataclass_fields__ if key != "tenths"}
    values |= {key: json.dumps(list(values[key])) for key in _LISTS}
    values["weights"] = json.dumps(None if scenario.tenths is None else list(scenario.tenths))
    done = connection.execute(sa.insert(_TABLE).values(**values, username=username, saved_at=saved_at))
    return int(done.inserted_primary_key[0])


def mark_removed(connection: sa.Connection, number: int, removed_at: dt.datetime) -> None:
    """Take a scenario out of the lists."""
    connection.execute(sa.update(_TABLE).where(_TABLE.c.id == number).values(removed_at=removed_at))
