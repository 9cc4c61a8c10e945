"""Methods: how one kind of fact becomes a score for everyone, 0-100.

Every method takes a ``Context`` and its parameters from the rubric and returns one row a person:
``value`` (NaN where the facts do not say), and the interval ``low``..``high`` the value can still
take. Missing is never zero: an unknown value is NaN with an interval, never a number.

Sources of the tables are in the rubric files; the methods follow Kepka BKN 411/2025.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.talent.facts import COMPETENCIES, KINDS, POTENTIAL_ASPECTS, Facts
from core.talent.job_family import JobFamily, field_fit

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """What a method may look at.

    ``people`` is one row a person, indexed by NIP, with the columns of ``people.people_frame``.
    """

    facts: Facts
    people: pd.DataFrame
    as_of: pd.Timestamp
    families: Sequence[JobFamily]

    @property
    def nips(self) -> pd.Index:
        """Everyone, in the order of the score table."""
        return self.people.index

    def known(self, kind: str) -> pd.DataFrame:
        """Facts of a kind about known people."""
        frame = self.facts[kind]
        return frame[frame["nip"].isin(self.nips)]


def appraisal_years(ratings: pd.DataFrame, as_of: pd.Timestamp, count: int) -> list[int]:
    """The last ``count`` years that count, latest first.

    The latest is the last year up to the reference date for which at least half as many people
    are rated as in the best covered year, so that a few early records do not make everyone else
    look unrated.
    """
    covered = ratings.loc[ratings["year"] <= as_of.year, "year"].value_counts()
    if covered.empty:
        return [as_of.year - 1 - back for back in range(count)]
    latest = int(covered.index[covered * 2 >= covered.max()].max())
    return [latest - back for back in range(count)]


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name]


def _scored(value: pd.Series, lowest: float = 0.0, highest: float = 100.0) -> pd.DataFrame:
    value = value.astype(float)
    return pd.DataFrame({"value": value, "low": value.fillna(lowest), "high": value.fillna(highest)})


def _mean_of(columns: pd.DataFrame) -> pd.DataFrame:
    """Mean over columns; a missing column leaves the mean unknown within an interval."""
    columns = columns.astype(float)
    return pd.DataFrame(
        {
            "value": columns.mean(axis=1, skipna=False),
            "low": columns.fillna(0.0).mean(axis=1),
            "high": columns.fillna(100.0).mean(axis=1),
        }
    )


def _steps(numbers: pd.Series, steps: Sequence[Sequence[float]]) -> pd.Series:
    """Score of each number from a list of [at least, score], highest first; NaN stays NaN."""
    scores = pd.Series(np.nan, index=numbers.index)
    for least, score in sorted(steps, key=lambda step: step[0]):
        scores = scores.mask(numbers >= least, score)
    return scores


def _before(as_of: pd.Timestamp, *, years: int = 0, months: int = 0) -> pd.Timestamp:
    return as_of - pd.DateOffset(years=years, months=months)


def _nobody_known(context: Context) -> pd.DataFrame:
    """Without any imported register nobody has none: everyone's value is open."""
    return _scored(pd.Series(np.nan, index=context.nips))


