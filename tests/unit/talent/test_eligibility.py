import datetime as dt

import pandas as pd
import pytest

from core.service.reference import families, gates
from core.talent.eligibility import ANSWERS, gates_from, judge
from core.talent.errors import InvalidRubric
from core.talent.measures import Context
from core.talent.people import people_frame
from tests.factories import NIP, employee, frames

RULES = gates("jpt-pratama")
GOOD = [{"nip": NIP, "year": year, "rating": "good"} for year in (2024, 2025)]


def answers(as_of: str = "2026-11-24", rules=RULES, ratings=GOOD, **person) -> dict[str, str]:
    facts = frames(employee=[employee(**person)], performance_rating=ratings)
    day = pd.Timestamp(as_of)
    context = Context(facts, people_frame(facts, families(), day), day, families())
    judged = judge(context, rules)
    return {key: ANSWERS[frame.at[NIP, "answer"]] for key, frame in judged.answers.items()} | {
        "overall": ANSWERS[judged.overall[NIP]]
    }


def test_all_gates_passed():
    assert set(answers().values()) == {"memenuhi"}


@pytest.mark.parametrize(
    ("level", "answer"),
    [
        ("S1", "memenuhi"),
        ("D4", "memenuhi"),
        ("S3", "memenuhi"),
        ("D3", "tidak memenuhi"),
        ("SLTA", "tidak memenuhi"),
        (None, "perlu ditinjau"),
    ],
)
def test_education(level, answer):
    assert answers(education_level=level)["education"] == answer


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2031-03-11", "memenuhi"), ("2031-03-12", "memenuhi"), ("2031-03-13", "tidak memenuhi")],
)
def test_age_read_strictly_ends_with_the_56th_birthday(day, answer):
    assert answers(day)["age"] == answer  # born 12 March 1975


@pytest.mark.parametrize(("day", "answer"), [("2032-03-11", "memenuhi"), ("2032-03-12", "tidak memenuhi")])
def test_age_in_completed_years_ends_the_day_before_the_57th(day, answer):
    rules = gates_from(
        {"gate": [{"key": "age", "name": {}, "article": "", "limit": 56, "reading": "completed", "standing": "L"}]}
    )
    assert answers(day, rules=rules)["age"] == answer


def test_age_of_somebody_born_on_29_february():
    birth = dt.date(1972, 2, 29)
    assert answers("2028-02-29", birth_date=birth)["age"] == "memenuhi"
    assert answers("2028-03-01", birth_date=birth)["age"] == "tidak memenuhi"


@pytest.mark.parametrize(
    ("ratings", "answer"),
    [
        ({2024: "very_good", 2025: "good"}, "memenuhi"),
        ({2024: "needs_improvement", 2025: "good"}, "tidak memenuhi"),
        ({2025: "good"}, "perlu ditinjau"),
        ({2025: "poor"}, "tidak memenuhi"),
    ],
)
def test_performance_in_the_last_two_years(ratings, answer):
    rows = [{"nip": NIP, "year": year, "rating": rating} for year, rating in ratings.items()]
    assert answers(ratings=rows)["performance"] == answer


def test_no_rating_at_all_is_to_be_reviewed():
    assert answers(ratings=[])["performance"] == "perlu ditinjau"


def test_the_worst_answer_decides():
    assert answers(education_level=None)["overall"] == "perlu ditinjau"
    assert answers(education_level=None, birth_date=dt.date(1960, 1, 1))["overall"] == "tidak memenuhi"


def test_every_gate_has_its_article():
    assert all(gate.article for gate in RULES)
    with pytest.raises(InvalidRubric, match="unknown gate"):
        gates_from({"gate": [{"key": "luck", "name": {}, "article": ""}]})
