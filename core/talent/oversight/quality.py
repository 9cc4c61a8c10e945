"""How complete and how plausible the facts are, person by person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from core.talent.messages import N_
from core.talent.names import compare_names
from core.talent.review import TalentReview
from core.talent.vocabulary import GRADE

#: Levels of education without a field of study.
_SCHOOLS = frozenset({"SD", "SLTP", "SLTA"})
#: Nobody serves before this age.
YOUNGEST = 17


def tabulate_completeness(review: TalentReview) -> pd.DataFrame:
    """Share of people (0-100) of each unit of whom a measure is known.

    Columns: unit, measure (its key), people, known, share.
    """
    units = review.people["unit"].fillna("–").to_numpy()
    rows = []
    for key, frame in review.scores.measures.items():
        known = frame["value"].notna().groupby(units).agg(["size", "sum"])
        rows.append(
            pd.DataFrame(
                {
                    "unit": known.index,
                    "measure": key,
                    "people": known["size"].to_numpy(),
                    "known": known["sum"].to_numpy(),
                }
            )
        )
    table = pd.concat(rows, ignore_index=True)
    return table.assign(share=100 * table["known"] / table["people"])


def list_missing(review: TalentReview, unit: str | None = None, measure: str | None = None) -> pd.DataFrame:
    """People with something missing and what it is: the worklist of a unit.

    Columns: nip, name, unit, measure, open_points (of the talent value), expired.
    """
    rows = []
    for each in review.rubric.measures.values():
        if measure is not None and each.key != measure:
            continue
        frame = review.scores.measures[each.key]
        criterion = next(criterion for criterion in review.rubric.criteria if each in criterion.measures)
        nips = frame.index[frame["value"].isna()]
        people = review.people.loc[nips]
        if unit is not None:
            people = people[people["unit"].fillna("–") == unit]
        states = review.assessments
        expired = states.loc[people.index, each.fact] == "expired" if each.fact in states else False
        rows.append(
            pd.DataFrame(
                {
                    "nip": people.index,
                    "name": people["full_name"].to_numpy(),
                    "unit": people["unit"].fillna("–").to_numpy(),
                    "measure": each.key,
                    "open_points": (
                        (frame["high"] - frame["low"]).loc[people.index] * criterion.weight * each.share
                    ).to_numpy(),
                    "expired": expired if isinstance(expired, bool) else expired.to_numpy(),
                }
            )
        )
    columns = ["nip", "name", "unit", "measure", "open_points", "expired"]
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)
    return table.sort_values(["unit", "name", "open_points"], ascending=[True, True, False], ignore_index=True)


def list_unplaced_studies(review: TalentReview) -> pd.DataFrame:
    """People whose field of study no discipline knows: nip, name, unit, field, people (how many have that field).

    The field of most people comes first. Schools up to SLTA teach no discipline and are left out.
    """
    studied = review.people[~review.people["education_level"].isin(_SCHOOLS)]
    fields = studied["education_field"].dropna().astype(str).str.strip()
    unplaced = fields[review.families[0].studies.place(fields).isna() & (fields != "")]
    people = review.people.loc[unplaced.index]
    table = pd.DataFrame(
        {
            "nip": unplaced.index,
            "name": people["full_name"].to_numpy(),
            "unit": people["unit"].fillna("–").to_numpy(),
            "field": unplaced.to_numpy(),
            "people": unplaced.map(unplaced.value_counts()).to_numpy(dtype=int),
        }
    )
    return table.sort_values(["people", "field", "name"], ascending=[False, True, True], ignore_index=True)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A value that can hardly be right: an English template with its values."""

    nip: str
    message: str
    values: Mapping[str, object]


def find_suspicions(review: TalentReview, grades: pd.DataFrame) -> list[Suspicion]:
    """Values that can hardly be right.

    Parameters
    ----------
    grades
        All versions of everyone's grade, the oldest first: nip, grade.
    """
    people = review.people
    births = people["birth_date"]
    suspicions: list[Suspicion] = []

    def suspect(rows: pd.DataFrame, message: str, **columns: str) -> None:
        for row in rows.itertuples(index=False):
            values = {name: getattr(row, column) for name, column in columns.items()}
            suspicions.append(Suspicion(str(row.nip), message, values))

    present = people.reset_index()[["nip", "position_since", "birth_date"]]
    early = present["position_since"] < present["birth_date"] + pd.DateOffset(years=YOUNGEST)
    suspect(present[early], N_("in the present post since {day}, before the age of 17"), day="position_since")
    history = review.context.known("position_history")
    began = history["started_on"] < history["nip"].map(births) + pd.DateOffset(years=YOUNGEST)
    suspect(history[began], N_("held “{title}” from {day}, before the age of 17"), title="title", day="started_on")
    backwards = history["ended_on"] < history["started_on"]
    suspect(history[backwards], N_("“{title}” ended on {day}, before it began"), title="title", day="ended_on")
    schooled = people.reset_index()[["nip", "graduation_year", "birth_date"]].dropna()
    young = schooled["graduation_year"].astype(float) < schooled["birth_date"].dt.year + 12
    suspect(schooled[young], N_("graduated in {year:.0f}, as a child"), year="graduation_year")
    order = {code: n for n, code in enumerate(GRADE.codes)}
    ranked = grades.dropna(subset=["grade"]).assign(rank=lambda frame: frame["grade"].map(order))
    before = ranked.groupby("nip")[["rank", "grade"]].shift()
    fallen = ranked.assign(before=before["grade"])[ranked["rank"] < before["rank"]]
    suspect(fallen, N_("the grade fell from {before} to {grade}"), before="before", grade="grade")
    suspicions += _find_twice(people)
    return sorted(suspicions, key=lambda suspicion: (suspicion.nip, suspicion.message))


def _find_twice(people: pd.DataFrame) -> list[Suspicion]:
    """People of one birth date whose names are the same or written alike: one person, perhaps, with two NIPs."""
    suspicions = []
    for _, alike in people[people["birth_date"].duplicated(keep=False)].groupby("birth_date", sort=False):
        names = list(zip(alike.index, alike["name"], strict=True))
        for at, (nip, name) in enumerate(names):
            for other, other_name in names[at + 1 :]:
                if compare_names(str(name), str(other_name)) != "other":
                    message = N_("may be the same person as “{name}” with the NIP {other}")
                    suspicions.append(Suspicion(str(nip), message, {"name": other_name, "other": other}))
    return suspicions
