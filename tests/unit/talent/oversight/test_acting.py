"""Acting holders of long standing."""

import pytest

from core.talent.oversight.acting import list_long_acting
from tests.factories import NIP, OTHER_NIP, complete, employee, review_people


def review(*others, people=(), **row):
    facts = complete()
    given = {"nip": NIP, "title": "Plt. Kepala Dinas Contoh", "holding": "acting_higher", "started_on": "2026-05-23"}
    facts["position_history"] = [*facts["position_history"], {**given, **row}, *others]
    return review_people(employee(), *people, **facts)


def test_whoever_acts_longer_than_the_setting_is_told_with_the_months():
    (found,) = list_long_acting(review(), 6)
    assert (found.nip, found.title, found.months) == (NIP, "Kepala Dinas Contoh", 6)
    assert list_long_acting(review(started_on="2026-05-24"), 6) == []  # six months to the day


@pytest.mark.parametrize("row", [{"holding": "definitive"}, {"holding": None}, {"ended_on": "2026-11-23"}])
def test_definitive_posts_and_ended_assignments_are_not(row):
    assert list_long_acting(review(**row), 6) == []


def test_one_that_ends_later_still_lasts():
    (found,) = list_long_acting(review(ended_on="2026-12-31", started_on="2025-01-31"), 6)
    assert found.months == 21


def later(**row):
    given = {"nip": OTHER_NIP, "title": "Kepala Dinas Contoh", "holding": "definitive", "started_on": "2026-06-01"}
    return {**given, **row}


@pytest.mark.parametrize(
    "row",
    [
        later(),  # somebody holds it definitively since
        later(title="Plt Kepala Dinas Contoh", holding="acting_same"),  # somebody else acts since
        later(nip=NIP),  # the person holds it definitively since
    ],
)
def test_an_assignment_without_an_end_is_over_once_a_later_one_begins(row):
    others = [employee(OTHER_NIP)]
    assert list_long_acting(review(row, people=others), 6) == []
    assert list_long_acting(review({**row, "unit": "Dinas Lain"}, people=others), 6) != []  # the same title elsewhere


def test_whoever_has_another_post_since_acts_no_more():
    old = review(started_on="2014-03-01")  # the present post is of 2020
    assert list_long_acting(old, 6) == []


def test_a_post_of_the_regency_with_a_later_holder_is_filled():
    title = next(post.title for post in review().posts if post.key == "dinas-kominfo")
    acting = {"title": f"Plt. {title}", "started_on": "2026-01-05"}
    assert [found.title for found in list_long_acting(review(**acting), 6)] == [title]
    holder = employee(OTHER_NIP, position_title=title, position_since="2026-03-01")
    assert list_long_acting(review(people=[holder], **acting), 6) == []
