"""The gates, each whole in one place: its function, what it needs, and its words.

Sources: PP 11/2017 jo PP 17/2020 article 107(1)c; PermenPANRB 38/2017 (competency); PP 94/2021
(discipline). A function gives ``answer`` (0 eligible, 1 to be reviewed, 2 not eligible) and ``detail``
(text) by NIP, for posts of a job family or (None) without a post in view. A new gate is a function
under ``@gate``, its words for each answer it can give, and a row in a rules file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.talent.context import Context, Parameters
from core.talent.employee import DAYS_A_YEAR, JPT_LEVELS, LEVEL_NAMES, is_within_age
from core.talent.job_family import judge_study_fit
from core.talent.messages import N_
from core.talent.names import split_words
from core.talent.scoring.measures import complete_job_person_match, select_latest_valid, select_valid_assessments
from core.talent.scoring.serving import find_ends_of_serving
from core.talent.scoring.tenure import (
    count_years,
    has_history,
    is_definitive,
    list_service_periods,
    tabulate_years_by_family,
    write_periods_step,
)
from core.talent.vocabulary import EDUCATION_RANK, GRADE, RATING, spell_code

#: From best to worst; a person's answer over all gates is the worst one.
ELIGIBLE, REVIEW, INELIGIBLE = 0, 1, 2

Judge = Callable[[Context, Parameters, str | None], pd.DataFrame]
#: An English template for each answer; its values are the gate's parameters, as people write them, and ``detail``.
Words = Mapping[int, str]


@dataclass(frozen=True)
class GateFunction:
    """A gate's function and all that belongs to it.

    ``needs`` are the parameters it cannot do without and ``may`` those it may have, each with its kind (see
    ``parameters``); ``words`` its sentences, or how they follow from the parameters; ``depends_on_post`` whether the
    answer differs between posts; ``mends`` whether time and training mend it; ``spell`` writes parameters out.
    """

    judge: Judge
    needs: Mapping[str, str]
    words: Words | Callable[[Parameters], Words]
    may: Mapping[str, str]
    depends_on_post: bool = False
    mends: bool = False
    spell: Mapping[str, Callable[[object], str]] | None = None

    def sentence(self, parameters: Parameters, answer: int, detail: str) -> tuple[str, dict[str, object]]:
        """An answer as an English template and its values; the bare detail where the gate has no words for it."""
        words = self.words(parameters) if callable(self.words) else self.words
        spelled = {name: spell(parameters[name]) for name, spell in (self.spell or {}).items() if name in parameters}
        return words.get(answer, "{detail}"), {**parameters, **spelled, "detail": detail}


#: Gates by the key a rules file calls them.
GATES: dict[str, GateFunction] = {}


def gate(
    key: str,
    *,
    needs: Mapping[str, str],
    words: Words | Callable[[Parameters], Words],
    may: Mapping[str, str] | None = None,
    depends_on_post: bool = False,
    mends: bool = False,
    spell: Mapping[str, Callable[[object], str]] | None = None,
) -> Callable[[Judge], Judge]:
    """Decorator: make a function the gate of a key, with what it needs and its words.

    Raises
    ------
    ValueError
        When the key is taken.
    """
    if key in GATES:
        raise ValueError(f"there are two gates “{key}”")

    def register(judge: Judge) -> Judge:
        GATES[key] = GateFunction(judge, dict(needs), words, may or {}, depends_on_post, mends, spell)
        return judge

    return register


def _spell_levels(levels: object) -> str:
    """Levels as the committee calls them, one after the other."""
    return ", ".join(LEVEL_NAMES.get(str(level), str(level)) for level in levels) if isinstance(levels, list) else "?"


def _spell_level(level: object) -> str:
    return LEVEL_NAMES.get(str(level), str(level))


def _spell_rating(code: object) -> str:
    return spell_code("rating", str(code))


def _spell_punishments(codes: object) -> str:
    return ", ".join(spell_code("punishment", str(code)) for code in codes) if isinstance(codes, list) else "?"


def _held_words(parameters: Parameters) -> Words:
    jpt = parameters.get("jpt_passes", True)
    return {
        ELIGIBLE: N_("{detail} years as {levels} or JPT") if jpt else N_("{detail} years as {levels}"),
        INELIGIBLE: N_("{detail} years as {levels}, at least {years}"),
        REVIEW: N_("{detail} years as {levels} known, position history missing"),
    }


def _competency_words(parameters: Parameters) -> Words:
    return {
        ELIGIBLE: N_("JPM {detail}"),
        INELIGIBLE: N_("JPM {detail}, at least {minimum}"),
        REVIEW: N_("no valid competency assessment made for {level} (the latest: {detail})")
        if "level" in parameters
        else N_("no valid competency assessment"),
    }


def _discipline_words(parameters: Parameters) -> Words:
    punished = N_("punished on {detail} ({levels}: {years} years) or still being served")
    if "check_months" not in parameters:
        return {
            ELIGIBLE: N_("no punishment that counts"),
            INELIGIBLE: punished,
            REVIEW: N_("disciplinary register not imported"),
        }
    return {
        ELIGIBLE: N_("no punishment that counts, checked on {detail}"),
        INELIGIBLE: punished,
        REVIEW: N_("nobody has confirmed within {check_months} months that there is none (the last check: {detail})"),
    }


def _age_words(parameters: Parameters) -> Words:
    completed = parameters["reading"] == "completed"
    if "raised_limit" in parameters:
        return {
            ELIGIBLE: N_("age {detail}"),
            INELIGIBLE: N_("age {detail}, at most {limit}; {raised_limit} for who is or was {raised_levels}")
            if completed
            else N_(
                "past the {limit}th birthday, or the {raised_limit}th of who is or was {raised_levels} (age {detail})"
            ),
        }
    return {
        ELIGIBLE: N_("age {detail}"),
        INELIGIBLE: N_("age {detail}, at most {limit}")
        if completed
        else N_("past the {limit}th birthday (age {detail})"),
    }


def _answers(context: Context, answer: npt.ArrayLike, detail: Sequence[str] | str) -> pd.DataFrame:
    texts = [detail] * len(context.nips) if isinstance(detail, str) else list(detail)
    details = np.array(texts, dtype=object)
    return pd.DataFrame({"answer": np.asarray(answer, dtype=np.int64), "detail": details}, index=context.nips)


@gate(
    "education",
    needs={"minimum": "education"},
    words={
        ELIGIBLE: N_("education {detail}"),
        INELIGIBLE: N_("education {detail}, at least {minimum}"),
        REVIEW: N_("education not known"),
    },
)
def judge_education(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """At least the minimum level of education; the detail is the level."""
    least = EDUCATION_RANK[parameters["minimum"]]
    level = context.people["education_level"]
    answer = np.where(level.isna(), REVIEW, np.where(level.map(EDUCATION_RANK) >= least, ELIGIBLE, INELIGIBLE))
    if context.trace is not None:
        known = context.facts["education"]
        same = known[known["level"] == level.iloc[0]].iloc[:1]
        if len(same) and context.facts["employee"]["education_level"].iloc[0] != level.iloc[0]:
            context.step(N_("the highest level of education"), "education", same, ("level", "field"))
        else:
            here = context.facts["employee"].iloc[:1]
            context.step(N_("the highest level of education"), "employee", here, ("education_level",))
    return _answers(context, answer, level.astype(object).fillna("?").tolist())


@gate(
    "related_experience",
    needs={"years": "years"},
    depends_on_post=True,
    mends=True,
    words={
        ELIGIBLE: N_("{detail} years in the related family"),
        INELIGIBLE: N_("{detail} years in the related family, at least {years}"),
        REVIEW: N_("{detail} years in the related family known, position history missing"),
    },
)
def judge_related_experience(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Years of service in the family, overlapping ones once; the detail is the years.

    Posts of the first family count service anywhere; without a post the family served longest
    counts. Without a position history fewer years than asked for are not known to be all.
    """
    by_family = tabulate_years_by_family(context)
    if family is None:
        years = by_family.drop(columns="any").max(axis=1)
    else:
        years = by_family["any" if family == context.families[0].key else family]
    enough = years >= parameters["years"]
    answer = np.where(enough, ELIGIBLE, np.where(has_history(context), INELIGIBLE, REVIEW))
    if context.trace is not None:
        periods = list_service_periods(context)
        counted = family or str(by_family.drop(columns="any").iloc[0].idxmax())
        if family != context.families[0].key:
            periods = periods[periods["family"] == counted]
        write_periods_step(
            context, N_("{years:.1f} years in the related family, overlapping ones once"), periods, years
        )
    return _answers(context, answer, _one_decimal(years))


