"""Tests of core/talent/person/development.py."""

import numpy as np
import pandas as pd
import pytest

from core.talent.facts import COMPETENCIES
from core.talent.person.development import FULL_HOURS, find_gaps
from core.talent.review import build_review
from tests.factories import NIP, complete, employee, review_people


def test_closing_a_gap_is_computed_by_the_rubric_itself(current):
    people = current.people
    nip = people.index[(people["level"] == "administrator") & people["talent"].notna()][0]
    gaps = {gap.key: gap for gap in find_gaps(current, nip, "dinas-kominfo")}
    trained = gaps.get("training")
    if trained:
        facts = {**current.context.facts}
        row = {"nip": nip, "name_of_training": "baru", "started_on": pd.Timestamp(current.as_of), "hours": FULL_HOURS}
        facts["training"] = pd.concat([facts["training"], pd.DataFrame([row])], ignore_index=True)
        again = build_review(
            facts, current.rubric, current.rule_book, current.posts, current.families, current.as_of
        ).people
        assert trained.after == pytest.approx(again.at[nip, "talent"])
    assert all(gap.before == people.at[nip, "talent"] for gap in gaps.values())
    each = [gap.after - gap.before for key, gap in gaps.items() if key.startswith("competency:")]
    assert gaps
    if "competencies" in gaps:
        assert gaps["competencies"].after - gaps["competencies"].before == pytest.approx(sum(each), abs=1e-6)
    assert all(gap >= 0 for gap in each)


def test_a_gap_that_cannot_be_computed_says_so():
    whole = review_people(employee())
    gaps = find_gaps(whole, NIP, "dinas-kominfo")
    assert {gap.key for gap in gaps} >= {"assessment", "potential", "technical"}
    assert all(np.isnan(gap.after) for gap in gaps)


@pytest.mark.parametrize(
    ("day", "hours"), [("2025-11-24", 0.0), ("2025-11-25", 5.0), ("2026-11-24", 5.0), ("2026-11-25", 0.0)]
)
def test_training_of_the_last_year_counts(day, hours):
    rows = [{"nip": NIP, "name_of_training": "A", "started_on": day, "hours": 5.0}]
    gaps = {gap.key: gap for gap in find_gaps(review_people(employee(), training=rows), NIP, "dinas-kominfo")}
    assert (gaps["training"].now, gaps["training"].wanted) == (hours, 20.0)


def test_gaps_name_levels_and_the_one_that_moves_most_comes_first():
    levels = dict.fromkeys(COMPETENCIES, 4.0) | {"managing_change": 5.0}  # the post asks for 5 of this one
    facts = complete()
    facts["competency_assessment"] = [
        {"nip": NIP, "assessed_on": "2025-01-01", **levels, "integrity": 1.0, "teamwork": 3.0, "job_person_match": None}
    ]
    facts["training"] = [{**facts["training"][0], "hours": 5.0}]
    gaps = find_gaps(review_people(employee(), **facts), NIP, "dinas-kominfo")
    by_key = {gap.key: gap for gap in gaps}
    assert set(by_key) == {"competency:integrity", "competency:teamwork", "competencies", "training", "technical"}
    both = by_key["competencies"]
    assert (both.now, both.wanted) == (1.0, 4.0)
    assert (by_key["competency:integrity"].now, by_key["competency:integrity"].wanted) == (1.0, 4.0)
    assert by_key["competency:integrity"].after > by_key["competency:teamwork"].after > both.before
    known = [gap.after - gap.before for gap in gaps if not np.isnan(gap.after)]
    assert known == sorted(known, reverse=True)
    assert gaps[-1].key in ("technical", "training")
    one = {**facts, "competency_assessment": [{**facts["competency_assessment"][0], "integrity": 4.0}]}
    keys = {gap.key for gap in find_gaps(review_people(employee(), **one), NIP, "dinas-kominfo")}
    assert "competency:teamwork" in keys
    assert "competencies" not in keys


def test_a_match_that_was_given_rises_by_what_the_levels_alone_would_add():
    """Integrity from 1 to 4 is three of 36 points, 8.33 percent more; the level asked for counts up to the standard of 4."""
    levels = dict.fromkeys(COMPETENCIES, 4.0) | {"managing_change": 5.0}  # the post asks for 5 of this one
    facts = complete()
    facts["competency_assessment"] = [
        {"nip": NIP, "assessed_on": "2025-01-01", **levels, "integrity": 1.0, "job_person_match": 70.0}
    ]
    before = review_people(employee(), **facts)
    gap = next(gap for gap in find_gaps(before, NIP, "dinas-kominfo") if gap.key == "competency:integrity")
    facts["competency_assessment"] = [{**facts["competency_assessment"][0], "job_person_match": 70.0 + 300 / 36}]
    assert gap.after == pytest.approx(review_people(employee(), **facts).people.at[NIP, "talent"])
