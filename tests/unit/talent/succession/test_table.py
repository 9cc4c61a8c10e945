"""Tests of core/talent/succession/table.py."""

import pandas as pd
import pytest

from core.service.reference import read_posts
from core.talent.errors import UnknownPost
from core.talent.posts import find_holders, find_post, select_candidates
from core.talent.succession.readiness import list_ready_now
from core.talent.succession.table import (
    classify_risk,
    count_falling_vacant,
    count_strength,
    list_agenda,
    select_falling_vacant,
    tabulate_succession,
)
from tests.factories import NIP, OTHER_NIP, complete, employee, review_people

HEAD = employee(OTHER_NIP, name="Ani", position_title="KEPALA DINAS KESEHATAN", echelon="II.b", unit="Dinas Kesehatan")


@pytest.mark.parametrize("wanted", ["dinas-kesehatan", "Kepala Dinas Kesehatan", "kepala dinas kesehatan "])
def test_a_post_is_found_however_spelled(wanted):
    assert find_post(read_posts(), wanted).key == "dinas-kesehatan"


def test_an_unknown_post_is_refused():
    with pytest.raises(UnknownPost, match="no post “raja”"):
        find_post(read_posts(), "raja")


def test_the_incumbent_holds_the_post_and_retires_at_sixty():
    row = tabulate_succession(review_people(HEAD)).set_index("post").loc["dinas-kesehatan"]
    assert (row["incumbent_nip"], row["vacant"]) == (OTHER_NIP, False)
    assert row["retires_on"] == pd.Timestamp("2040-07-01")


def test_of_two_with_one_title_the_longer_serving_is_named():
    people = review_people(
        HEAD, employee(NIP, position_title="Kepala Dinas Kesehatan", position_since="2010-01-01", echelon="II.b")
    ).people
    assert find_holders(read_posts(), people)["dinas-kesehatan"] == NIP


def test_candidates_come_from_the_feeder_levels_and_from_unknown_ones():
    levels = {
        "197503122000041001": "III.a",
        "197503122000041002": "IV.a",
        "197503122000041003": None,
        "197503122000041004": "II.b",
    }
    people = review_people(*(employee(nip, echelon=echelon) for nip, echelon in levels.items())).people
    ordinary = find_post(read_posts(), "dinas-kesehatan")
    assert set(select_candidates(ordinary, people, None)) == {
        nip for nip, echelon in levels.items() if echelon != "IV.a"
    }
    assert set(select_candidates(ordinary, people, "197503122000041004")) == {
        "197503122000041001",
        "197503122000041003",
    }
    secretary = find_post(read_posts(), "sekretaris-daerah")
    assert list(select_candidates(secretary, people, None)) == ["197503122000041004"]


def assessed(subject):
    return complete() | {
        "technical_assessment": [{"nip": NIP, "subject": subject, "assessed_on": "2025-06-01", "score": 80.0}]
    }


def test_ready_needs_gates_box_known_fit_and_a_year_to_serve():
    person = employee(unit="Dinas Kesehatan", education_field="Kesehatan Masyarakat")
    assert list(list_ready_now(review_people(person, **complete()), "dinas-kesehatan")) == []
    current = review_people(person, **assessed("Dinas Kesehatan"))
    assert list(list_ready_now(current, "dinas-kesehatan")) == [NIP]
    assert list(list_ready_now(current, "dinas-pupr")) == []
    assert tabulate_succession(current).set_index("post").at["dinas-kesehatan", "ready_now"] == 1


def test_posts_of_general_administration_are_open_to_every_family():
    person = employee(unit="Dinas Kesehatan", education_field="Kesehatan Masyarakat")
    current = review_people(person, **assessed("Sekretariat Daerah"))
    assert list(list_ready_now(current, "sekretaris-dprd")) == [NIP]


@pytest.mark.parametrize(
    ("near", "ready", "risk"),
    [(True, 0, "high"), (True, 3, "medium"), (False, 0, "medium"), (False, 1, "low")],
)
def test_risk_in_words(near, ready, risk):
    assert classify_risk(near, ready) == risk


def test_falling_vacant_counts_todays_vacancies_first():
    current = review_people(HEAD)
    table = tabulate_succession(current)
    coming = select_falling_vacant(current, table, 5)
    assert len(coming) == len(read_posts()) - 1
    assert (coming["years_left"] == 0).all()
    assert len(select_falling_vacant(current, table, 14)) == len(read_posts())


def test_uncovered_is_vacant_and_nobody_ready(current):
    table = tabulate_succession(current)
    for row in table.to_dict("records"):
        assert row["uncovered"] == (row["vacant"] and row["ready_now"] == 0)
        assert row["risk"] == classify_risk(row["near"], row["ready_now"])
    assert table["uncovered"].any()
    assert (table["vacant"] & ~table["uncovered"]).any()


def test_horizons_hold_those_before_them_and_the_agenda_three_years(current):
    table = tabulate_succession(current)
    one, three, ten = count_falling_vacant(current, table, (1, 3, 10))
    assert one == table["near"].sum()
    assert one < three < ten
    assert list_agenda(current) == select_falling_vacant(current, table, 3)["post"].tolist()
    assert len(list_agenda(current)) == three
    coming = select_falling_vacant(current, table, 10)
    assert coming["years_left"].is_monotonic_increasing
    held = coming[~coming["vacant"]]
    assert held["years_left"].tolist() == pytest.approx((held["months_left"] / 12).tolist())


def test_the_strength_of_groups_sums_to_the_table(current):
    table = tabulate_succession(current)
    strength = count_strength(table, table["family"])
    assert strength["posts"].sum() == len(table)
    for column, of in (("vacant", "vacant"), ("now", "ready_now"), ("soon", "ready_soon"), ("later", "ready_later")):
        assert strength[column].sum() == table[of].sum()
    for family, row in strength.iterrows():
        assert row["empty"] == (table.loc[table["family"] == family, "ready_now"] == 0).sum()


def test_groups_stand_in_the_order_in_which_they_come():
    table = pd.DataFrame(
        {
            "post": ["p", "q", "r"],
            "vacant": [True, False, True],
            "ready_now": [0, 2, 1],
            "ready_soon": 1,
            "ready_later": 0,
        }
    )
    strength = count_strength(table, pd.Series(["z", "a", "z"]))
    assert strength.index.tolist() == ["z", "a"]
    assert strength.loc["z"].tolist() == [2, 2, 1, 2, 0, 1]
