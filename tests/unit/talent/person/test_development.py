"""Tests of core/talent/person/development.py."""

import numpy as np
import pandas as pd
import pytest

from core.talent.person.development import FULL_HOURS, find_gaps
from core.talent.review import build_review
from tests.factories import NIP, employee, review_people


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
            facts, current.rubric, current.rules, current.posts, current.families, current.as_of
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
