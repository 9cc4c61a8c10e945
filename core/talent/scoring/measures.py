"""Methods, each whole in one place: how one kind of fact becomes a score for everyone, 0-100, and what that needs.

Every method takes a ``Context`` and its parameters from the rubric and returns one row a person:
``value`` (NaN where the facts do not say), and the interval ``low``..``high`` the value can still
take. Missing is never zero: an unknown value is NaN with an interval, never a number.

A new method is a function under ``@method``. Sources of the tables are in the rubric files; the methods
follow Kepka BKN 411/2025.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from core.talent.context import Context, Parameters
from core.talent.employee import DAYS_A_YEAR
from core.talent.errors import InvalidMethod
from core.talent.facts import COMPETENCIES, POTENTIAL_ASPECTS
from core.talent.job_family import judge_field_fit
from core.talent.messages import N_
from core.talent.scoring.serving import find_ends_of_serving
from core.talent.scoring.tenure import count_years_held, has_history, is_definitive, write_periods_step

Method = Callable[[Context, Parameters], pd.DataFrame]
Component = Callable[[Context, Parameters], pd.Series]

#: What a parameter may be: a column of the method's fact, a value table, a number above zero, a list of [at least,
#: score], a list of the method's components.
NEEDS = ("column", "table", "number", "steps", "components")


@dataclass(frozen=True)
class MethodRule:
    """A method's function and all that a rubric must say for it.

    ``needs`` says of each parameter what it must be, of ``NEEDS``. ``codes`` are codes the value table needs beside
    those of ``vocabulary``, the column whose vocabulary it scores; an empty one stands for the rubric's ``column``,
    None for none.
    """

    compute: Method
    needs: Mapping[str, str]
    codes: tuple[str, ...]
    vocabulary: str | None


#: Methods by the name a rubric calls them, and the components of ``experience``.
METHODS: dict[str, MethodRule] = {}
COMPONENTS: dict[str, tuple[Component, Mapping[str, str]]] = {}


def method(
    name: str, *, needs: Mapping[str, str] | None = None, codes: Sequence[str] = (), vocabulary: str | None = ""
) -> Callable[[Method], Method]:
    """Decorator: make a function the method of a name, with what it needs.

    Raises
    ------
    InvalidMethod
        When it does not say what it needs, or the name is taken.
    """
    if needs is None:
        raise InvalidMethod(
            N_("the method “{method}” does not say what it needs; give each of its parameters a kind: {known}"),
            method=name,
            known=", ".join(NEEDS),
        )
    unknown = [kind for kind in needs.values() if kind not in NEEDS]
    if unknown or name in METHODS:
        raise InvalidMethod(
            N_("the method “{method}” is there already or needs an unknown kind of parameter; known: {known}"),
            method=name,
            known=", ".join(NEEDS),
        )

    def register(compute: Method) -> Method:
        METHODS[name] = MethodRule(compute, dict(needs), tuple(codes), vocabulary)
        return compute

    return register


def component(name: str, **needs: str) -> Callable[[Component], Component]:
    """Decorator: make a function a component of ``experience``, with the parameters it alone needs."""

    def register(compute: Component) -> Component:
        COMPONENTS[name] = (compute, needs)
        return compute

    return register


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


def combine_years(columns: pd.DataFrame, how: str = "mean") -> pd.DataFrame:
    """Columns, the latest first, made into one; a missing one leaves an interval."""
    if how == "last":
        return _scored(columns.iloc[:, 0])
    known = columns.to_numpy(dtype=np.float64)
    combine = np.mean if how == "mean" else np.min
    filled = {"value": known, "low": np.nan_to_num(known, nan=0.0), "high": np.nan_to_num(known, nan=100.0)}
    return pd.DataFrame({name: combine(table, axis=1) for name, table in filled.items()}, index=columns.index)


def score_steps(numbers: pd.Series, steps: Sequence[Sequence[float]]) -> pd.Series:
    """Score of each number from a list of [at least, score], highest first; NaN stays NaN."""
    given = numbers.to_numpy(dtype=np.float64)
    scores = np.full(len(given), np.nan)
    for least, score in sorted(steps, key=lambda step: step[0]):
        scores[given >= least] = score
    return pd.Series(scores, index=numbers.index)


def _nobody_known(context: Context) -> pd.DataFrame:
    """Everyone's value is open."""
    return _scored(pd.Series(np.nan, index=context.nips))


