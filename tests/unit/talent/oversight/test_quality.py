"""Tests of core/talent/oversight/quality.py."""

import datetime as dt

import pandas as pd
import pytest

from core.talent.oversight.quality import find_suspicions, list_missing, list_unplaced_studies, tabulate_completeness
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


def test_what_cannot_be_names_its_value():
    history = [
        {"nip": NIP, "title": "B", "started_on": "2010-01-02", "ended_on": "2010-01-01", "unit": "A"},
        {"nip": NIP, "title": "C", "started_on": "2011-01-01", "ended_on": "2011-01-01", "unit": "A"},
        {"nip": NIP, "title": "D", "started_on": "1992-03-12", "unit": "A"},
        {"nip": NIP, "title": "E", "started_on": "1992-03-11", "unit": "A"},
    ]
    found = find_suspicions(review_people(employee(), **complete() | {"position_history": history}), NO_GRADES)
    assert {(suspicion.values["title"], f"{suspicion.values['day']:%Y-%m-%d}") for suspicion in found} == {
        ("B", "2010-01-01"),
        ("E", "1992-03-11"),
    }


@pytest.mark.parametrize(("since", "told"), [(dt.date(1992, 3, 11), True), (dt.date(1992, 3, 12), False)])
def test_nobody_is_in_a_post_before_seventeen(since, told):
    found = find_suspicions(review_people(employee(position_since=since), **complete()), NO_GRADES)
    assert len(found) == told


@pytest.mark.parametrize(("year", "told"), [(1986, True), (1987, False)])
def test_nobody_graduates_before_the_year_of_being_twelve(year, told):
    found = find_suspicions(review_people(employee(graduation_year=year), **complete()), NO_GRADES)
    assert [suspicion.values["year"] for suspicion in found] == ([year] if told else [])


@pytest.mark.parametrize(("name", "told"), [("Budi Contoh, S.E.", True), ("Budy Contoh", True), ("Ani Rekaan", False)])
def test_two_of_one_birth_date_and_alike_names_may_be_one(name, told):
    twin = NIP[:-1] + "2"
    found = find_suspicions(review_people(employee(), employee(twin, name=name), **complete()), NO_GRADES)
    assert [(suspicion.nip, suspicion.values["other"]) for suspicion in found] == ([(NIP, twin)] if told else [])


def test_a_grade_that_rises_is_none_and_one_unknown_between_hides_no_fall():
    current = review_people(employee(), **complete())
    rising = pd.DataFrame({"nip": [NIP] * 3, "grade": ["III/d", None, "IV/a"]})
    assert find_suspicions(current, rising) == []
    (fallen,) = find_suspicions(current, pd.DataFrame({"nip": [NIP] * 3, "grade": ["IV/a", None, "III/d"]}))
    assert fallen.values == {"before": "IV/a", "grade": "III/d"}
    two = pd.DataFrame({"nip": [NIP, OTHER_NIP], "grade": ["IV/a", "III/d"]})
    assert find_suspicions(current, two) == []


def test_open_points_are_what_the_talent_value_may_still_gain(current):
    work = list_missing(current)
    assert work.index.tolist() == list(range(len(work)))
    wide = (current.people["talent_high"] - current.people["talent_low"]).loc[work["nip"].unique()]
    summed = work.groupby("nip")["open_points"].sum().loc[wide.index]
    assert summed.to_numpy() == pytest.approx(wide.to_numpy(), abs=1e-6)


def test_fields_that_no_discipline_knows_are_listed_those_of_most_people_first():
    fields = {
        NIP: "S-1 TATA BOGA",
        OTHER_NIP: "S-1 XYZ",
        "197701012003121004": "S-1 XYZ",
        "197801012003121004": "S-1 HUKUM",
    }
    people = [employee(nip, name=f"Orang {nip[:4]}", education_field=field) for nip, field in fields.items()]
    table = list_unplaced_studies(
        review_people(
            *people,
            employee("197901012003121004", education_field=None),
            employee("198001012003121004", education_field="SLTA IPS", education_level="SLTA"),
        )
    )
    assert table[["field", "people"]].to_numpy().tolist() == [["S-1 XYZ", 2], ["S-1 XYZ", 2], ["S-1 TATA BOGA", 1]]
    assert table["nip"].tolist()[2] == NIP
