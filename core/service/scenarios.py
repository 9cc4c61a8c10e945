"""Scenarios: keep, list, find, rank again, remove."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa

from core.service.accounts import Account, require
from core.service.clock import now
from core.store import accounts as trail
from core.store import scenarios as store
from core.store.database import reading, writing
from core.store.scenarios import StoredScenario
from core.talent.eligibility.order_rule import OrderRule
from core.talent.errors import MantelError
from core.talent.ranking.order import shares_of
from core.talent.ranking.scenario import Scenario, scenario_of
from core.talent.review import TalentReview, rank_post

#: How many scenarios can be compared side by side.
MOST_COMPARED = 6


class ScenarioProblem(MantelError):
    """A scenario that cannot be kept, opened or removed as asked."""


def save(
    engine: sa.Engine,
    review: TalentReview,
    post: str,
    rule: OrderRule,
    tenths: Sequence[int] | None,
    name: str,
    note: str,
    by: Account,
) -> int:
    """Keep what is looked at under a name of its own; returns its number.

    Raises
    ------
    NotAllowed, ScenarioProblem, UnknownPost
    """
    require(by, "weigh")
    name, note = name.strip(), note.strip()
    if not name or len(name) > 100:
        raise ScenarioProblem("a scenario needs a name of 1 to 100 characters; this one has {count}", count=len(name))
    if len(note) > 2000:
        raise ScenarioProblem("the note has {count} characters; expected at most 2000", count=len(note))
    ranked = rank_post(review, post, shares_of(tenths, review.rubric.weights), rule)
    scenario = scenario_of(review, post, rule, tenths, ranked, name, note)
    with writing(engine) as connection:
        if any(one.scenario.name.casefold() == name.casefold() for one in store.all_scenarios(connection)):
            raise ScenarioProblem("there is already a scenario “{name}”; give this one another name", name=name)
        number = store.add_scenario(connection, scenario, by.username, now())
        trail.note(connection, now(), by.username, "scenario kept", f"{number} {scenario.order_digest}")
    return number


def all_of(engine: sa.Engine) -> list[StoredScenario]:
    """All scenarios, the newest first."""
    with reading(engine) as connection:
        return store.all_scenarios(connection)


def find(engine: sa.Engine, number: str) -> StoredScenario:
    """A scenario by its number, as a link names it.

    Raises
    ------
    ScenarioProblem
    """
    for one in all_of(engine):
        if str(one.id) == number:
            return one
    raise ScenarioProblem("there is no scenario number {value}; it may have been removed", value=number[:20])


def remove(engine: sa.Engine, number: int, by: Account) -> None:
    """Remove a scenario; only who kept it or an administrator may.

    Raises
    ------
    NotAllowed, ScenarioProblem
    """
    kept = find(engine, str(number))
    require(by, "weigh" if kept.username == by.username else "administer")
    with writing(engine) as connection:
        store.mark_removed(connection, number, now())
        trail.note(connection, now(), by.username, "scenario removed", str(number))


def ranked_in(scenario: Scenario, review: TalentReview) -> pd.DataFrame:
    """The scenario's order in a review.

    Raises
    ------
    ScenarioProblem
        When the review's rubric has other criteria than the scenario's.
    UnknownPost
    """
    if scenario.part_keys != review.rubric.part_keys:
        raise ScenarioProblem(
            "the weights of “{name}” belong to the rubric {rubric}, which has other criteria than {present}",
            name=scenario.name,
            rubric=scenario.rubric,
            present=f"{review.rubric.key}@{review.rubric.version}",
        )
    return rank_post(review, scenario.post, shares_of(scenario.tenths, review.rubric.weights), scenario.rule)


def as_json(kept: StoredScenario, ranked: pd.DataFrame) -> str:
    """A scenario with the order it gives now, as a file."""
    one = kept.scenario
    weights = None if one.tenths is None else dict(zip(one.part_keys, (t / 10 for t in one.tenths), strict=True))
    data = {
        "scenario": {"number": kept.id, "name": one.name, "note": one.note, "by": kept.username},
        "saved_at": f"{kept.saved_at.isoformat(timespec='seconds')}Z",
        "post": one.post,
        "order": one.rule,
        "weights_percent": weights,
        "rubric": {"name": one.rubric, "digest": one.rubric_digest},
        "data_version": one.data_version,
        "as_of": one.as_of.isoformat(),
        "order_digest": one.order_digest,
        "first": list(one.first),
        "ranking_now": [
            {
                "rank": None if pd.isna(row.rank) else int(row.rank),
                "nip": row.nip,
                "name": row.name,
                "score": None if pd.isna(row.score) else row.score,
            }
            for row in ranked[["rank", "nip", "name", "score"]].itertuples(index=False)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)
