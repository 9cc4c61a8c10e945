"""Holders who were inaugurated before the imported facts show it."""

import datetime as dt

import pandas as pd
import pytest

from core.talent.appointments import Appointment, Unconfirmed, place_appointed

DAY = dt.date(2026, 11, 20)
MADE = Appointment("kominfo", "ani", DAY, "821/2026")


def people(**since):
    index = pd.Index(list(since), dtype="str")
    return pd.DataFrame({"position_since": pd.to_datetime(list(since.values()))}, index=index)


def place(holders, since, *made):
    return place_appointed(holders, made or (MADE,), people(**since))


def test_the_new_holder_counts_and_leaves_the_post_held_before():
    holders, unconfirmed = place({"camat": "ani", "dispora": "budi"}, {"ani": "2022-01-01", "budi": "2020-01-01"})
    assert holders == {"kominfo": "ani", "dispora": "budi"}
    assert unconfirmed == (Unconfirmed(MADE),)


def test_the_one_who_held_it_by_older_facts_makes_room():
    holders, unconfirmed = place({"kominfo": "budi"}, {"ani": "2022-01-01", "budi": "2020-01-01"})
    assert holders == {"kominfo": "ani"}
    assert unconfirmed == (Unconfirmed(MADE),)


@pytest.mark.parametrize(
    ("holders", "since"),
    [
        ({"kominfo": "ani"}, {"ani": "2022-01-01"}),  # confirmed, whatever day the export has
        ({"dispora": "ani"}, {"ani": "2027-03-01"}),  # moved on since
        ({}, {"ani": "2026-11-20"}),  # by the same day another title: the facts speak
        ({"kominfo": "budi"}, {"budi": "2027-01-01"}),  # out of service
    ],
)
def test_facts_of_the_day_or_later_speak_for_themselves(holders, since):
    assert place(dict(holders), since) == (holders, ())


def test_facts_that_have_somebody_else_since_that_day_stand_and_are_told():
    holders, unconfirmed = place({"kominfo": "budi"}, {"ani": "2022-01-01", "budi": "2026-11-21"})
    assert holders == {"kominfo": "budi"}
    assert unconfirmed == (Unconfirmed(MADE, "budi"),)


def test_of_two_inaugurations_on_a_post_the_later_counts():
    later = Appointment("kominfo", "budi", DAY + dt.timedelta(days=3), "900/2026")
    holders, unconfirmed = place({}, {"ani": "2022-01-01", "budi": "2020-01-01"}, later, MADE)
    assert holders == {"kominfo": "budi"}
    assert unconfirmed == (Unconfirmed(later),)


def test_somebody_inaugurated_twice_holds_the_later_post():
    later = Appointment("dispora", "ani", DAY + dt.timedelta(days=3), "900/2026")
    holders, _ = place({}, {"ani": "2022-01-01"}, MADE, later)
    assert holders == {"dispora": "ani"}
