import datetime as dt

import pandas as pd

from core.service.reference import read_families, read_posts, read_rules
from core.talent.oversight.official import compare_official, rescore_people, vary_rubric
from core.talent.oversight.quality import find_suspicions, list_missing, tabulate_completeness
from core.talent.review import build_review
from tests.conftest import TODAY
from tests.factories import NIP, OTHER_NIP, employee, frames, shipped_rubric
from tests.unit.talent.test_scoring import complete

NO_GRADES = pd.DataFrame({"nip": [], "grade": []})


def review(*people, **facts):
    return build_review(
        frames(employee=list(people), **facts),
        shipped_rubric(),
        read_rules("jpt-pratama"),
        read_posts(),
        read_families(),
        TODAY,
    )


def test_completeness_counts_people_of_a_unit():
    current = review(employee(), employee(OTHER_NIP, name="Ani"), **complete())
    table = tabulate_completeness(current).set_index(["unit", "measure"])
    assert tuple(table.loc[("Sekretariat Daerah", "rating"), ["people", "known", "share"]]) == (2, 1, 50)
    assert table.loc[("Sekretariat Daerah", "education"), "share"] == 100


def test_a_worklist_names_what_is_missing_and_what_has_expired():
    facts = complete() | {"competency_assessment": [{"nip": NIP, "assessed_on": "2020-01-01", "job_person_match": 80}]}
    work = list_missing(review(employee(), **facts))
    assert work[["nip", "measure", "expired"]].to_numpy().tolist() == [[NIP, "assessment", True]]
    assert work["open_points"].iloc[0] == 10
    assert list_missing(review(employee(), **facts), unit="Dinas Lain").empty
    assert list_missing(review(employee(), **facts), measure="rating").empty


def test_values_that_can_hardly_be_right():
    history = [
        {"nip": NIP, "title": "A", "started_on": "1985-01-01", "unit": "A"},
        {"nip": NIP, "title": "B", "started_on": "2010-01-01", "ended_on": "2009-01-01", "unit": "A"},
        {"nip": NIP, "title": "C", "started_on": "2011-01-01", "ended_on": "2012-01-01", "unit": "A"},
    ]
    current = review(
        employee(position_since=dt.date(1990, 1, 1), graduation_year=1980), **complete() | {"position_history": history}
    )
    grades = pd.DataFrame({"nip": [NIP] * 3, "grade": ["III/d", "IV/a", "III/d"]})
    told = [one.message for one in find_suspicions(current, grades)]
    assert sorted(told) == sorted(
        [
            "in the present post since {day}, before the age of 17",
            "held “{title}” from {day}, before the age of 17",
            "“{title}” ended on {day}, before it began",
            "graduated in {year:.0f}, as a child",
            "the grade fell from {before} to {grade}",
        ]
    )
    assert find_suspicions(review(employee(), **complete()), NO_GRADES) == []


def test_an_official_box_stands_beside_ours_with_what_makes_the_difference():
    official = [{"nip": NIP, "determined_on": "2026-06-30", "box": 8}]
    current = review(employee(), **complete(), official_box=official)
    tables = [(name, rescore_people(current, variant)) for name, variant in vary_rubric(current.rubric)]
    row = compare_official(current, tables).loc[NIP]
    assert (row["box"], row["official_box"], row["differs"], row["axis"]) == (9, 8, True, "performance")
    # 0.6 * 80 + 0.4 * 85 = 82 under table A: still above; under C 0.6 * 70 + 34 = 76: as expected.
    assert row["settings"] == "rating_c"


def test_an_official_box_may_be_among_those_our_missing_records_leave_open():
    official = [{"nip": NIP, "determined_on": "2026-06-30", "box": 9}]
    current = review(employee(), **complete() | {"feedback": []}, official_box=official)
    row = compare_official(current, []).loc[NIP]
    assert (row["box"], row["axis"], row["possible"]) == (0, "open", True)


def test_only_the_latest_official_box_up_to_the_reference_date_counts():
    official = [
        {"nip": NIP, "determined_on": "2025-06-30", "box": 1},
        {"nip": NIP, "determined_on": "2026-06-30", "box": 9},
        {"nip": NIP, "determined_on": "2027-06-30", "box": 2},
    ]
    row = compare_official(review(employee(), **complete(), official_box=official), []).loc[NIP]
    assert (row["official_box"], row["differs"], row["axis"]) == (9, False, "")


def test_the_settings_of_a_rubric_are_its_tables_and_its_year_rules():
    assert [name for name, _ in vary_rubric(shipped_rubric())] == ["rating_a", "rating_c", "last", "worst"]
    assert [name for name, _ in vary_rubric(shipped_rubric("djbk-65-20-15"))] == [
        "rating_b",
        "rating_c",
        "last",
        "worst",
    ]


def test_rescoring_gives_what_a_review_under_that_rubric_gives():
    current = review(employee(), employee(OTHER_NIP, name="Ani"), **complete())
    djbk = shipped_rubric("djbk-65-20-15")
    other = build_review(current.context.facts, djbk, read_rules("jpt-pratama"), read_posts(), read_families(), TODAY)
    pd.testing.assert_frame_equal(rescore_people(current, djbk).axes, other.scores.axes)
