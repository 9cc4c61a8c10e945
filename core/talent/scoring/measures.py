"""Methods: how one kind of fact becomes a score for everyone, 0-100.

Every method takes a ``Context`` and its parameters from the rubric and returns one row a person:
``value`` (NaN where the facts do not say), and the interval ``low``..``high`` the value can still
take. Missing is never zero: an unknown value is NaN with an interval, never a number.

Sources of the tables are in the rubric files; the methods follow Kepka BKN 411/2025.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
import pandas as pd

from core.talent.context import Context, Parameters
from core.talent.facts import COMPETENCIES, POTENTIAL_ASPECTS
from core.talent.job_family import field_fit
from core.talent.scoring.tenure import DAYS_A_YEAR, periods_step, with_history, years_held


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name]


def _scored(value: pd.Series) -> pd.DataFrame:
    # numpy, here and below: for one person pandas would spend the time on its own book-keeping.
    known = value.to_numpy(dtype=np.float64)
    unknown = np.isnan(known)
    bounds = {"low": np.where(unknown, 0.0, known), "high": np.where(unknown, 100.0, known)}
    return pd.DataFrame({"value": known, **bounds}, index=value.index)


#: How several years or components become one number.
COMBINE = ("mean", "last", "worst")


def _combined(columns: pd.DataFrame, how: str = "mean") -> pd.DataFrame:
    """Columns, the latest first, made into one; a missing one leaves an interval."""
    if how == "last":
        return _scored(columns.iloc[:, 0])
    known = columns.to_numpy(dtype=np.float64)
    combine = np.mean if how == "mean" else np.min
    filled = {"value": known, "low": np.nan_to_num(known, nan=0.0), "high": np.nan_to_num(known, nan=100.0)}
    return pd.DataFrame({name: combine(table, axis=1) for name, table in filled.items()}, index=columns.index)


def steps_score(numbers: pd.Series, steps: Sequence[Sequence[float]]) -> pd.Series:
    """Score of each number from a list of [at least, score], highest first; NaN stays NaN."""
    given = numbers.to_numpy(dtype=np.float64)
    scores = np.full(len(given), np.nan)
    for least, score in sorted(steps, key=lambda step: step[0]):
        scores[given >= least] = score
    return pd.Series(scores, index=numbers.index)


def _nobody_known(context: Context) -> pd.DataFrame:
    """Without any imported register nobody has none: everyone's value is open."""
    context.step("nothing of this register has been imported yet")
    return _scored(pd.Series(np.nan, index=context.nips))


def _first(frame: pd.DataFrame, column: str = "value") -> float:
    return float(frame[column].iloc[0]) if len(frame) else np.nan


