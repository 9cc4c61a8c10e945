"""The gates, one function each: everyone's answer and the detail that its reason names.

Sources: PP 11/2017 jo PP 17/2020 article 107(1)c; PermenPANRB 38/2017 (competency); PP 94/2021
(discipline). Each returns ``answer`` (0 eligible, 1 to be reviewed, 2 not eligible) and
``detail`` (text) by NIP, for posts of a job family or (None) without a post in view.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.talent.context import Context, Parameters
from core.talent.employee import age_on, birthday
from core.talent.scoring.measures import assessed_match, latest_valid
from core.talent.scoring.tenure import (
    DAYS_A_YEAR,
    periods_step,
    service_periods,
    union_years,
    with_history,
    years_by_family,
)
from core.talent.vocabulary import EDUCATION, GRADE, RATING, fold

#: From best to worst; a person's answer over all gates is the worst one.
ELIGIBLE, REVIEW, INELIGIBLE = 0, 1, 2


def _answers(context: Context, answer: npt.ArrayLike, detail: Sequence[str] | str) -> pd.DataFrame:
    texts = [detail] * len(context.nips) if isinstance(detail, str) else list(detail)
    details = np.array(texts, dtype=object)
    return pd.DataFrame({"answer": np.asarray(answer, dtype=np.int64), "detail": details}, index=context.nips)


def education(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """At least the minimum level of education; the detail is the level."""
    order = {code: n for n, code in enumerate(EDUCATION.codes)}
    # D-IV and S1 are equals in law; the order only has to put both at or above the minimum.
    least = min(order["D4"], order["S1"]) if parameters["minimum"] in ("S1", "D4") else order[parameters["minimum"]]
    level = context.people["education_level"]
    answer = np.where(level.isna(), REVIEW, np.where(level.map(order) >= least, ELIGIBLE, INELIGIBLE))
    if context.trace is not None:
        known = context.facts["education"]
        same = known[known["level"] == level.iloc[0]].iloc[:1]
        if len(same) and context.facts["employee"]["education_level"].iloc[0] != level.iloc[0]:
            context.step("the highest level of education", "education", same, ("level", "field"))
        else:
            here = context.facts["employee"].iloc[:1]
            context.step("the highest level of education", "employee", here, ("education_level",))
    return _answers(context, answer, level.astype(object).fillna("?").tolist())


def related_experience(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Years of service in the family, overlapping ones once; the detail is the years.

    Posts of the first family count service anywhere; without a post the family served longest
    counts. Without a position history fewer years than asked for are not known to be all.
    """
    by_family = years_by_family(context)
    if family is None:
        years = by_family.drop(columns="any").max(axis=1)
    else:
        years = by_family["any" if family == context.families[0].key else family]
    enough = years >= parameters["years"]
    answer = np.where(enough, ELIGIBLE, np.where(with_history(context), INELIGIBLE, REVIEW))
    if context.trace is not None:
        periods = service_periods(context)
        counted = family or str(by_family.drop(columns="any").iloc[0].idxmax())
        if family != context.families[0].key:
            periods = periods[periods["family"] == counted]
        periods_step(context, "{years:.1f} years in the related family, overlapping ones once", periods, years)
    return _answers(context, answer, _one_decimal(years))


