import pandas as pd
import pytest

from core.service.reference import families, positions, rules
from core.talent.errors import UnknownPost
from core.talent.posts import candidates, find_position, incumbents
from core.talent.review import build_review, ready_for
from core.talent.succession.table import falling_vacant, risk_of
from tests.conftest import TODAY
from tests.factories import NIP, OTHER_NIP, employee, frames, shipped_rubric
from tests.unit.talent.test_scoring import complete

HEAD = employee(OTHER_NIP, name="Ani", position_title="KEPALA DINAS KESEHATAN", echelon="II.b", unit="Dinas Kesehatan")


def review(*people, **facts):
    return build_review(
        frames(employee=list(people), **facts),
        shipped_rubric(),
        rules("jpt-pratama"),
        positions(),
        families(),
        TODAY,
    )


@pytest.mark.parametrize("wanted", ["dinas-kesehatan", "Kepala Dinas Kesehatan", "kepala dinas kesehatan "])
def test_a_post_is_found_however_spelled(wanted):
    assert find_position(positions(), wanted).post == "dinas-kesehatan"


def test_an_unknown_post_is_refused():
    with pytest.raises(UnknownPost, match="no post “raja”"):
        find_position(positions(), "raja")


def test_the_incumbent_holds_the_post_and_retires_at_sixty():
    row = review(HEAD).board.set_index("post").loc["dinas-kesehatan"]
    assert (row["incumbent_nip"], row["vacant"]) == (OTHER_NIP, False)
    assert row["retires_on"] == pd.Timestamp("2040-07-01")


def test_of_two_with_one_title_the_longer_serving_is_named():
    people = review(
        HEAD, employee(NIP, position_title="Kepala Dinas Kesehatan", position_since="2010-01-01", echelon="II.b")
    ).people
    assert incumbents(positions(), people)["dinas-kesehatan"] == NIP


def test_candidates_come_from_the_feeder_levels_and_from_unknown_ones():
    levels = {
        "197503122000041001": "III.a",
        "197503122000041002": "IV.a",
        "197503122000041003": None,
        "197503122000041004": "II.b",
    }
    people = review(*(employee(nip, echelon=echelon) for nip, echelon in levels.items())).people
    ordinary = find_position(positions(), "dinas-kesehatan")
    assert set(candidates(ordinary, people, None)) == {nip for nip, echelon in levels.items() if echelon != "IV.a"}
    assert set(candidates(ordinary, people, "197503122000041004")) == {"197503122000041001", "197503122000041003"}
    secretary = find_position(positions(), "sekretaris-daerah")
    assert list(candidates(secretary, people, None)) == ["197503122000041004"]


def test_ready_needs_gates_box_family_and_a_year_to_serve():
    current = review(employee(unit="Dinas Kesehatan", education_field="Kesehatan Masyarakat"), **complete())
    assert list(ready_for(current, "dinas-kesehatan")) == [NIP]
    assert list(ready_for(current, "dinas-pupr")) == []
    assert current.board.set_index("post").at["dinas-kesehatan", "ready_now"] == 1


def test_posts_of_general_administration_are_open_to_every_family():
    current = review(employee(unit="Dinas Kesehatan", education_field="Kesehatan Masyarakat"), **complete())
    assert list(ready_for(current, "sekretaris-dprd")) == [NIP]


@pytest.mark.parametrize(
    ("months", "ready", "risk"),
    [(None, 0, "high"), (None, 3, "medium"), (12, 0, "high"), (12.1, 0, "medium"), (5, 2, "medium"), (50, 1, "low")],
)
def test_risk_in_words(months, ready, risk):
    assert risk_of(months, ready) == risk


def test_falling_vacant_counts_todays_vacancies_first():
    board = review(HEAD).board
    coming = falling_vacant(board, 5)
    assert len(coming) == len(positions()) - 1
    assert (coming["years_left"] == 0).all()
    assert len(falling_vacant(board, 14)) == len(positions())
