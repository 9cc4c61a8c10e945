"""Scenarios: save, list, find, rank again, remove."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa

from core.service.saved import SavedKind, list_named, remove_named, save_named
from core.store.accounts import Account
from core.store.tables import SavedScenario as SavedScenarioRow
from core.talent.eligibility.order_rule import OrderRule
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.ranking.of_post import rank_post
from core.talent.ranking.order import convert_tenths
from core.talent.ranking.scenario import Scenario, build_scenario
from core.talent.review import Basis, TalentReview
from core.trail.events import Event

#: How many scenarios can be compared side by side.
MOST_COMPARED = 6


class ScenarioProblem(MantelError):
    """A scenario that cannot be kept, opened or removed as asked."""


_SCENARIOS = SavedKind(SavedScenarioRow, Event.SCENARIO_SAVED, Event.SCENARIO_REMOVED, ScenarioProblem)
_LONGEST_NOTE = 2000
_LISTS = ("criterion_keys", "first")


@dataclass(frozen=True)
class SavedScenario:
    """A scenario with who saved it when."""

    id: int
    scenario: Scenario
    username: str
    saved_at: dt.datetime


def save_scenario(
    engine: sa.Engine,
    review: TalentReview,
    post: str,
    rule: OrderRule,
    tenths: Sequence[int] | None,
    name: str,
    note: str,
    *,
    by: Account,
    basis: Basis = "talent",
) -> int:
    """Save what is looked at under a name of its own; returns its number.

    Raises
    ------
    NotAllowed, ScenarioProblem, UnknownPost
    """
    note = note.strip()
    if len(note) > _LONGEST_NOTE:
        raise ScenarioProblem(N_("the note has {count} characters; expected at most 2000"), count=len(note))
    ranked = rank_post(review, post, convert_tenths(tenths, review.rubric_of(basis).weights), rule, basis)
    scenario = build_scenario(review, post, rule, tenths, ranked, name, note, basis)
    values = {key: getattr(scenario, key) for key in scenario.__dataclass_fields__ if key not in ("name", "tenths")}
    values |= {key: json.dumps(list(values[key])) for key in _LISTS}
    weights = json.dumps(None if scenario.tenths is None else list(scenario.tenths))
    return save_named(engine, _SCENARIOS, name, scenario.order_digest, by=by, weights=weights, **values)


def list_scenarios(engine: sa.Engine) -> list[SavedScenario]:
    """All scenarios, the newest first."""
    saved = []
    for row in list_named(engine, _SCENARIOS):
        values = {key: row[key] for key in Scenario.__dataclass_fields__ if key != "tenths"}
        values |= {key: tuple(json.loads(row[key])) for key in _LISTS}
        weights = json.loads(row["weights"])
        scenario = Scenario(**values, tenths=None if weights is None else tuple(weights))
        saved.append(SavedScenario(row["id"], scenario, row["username"], row["saved_at"]))
    return saved


def find_scenario(engine: sa.Engine, number: str) -> SavedScenario:
    """A scenario by its number, as a link names it.

    Raises
    ------
    ScenarioProblem
    """
    for saved in list_scenarios(engine):
        if str(saved.id) == number:
            return saved
    raise ScenarioProblem(N_("there is no scenario number {value}; it may have been removed"), value=number[:20])


def remove_scenario(engine: sa.Engine, number: int, *, by: Account) -> None:
    """Remove a scenario; only who saved it or an administrator may.

    Raises
    ------
    NotAllowed, ScenarioProblem
    """
    remove_named(engine, _SCENARIOS, number, by=by)


def rank_scenario(scenario: Scenario, review: TalentReview) -> pd.DataFrame:
    """The scenario's order in a review.

    Raises
    ------
    ScenarioProblem
        When the review's rubric has other criteria than the scenario's.
    UnknownPost
    """
    rubric = review.rubric_of(scenario.basis)
    if scenario.criterion_keys != rubric.criterion_keys:
        raise ScenarioProblem(
            N_("the weights of “{name}” belong to the rubric {rubric}, which has other criteria than {present}"),
            name=scenario.name,
            rubric=scenario.rubric,
            present=f"{rubric.key}@{rubric.version}",
        )
    weights = convert_tenths(scenario.tenths, rubric.weights)
    return rank_post(review, scenario.post, weights, scenario.rule, scenario.basis)


def write_json(saved: SavedScenario, ranked: pd.DataFrame) -> str:
    """A scenario with the order it gives now, as a file."""
    scenario = saved.scenario
    weights = (
        None
        if scenario.tenths is None
        else dict(zip(scenario.criterion_keys, (t / 10 for t in scenario.tenths), strict=True))
    )
    data = {
        "scenario": {"number": saved.id, "name": scenario.name, "note": scenario.note, "by": saved.username},
        "saved_at": f"{saved.saved_at.isoformat(timespec='seconds')}Z",
        "post": scenario.post,
        "order": scenario.rule,
        "basis": scenario.basis,
        "weights_percent": weights,
        "rubric": {"name": scenario.rubric, "digest": scenario.rubric_digest},
        "data_version": scenario.data_version,
        "as_of": scenario.as_of.isoformat(),
        "order_digest": scenario.order_digest,
        "first": list(scenario.first),
        "ranking_now": [
            {
                "rank": None if rank is pd.NA else int(rank),
                "nip": nip,
                "name": name,
                "score": None if math.isnan(score) else score,
            }
            for rank, nip, name, score in zip(
                ranked["rank"].tolist(), ranked["nip"], ranked["name"], ranked["score"].tolist(), strict=True
            )
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)