def yearly_category(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Mean score of a category given once a year (predikat, 360°) over the last years."""
    frame = context.known(parameters["fact"])
    years = appraisal_years(frame, context.as_of, parameters["years"])
    scores = frame.assign(score=_column(frame, parameters["column"]).map(parameters["table"]))
    table = scores.pivot_table(index="nip", columns="year", values="score", aggfunc="last")
    return _mean_of(table.reindex(index=context.nips, columns=years))


def best_event(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Best score among a person's events within a window; without an event the table's ``none``.

    Without any imported register nobody's value is known.
    """
    table = parameters["table"]
    events = context.facts[parameters["fact"]]
    if events.empty:
        return _nobody_known(context)
    recent = events[
        (_column(events, parameters["date"]) > _before(context.as_of, years=parameters["window_years"]))
        & (_column(events, parameters["date"]) <= context.as_of)
    ]
    best = _column(recent, parameters["column"]).map(table).groupby(recent["nip"]).max()
    return _scored(best.reindex(context.nips).fillna(table["none"]))


def worst_event(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Worst score among all of a person's punishments; one being served counts as ``serving``."""
    table = parameters["table"]
    events = context.facts[parameters["fact"]]
    if events.empty:
        return _nobody_known(context)
    past = events[_column(events, parameters["date"]) <= context.as_of]
    scores = _column(past, parameters["column"]).map(table).astype(float)
    serving = _column(past, parameters["until"]) >= context.as_of
    worst = scores.mask(serving, table["serving"]).groupby(past["nip"]).min()
    return _scored(worst.reindex(context.nips).fillna(table["none"]))


def _latest_valid(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Latest assessment of each person that has not expired, indexed by NIP."""
    frame = context.known(parameters["fact"])
    valid = frame[
        (frame["assessed_on"] > _before(context.as_of, years=parameters["validity_years"]))
        & (frame["assessed_on"] <= context.as_of)
    ]
    return valid.sort_values("assessed_on").drop_duplicates("nip", keep="last").set_index("nip")


def job_person_match(levels: pd.DataFrame, standard: float) -> pd.Series:
    """JPM in percent: the sum of min(level, standard) over the sum of standards.

    PermenPANRB 38/2017. A missing level leaves the whole unknown.
    """
    return levels.astype(float).clip(upper=standard).sum(axis=1, skipna=False) / (standard * levels.shape[1]) * 100


def latest_score(context: Context, parameters: Parameters) -> pd.DataFrame:
    """JPM of the latest valid assessment, capped at 100; computed from the levels where not given.

    The standard of a JPT Pratama, level 4, is used then (PermenPANRB 38/2017).
    """
    latest = _latest_valid(context, parameters)
    given = _column(latest, parameters["column"]).astype(float)
    computed = job_person_match(latest[list(COMPETENCIES)], 4)
    return _scored(given.fillna(computed).clip(0, 100).reindex(context.nips))


def aspect_sum(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Sum of the eight aspects over its highest possible value, in percent."""
    highest = parameters["highest"]
    aspects = _latest_valid(context, parameters)[list(POTENTIAL_ASPECTS)].astype(float).reindex(context.nips)
    total = highest * len(POTENTIAL_ASPECTS)
    return pd.DataFrame(
        {
            "value": aspects.sum(axis=1, skipna=False) / total * 100,
            "low": aspects.fillna(0).sum(axis=1) / total * 100,
            "high": aspects.fillna(highest).sum(axis=1) / total * 100,
        }
    )


def training_hours(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of the training hours (JP) within the window."""
    trainings = context.facts[parameters["fact"]]
    if trainings.empty:
        return _nobody_known(context)
    recent = trainings[
        (trainings["started_on"] > _before(context.as_of, months=parameters["window_months"]))
        & (trainings["started_on"] <= context.as_of)
    ]
    hours = recent["hours"].astype(float).groupby(recent["nip"]).sum().reindex(context.nips).fillna(0.0)
    return _scored(_steps(hours, parameters["steps"]))


def experience(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Mean of time in the present post, variety of posts and acting assignments."""
    table = parameters["table"]
    history = context.known(parameters["fact"])
    tenure = (context.as_of - context.people["position_since"]).dt.days / 365.25
    grouped = history.groupby("nip")
    variety = (grouped["unit"].nunique() > 1).map({True: table["cross_unit"], False: table["one_unit"]}).astype(float)
    crossed = history[history["cross_agency"].fillna(False).astype(bool)]["nip"].unique()
    variety[variety.index.isin(crossed)] = table["cross_agency"]
    acting = history["holding"].map(table).fillna(table["none"]).astype(float).groupby(history["nip"]).max()
    return _mean_of(
        pd.DataFrame(
            {
                "tenure": _steps(tenure, parameters["tenure_steps"]),
                "variety": variety.reindex(context.nips),
                "acting": acting.reindex(context.nips),
            }
        )
    )


def education_level(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of the highest level of education."""
    return _scored(context.people["education_level"].map(parameters["table"]))


def field_of_study_fit(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of how the field of study fits the family of the present unit."""
    fit = field_fit(context.people["education_field"], context.people["family"], context.families)
    return _scored(fit.map(parameters["table"]))


Method = Callable[[Context, Parameters], pd.DataFrame]

#: Methods by the name a rubric calls them.
METHODS: dict[str, Method] = {
    "yearly_category": yearly_category,
    "best_event": best_event,
    "worst_event": worst_event,
    "latest_score": latest_score,
    "aspect_sum": aspect_sum,
    "training_hours": training_hours,
    "experience": experience,
    "education_level": education_level,
    "field_fit": field_of_study_fit,
}

#: Kinds whose facts expire, with the column that dates them.
DATED_ASSESSMENTS = tuple(name for name, kind in KINDS.items() if "assessed_on" in kind.key)
