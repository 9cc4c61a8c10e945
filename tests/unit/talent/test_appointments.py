"""Holders who were inaugurated before the imported facts show it."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from core.talent.appointments import Appointment, Unconfirmed, place_appointed
from core.talent.posts import Post

DAY = dt.date(2026, 11, 20)
MADE = Appointment("kominfo", "ani", DAY, "821/2026")
POSTS = [
    Post("kominfo", "Kepala Dinas Kominfo", "", "II.b", ""),
    Post("dispora", "Kepala Dispora", "", "II.b", ""),
    Post("camat", "Camat", "", "III.a", ""),
]
OLD = {"ani": ("Camat", "2022-01-01"), "budi": ("Kepala Dispora", "2020-01-01")}


def place(holders, people, *made, posts=POSTS):
    frame = pd.DataFrame(
        [(title, pd.Timestamp(since)) for title, since in people.values()],
        index=pd.Index(list(people), dtype="str"),
        columns=["position_title", "position_since"],
    )
    return place_appointed(holders, made or (MADE,), frame, posts)


def test_the_new_holder_counts_and_leaves_the_post_held_before():
    holders, unconfirmed = place({"camat": "ani", "dispora": "budi"}, OLD)
    assert holders == {"kominfo": "ani", "dispora": "budi"}
    assert unconfirmed == (Unconfirmed(MADE, "waits"),)


def test_the_one_who_held_it_by_older_facts_makes_room():
    holders, unconfirmed = place({"kominfo": "budi"}, OLD)
    assert holders == {"kominfo": "ani"}
    assert unconfirmed == (Unconfirmed(MADE, "waits"),)


@pytest.mark.parametrize("since", ["2022-01-01", "2026-11-20", None])
def test_an_export_that_shows_it_confirms_it_whatever_day_it_has(since):
    people = {"ani": (" KEPALA DINAS  Kominfo", since)}
    assert place({"kominfo": "ani"}, people) == ({"kominfo": "ani"}, ())


def test_of_two_with_the_title_the_inaugurated_one_is_the_holder():
    people = {"ani": ("Kepala Dinas Kominfo", "2026-11-20"), "budi": ("Kepala Dinas Kominfo", "2019-01-01")}
    assert place({"kominfo": "budi"}, people) == ({"kominfo": "ani"}, ())


def test_what_was_confirmed_once_does_not_come_back_to_life():
    shown = replace(MADE, titles=("Kepala Dinas Kominfo", "Staf Ahli"))
    for since in ("2022-01-01", "2027-03-01", None):
        assert place({}, {"ani": ("Staf Ahli", since)}, shown) == ({}, ())
    assert place({}, {}, shown) == ({}, ())  # retired since


@pytest.mark.parametrize(
    ("people", "why", "other"),
    [
        ({"ani": ("Kadis Kominfo", "2026-11-20")}, "other_post", ""),  # another spelling is told, not swallowed
        ({"ani": ("Staf Ahli", "2027-03-01")}, "other_post", ""),
        ({}, "left", ""),
        ({"ani": ("Camat", "2022-01-01"), "budi": ("Kepala Dinas Kominfo", "2026-11-21")}, "other_holder", "budi"),
    ],
)
def test_facts_of_the_day_or_later_that_say_otherwise_stand_and_are_told(people, why, other):
    holders = {"kominfo": "budi"} if other else {}
    assert place(holders, people) == (holders, (Unconfirmed(MADE, why, other),))


def test_a_post_that_is_gone_takes_nobody_out_of_theirs():
    holders, unconfirmed = place({"camat": "ani"}, OLD, posts=POSTS[1:])
    assert holders == {"camat": "ani"}
    assert unconfirmed == (Unconfirmed(MADE, "no_post"),)


def test_of_two_inaugurations_on_a_post_the_later_counts():
    later = Appointment("kominfo", "budi", DAY + dt.timedelta(days=3), "900/2026")
    holders, unconfirmed = place({}, OLD, later, MADE)
    assert holders == {"kominfo": "budi"}
    assert unconfirmed == (Unconfirmed(later, "waits"),)


def test_somebody_inaugurated_twice_holds_the_later_post_alone():
    later = Appointment("dispora", "ani", DAY + dt.timedelta(days=3), "900/2026")
    holders, unconfirmed = place({}, OLD, MADE, later)
    assert holders == {"dispora": "ani"}
    assert unconfirmed == (Unconfirmed(later, "waits"),)
