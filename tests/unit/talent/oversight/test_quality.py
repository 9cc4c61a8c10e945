"""Tests of core/talent/oversight/quality.py."""

import datetime as dt

import pandas as pd

from core.talent.oversight.quality import find_suspicions, list_missing, tabulate_completeness
from tests.factories import NIP, OTHER_NIP, complete, employee, review_people

NO_GRADES = pd.DataFrame({"nip": [], "grade": []})


def test_completeness_counts_people_of_a_unit():
    current = review_people(employee(), employee(OTHER_NIP, name="Ani"), **complete())
    table = tabulate_completeness(current).set_index(["unit", "measure"])
    assert tuple(table.loc[("Sekretariat Daerah", "rating"), ["people", "known", "share"]]) == (2, 1, 50)
    assert table.loc[("Sekretariat Daerah", "education"), "share"] == 100


def test_a_worklist_names_what_is_missing_and_what_has_expired():
    facts = complete() | {"competency_assessment": [{"nip": NIP, "assessed_on": "2020-01-01", "job_person_match": 80}]}
    work = list_missing(review_people(employee(), **facts))
    assert work[["nip", "measure", "expired"]].to_numpy().tolist() == [[NIP, "assessment", True]]
    assert work["open_points"].iloc[0] == 10
    assert list_missing(review_people(employee(), **facts), unit="Dinas Lain").empty
    assert list_missing(review_people(employee(), **facts), measure="rating").empty


def test_values_that_can_hardly_be_right():
    history = [
        {"nip": NIP, "title": "A", "started_on": "1985-01-01", "unit": "A"},
        {"nip": NIP, "title": "B", "started_on": "2010-01-01", "ended_on": "2009-01-01", "unit": "A"},
        {"nip": NIP, "title": "C", "started_on": "2011-01-01", "ended_on": "2012-01-01", "unit": "A"},
    ]
    current = review_people(
        employee(position_since=dt.date(1990, 1, 1), graduation_year=1980), **complete() | {"position_history": history}
    )
    grades = pd.DataFrame({"nip": [NIP] * 3, "grade": ["III/d", "IV/a", "III/d"]})
    messages = [suspicion.message for suspicion in find_suspicions(current, grades)]
    assert sorted(messages) == sorted(
        [
            "in the present post since {day}, before the age of 17",
            "held “{title}” from {day}, before the age of 17",
            "“{title}” ended on {day}, before it began",
            "graduated in {year:.0f}, as a child",
            "the grade fell from {before} to {grade}",
        ]
    )
    assert find_suspicions(review_people(employee(), **complete()), NO_GRADES) == []


def test_the_worklist_goes_by_unit_then_name_then_what_leaves_most_open():
    people = [
        employee(NIP, name="Budi", unit="B"),
        employee(OTHER_NIP, name="Ani", unit="B"),
        employee("197701012003121004", name="Zul", unit="A"),
    ]
    work = list_missing(review_people(*people))
    assert work["unit"].is_monotonic_increasing
    assert work["name"].drop_duplicates().str.split(",").str[0].tolist() == ["Zul", "Ani", "Budi"]
    for _, own in work.groupby("name"):
        assert own["open_points"].is_monotonic_decreasing
        assert own["open_points"].nunique() > 1
