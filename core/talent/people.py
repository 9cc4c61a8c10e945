"""Everyone as one frame: who they are and what follows from it on a reference date."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.talent.employee import age_on, full_name, level_of, retirement_date
from core.talent.facts import Facts
from core.talent.job_family import JobFamily, family_of_units
from core.talent.vocabulary import EDUCATION


def people_frame(facts: Facts, families: Sequence[JobFamily], as_of: pd.Timestamp) -> pd.DataFrame:
    """One row a person, indexed by NIP, ordered by name (ties of a ranking keep this order).

    Adds to the employee facts: ``full_name``, ``level``, ``family``, ``age`` (completed years),
    ``retires_on``, and the highest education known from either source.
    """
    employees = facts["employee"].sort_values(["name", "nip"]).set_index("nip")
    level = [
        level_of(e or None, p)
        for e, p in zip(_texts(employees["echelon"]), _texts(employees["position_title"]), strict=True)
    ]
    births = [birth.date() for birth in employees["birth_date"]]
    education = _highest_education(facts)
    return employees.assign(
        full_name=[
            full_name(front or None, name, back or None)
            for front, name, back in zip(
                _texts(employees["front_title"]), employees["name"], _texts(employees["back_title"]), strict=True
            )
        ],
        level=level,
        family=family_of_units(employees["unit"], families),
        age=pd.Series([age_on(birth, as_of.date()) for birth in births], index=employees.index, dtype="int64"),
        retires_on=pd.to_datetime(
            pd.Series(
                [retirement_date(b, lv) for b, lv in zip(births, level, strict=True)],
                index=employees.index,
                dtype=object,
            )
        ),
        education_level=education["level"].reindex(employees.index),
        education_field=education["field"].reindex(employees.index),
    )


def _texts(values: pd.Series) -> list[str]:
    """Texts with "" for missing ones."""
    return values.astype(object).where(values.notna(), "").tolist()


def _highest_education(facts: Facts) -> pd.DataFrame:
    """Highest level with its field of study, from SIASN and the education histories."""
    employees = facts["employee"]
    both = pd.concat(
        [
            employees[["nip", "education_level", "education_field"]].set_axis(["nip", "level", "field"], axis=1),
            facts["education"][["nip", "level", "field"]],
        ]
    ).dropna(subset=["level"])
    both = both.assign(rank=both["level"].map({code: n for n, code in enumerate(EDUCATION.codes)}))
    # At the same level the row that names its field of study says more.
    both = both.assign(named=both["field"].notna() & (both["field"] != ""))
    best = both.sort_values(["rank", "named"], kind="stable").drop_duplicates("nip", keep="last").set_index("nip")
    return best.assign(field=best["field"].where(best["named"]))[["level", "field"]]
