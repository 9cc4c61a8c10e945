"""Everyone as one frame: who they are and what follows from it on a reference date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from core.talent.arrays import IntArray
from core.talent.employee import compute_age, derive_level, find_retirement_date, write_full_name
from core.talent.facts import Facts
from core.talent.job_family import JobFamily, assign_unit_families
from core.talent.vocabulary import EDUCATION

#: Age bands; the youngest and oldest are open.
_AGE_EDGES = (0, 40, 45, 50, 55, 200)
AGE_BANDS = ("< 40", "40–44", "45–49", "50–54", "≥ 55")


T = TypeVar("T")
#: Metadata of a dataclass field that has one row a person, in the common order.
PER_PERSON = MappingProxyType({"per_person": True})


def take_people(value: T, rows: IntArray) -> T:
    """The same for some of the people: of a dataclass every field declared ``PER_PERSON``, of a mapping every value.

    Parameters
    ----------
    value
        A frame, series, index or array with one row a person, or a mapping or dataclass of such.
    rows
        Row numbers of the people to keep, ascending.
    """
    taken: Any
    if isinstance(value, pd.DataFrame | pd.Series):
        taken = value.iloc[rows]
    elif isinstance(value, pd.Index):
        taken = value[rows]
    elif isinstance(value, np.ndarray):
        taken = np.asfortranarray(value[rows])
        taken.setflags(write=value.flags.writeable)
    elif isinstance(value, Mapping):
        taken = {key: take_people(each, rows) for key, each in value.items()}
    elif is_dataclass(value):
        own = [each.name for each in fields(value) if each.metadata.get("per_person")]
        taken = replace(value, **{name: take_people(getattr(value, name), rows) for name in own})  # type: ignore[type-var]  # is_dataclass narrows to no instance
    else:
        raise TypeError(f"a {type(value).__name__} has no row a person")
    return taken  # type: ignore[no-any-return]  # each branch gives back its argument's kind


#: What is kept of who is not in active service.
LEFT_COLUMNS = ("full_name", "name", "position_title", "unit", "service_status")


def split_by_service(facts: Facts) -> tuple[Facts, pd.DataFrame]:
    """The facts about people in active service, and who is not, by NIP with the columns ``LEFT_COLUMNS``.

    Where nothing is said somebody is in service: only a record can take a person out.
    """
    employees = facts["employee"]
    gone = employees["service_status"].notna() & (employees["service_status"] != "active")
    left = employees[gone].set_index("nip").sort_values("name")
    full_names = [
        write_full_name(front or None, name, back or None)
        for front, name, back in zip(_texts(left["front_title"]), left["name"], _texts(left["back_title"]), strict=True)
    ]
    frame = left.assign(full_name=pd.Series(full_names, index=left.index, dtype=object))[list(LEFT_COLUMNS)]
    if not gone.any():
        return facts, frame
    return {kind: rows[~rows["nip"].isin(frame.index)] for kind, rows in facts.items()}, frame


def compute_ages(births: pd.Series, on: dt.date) -> pd.Series:
    """Completed years of age on a date; every birth date must be known."""
    return pd.Series([compute_age(birth.date(), on) for birth in births], index=births.index, dtype="int64")


def tabulate_people(facts: Facts, families: Sequence[JobFamily], as_of: pd.Timestamp) -> pd.DataFrame:
    """One row a person, indexed by NIP, ordered by name (ties of a ranking keep this order).

    Adds to the employee facts: ``full_name``, ``level``, ``family``, ``age`` (completed years),
    ``retires_on``, and the highest education known from either source.
    """
    employees = facts["employee"].sort_values(["name", "nip"]).set_index("nip")
    level = [
        derive_level(e or None, p)
        for e, p in zip(_texts(employees["echelon"]), _texts(employees["position_title"]), strict=True)
    ]
    births = [birth.date() for birth in employees["birth_date"]]
    education = _highest_education(facts)
    return employees.assign(
        full_name=[
            write_full_name(front or None, name, back or None)
            for front, name, back in zip(
                _texts(employees["front_title"]), employees["name"], _texts(employees["back_title"]), strict=True
            )
        ],
        level=level,
        family=assign_unit_families(employees["unit"], families),
        age=compute_ages(employees["birth_date"], as_of.date()),
        retires_on=pd.to_datetime(
            pd.Series(
                [find_retirement_date(b, lv) for b, lv in zip(births, level, strict=True)],
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


def count_years_until(dates: pd.Series, day: pd.Timestamp) -> IntArray:
    """Years by the calendar from a day until each date, a begun one counted whole; 0 or less for past dates."""
    given = pd.to_datetime(dates)
    later = (given.dt.month > day.month) | ((given.dt.month == day.month) & (given.dt.day > day.day))
    return np.asarray((given.dt.year - day.year + later.astype("int64")).to_numpy(dtype=np.int64))


def assign_age_bands(ages: pd.Series) -> pd.Series:
    """Bands of five years."""
    return pd.cut(ages, _AGE_EDGES, right=False, labels=list(AGE_BANDS)).astype(object)
