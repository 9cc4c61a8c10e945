"""Tests of core/talent/succession/readiness.py."""

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.talent.review import build_review
from core.talent.succession.readiness import (
    CLASSES,
    classify_readiness,
    count_benches,
    count_ready,
    list_by_readiness,
    list_ready_now,
)
from tests.conftest import TODAY
from tests.factories import NIP, complete, employee, frames, review_of


def test_ready_now_is_the_rule_of_the_board(current):
    for post in current.post_table["post"]:
        readiness = classify_readiness(current, post)
        assert set(readiness.classes) <= set(CLASSES)
        assert set(readiness.classes.index[readiness.classes == "now"]) == set(list_ready_now(current, post))
        holder = current.holders.get(post)
        if holder:
            assert readiness.classes[holder] == "not"


def test_everyone_not_ready_now_has_a_reason_and_the_ready_have_none(current):
    readiness = classify_readiness(current, "dinas-kominfo")
    for nip, readiness_class in readiness.classes.items():
        if readiness_class == "now":
            assert readiness.lacking(nip) == []
        elif readiness_class in ("soon", "later"):
            assert readiness.lacking(nip)


def test_who_is_ready_later_serves_long_enough(current):
    day = pd.Timestamp(current.as_of)
    classes = classify_readiness(current, "sekretaris-dprd").classes
    for name, years in (("now", 1), ("soon", 3), ("later", 6)):
        members = current.people.loc[classes.index[classes == name]]
        assert len(members)
        assert (members["retires_on"] > day + pd.DateOffset(years=years)).all()


def test_names_on_many_benches_are_counted(current):
    counts = count_benches(current, least=1)
    near = current.post_table.loc[current.post_table["near"], "post"]
    plain = sum((classify_readiness(current, post).classes == "now").astype(int) for post in near)
    assert counts.to_dict() == plain[plain > 0].to_dict()


CASES = tomllib.loads((Path(__file__).parents[3] / "cases" / "readiness.toml").read_text(encoding="utf-8"))["case"]
POST = "dinas-kesehatan"


def review_of_case(case: dict):
    person = {"unit": "Dinas Kesehatan", "education_field": "Kesehatan Masyarakat", **case.get("person", {})}
    facts = complete()
    facts["position_history"][0]["unit"] = "Dinas Kesehatan"
    facts["technical_assessment"] = [
        {"nip": NIP, "subject": "Dinas Kesehatan", "assessed_on": "2025-01-01", "score": 80.0}
    ]
    for kind in case.get("without", []):
        facts[kind] = []
    day = case.get("day", TODAY)
    # Assessments, ratings and declarations are as fresh on the case's day as they are today.
    later = day.year - TODAY.year
    for kind, column in (
        ("competency_assessment", "assessed_on"),
        ("potential_assessment", "assessed_on"),
        ("technical_assessment", "assessed_on"),
    ):
        facts[kind] = [{**row, column: f"{2025 + later}-01-01"} for row in facts[kind]]
    facts["performance_rating"] = [{**row, "year": row["year"] + later} for row in facts["performance_rating"]]
    facts["discipline_check"] = [{**row, "checked_on": f"{2026 + later}-01-01"} for row in facts["discipline_check"]]
    facts["health"] = [{**row, "declared_on": f"{2026 + later}-01-01"} for row in facts["health"]]
    reviewed = review_of(frames(employee=[employee(**person)], **facts), day)
    if "box" not in case:
        return reviewed
    axes = reviewed.scores.axes.assign(box=case["box"])
    return replace(reviewed, scores=replace(reviewed.scores, axes=axes))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_the_examples_that_people_can_read_and_extend(case):
    assert classify_readiness(review_of_case(case), POST).classes[NIP] == case["class"]


@pytest.mark.parametrize(
    ("name", "last"),
    # Retires on 1 April 2033: the last day on which more than 12, 36 and 72 months are left.
    [("serves", "2032-03-31"), ("serves_soon", "2030-03-31"), ("serves_later", "2027-03-31")],
)
def test_the_term_ends_with_its_day(name, last):
    for day, serves in ((pd.Timestamp(last), True), (pd.Timestamp(last) + pd.Timedelta(days=1), False)):
        checks = classify_readiness(review_of_case({"day": day.date()}), POST).checks
        assert checks.at[NIP, name] == serves


def test_who_lacks_something_is_told_just_that():
    lacking = classify_readiness(review_of_case({"box": 5, "without": ["technical_assessment"]}), POST)
    assert lacking.lacking(NIP) == ["box", "fit"]
    assert classify_readiness(review_of_case({}), POST).lacking(NIP) == []


def test_a_decision_counts_instead_of_what_is_computed():
    reviewed = review_of_case({})
    assert count_ready(reviewed).loc[[post.key for post in reviewed.posts].index(POST)].tolist() == [1, 0, 0]
    decided = count_ready(reviewed, {POST: {NIP: "later", "199901012020011999": "now"}})
    assert decided.loc[[post.key for post in reviewed.posts].index(POST)].tolist() == [0, 0, 1]


def test_the_list_begins_with_the_readiest():
    reviewed = review_of_case({})
    classes = pd.Series({NIP: "not"})
    assert list_by_readiness(reviewed, classes) == []
    assert list_by_readiness(reviewed, classes, [NIP]) == [NIP]


def test_in_each_class_the_highest_talent_value_comes_first(current):
    classes = classify_readiness(current, "dinas-kominfo").classes
    listed = list_by_readiness(current, classes)
    assert set(listed) == set(classes.index[classes != "not"])
    keys = [(CLASSES.index(classes[nip]), -np.nan_to_num(current.people.at[nip, "talent"], nan=-1.0)) for nip in listed]
    assert keys == sorted(keys)
    assert len({key[1] for key in keys}) > 3


@pytest.mark.parametrize("box", range(1, 10))
def test_the_middle_begins_with_box_five(box):
    checks = classify_readiness(review_of_case({"box": box}), POST).checks
    assert checks.at[NIP, "middle"] == (box >= 5)
    assert checks.at[NIP, "box"] == (box >= 7)


def test_rules_that_ask_for_no_education_find_nobody_lacking_it():
    reviewed = review_of_case({})
    own = replace(reviewed.rules, gates=tuple(gate for gate in reviewed.rules.gates if gate.key != "education"))
    rules = replace(reviewed.rule_book, rules=(own,))
    without = build_review(
        reviewed.context.facts, reviewed.rubric, rules, reviewed.posts, reviewed.families, reviewed.as_of
    )
    assert classify_readiness(without, POST).checks["education"].all()


def test_four_benches_are_many(current):
    assert count_benches(current).equals(count_benches(current, least=4))
    assert (count_benches(current) >= 4).all()
    assert count_benches(current, least=2).min() >= 2
