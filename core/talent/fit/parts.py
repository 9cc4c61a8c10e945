"""Discipline, competence and experience of people against what a post asks for, each 0-100 with its interval.

What does not depend on the post is tabulated once for everyone (``Context.once``); a post then costs array work on its
candidates. In a context made for one person the same functions write down the steps they take. Missing is never zero:
a value the records do not tell is NaN, and lies between ``low`` and ``high``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray, IntArray
from core.talent.context import Context, Parameters
from core.talent.employee import JPT_LEVELS
from core.talent.facts import COMPETENCIES
from core.talent.fit.official import find_technical_scores, select_technical_assessments
from core.talent.fit.rubric import FitRubric
from core.talent.fit.standard import Standard
from core.talent.job_family import judge_study_fit
from core.talent.messages import N_
from core.talent.posts import Post
from core.talent.scoring.measures import (
    select_latest_valid,
    select_valid_assessments,
    write_education_step,
    write_lacking_step,
)
from core.talent.scoring.score_table import CriterionScores
from core.talent.scoring.tenure import (
    count_years,
    has_history,
    is_definitive,
    list_service_periods,
    tabulate_years_by_family,
    write_periods_step,
)
from core.talent.vocabulary import EDUCATION_RANK


@dataclass(frozen=True)
class Scored:
    """Values of some people with the bounds they can still take, 0-100 each; ``value`` NaN where not known."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


Score = Callable[[Context, IntArray, Standard, Parameters], Scored]


def score_parts(
    context: Context, rows: IntArray, standard: Standard, rubric: FitRubric, talent: Scored
) -> CriterionScores:
    """Score some people against a standard.

    Parameters
    ----------
    rows
        Row numbers in the context's people.
    talent
        The talent values of those rows, for the measure ``talent_value``.

    Returns
    -------
    CriterionScores
        rows x parts; a missing measure leaves its part unknown, with an interval.
    """
    bounds: dict[str, list[FloatArray]] = {"value": [], "low": [], "high": []}
    measures = []
    for criterion in rubric.criteria:
        scored = [
            talent
            if measure.key == "talent_value"
            else MEASURES[measure.key](context, rows, standard, measure.parameters)
            for measure in criterion.measures
        ]
        measures += [each.value for each in scored]
        for bound, columns in bounds.items():
            parts = [
                measure.share * getattr(each, bound) for measure, each in zip(criterion.measures, scored, strict=True)
            ]
            columns.append(np.sum(parts, axis=0))
    value, low, high = (np.asfortranarray(np.column_stack(columns)) for columns in bounds.values())
    return CriterionScores(rubric.criteria, value, low, high, np.column_stack(measures))


def score_measure(context: Context, standard: Standard, key: str, parameters: Parameters) -> Scored:
    """One measure of everyone in a context; in one made for a person its steps are written down."""
    return MEASURES[key](context, np.arange(len(context.nips)), standard, parameters)


def _opened(value: FloatArray, low: FloatArray | float = 0.0, high: FloatArray | float = 100.0) -> Scored:
    """Known values have no interval; where not known it lies between the given bounds."""
    unknown = np.isnan(value)
    return Scored(value, np.where(unknown, low, value), np.where(unknown, high, value))


def _list_degrees(context: Context) -> pd.DataFrame:
    """Every degree known: nip, rank of its level, level, field, kind of fact; from both sources."""

    def compute() -> pd.DataFrame:
        employees = context.known("employee")[["nip", "education_level", "education_field"]]
        employees = employees.set_axis(["nip", "level", "field"], axis=1)
        history = context.known("education")[["nip", "level", "field"]]
        both = pd.concat([employees.assign(kind="employee"), history.assign(kind="education")], ignore_index=True)
        both = both[both["level"].notna()]
        field = both["field"].where(both["field"].notna() & (both["field"] != ""))
        rank = both["level"].map(EDUCATION_RANK).astype("int64")
        return both.assign(field=field.astype(object).where(field.notna(), None), rank=rank)

    return context.once("degrees", compute)


def _degrees_of(context: Context, rows: IntArray) -> tuple[pd.DataFrame, IntArray]:
    """Degrees of some people, and for each the place of its person in ``rows``."""
    degrees = _list_degrees(context)
    at = context.nips[rows].get_indexer(pd.Index(degrees["nip"]))
    return degrees[at >= 0], at[at >= 0]


