"""Tests of core/talent/oversight/official.py."""

import pandas as pd

from core.talent.oversight.official import compare_official, rescore_people, vary_rubric
from tests.factories import NIP, OTHER_NIP, complete, employee, review_of, review_people, shipped_rubric


def test_an_official_box_stands_beside_ours_with_what_makes_the_difference():
    official = [{"nip": NIP, "determined_on": "2026-06-30", "box": 8}]
    current = review_people(employee(), **complete(), official_box=official)
    tables = [(name, rescore_people(current, variant)) for name, variant in vary_rubric(current.rubric)]
    row = compare_official(current, tables).loc[NIP]
    assert (row["box"], row["official_box"], row["differs"], row["axis"]) == (9, 8, True, "performance")
    # 0.6 * 80 + 0.4 * 85 = 82 under table A: still above; under C 0.6 * 70 + 34 = 76: as expected.
    assert row["settings"] == "rating_c"


def test_an_official_box_may_be_among_those_our_missing_records_leave_open():
    official = [{"nip": NIP, "determined_on": "2026-06-30", "box": 9}]
    current = review_people(employee(), **complete() | {"feedback": []}, official_box=official)
    row = compare_official(current, []).loc[NIP]
    assert (row["box"], row["axis"], row["possible"]) == (0, "open", True)


def test_only_the_latest_official_box_up_to_the_reference_date_counts():
    official = [
        {"nip": NIP, "determined_on": "2025-06-30", "box": 1},
        {"nip": NIP, "determined_on": "2026-06-30", "box": 9},
        {"nip": NIP, "determined_on": "2027-06-30", "box": 2},
    ]
    row = compare_official(review_people(employee(), **complete(), official_box=official), []).loc[NIP]
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
    current = review_people(employee(), employee(OTHER_NIP, name="Ani"), **complete())
    djbk = shipped_rubric("djbk-65-20-15")
    other = review_of(current.context.facts, rubric="djbk-65-20-15")
    pd.testing.assert_frame_equal(rescore_people(current, djbk).axes, other.scores.axes)


def test_an_official_box_that_no_missing_record_leaves_open_is_told():
    official = [{"nip": NIP, "determined_on": "2026-06-30", "box": 1}]
    row = compare_official(review_people(employee(), **complete() | {"feedback": []}, official_box=official), []).loc[
        NIP
    ]
    assert (row["box"], row["axis"], row["possible"]) == (0, "open", False)
    known = compare_official(review_people(employee(), **complete(), official_box=official), []).loc[NIP]
    assert (known["axis"], known["possible"]) == ("both", False)