def _first(frame: pd.DataFrame, column: str = "value") -> float:
    return float(frame[column].iloc[0]) if len(frame) else np.nan


def _read_years(context: Context, parameters: Parameters) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame]:
    """The facts of the years that count, the score of each, and the scores as people x years, the latest first."""
    kind = parameters["fact"]
    frame = context.known(kind)
    years = context.years(kind, parameters["years"])
    rows = frame[frame["year"].isin(years)]
    scores = _column(rows, parameters["column"]).map(parameters["table"]).astype(float)
    # One row a person and year: the key of the fact. So this is a pivot without an aggregate.
    at = context.nips.get_indexer(pd.Index(rows["nip"]))
    matrix = np.full((len(context.nips), len(years)), np.nan)
    matrix[at, [years.index(year) for year in rows["year"]]] = scores.to_numpy()
    return rows, scores, pd.DataFrame(matrix, index=context.nips, columns=years)


def tabulate_yearly_scores(context: Context, fact: str, parameters: Parameters) -> pd.DataFrame:
    """Scores of a category given once a year: people x the years that count, the latest first; NaN where not given."""
    return _read_years(context, cast(Parameters, {**parameters, "fact": fact}))[2]


@method("yearly_category", needs={"column": "column", "table": "table", "years": "number"})
def score_yearly_category(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of a category given once a year (predikat, 360°) over the last years.

    ``combine`` is the mean of the years (default), the last one, or the worst.
    """
    kind, how = parameters["fact"], parameters.get("combine", "mean")
    rows, scores, by_year = _read_years(context, parameters)
    years = list(by_year.columns)
    result = combine_years(by_year, how)
    words = {
        "mean": N_("mean of the years {years}"),
        "last": N_("the last year of {years}"),
        "worst": N_("the worst of the years {years}"),
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


@method(
    "best_event",
    needs={"column": "column", "date": "column", "table": "table", "window_years": "number"},
    codes=["none"],
)
def score_best_event(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Best score among a person's events within a window; without an event the table's ``none``.

    Without any imported register nobody's value is known.
    """
    table, kind = parameters["table"], parameters["fact"]
    if context.lacks_register(kind):
        return _nobody_known(context)
    events, since = context.facts[kind], context.before(years=parameters["window_years"])
    date = _column(events, parameters["date"])
    recent = events[(date > since) & (date <= context.as_of)]
    scores = _column(recent, parameters["column"]).map(table).astype(float)
    result = _scored(scores.groupby(recent["nip"]).max().reindex(context.nips).fillna(table["none"]))
    message = (
        N_("the best since {since}") if len(recent) else N_("none since {since}, in a register that has been imported")
    )
    columns = (parameters["date"], parameters["column"])
    context.step(message, kind, recent, columns, scores, _first(result), since=since.date())
    return result


@method(
    "worst_event",
    needs={"column": "column", "date": "column", "until": "column", "table": "table"},
    codes=["none", "serving"],
)
def score_worst_event(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Worst score among all of a person's punishments; one being served counts as ``serving``."""
    table, kind = parameters["table"], parameters["fact"]
    if context.lacks_register(kind):
        return _nobody_known(context)
    events = context.facts[kind]
    past = events[_column(events, parameters["date"]) <= context.as_of]
    until = find_ends_of_serving(past) if kind == "discipline" else _column(past, parameters["until"])
    serving = until >= context.as_of
    scores = _column(past, parameters["column"]).map(table).astype(float).mask(serving, table["serving"])
    result = _scored(scores.groupby(past["nip"]).min().reindex(context.nips).fillna(table["none"]))
    message = N_("the worst ever") if len(past) else N_("none ever, in a register that has been imported")
    columns = (parameters["date"], parameters["column"], parameters["until"])
    context.step(message, kind, past.assign(**{parameters["until"]: until}), columns, scores, _first(result))
    return result


def select_valid_assessments(context: Context, kind: str, validity_years: int) -> pd.DataFrame:
    """Assessments that have not expired on the reference date."""
    frame = context.known(kind)
    day = frame["assessed_on"]
    return frame[(day > context.before(years=validity_years)) & (day <= context.as_of)]


def select_latest_valid(context: Context, kind: str, validity_years: int) -> pd.DataFrame:
    """Latest assessment of each person that has not expired, indexed by NIP."""
    valid = select_valid_assessments(context, kind, validity_years)
    latest = valid.sort_values("assessed_on").drop_duplicates("nip", keep="last")
    if context.trace is not None and latest.empty:
        write_lacking_step(context, kind, context.known(kind), validity_years, ("assessed_on",))
    return latest.set_index("nip", drop=False)


def write_lacking_step(
    context: Context, kind: str, assessments: pd.DataFrame, validity_years: int, columns: Sequence[str]
) -> None:
    """Say of one person without a valid assessment that the last one has expired, or that there was none."""
    old = assessments[assessments["assessed_on"] <= context.as_of].sort_values("assessed_on").tail(1)
    message = N_("expired: older than {years} years") if len(old) else N_("never assessed")
    context.step(message, kind, old, columns, years=validity_years)


def get_standard(parameters: Parameters) -> float:
    """The level a match is computed against; the standard of a JPT Pratama, 4, where the rubric names none (PermenPANRB 38/2017)."""
    standard: float = parameters.get("standard", 4)
    return standard


def compute_job_person_match(levels: pd.DataFrame, standard: float) -> pd.Series:
    """JPM in percent: the sum of min(level, standard) over the sum of standards.

    PermenPANRB 38/2017. A missing level leaves the whole unknown.
    """
    reached = np.minimum(levels.to_numpy(dtype=float), standard).sum(axis=1)
    return pd.Series(reached / (standard * levels.shape[1]) * 100, index=levels.index)


def complete_job_person_match(latest: pd.DataFrame, column: str, standard: float) -> pd.Series:
    """JPM as given, else computed from the nine levels against a standard."""
    given = _column(latest, column).astype(float)
    if given.notna().all():
        return given
    return given.fillna(compute_job_person_match(latest[list(COMPETENCIES)], standard))


@method("latest_score", needs={"column": "column", "validity_years": "number"})
def score_latest_assessment(context: Context, parameters: Parameters) -> pd.DataFrame:
    """JPM of the latest valid assessment, capped at 100; computed from the levels where not given."""
    kind, column, standard = parameters["fact"], parameters["column"], get_standard(parameters)
    latest = select_latest_valid(context, kind, parameters["validity_years"])
    scores = complete_job_person_match(latest, column, standard).clip(0, 100)
    if len(latest):
        as_given = bool(_column(latest, column).notna().iloc[0])
        message = (
            N_("the latest assessment not older than {years} years, at most 100")
            if as_given
            else N_("JPM from the nine levels of the latest assessment: sum of min(level, {standard}) over {highest}")
        )
        columns = ("assessed_on", column) if as_given else ("assessed_on", *COMPETENCIES)
        years = parameters["validity_years"]
        context.step(
            message,
            kind,
            latest,
            columns,
            scores,
            _first(scores.to_frame("value")),
            years=years,
            standard=standard,
            highest=standard * len(COMPETENCIES),
        )
    return _scored(scores.reindex(context.nips))


@method("latest_value", needs={"column": "column", "validity_years": "number", "highest": "number"})
def score_latest_value(context: Context, parameters: Parameters) -> pd.DataFrame:
    """The value of the latest valid assessment as it is given, which may exceed 100; open up to ``highest`` without one."""
    kind, column, years = parameters["fact"], parameters["column"], parameters["validity_years"]
    latest = select_latest_valid(context, kind, years)
    scores = _column(latest, column).astype(float)
    if len(latest):
        message = N_("the value of the latest assessment not older than {years} years, as given")
        context.step(
            message, kind, latest, ("assessed_on", column), scores, _first(scores.to_frame("value")), years=years
        )
    result = _scored(scores.reindex(context.nips))
    return result.assign(high=result["value"].fillna(float(parameters["highest"])))


@method("aspect_sum", needs={"validity_years": "number", "highest": "number"})
def score_aspect_sum(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Sum of the eight aspects over its highest possible value, in percent."""
    highest, kind = parameters["highest"], parameters["fact"]
    latest = select_latest_valid(context, kind, parameters["validity_years"])
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
        context.step(
            N_("sum of the eight aspects over {total}"), kind, latest, columns, None, _first(result), total=total
        )
    return result


def _list_trainings(context: Context, kind: str, since: pd.Timestamp) -> pd.DataFrame:
    """Trainings begun after a day, up to the reference date."""
    trainings = context.facts[kind]
    return trainings[(trainings["started_on"] > since) & (trainings["started_on"] <= context.as_of)]


@method("training_hours", needs={"window_months": "number", "steps": "steps"})
def score_training_hours(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of the training hours (JP) within the window."""
    kind = parameters["fact"]
    if context.lacks_register(kind):
        return _nobody_known(context)
    since = context.before(months=parameters["window_months"])
    recent = _list_trainings(context, kind, since)
    hours = recent["hours"].astype(float).groupby(recent["nip"]).sum().reindex(context.nips).fillna(0.0)
    result = _scored(score_steps(hours, parameters["steps"]))
    context.step(
        N_("{hours:g} hours since {since}"),
        kind,
        recent,
        ("started_on", "hours"),
        None,
        _first(result),
        hours=_first(hours.to_frame("value")),
        since=since.date(),
    )
    return result


@method("training_count", needs={"window_years": "number", "steps": "steps"})
def score_training_count(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of how many trainings or certificates there are within the window, as some agencies count them."""
    kind = parameters["fact"]
    if context.lacks_register(kind):
        return _nobody_known(context)
    since = context.before(years=parameters["window_years"])
    recent = _list_trainings(context, kind, since)
    counts = recent.groupby("nip").size().reindex(context.nips).fillna(0.0).astype(float)
    result = _scored(score_steps(counts, parameters["steps"]))
    context.step(
        N_("{count:g} trainings or certificates since {since}"),
        kind,
        recent,
        ("started_on", "name_of_training"),
        None,
        _first(result),
        count=_first(counts.to_frame("value")),
        since=since.date(),
    )
    return result


@component("tenure")
def _tenure(context: Context, parameters: Parameters) -> pd.Series:
    """Years in the present post."""
    years = (context.as_of - context.people["position_since"]).dt.days / DAYS_A_YEAR
    scores = score_steps(years, parameters["tenure_steps"])
    if context.trace is not None:
        here = context.facts["employee"].iloc[:1]
        context.step(
            N_("time in the present post: {years:.1f} years"),
            "employee",
            here,
            ("position_since",),
            None,
            _first(scores.to_frame("value")),
            years=_first(years.to_frame("value")),
        )
    return scores


@component("variety")
def _variety(context: Context, parameters: Parameters) -> pd.Series:
    """Variety of the posts held so far: one unit, several, or several agencies."""
    table, history = parameters["table"], _past_posts(context)
    several = history.groupby("nip")["unit"].nunique() > 1
    scores = several.map({True: table["cross_unit"], False: table["one_unit"]}).astype(float)
    crossed = history[history["cross_agency"].fillna(False).astype(bool)]["nip"].unique()
    scores[scores.index.isin(crossed)] = table["cross_agency"]
    scores = scores.reindex(context.nips)
    context.step(
        N_("variety of the posts held") if len(history) else N_("no position history"),
        "position_history",
        history,
        ("started_on", "title", "unit", "cross_agency"),
        None,
        _first(scores.to_frame("value")),
    )
    return scores


@component("acting")
def _acting(context: Context, parameters: Parameters) -> pd.Series:
    """The highest acting assignment (Plt, Plh) so far."""
    table, history = parameters["table"], _past_posts(context)
    each = history["holding"].map(table).fillna(table["none"]).astype(float)
    scores = each.groupby(history["nip"]).max().reindex(context.nips)
    acting = ~is_definitive(history)
    context.step(
        N_("the highest acting assignment") if acting.any() else N_("no acting assignment"),
        "position_history",
        history[acting],
        ("started_on", "title", "holding"),
        each[acting],
        _first(scores.to_frame("value")),
    )
    return scores


@component("substance", substance_steps="steps")
def _substance(context: Context, parameters: Parameters) -> pd.Series:
    """Years of service in the family of the present unit, overlapping ones counted once.

    Without a position history only the present post is known, so fewer years than the highest
    step asks for leave the score open.
    """
    years, rows = count_years_held(context, family=context.people["family"])
    steps = parameters["substance_steps"]
    scores = score_steps(years, steps).where(has_history(context) | (years >= max(step[0] for step in steps)))
    message = N_("{years:.1f} years in the family of the present unit")
    write_periods_step(context, message, rows, years, _first(scores.to_frame("value")))
    return scores


def _past_posts(context: Context) -> pd.DataFrame:
    history = context.known("position_history")
    return history[history["started_on"] <= context.as_of]


@method(
    "experience",
    needs={"components": "components", "table": "table", "tenure_steps": "steps"},
    codes=["cross_agency", "cross_unit", "one_unit", "acting_higher", "acting_same", "daily_acting", "none"],
    vocabulary=None,
)
def score_experience(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Mean of the components the rubric names: tenure, variety, acting, substance."""
    return combine_years(
        pd.DataFrame({name: COMPONENTS[name][0](context, parameters) for name in parameters["components"]})
    )


@method("education_level", needs={"table": "table"}, vocabulary="education_level")
def score_education_level(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of the highest level of education."""
    result = _scored(context.people["education_level"].map(parameters["table"]))
    write_education_step(context, N_("the highest level of education"), _first(result))
    return result


@method("field_fit", needs={"table": "table"}, codes=["same_family", "general", "other"])
def score_field_of_study(context: Context, parameters: Parameters) -> pd.DataFrame:
    """Score of how the field of study fits the family of the present unit."""
    fit = judge_field_fit(context.people["education_field"], context.people["family"], context.families)
    result = _scored(fit.map(parameters["table"]))
    write_education_step(context, N_("the field of study against the family of the present unit"), _first(result))
    return result


def write_education_step(context: Context, message: str, score: float, **values: str) -> None:
    """The step of a measure that rests on the highest education, from whichever source it is known."""
    if context.trace is None:
        return
    person = context.people.iloc[0]
    known = context.facts["education"]
    same = known[(known["level"] == person["education_level"]) & (known["field"] == person["education_field"])]
    if len(same):
        context.step(message, "education", same.iloc[:1], ("level", "field"), None, score, **values)
    else:
        here = context.facts["employee"].iloc[:1]
        context.step(message, "employee", here, ("education_level", "education_field"), None, score, **values)


def compute_measure(context: Context, method_name: str, fact: str, parameters: Parameters) -> pd.DataFrame:
    """Run one method of a rubric."""
    return METHODS[method_name].compute(context, cast(Parameters, {**parameters, "fact": fact}))
