"""Eligibility gates: three answers each, never two.

PP 11/2017 jo PP 17/2020 article 107(1)c for JPT Pratama. Parameters and articles come from
``data/rules/*.toml``; each gate is the function of the same name here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.talent.employee import age_on, birthday
from core.talent.errors import InvalidRubric
from core.talent.measures import Context, appraisal_years
from core.talent.vocabulary import EDUCATION, RATING

#: Answers from best to worst; a person's answer over all gates is the worst one.
ELIGIBLE, REVIEW, INELIGIBLE = 0, 1, 2
ANSWERS = ("memenuhi", "perlu ditinjau", "tidak memenuhi")


@dataclass(frozen=True)
class Gate:
    """One requirement with its article and parameters."""

    key: str
    name: Mapping[str, str]
    article: str
    parameters: Mapping[str, Any]


def gates_from(data: Mapping[str, Any]) -> tuple[Gate, ...]:
    """Build the gates from the content of a rules file.

    Raises
    ------
    InvalidRubric
        When a gate has no function here.
    """
    for row in data["gate"]:
        if row["key"] not in GATES:
            raise InvalidRubric("the rules name the unknown gate “{gate}”", gate=row["key"])
    fixed = {"key", "name", "article", "standing"}
    return tuple(
        Gate(row["key"], row["name"], row["article"], {k: v for k, v in row.items() if k not in fixed})
        for row in data["gate"]
    )


def education(context: Context, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """At least the minimum level of education; the detail is the level."""
    order = {code: n for n, code in enumerate(EDUCATION.codes)}
    # D-IV and S1 are equals in law; the order only has to put both at or above the minimum.
    least = min(order["D4"], order["S1"]) if parameters["minimum"] in ("S1", "D4") else order[parameters["minimum"]]
    level = context.people["education_level"]
    answer = np.where(level.isna(), REVIEW, np.where(level.map(order) >= least, ELIGIBLE, INELIGIBLE))
    return pd.DataFrame({"answer": answer, "detail": level.fillna("?")}, index=context.nips)


def age(context: Context, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """At most the limit on the reference date; the detail is the age in completed years.

    ``strict``: the birthday of the limit has not yet passed (it may be today);
    ``completed``: completed years do not exceed the limit.
    """
    limit, on = parameters["limit"], context.as_of.date()

    def passes(birth: dt.date) -> bool:
        return on <= birthday(birth, limit) if parameters["reading"] == "strict" else age_on(birth, on) <= limit

    births = [birth.date() for birth in context.people["birth_date"]]
    return pd.DataFrame(
        {
            "answer": [ELIGIBLE if passes(birth) else INELIGIBLE for birth in births],
            "detail": [str(age_on(birth, on)) for birth in births],
        },
        index=context.nips,
    )


def performance(context: Context, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """At least the minimum rating in each of the last years; the detail names the years that fail."""
    ratings = context.known("performance_rating")
    years = appraisal_years(ratings, context.as_of, parameters["years"])
    order = {code: -n for n, code in enumerate(RATING.codes)}
    table = (
        ratings.dropna(subset=["rating"])
        .pivot_table(index="nip", columns="year", values="rating", aggfunc="last")
        .reindex(index=context.nips, columns=years)
    )
    known = table.notna()
    good = table.apply(lambda column: column.map(order)) >= order[parameters["minimum"]]
    failing = known & ~good
    answer = np.where(failing.any(axis=1), INELIGIBLE, np.where(known.all(axis=1), ELIGIBLE, REVIEW))
    named = failing.where(failing.any(axis=1), ~known)
    years_text = np.array([str(year) for year in table.columns], dtype=object)
    return pd.DataFrame(
        {"answer": answer, "detail": [", ".join(sorted(years_text[row])) for row in named.to_numpy(dtype=bool)]},
        index=context.nips,
    )


GATES: dict[str, Callable[[Context, Mapping[str, Any]], pd.DataFrame]] = {
    "education": education,
    "age": age,
    "performance": performance,
}


@dataclass(frozen=True)
class Eligibility:
    """Answers of everyone: the overall one, and answer and detail of each gate."""

    gates: tuple[Gate, ...]
    overall: pd.Series
    answers: Mapping[str, pd.DataFrame]


def judge(context: Context, gates: tuple[Gate, ...]) -> Eligibility:
    """Put everyone through all gates."""
    answers = {gate.key: GATES[gate.key](context, gate.parameters) for gate in gates}
    overall = pd.DataFrame({key: frame["answer"] for key, frame in answers.items()}).max(axis=1)
    return Eligibility(gates, overall.astype("int64"), answers)