def _score_field(context: Context, rows: IntArray, standard: Standard, parameters: Parameters) -> Scored:
    """The best fit of the fields of study of all degrees that are of the level asked for, or of the highest degree.

    A degree whose field is not recorded, or that no discipline knows, leaves the value open.
    """
    table = parameters["table"]
    degrees, at = _degrees_of(context, rows)
    asked = EDUCATION_RANK[standard.education]
    rank = degrees["rank"].to_numpy(dtype=np.int64)
    highest = np.full(len(rows), -1)
    np.maximum.at(highest, at, rank)
    counts = rank >= np.minimum(asked, highest[at])
    degrees, at = degrees[counts], at[counts]
    studies = context.families[0].studies
    distinct = degrees["field"].dropna().unique()
    known = pd.Series(distinct, index=distinct, dtype=object)
    fit = judge_study_fit(known, standard.post.family, standard.post.fields, context.families)
    unknown = {field for field in distinct if fit[field] == "other" and studies.find(str(field)) is None}
    scores = {field: np.nan if field in unknown else table[fit[field]] for field in distinct}
    each = degrees["field"].map(scores).to_numpy(dtype=np.float64)
    best = np.full(len(rows), -np.inf)
    np.fmax.at(best, at, each)
    # With the best there is, what is not known of another degree changes nothing.
    lacking = np.zeros(len(rows), dtype=bool)
    np.logical_or.at(lacking, at, np.isnan(each))
    least, most = min(table.values()), max(table.values())
    low = np.where(np.isfinite(best), best, least)
    value = np.where(np.isfinite(best) & (~lacking | (best >= most)), best, np.nan)
    if context.trace is not None:
        _write_degrees(context, degrees, each, value)
    return _opened(value, low, most)


def _write_degrees(context: Context, degrees: pd.DataFrame, scores: FloatArray, value: FloatArray) -> None:
    if degrees.empty:
        context.step(N_("no education recorded"))
        return
    for kind, columns in (("education", ("level", "field")), ("employee", ("education_level", "education_field"))):
        chosen = (degrees["kind"] == kind).to_numpy()
        if not chosen.any():
            continue
        facts = context.facts[kind]
        if kind == "education":
            named = pd.MultiIndex.from_frame(degrees.loc[chosen, ["level", "field"]].fillna("").astype(object))
            there = pd.MultiIndex.from_frame(facts[["level", "field"]].fillna("").astype(object)).isin(named)
            facts = facts[there]
        given = dict(zip(degrees.loc[chosen, "field"], scores[chosen], strict=True))
        each = facts[columns[1]].map(given) if len(facts) else None
        context.step(
            N_("the fields of study against what the post asks for"), kind, facts, columns, each, float(value[0])
        )


def _score_level(context: Context, rows: IntArray, standard: Standard, parameters: Parameters) -> Scored:
    """The highest level of education against the one asked for."""
    level = context.people["education_level"].to_numpy()[rows]
    rank = np.array([np.nan if pd.isna(code) else float(EDUCATION_RANK[code]) for code in level])
    table = parameters["table"]
    met = rank >= EDUCATION_RANK[standard.education]
    value = np.where(np.isnan(rank), np.nan, np.where(met, table["met"], table["below"]))
    if context.trace is not None:
        message = N_("the highest level of education; the post asks for {asked}")
        write_education_step(context, message, float(value[0]), asked=standard.education)
    return _opened(value, min(table.values()), max(table.values()))


def _tabulate_latest_levels(context: Context, validity_years: int) -> pd.DataFrame:
    """The latest valid competency assessment of everyone: the nine levels, the match as given, the level it was made for."""

    def compute() -> pd.DataFrame:
        valid = select_valid_assessments(context, "competency_assessment", validity_years)
        latest = valid.sort_values("assessed_on").drop_duplicates("nip", keep="last").set_index("nip")
        return latest[[*COMPETENCIES, "job_person_match", "made_for"]].reindex(context.nips)

    return context.once(f"latest levels {validity_years}", compute)


def _score_match(context: Context, rows: IntArray, standard: Standard, parameters: Parameters) -> Scored:
    """JPM against the post's own standard: the sum of min(level, standard) over the sum of standards, in percent.

    PermenPANRB 38/2017. Without the nine levels a match as given counts where it was made for posts of this level and the
    post asks for no other levels; else the value is open.
    """
    years = int(parameters["validity_years"])
    latest = _tabulate_latest_levels(context, years).iloc[rows]
    asked = np.array([standard.competencies[key] for key in COMPETENCIES], dtype=np.float64)
    levels = latest[list(COMPETENCIES)].to_numpy(dtype=np.float64, na_value=np.nan)
    value = np.minimum(levels, asked).sum(axis=1) / asked.sum() * 100
    given = latest["job_person_match"].to_numpy(dtype=np.float64, na_value=np.nan)
    usable = (latest["made_for"] == standard.level).to_numpy(dtype=bool) & standard.of_level
    value = np.where(np.isnan(value) & usable, np.minimum(given, 100.0), value)
    if context.trace is not None:
        kind = "competency_assessment"
        row = select_latest_valid(context, kind, years)  # writes itself where there is none
        if len(row):
            counted = not np.isnan(levels).any()
            context.step(
                N_("JPM from the nine levels against what the post asks for: the sum of the lesser over {highest:g}")
                if counted
                else N_("JPM as given, for posts of this level")
                if not np.isnan(value[0])
                else N_(
                    "JPM as given was made against another standard than the post's, and the nine levels are missing"
                ),
                kind,
                row,
                ("assessed_on", "made_for", *(COMPETENCIES if counted else ("job_person_match",))),
                score=float(value[0]),
                highest=float(asked.sum()),
            )
    return _opened(value)


