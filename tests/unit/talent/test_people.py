"""Tests of core/talent/people.py."""

import numpy as np
import pandas as pd
import pytest

from core.talent.people import assign_age_bands, count_years_until, split_by_service, take_people
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames


@pytest.mark.parametrize(
    ("date", "years"),
    [
        ("2026-11-23", 0),
        ("2026-11-24", 0),
        ("2026-11-25", 1),
        ("2027-11-24", 1),
        ("2027-11-25", 2),
        ("2036-11-24", 10),
        ("2036-11-25", 11),
        ("2025-11-24", -1),
    ],
)
def test_years_until_a_date_are_counted_by_the_calendar(date, years):
    assert count_years_until(pd.Series([pd.Timestamp(date)]), pd.Timestamp("2026-11-24")).tolist() == [years]


def test_people_are_taken_from_whatever_has_a_row_each():
    rows = np.array([0, 2])
    frozen = np.arange(6.0).reshape(3, 2)
    frozen.setflags(write=False)
    taken = take_people(
        {"frame": pd.DataFrame({"a": [1, 2, 3]}), "array": frozen, "index": pd.Index(list("xyz"))}, rows
    )
    assert taken["frame"]["a"].tolist() == [1, 3]
    assert taken["array"].tolist() == [[0, 1], [4, 5]]
    assert not taken["array"].flags.writeable
    assert list(taken["index"]) == ["x", "z"]
    with pytest.raises(TypeError, match="no row a person"):
        take_people(5, rows)


def test_a_full_name_has_its_titles_and_nothing_where_there_are_none():
    titled = employee(front_title="Dr.", back_title="M.Si.")
    gone = employee(OTHER_NIP, name="Ani", front_title="Ir.", back_title="M.T.", service_status="retired")
    facts, left = split_by_service(frames(employee=[titled, gone]))
    assert left["full_name"].to_dict() == {OTHER_NIP: "Ir. Ani, M.T."}
    assert facts["employee"]["nip"].tolist() == [NIP]
    assert context_of(facts, "2026-11-24").people.at[NIP, "full_name"] == "Dr. Budi Contoh, M.Si."
    plain = employee(front_title=None, back_title=None, service_status="active")
    facts, left = split_by_service(frames(employee=[plain, employee(OTHER_NIP, name="Ani", service_status="died")]))
    assert context_of(facts, "2026-11-24").people.at[NIP, "full_name"] == "Budi Contoh"
    assert left["full_name"].tolist() == ["Ani"]


def test_the_highest_education_of_either_source_counts_and_the_row_that_names_its_field():
    education = [
        {"nip": NIP, "level": "S3", "field": "Hukum"},
        {"nip": NIP, "level": "S3", "field": ""},
        {"nip": OTHER_NIP, "level": "SLTA", "field": "IPA"},
        {"nip": OTHER_NIP, "level": None, "field": "Kedokteran"},
    ]
    facts = frames(employee=[employee(), employee(OTHER_NIP, name="Ani")], education=education)
    people = context_of(facts, "2026-11-24").people
    assert people.loc[NIP, ["education_level", "education_field"]].tolist() == ["S3", "Hukum"]
    assert people.loc[OTHER_NIP, ["education_level", "education_field"]].tolist() == ["S2", "Ilmu Pemerintahan"]


def test_age_bands_begin_with_their_first_year():
    bands = assign_age_bands(pd.Series([18, 39, 40, 44, 45, 49, 50, 54, 55, 70]))
    assert bands.tolist() == ["< 40"] * 2 + ["40–44"] * 2 + ["45–49"] * 2 + ["50–54"] * 2 + ["≥ 55"] * 2
