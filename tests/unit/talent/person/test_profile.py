import datetime as dt

import numpy as np
import pandas as pd
import pytest

from core.service import reference
from core.talent.facts import COMPETENCIES
from core.talent.person import profile
from core.talent.review import build_review
from tests.conftest import TODAY
from tests.factories import NIP, OTHER_NIP, employee, frames, shipped_rubric


@pytest.fixture
def review():
    levels = dict.fromkeys(COMPETENCIES, 4.0) | {"integrity": 2.0, "teamwork": 3.0}
    facts = frames(
        employee=[employee(), employee(OTHER_NIP, name="Siti Contoh")],
        competency_assessment=[
            {"nip": NIP, "assessed_on": dt.date(2025, 5, 1), **levels, "job_person_match": None},
            {"nip": NIP, "assessed_on": dt.date(2020, 5, 1), **dict.fromkeys(COMPETENCIES, 1.0)},
        ],
        position_history=[
            {
                "nip": NIP,
                "title": "Lurah",
                "unit": "Kelurahan A",
                "holding": "definitive",
                "started_on": dt.date(2010, 1, 1),
                "ended_on": dt.date(2015, 1, 1),
            },
            {
                "nip": NIP,
                "title": "Camat",
                "unit": "Kecamatan A",
                "holding": "definitive",
                "started_on": dt.date(2015, 1, 1),
                "ended_on": None,
            },
            {
                "nip": NIP,
                "title": "Kelak",
                "unit": "B",
                "holding": "definitive",
                "started_on": dt.date(2027, 1, 1),
                "ended_on": None,
            },
        ],
    )
    return build_review(
        facts,
        shipped_rubric(),
        reference.read_rules("jpt-pratama"),
        reference.read_posts(),
        reference.read_families(),
        TODAY,
    )


def test_the_latest_competencies_beside_what_is_asked_for(review):
    table = profile.tabulate_competencies(review, NIP, dict.fromkeys(COMPETENCIES, 4)).set_index("competency")
    assert table.at["integrity", "gap"] == -2
    assert table.at["communication", "gap"] == 0
    assert set(table["assessed_on"]) == {pd.Timestamp("2025-05-01")}
    assert profile.tabulate_competencies(review, OTHER_NIP, dict.fromkeys(COMPETENCIES, 4))["level"].isna().all()


def test_levels_ask_for_what_the_standard_says():
    assert [profile.get_required_level(level) for level in ("jpt_pratama", "administrator", "supervisor", None)] == [
        4,
        3,
        2,
        4,
    ]


def test_history_ends_today_and_begins_with_the_latest(review):
    held = profile.tabulate_posts_held(review, NIP)
    assert held["title"].tolist() == ["Camat", "Lurah"]
    assert held.at[0, "ended_on"] == pd.Timestamp(TODAY)
    assert profile.tabulate_posts_held(review, OTHER_NIP).empty


def test_peers_are_of_the_same_level_and_the_median_is_of_the_assessed(review):
    assert set(profile.find_peers(review, NIP)) == {NIP, OTHER_NIP}
    criteria = profile.compare_with_peers(review, NIP).set_index("criterion")
    assert criteria.at["main_performance", "peers"] == 0
    assert np.isnan(criteria.at["main_performance", "median"])
    assert criteria.at["qualification", "peers"] == 2


def test_strengths_and_gaps_name_their_numbers():
    criteria = pd.DataFrame(
        {"criterion": ["a", "b", "c", "d"], "value": [90.0, 50.0, np.nan, 71.0], "median": [70.0, 80.0, 60.0, 70.0]}
    )
    levels = pd.DataFrame({"competency": ["x", "y"], "level": [2.0, 4.0], "required": [4, 4], "gap": [-2.0, 0.0]})
    assert profile.find_strengths(criteria) == [profile.Highlight("criterion", "a", 90.0, 70.0)]
    assert profile.find_weaknesses(criteria, levels) == [
        profile.Highlight("competency", "x", 2.0, 4.0),
        profile.Highlight("criterion", "b", 50.0, 80.0),
    ]


def test_side_by_side_has_axes_and_criteria(review):
    table = profile.compare_people(review, [NIP, OTHER_NIP])
    assert list(table.columns) == [NIP, OTHER_NIP]
    assert len(table) == 3 + len(review.rubric.criteria)