def _score_technical(context: Context, rows: IntArray, standard: Standard, parameters: Parameters) -> Scored:
    """The latest valid technical assessment in the post's subject, or family."""
    years = int(parameters["validity_years"])
    value = find_technical_scores(context, standard.post, years)[rows]
    if context.trace is not None:
        write_technical_step(context, standard.post, years)
    return _opened(value)


def write_technical_step(context: Context, post: Post, years: int) -> None:
    """Say of one person which technical assessment counts for a post, or that none does."""
    kind, columns = "technical_assessment", ("assessed_on", "subject", "score")
    valid, assessed = (
        frame[select_technical_assessments(frame["subject"], post, context.families)]
        for frame in (select_valid_assessments(context, kind, years), context.known(kind))
    )
    if len(valid):
        latest = valid.sort_values("assessed_on").tail(1)
        context.step(N_("the latest technical assessment in the post's family"), kind, latest, columns, years=years)
    else:
        write_lacking_step(context, kind, assessed, years, columns)


def _score_years(
    context: Context, rows: IntArray, years: FloatArray, acting: FloatArray, full: float, percent: float
) -> Scored:
    """Years as a share of the years that count as full experience; ``acting`` of them were not held definitively.

    Without a position history what is known is the least there can be.
    """
    counted = years - acting * (1 - percent / 100)
    least = np.minimum(counted / full, 1.0) * 100
    complete = has_history(context).to_numpy()[rows] | (least >= 100)
    return _opened(np.where(complete, least, np.nan), least)


def _score_field_years(context: Context, rows: IntArray, standard: Standard, parameters: Parameters) -> Scored:
    """Years of service in the post's family, overlapping ones once; of a general post in any."""
    family = "any" if standard.post.family == context.families[0].key else standard.post.family
    years, definitive = (
        tabulate_years_by_family(context, only_definitive=only)[family].to_numpy(dtype=np.float64)[rows]
        for only in (False, True)
    )
    full = standard.years or parameters["full_years"]
    scored = _score_years(context, rows, years, years - definitive, full, parameters["acting_percent"])
    if context.trace is not None:
        periods = list_service_periods(context)
        counting = periods if family == "any" else periods[periods["family"] == family]
        _write_years(context, N_("{years:.1f} years in the post's field, {acting:.1f} of them acting; {full:g} are full"), counting, years, definitive, full, scored)  # fmt: skip
    return scored


def _years_at(context: Context, levels: frozenset[str], only_definitive: bool) -> pd.Series:
    def compute() -> pd.Series:
        fitting = _periods_at(context, levels)
        return count_years(fitting[is_definitive(fitting)] if only_definitive else fitting, context.nips)

    return context.once(f"years at {sorted(levels)} {only_definitive}", compute)


def _periods_at(context: Context, levels: frozenset[str]) -> pd.DataFrame:
    """Periods at one of the levels or in high office; all of them where no level is asked for."""
    periods = list_service_periods(context)
    return periods[periods["level"].isin(levels | JPT_LEVELS)] if levels else periods


def _score_level_years(context: Context, rows: IntArray, standard: Standard, parameters: Parameters) -> Scored:
    """Years at the level asked for or in high office, overlapping ones once."""
    years, definitive = (
        _years_at(context, standard.levels, only).to_numpy(dtype=np.float64)[rows] for only in (False, True)
    )
    full = parameters["full_years"]
    scored = _score_years(context, rows, years, years - definitive, full, parameters["acting_percent"])
    if context.trace is not None:
        counting = _periods_at(context, standard.levels)
        _write_years(context, N_("{years:.1f} years at the level asked for, {acting:.1f} of them acting; {full:g} are full"), counting, years, definitive, full, scored)  # fmt: skip
    return scored


def _write_years(
    context: Context,
    message: str,
    periods: pd.DataFrame,
    years: FloatArray,
    definitive: FloatArray,
    full: float,
    scored: Scored,
) -> None:
    write_periods_step(
        context,
        message,
        periods,
        pd.Series(years),
        float(scored.value[0]),
        {"acting": float(years[0] - definitive[0]), "full": full},
    )
    if np.isnan(scored.value[0]):
        context.step(N_("the position history is missing, so there may be more"))


#: The function of each measure, by its key.
MEASURES: dict[str, Score] = {
    "field_of_study": _score_field,
    "level_of_study": _score_level,
    "competency_match": _score_match,
    "technical_competence": _score_technical,
    "years_in_field": _score_field_years,
    "years_at_level": _score_level_years,
}