def held_level(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Has held one of the levels definitively for some years, from the history; a present JPT passes.

    The detail is the years. Acting assignments (Plt, Plh) do not make somebody an administrator.
    """
    periods = service_periods(context)
    holding = periods["holding"].fillna("definitive") == "definitive"
    fitting = periods[holding & periods["level"].isin([*parameters["levels"], "jpt_pratama", "jpt_madya"])]
    years = union_years(fitting, context.nips)
    is_jpt = context.people["level"].isin({"jpt_pratama", "jpt_madya"})
    enough = (years >= parameters["years"]) | is_jpt
    unknown = ~with_history(context) | (context.people["level"] == "unknown")
    answer = np.where(enough, ELIGIBLE, np.where(unknown, REVIEW, INELIGIBLE))
    periods_step(context, "{years:.1f} years at the level asked for, overlapping ones once", fitting, years)
    return _answers(context, answer, _one_decimal(years))


def _one_decimal(years: pd.Series) -> list[str]:
    """Years cut to one decimal, so that 4.99 never reads as 5."""
    return [f"{int(value * 10) / 10:.1f}" for value in years]


def age(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """At most the limit on the reference date; the detail is the age in completed years.

    ``strict``: the birthday of the limit has not yet passed (it may be today);
    ``completed``: completed years do not exceed the limit.
    """
    limit, on = parameters["limit"], context.as_of.date()

    def passes(birth: dt.date) -> bool:
        return on <= birthday(birth, limit) if parameters["reading"] == "strict" else age_on(birth, on) <= limit

    births = [birth.date() for birth in context.people["birth_date"]]
    here = context.facts["employee"].iloc[:1]
    context.step("the birth date against the reference date {day}", "employee", here, ("birth_date",), day=on)
    answer = [ELIGIBLE if passes(birth) else INELIGIBLE for birth in births]
    return _answers(context, answer, [str(age_on(birth, on)) for birth in births])


def competency(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """JPM of the latest valid assessment at the post's standard; the detail is the JPM."""
    kind = "competency_assessment"
    latest = latest_valid(context, kind, parameters["validity_years"])
    match = assessed_match(latest, "job_person_match", parameters["standard"])
    match_of = match.reindex(context.nips)
    if len(latest):
        context.step(
            "the latest assessment not older than {years} years", kind, latest, ("assessed_on", "job_person_match"),
            years=parameters["validity_years"],
        )  # fmt: skip
    answer = np.where(match_of.isna(), REVIEW, np.where(match_of >= parameters["minimum"], ELIGIBLE, INELIGIBLE))
    return _answers(context, answer, ["" if np.isnan(value) else f"{int(value * 100) / 100:g}" for value in match_of])


def discipline(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """No punishment of the levels within some years and none being served; the detail is its date."""
    kind = "discipline"
    if kind not in context.coverage.registers:
        context.step("nothing of this register has been imported yet")
        return _answers(context, np.full(len(context.nips), REVIEW), "")
    events = context.facts[kind]
    past = events[events["decided_on"] <= context.as_of]
    recent = past["punishment"].isin(parameters["levels"]) & (
        past["decided_on"] > context.before(years=parameters["years"])
    )
    hindering = past[recent | (past["served_until"] >= context.as_of)]
    latest = hindering.groupby("nip")["decided_on"].max().reindex(context.nips)
    columns = ("decided_on", "punishment", "served_until", "decree")
    message = "punishments that count" if len(hindering) else "no punishment that counts"
    context.step(message, kind, hindering, columns)
    answer = np.where(latest.notna(), INELIGIBLE, ELIGIBLE)
    return _answers(context, answer, ["" if pd.isna(day) else f"{day:%d-%m-%Y}" for day in latest])


def performance(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """At least the minimum rating in each of the last years; the detail names the years that fail."""
    ratings = context.known("performance_rating").dropna(subset=["rating"])
    years = context.years("performance_rating", parameters["years"])
    order = {code: -n for n, code in enumerate(RATING.codes)}
    counted = ratings[ratings["year"].isin(years)]
    matrix = np.full((len(context.nips), len(years)), np.nan)
    rows = context.nips.get_indexer(pd.Index(counted["nip"]))
    matrix[rows, [years.index(year) for year in counted["year"]]] = counted["rating"].map(order).to_numpy(dtype=float)
    known = ~np.isnan(matrix)
    failing = known & (np.nan_to_num(matrix, nan=-99) < order[parameters["minimum"]])
    answer = np.where(failing.any(axis=1), INELIGIBLE, np.where(known.all(axis=1), ELIGIBLE, REVIEW))
    named = np.where(failing.any(axis=1)[:, None], failing, ~known)
    texts = np.array([str(year) for year in years], dtype=object)
    context.step("the ratings of {years}", "performance_rating", counted, ("year", "rating"), years=", ".join(texts))
    return _answers(context, answer, [", ".join(sorted(texts[row])) for row in named])


def health(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Declared fit, within its validity; unknown or expired is to be reviewed. The detail is the date."""
    frame = context.known("health")
    past = frame[(frame["declared_on"] <= context.as_of) & frame["health"].notna()]
    latest = past.sort_values("declared_on").drop_duplicates("nip", keep="last").set_index("nip", drop=False)
    until = latest["valid_until"].fillna(latest["declared_on"] + pd.DateOffset(years=parameters["validity_years"]))
    valid = latest[until >= context.as_of]
    words = valid["health"].reindex(context.nips)
    if len(latest):
        context.step("the latest declaration", "health", latest, ("declared_on", "health", "valid_until"))
    else:
        context.step("no declaration is known")
    answer = np.where(words.isna(), REVIEW, np.where(words == "fit", ELIGIBLE, INELIGIBLE))
    dates = latest["declared_on"].reindex(context.nips)
    return _answers(context, answer, ["" if pd.isna(day) else f"{day:%d-%m-%Y}" for day in dates])


def grade(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """At least the minimum grade; the detail is the grade."""
    order = {code: n for n, code in enumerate(GRADE.codes)}
    grades = context.people["grade"]
    answer = np.where(
        grades.isna(), REVIEW, np.where(grades.map(order) >= order[parameters["minimum"]], ELIGIBLE, INELIGIBLE)
    )
    context.step("the present grade", "employee", context.facts["employee"].iloc[:1], ("grade", "grade_since"))
    return _answers(context, answer, grades.astype(object).fillna("?").tolist())


def leadership_training(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Has attended one of the leadership trainings, by the words in its name; the detail is the name."""
    kind = "training"
    if kind not in context.coverage.registers:
        context.step("nothing of this register has been imported yet")
        return _answers(context, np.full(len(context.nips), REVIEW), "")
    trainings = context.facts[kind]
    wanted = [fold(word) for word in parameters["words"]]
    names = trainings["name_of_training"]
    fits = [any(word in text for word in wanted) for text in map(fold, names)]
    attended = trainings[np.array(fits, dtype=bool) & (trainings["started_on"] <= context.as_of)]
    in_order = attended.sort_values("started_on")
    latest = dict(zip(in_order["nip"], in_order["name_of_training"], strict=True))
    found = [latest.get(nip, "") for nip in context.nips]
    context.step("leadership trainings attended", kind, attended, ("started_on", "name_of_training", "hours"))
    return _answers(context, [ELIGIBLE if name else INELIGIBLE for name in found], found)


def tenure(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """A JPT holder under the minimum years in the post is not moved; the detail is the years."""
    people = context.people
    years = (context.as_of - people["position_since"]).dt.days / DAYS_A_YEAR
    is_jpt = people["level"].isin({"jpt_pratama", "jpt_madya"})
    caution = is_jpt & (
        years.isna() | (years < parameters["minimum_years"]) | (years >= parameters["evaluation_years"])
    )
    here = context.facts["employee"].iloc[:1]
    context.step("time in the present post", "employee", here, ("position_since", "position_title"))
    return _answers(context, np.where(caution, REVIEW, ELIGIBLE), _one_decimal(years.fillna(0.0)))


Judge = Callable[[Context, Parameters, str | None], pd.DataFrame]


@dataclass(frozen=True)
class GateFunction:
    """A gate's function and the parameters it cannot do without."""

    judge: Judge
    needs: tuple[str, ...]


#: Gates by the key a rules file calls them.
GATES: dict[str, GateFunction] = {
    "education": GateFunction(education, ("minimum",)),
    "related_experience": GateFunction(related_experience, ("years",)),
    "held_level": GateFunction(held_level, ("levels", "years")),
    "age": GateFunction(age, ("limit", "reading")),
    "competency": GateFunction(competency, ("minimum", "standard", "validity_years")),
    "discipline": GateFunction(discipline, ("levels", "years")),
    "performance": GateFunction(performance, ("minimum", "years")),
    "health": GateFunction(health, ("validity_years",)),
    "grade": GateFunction(grade, ("minimum",)),
    "leadership_training": GateFunction(leadership_training, ("words",)),
    "tenure": GateFunction(tenure, ("minimum_years", "evaluation_years")),
}

#: Gates whose answer depends on the post aimed at.
POST_GATES = frozenset({"related_experience"})