def yearly_category(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of a category given once a year (predikat, 360°) over the last years.

    ``combine`` is the mean of the years (default), the last one, or the worst.
    """
    kind, how = parameters["fact"], parameters.get("combine", "mean")
    frame = context.known(kind)
    years = context.years(kind, parameters["years"])
    rows = frame[frame["year"].isin(years)]
    scores = _column(rows, parameters["column"]).map(parameters["table"]).astype(float)
    # One row a person and year: the key of the fact. So this is a pivot without an aggregate.
    at = context.nips.get_indexer(pd.Index(rows["nip"]))
    matrix = np.full((len(context.nips), len(years)), np.nan)
    matrix[at, [years.index(year) for year in rows["year"]]] = scores.to_numpy()
    result = _combined(pd.DataFrame(matrix, index=context.nips, columns=years), how)
    words = {
        "mean": "mean of the years {years}",
        "last": "the last year of {years}",
        "worst": "the worst of the years {years}",
    }
    context.step(
        words[how],
        kind,
        rows,
        ("year", parameters["column"]),
        scores,
        _first(result),
        years=", ".join(map(str, years)),
    )
    return result


def best_event(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Best score among a person's events within a window; without an event the table's ``none``.

    Without any imported register nobody's value is known.
    """
    table, kind = parameters["table"], parameters["fact"]
    if kind not in context.coverage.registers:
        return _nobody_known(context)
    events, since = context.facts[kind], context.before(years=parameters["window_years"])
    date = _column(events, parameters["date"])
    recent = events[(date > since) & (date <= context.as_of)]
    scores = _column(recent, parameters["column"]).map(table).astype(float)
    result = _scored(scores.groupby(recent["nip"]).max().reindex(context.nips).fillna(table["none"]))
    message = "the best since {since}" if len(recent) else "none since {since}, in a register that has been imported"
    columns = (parameters["date"], parameters["column"])
    context.step(message, kind, recent, columns, scores, _first(result), since=since.date())
    return result


def worst_event(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Worst score among all of a person's punishments; one being served counts as ``serving``."""
    table, kind = parameters["table"], parameters["fact"]
    if kind not in context.coverage.registers:
        return _nobody_known(context)
    events = context.facts[kind]
    past = events[_column(events, parameters["date"]) <= context.as_of]
    serving = _column(past, parameters["until"]) >= context.as_of
    scores = _column(past, parameters["column"]).map(table).astype(float).mask(serving, table["serving"])
    result = _scored(scores.groupby(past["nip"]).min().reindex(context.nips).fillna(table["none"]))
    message = "the worst ever" if len(past) else "none ever, in a register that has been imported"
    columns = (parameters["date"], parameters["column"], parameters["until"])
    context.step(message, kind, past, columns, scores, _first(result))
    return result


def valid_assessments(context: Context, kind: str, validity_years: int) -> pd.DataFrame:
    """Assessments that have not expired on the reference date."""
    frame = context.known(kind)
    day = frame["assessed_on"]
    return frame[(day > context.before(years=validity_years)) & (day <= context.as_of)]


def latest_valid(context: Context, kind: str, validity_years: int) -> pd.DataFrame:
    """Latest assessment of each person that has not expired, indexed by NIP."""
    valid = valid_assessments(context, kind, validity_years)
    latest = valid.sort_values("assessed_on").drop_duplicates("nip", keep="last")
    if context.trace is not None and latest.empty:
        frame = context.known(kind)
        old = frame[frame["assessed_on"] <= context.as_of].sort_values("assessed_on").tail(1)
        message = "expired: older than {years} years" if len(old) else "never assessed"
        context.step(message, kind, old, ("assessed_on",), years=validity_years)
    return latest.set_index("nip", drop=False)


def job_person_match(levels: pd.DataFrame, standard: float) -> pd.Series:
    """JPM in percent: the sum of min(level, standard) over the sum of standards.

    PermenPANRB 38/2017. A missing level leaves the whole unknown.
    """
    reached = np.minimum(levels.to_numpy(dtype=float), standard).sum(axis=1)
    return pd.Series(reached / (standard * levels.shape[1]) * 100, index=levels.index)


def assessed_match(latest: pd.DataFrame, column: str, standard: float) -> pd.Series:
    """JPM as given, else computed from the nine levels against a standard."""
    given = _column(latest, column).astype(float)
    if given.notna().all():
        return given
    return given.fillna(job_person_match(latest[list(COMPETENCIES)], standard))


def latest_score(context: Context, parameters: Parameters) -> pd.DataFrame:
    """JPM of the latest valid assessment, capped at 100; computed from the levels where not given.

    The standard of a JPT Pratama, level 4, is used then (PermenPANRB 38/2017).
    """
    kind, column = parameters["fact"], parameters["column"]
    latest = latest_valid(context, kind, parameters["validity_years"])
    scores = assessed_match(latest, column, parameters.get("standard", 4)).clip(0, 100)
    if len(latest):
        as_given = bool(_column(latest, column).notna().iloc[0])
        message = (
            "the latest assessment not older than {years} years, at most 100"
            if as_given
            else "JPM from the nine levels of the latest assessment: sum of min(level, {standard}) over {highest}"
        )
        columns = ("assessed_on", column) if as_given else ("assessed_on", *COMPETENCIES)
        standard = parameters.get("standard", 4)
        years = parameters["validity_years"]
        context.step(
            message, kind, latest, columns, scores, _first(scores.to_frame("value")),
            years=years, standard=standard, highest=standard * len(COMPETENCIES),
        )  # fmt: skip
    return _scored(scores.reindex(context.nips))


def aspect_sum(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Sum of the eight aspects over its highest possible value, in percent."""
    highest, kind = parameters["highest"], parameters["fact"]
    latest = latest_valid(context, kind, parameters["validity_years"])
    aspects = latest[list(POTENTIAL_ASPECTS)].reindex(context.nips).to_numpy(dtype=float)
    total = highest * len(POTENTIAL_ASPECTS)
    result = pd.DataFrame(
        {
            "value": aspects.sum(axis=1) / total * 100,
            "low": np.nan_to_num(aspects, nan=0.0).sum(axis=1) / total * 100,
            "high": np.nan_to_num(aspects, nan=highest).sum(axis=1) / total * 100,
        },
        index=context.nips,
    )
    if len(latest):
        columns = ("assessed_on", *POTENTIAL_ASPECTS)
        context.step("sum of the eight aspects over {total}", kind, latest, columns, None, _first(result), total=total)
    return result


def training_hours(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of the training hours (JP) within the window."""
    kind = parameters["fact"]
    if kind not in context.coverage.registers:
        return _nobody_known(context)
    trainings, since = context.facts[kind], context.before(months=parameters["window_months"])
    recent = trainings[(trainings["started_on"] > since) & (trainings["started_on"] <= context.as_of)]
    hours = recent["hours"].astype(float).groupby(recent["nip"]).sum().reindex(context.nips).fillna(0.0)
    result = _scored(steps_score(hours, parameters["steps"]))
    context.step(
        "{hours:g} hours since {since}", kind, recent, ("started_on", "hours"), None, _first(result),
        hours=_first(hours.to_frame("value")), since=since.date(),
    )  # fmt: skip
    return result


def _tenure(context: Context, parameters: Parameters) -> pd.Series:
    """Years in the present post."""
    years = (context.as_of - context.people["position_since"]).dt.days / DAYS_A_YEAR
    scores = steps_score(years, parameters["tenure_steps"])
    if context.trace is not None:
        here = context.facts["employee"].iloc[:1]
        context.step(
            "time in the present post: {years:.1f} years", "employee", here, ("position_since",), None,
            _first(scores.to_frame("value")), years=_first(years.to_frame("value")),
        )  # fmt: skip
    return scores


def _variety(context: Context, parameters: Parameters) -> pd.Series:
    """Variety of the posts held so far: one unit, several, or several agencies."""
    table, history = parameters["table"], _past_posts(context)
    several = history.groupby("nip")["unit"].nunique() > 1
    scores = several.map({True: table["cross_unit"], False: table["one_unit"]}).astype(float)
    crossed = history[history["cross_agency"].fillna(False).astype(bool)]["nip"].unique()
    scores[scores.index.isin(crossed)] = table["cross_agency"]
    scores = scores.reindex(context.nips)
    context.step(
        "variety of the posts held" if len(history) else "no position history", "position_history", history,
        ("started_on", "title", "unit", "cross_agency"), None, _first(scores.to_frame("value")),
    )  # fmt: skip
    return scores


def _acting(context: Context, parameters: Parameters) -> pd.Series:
    """The highest acting assignment (Plt, Plh) so far."""
    table, history = parameters["table"], _past_posts(context)
    each = history["holding"].map(table).fillna(table["none"]).astype(float)
    scores = each.groupby(history["nip"]).max().reindex(context.nips)
    acting = history["holding"].ne("definitive") & history["holding"].notna()
    context.step(
        "the highest acting assignment" if acting.any() else "no acting assignment", "position_history",
        history[acting], ("started_on", "title", "holding"), each[acting], _first(scores.to_frame("value")),
    )  # fmt: skip
    return scores


def _substance(context: Context, parameters: Parameters) -> pd.Series:
    """Years of service in the family of the present unit, overlapping ones counted once.

    Without a position history only the present post is known, so fewer years than the highest
    step asks for leave the score open.
    """
    years, rows = years_held(context, family=context.people["family"])
    steps = parameters["substance_steps"]
    scores = steps_score(years, steps).where(with_history(context) | (years >= max(step[0] for step in steps)))
    message = "{years:.1f} years in the family of the present unit"
    periods_step(context, message, rows, years, _first(scores.to_frame("value")))
    return scores


def _past_posts(context: Context) -> pd.DataFrame:
    history = context.known("position_history")
    return history[history["started_on"] <= context.as_of]


_COMPONENTS: dict[str, Callable[[Context, Parameters], pd.Series]] = {
    "tenure": _tenure,
    "variety": _variety,
    "acting": _acting,
    "substance": _substance,
}


def experience(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Mean of the components the rubric names: tenure, variety, acting, substance."""
    return _combined(pd.DataFrame({name: _COMPONENTS[name](context, parameters) for name in parameters["components"]}))


def education_level(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of the highest level of education."""
    result = _scored(context.people["education_level"].map(parameters["table"]))
    _educated(context, "the highest level of education", result)
    return result


def field_of_study_fit(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of how the field of study fits the family of the present unit."""
    fit = field_fit(context.people["education_field"], context.people["family"], context.families)
    result = _scored(fit.map(parameters["table"]))
    _educated(context, "the field of study against the family of the present unit", result)
    return result


def _educated(context: Context, message: str, result: pd.DataFrame) -> None:
    """The step of a measure that rests on the highest education, from whichever source it is known."""
    if context.trace is None:
        return
    person = context.people.iloc[0]
    known = context.facts["education"]
    same = known[(known["level"] == person["education_level"]) & (known["field"] == person["education_field"])]
    if len(same):
        context.step(message, "education", same.iloc[:1], ("level", "field"), None, _first(result))
    else:
        here = context.facts["employee"].iloc[:1]
        context.step(message, "employee", here, ("education_level", "education_field"), None, _first(result))


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


def measure_scores(context: Context, method: str, fact: str, parameters: Parameters) -> pd.DataFrame:
    """Run one method of a rubric."""
    return METHODS[method](context, cast(Parameters, {**parameters, "fact": fact}))