@gate(
    "held_level",
    needs={"levels": "levels", "years": "years"},
    may={"jpt_passes": "yes or no"},
    mends=True,
    spell={"levels": _spell_levels},
    words=_held_words,
)
def judge_held_level(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Has held one of the levels definitively for some years, from the history; a present JPT passes (``jpt_passes``).

    The detail is the years. Acting assignments (Plt, Plh) do not make somebody an administrator.
    """
    periods = list_service_periods(context)
    jpt_passes = parameters.get("jpt_passes", True)
    fitting = periods[
        is_definitive(periods) & periods["level"].isin({*parameters["levels"], *(JPT_LEVELS if jpt_passes else ())})
    ]
    years = count_years(fitting, context.nips)
    is_jpt = context.people["level"].isin(JPT_LEVELS) & jpt_passes
    enough = (years >= parameters["years"]) | is_jpt
    unknown = ~has_history(context) | (context.people["level"] == "unknown")
    answer = np.where(enough, ELIGIBLE, np.where(unknown, REVIEW, INELIGIBLE))
    write_periods_step(context, N_("{years:.1f} years at the level asked for, overlapping ones once"), fitting, years)
    return _answers(context, answer, _one_decimal(years))


def _one_decimal(years: pd.Series) -> list[str]:
    """Years cut to one decimal, so that 4.99 never reads as 5; a dash where they are not known."""
    return ["–" if pd.isna(value) else f"{int(value * 10) / 10:.1f}" for value in years]


def _write_days(days: pd.Series) -> list[str]:
    """Days as people write them here; empty where there is none."""
    return ["" if pd.isna(day) else f"{day:%d-%m-%Y}" for day in days]


@gate(
    "age",
    needs={"limit": "age", "reading": "age reading"},
    may={"raised_limit": "age", "raised_levels": "levels"},
    words=_age_words,
    spell={"raised_levels": _spell_levels},
)
def judge_age(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """At most the limit on the reference date; the detail is the age in completed years.

    ``reading`` is that of ``is_within_age``. The ``raised_limit`` is that of who is, or has definitively been, of one of
    the ``raised_levels``.
    """
    limit, reading, on = parameters["limit"], parameters["reading"], context.as_of.date()
    births = [birth.date() for birth in context.people["birth_date"]]
    here = context.facts["employee"].iloc[:1]
    context.step(N_("the birth date against the reference date {day}"), "employee", here, ("birth_date",), day=on)
    raised = np.zeros(len(births), dtype=bool)
    if "raised_limit" in parameters:
        periods = list_service_periods(context)
        held = periods[is_definitive(periods) & periods["level"].isin(parameters["raised_levels"])]
        raised = context.nips.isin(held["nip"]) | context.people["level"].isin(parameters["raised_levels"]).to_numpy()
        write_periods_step(context, N_("posts that raise the limit"), held, count_years(held, context.nips))
    limits = np.where(raised, parameters.get("raised_limit", limit), limit)
    answer = [
        ELIGIBLE if is_within_age(birth, on, int(own), reading) else INELIGIBLE
        for birth, own in zip(births, limits, strict=True)
    ]
    return _answers(context, answer, context.people["age"].astype(str).tolist())


@gate(
    "competency",
    needs={"minimum": "percent", "standard": "competency level", "validity_years": "years"},
    may={"level": "level"},
    mends=True,
    spell={"level": _spell_level},
    words=_competency_words,
)
def judge_competency(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """JPM of the latest valid assessment at the post's standard; the detail is the JPM.

    With a ``level`` only assessments made for posts of that level count (Peraturan BKN 26/2019 article 29(4)); one whose
    level is not recorded is never silently valid. The detail is then the day and level of the latest of any.
    """
    kind, level = "competency_assessment", parameters.get("level")
    latest = any_level = select_latest_valid(context, kind, parameters["validity_years"])
    if level is not None:
        valid = select_valid_assessments(context, kind, parameters["validity_years"])
        made = valid[valid["made_for"] == level].sort_values("assessed_on").drop_duplicates("nip", keep="last")
        latest = made.set_index("nip", drop=False)
    match = complete_job_person_match(latest, "job_person_match", parameters["standard"])
    match_of = match.reindex(context.nips)
    if len(latest):
        context.step(
            N_("the latest assessment not older than {years} years"),
            kind,
            latest,
            ("assessed_on", "made_for", "job_person_match"),
            years=parameters["validity_years"],
        )
    elif len(any_level):
        context.step(
            N_("made for another level, or for which is not recorded"), kind, any_level, ("assessed_on", "made_for")
        )
    answer = np.where(match_of.isna(), REVIEW, np.where(match_of >= parameters["minimum"], ELIGIBLE, INELIGIBLE))
    others = {
        row.nip: f"{row.assessed_on:%d-%m-%Y}, {_spell_level(row.made_for) if isinstance(row.made_for, str) else '?'}"
        for row in any_level.itertuples()
    }
    details = [
        others.get(nip, "–") if np.isnan(value) else f"{int(value * 100) / 100:g}"
        for nip, value in zip(context.nips, match_of, strict=True)
    ]
    return _answers(context, answer, details)


@gate(
    "discipline",
    needs={"levels": "punishments", "years": "years"},
    may={"check_months": "months"},
    mends=True,
    spell={"levels": _spell_punishments},
    words=_discipline_words,
)
def judge_discipline(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """No punishment of the levels within some years and none being served; the detail is its date.

    Until when one is served follows from its months and TMT where the register does not say it (``scoring/serving``).
    With ``check_months`` nobody is known to have none unless somebody has confirmed it within so many months; the detail
    is then the day of the last check and who made it.
    """
    kind = "discipline"
    # Without a register nobody is known to have none, unless somebody has looked and confirmed it.
    if context.lacks_register(kind) and "check_months" not in parameters:
        return _answers(context, np.full(len(context.nips), REVIEW), "–")
    events = context.facts[kind]
    past = events[events["decided_on"] <= context.as_of]
    past = past.assign(served_until=find_ends_of_serving(past))
    recent = past["punishment"].isin(parameters["levels"]) & (
        past["decided_on"] > context.before(years=parameters["years"])
    )
    hindering = past[recent | (past["served_until"] >= context.as_of)]
    latest = hindering.groupby("nip")["decided_on"].max().reindex(context.nips)
    columns = ("decided_on", "punishment", "effective_on", "months", "served_until", "decree")
    if kind in context.coverage.registers:
        message = N_("punishments that count") if len(hindering) else N_("no punishment that counts")
        context.step(message, kind, hindering, columns)
    if "check_months" not in parameters:
        return _answers(context, np.where(latest.notna(), INELIGIBLE, ELIGIBLE), _write_days(latest))
    checks = context.known("discipline_check")
    done = checks[checks["checked_on"] <= context.as_of].sort_values("checked_on").drop_duplicates("nip", keep="last")
    if len(done):
        context.step(N_("the last check for punishments"), "discipline_check", done, ("checked_on", "checked_by"))
    else:
        context.step(N_("nobody has checked for punishments"))
    last = done.set_index("nip")["checked_on"].reindex(context.nips)
    valid = (last >= context.before(months=parameters["check_months"])).to_numpy(dtype=bool)
    answer = np.where(latest.notna(), INELIGIBLE, np.where(valid, ELIGIBLE, REVIEW))
    checked = {row.nip: f"{row.checked_on:%d-%m-%Y}, {row.checked_by}" for row in done.itertuples()}
    days = [day or checked.get(nip, "–") for nip, day in zip(context.nips, _write_days(latest), strict=True)]
    return _answers(context, answer, days)


@gate(
    "performance",
    needs={"minimum": "rating", "years": "years"},
    spell={"minimum": _spell_rating},
    words={
        ELIGIBLE: N_("rating at least {minimum} in {years} years"),
        INELIGIBLE: N_("rating below {minimum} in {detail}"),
        REVIEW: N_("no rating for {detail}"),
    },
)
def judge_performance(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
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
    context.step(
        N_("the ratings of {years}"), "performance_rating", counted, ("year", "rating"), years=", ".join(texts)
    )
    return _answers(context, answer, [", ".join(sorted(texts[row])) for row in named])


@gate(
    "health",
    needs={"validity_years": "years"},
    words={
        ELIGIBLE: N_("declared fit on {detail}"),
        INELIGIBLE: N_("declared unfit on {detail}"),
        REVIEW: N_("health declaration missing or expired"),
    },
)
def judge_health(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Declared fit, within its validity; unknown or expired is to be reviewed. The detail is the date."""
    frame = context.known("health")
    past = frame[(frame["declared_on"] <= context.as_of) & frame["health"].notna()]
    latest = past.sort_values("declared_on").drop_duplicates("nip", keep="last").set_index("nip", drop=False)
    until = latest["valid_until"].fillna(latest["declared_on"] + pd.DateOffset(years=parameters["validity_years"]))
    valid = latest[until >= context.as_of]
    words = valid["health"].reindex(context.nips)
    if len(latest):
        context.step(N_("the latest declaration"), "health", latest, ("declared_on", "health", "valid_until"))
    else:
        context.step(N_("no declaration is known"))
    answer = np.where(words.isna(), REVIEW, np.where(words == "fit", ELIGIBLE, INELIGIBLE))
    dates = latest["declared_on"].reindex(context.nips)
    return _answers(context, answer, _write_days(dates))


@gate(
    "grade",
    needs={"minimum": "grade"},
    words={
        ELIGIBLE: N_("grade {detail}"),
        INELIGIBLE: N_("grade {detail}, at least {minimum}"),
        REVIEW: N_("grade not known"),
    },
)
def judge_grade(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """At least the minimum grade; the detail is the grade."""
    order = {code: n for n, code in enumerate(GRADE.codes)}
    grades = context.people["grade"]
    answer = np.where(
        grades.isna(), REVIEW, np.where(grades.map(order) >= order[parameters["minimum"]], ELIGIBLE, INELIGIBLE)
    )
    context.step(N_("the present grade"), "employee", context.facts["employee"].iloc[:1], ("grade", "grade_since"))
    return _answers(context, answer, grades.astype(object).fillna("?").tolist())


@gate(
    "leadership_training",
    needs={"words": "words"},
    words={
        ELIGIBLE: N_("attended: {detail}"),
        INELIGIBLE: N_("no leadership training on record"),
        REVIEW: N_("training register not imported"),
    },
)
def judge_leadership_training(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Has attended one of the leadership trainings, by the words in its name; the detail is the name."""
    kind = "training"
    if context.lacks_register(kind):
        return _answers(context, np.full(len(context.nips), REVIEW), "")
    trainings = context.facts[kind]
    # To the end of a word: PIM II is not in PIM III, and is in Diklatpim II.
    wanted = re.compile("|".join(rf"{re.escape(split_words(word))}\b" for word in parameters["words"]))
    names = trainings["name_of_training"]
    fits = [bool(wanted.search(split_words(name))) for name in names]
    attended = trainings[np.array(fits, dtype=bool) & (trainings["started_on"] <= context.as_of)]
    in_order = attended.sort_values("started_on")
    latest = dict(zip(in_order["nip"], in_order["name_of_training"], strict=True))
    latest_of_each = [latest.get(nip, "") for nip in context.nips]
    context.step(N_("leadership trainings attended"), kind, attended, ("started_on", "name_of_training", "hours"))
    return _answers(context, [ELIGIBLE if name else INELIGIBLE for name in latest_of_each], latest_of_each)


@gate(
    "tenure",
    needs={"minimum_years": "years", "evaluation_years": "years"},
    words={
        ELIGIBLE: N_("no caution"),
        REVIEW: N_(
            "{detail} years in the JPT post: under {minimum_years} not to be moved, from {evaluation_years} to be evaluated"
        ),
    },
)
def judge_tenure(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """A JPT holder under the minimum years in the post is not moved; the detail is the years."""
    people = context.people
    years = (context.as_of - people["position_since"]).dt.days / DAYS_A_YEAR
    is_jpt = people["level"].isin(JPT_LEVELS)
    caution = is_jpt & (
        years.isna() | (years < parameters["minimum_years"]) | (years >= parameters["evaluation_years"])
    )
    here = context.facts["employee"].iloc[:1]
    context.step(N_("time in the present post"), "employee", here, ("position_since", "position_title"))
    return _answers(context, np.where(caution, REVIEW, ELIGIBLE), _one_decimal(years))


@gate(
    "study_field",
    needs={},
    may={"fields": "words"},
    depends_on_post=True,
    words={
        ELIGIBLE: N_("field of study: {detail}"),
        INELIGIBLE: N_("field of study: {detail}, not one the post asks for"),
        REVIEW: N_("field of study not known"),
    },
)
def judge_study_field(context: Context, parameters: Parameters, family: str | None) -> pd.DataFrame:
    """Has studied in a field the post asks for, else in one of its family; the detail is the field."""
    fields = context.people["education_field"]
    wanted = tuple(split_words(word) for word in parameters.get("fields", ()))
    fits = judge_study_fit(fields, family or "", wanted, context.families)
    answer = np.where(fields.isna(), REVIEW, np.where(fits == "same_family", ELIGIBLE, INELIGIBLE))
    here = context.facts["employee"].iloc[:1]
    context.step(N_("the field of study"), "employee", here, ("education_field",))
    return _answers(context, answer, fields.astype(object).fillna("?").tolist())
