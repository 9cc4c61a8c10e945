"""Acting holders of long standing."""

import pytest

from core.talent.oversight.acting import list_long_acting
from tests.factories import NIP, complete, employee, review_people


def review(**row):
    facts = complete()
    given = {"nip": NIP, "title": "Kepala Dinas Contoh", "holding": "acting_higher", "started_on": "2026-05-23", **row}
    facts["position_history"] = [*facts.get("position_history", []), given]
    return review_people(employee(), **facts)


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
