import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.service import reference
from core.talent.employee import LEVELS
from core.talent.facts import COMPETENCIES, POTENTIAL_ASPECTS
from core.talent.fit.standard import get_required_level
from core.talent.person import profile
from core.talent.posts import ALL_PEOPLE
from core.talent.review import build_review
from tests.conftest import TODAY
from tests.factories import NIP, OTHER_NIP, employee, frames, review_people, shipped_rubric, shipped_rule_book


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
        shipped_rule_book(),
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
    asked = {level: get_required_level(level) for level in (*LEVELS, None)}
    assert asked == {
        "jpt_madya": 5,
        "jpt_pratama": 4,
        "expert_main": 4,
        "administrator": 3,
        "expert_senior": 3,
        "supervisor": 2,
        "functional": 4,
        "executive": 1,
        "unknown": 4,
        None: 4,
    }


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


def test_a_post_may_ask_for_a_level_of_its_own_and_of_single_competencies(review):
    post = replace(review.posts[5], required_level=0, competencies="integrity=5|teamwork=2")
    asking = replace(review, posts=[post, *review.posts])
    levels = profile.get_asked_levels(asking, NIP, post.key)
    assert levels == dict.fromkeys(COMPETENCIES, 4) | {"integrity": 5, "teamwork": 2}
    assert set(profile.get_asked_levels(asking, NIP, ALL_PEOPLE).values()) == {3}  # an administrator's own
    higher = replace(review, posts=[replace(post, required_level=5, competencies="")])
    assert set(profile.get_asked_levels(higher, NIP, post.key).values()) == {5}


def test_the_latest_assessment_up_to_the_day_is_shown_whole():
    aspects = dict(zip(POTENTIAL_ASPECTS, [1.0, 2.0, 3.0, 4.0, 5.0, 0.0, None, 2.0], strict=True))
    reviewed = review_people(
        employee(),
        employee(OTHER_NIP, name="Ani"),
        potential_assessment=[
            {"nip": NIP, "assessed_on": "2026-11-24", **aspects},
            {"nip": NIP, "assessed_on": "2020-01-01", **dict.fromkeys(POTENTIAL_ASPECTS, 5.0)},
            {"nip": NIP, "assessed_on": "2026-11-25", **dict.fromkeys(POTENTIAL_ASPECTS, 5.0)},
        ],
    )
    shown = profile.tabulate_potential_aspects(reviewed, NIP)
    assert shown["value"].fillna(-1).tolist() == [1, 2, 3, 4, 5, 0, -1, 2]
    assert set(shown["assessed_on"]) == {pd.Timestamp("2026-11-24")}
    none = profile.tabulate_potential_aspects(reviewed, OTHER_NIP)
    assert none["value"].isna().all()
    assert none["assessed_on"].isna().all()


def test_posts_held_begin_on_the_day_and_end_with_it():
    rows = [
        {"nip": NIP, "title": title, "unit": "A", "holding": "definitive", "started_on": start, "ended_on": end}
        for title, start, end in [
            ("today", "2026-11-24", None),
            ("tomorrow", "2026-11-25", None),
            ("ends later", "2020-01-01", "2027-01-01"),
        ]
    ]
    held = profile.tabulate_posts_held(review_people(employee(), position_history=rows), NIP)
    assert held["title"].tolist() == ["today", "ends later"]
    assert list(held.columns) == ["title", "unit", "holding", "started_on", "ended_on"]
    assert set(held["ended_on"]) == {pd.Timestamp("2026-11-24")}


def test_only_what_is_three_points_apart_tells_and_the_most_of_it_first():
    values, medians = [73.0, 72.9, 90.0, 80.0, 60.0, 67.0, 67.1], [70.0] * 7
    criteria = pd.DataFrame({"criterion": list("abcdefg"), "value": values, "median": medians})
    none = pd.DataFrame({"competency": [], "level": [], "required": [], "gap": []})
    assert [each.key for each in profile.find_strengths(criteria)] == ["c", "d"]
    assert [each.key for each in profile.find_strengths(criteria, 9)] == ["c", "d", "a"]
    assert [each.key for each in profile.find_weaknesses(criteria, none)] == ["e", "f"]
    short = pd.DataFrame(
        {
            "competency": list("wxyz"),
            "level": [3.0, 1.0, 2.0, 3.0],
            "required": [4] * 4,
            "gap": [-1.0, -3.0, -2.0, -1.0],
        }
    )
    assert [each.key for each in profile.find_weaknesses(criteria, short)] == ["x", "y", "w"]
    assert [each.key for each in profile.find_weaknesses(criteria, short.iloc[:2])] == ["x", "w", "e"]
