"""Tests of core/talent/fit/official.py."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.service import reference
from core.talent.employee import derive_level
from core.talent.facts import COMPETENCIES
from core.talent.fit.official import compute_fit
from core.talent.fit.standard import list_asked_competencies
from core.talent.person.development import find_gaps
from core.talent.person.profile import get_asked_levels
from core.talent.posts import Post
from core.talent.review import build_review
from tests.factories import shipped_rubric


def test_a_post_may_ask_for_levels_and_a_field_of_study_of_its_own(current):
    at = next(n for n, post in enumerate(current.posts) if post.key == "dinas-kominfo")
    strict = replace(
        current.posts[at], required_level=3, competencies="integrity=5| teamwork=2", required_field="Ilmu Hukum"
    )
    posts = (*current.posts[:at], strict, *current.posts[at + 1 :])
    other = build_review(
        current.context.facts, current.rubric, current.rule_book, posts, current.families, current.as_of
    )
    nip = str(current.people.index[current.people["level"] == "administrator"][0])
    asked = get_asked_levels(other, nip, "dinas-kominfo")
    assert (asked["integrity"], asked["teamwork"], asked["communication"]) == (5, 2, 3)
    plain = replace(current.posts[at], required_level=0, competencies="")
    assert list_asked_competencies(plain) == dict.fromkeys(COMPETENCIES, 4)
    fit = other.fit("dinas-kominfo", other.people.index)
    lawyers = other.people["education_field"].fillna("").str.contains("HUKUM")
    assert (fit.loc[lawyers, "field_fit"] == "same_family").all()
    same = other.people.loc[fit["field_fit"] == "same_family", "education_field"]
    assert all(current.families[0].studies.find(field) == "law" for field in same)
    gaps = {gap.key: gap for gap in find_gaps(other, nip, "dinas-kominfo")}
    for key, gap in gaps.items():
        if key.startswith("competency:"):
            assert gap.wanted == asked[key.split(":")[1]]


@pytest.mark.parametrize(
    ("echelon", "fit"),
    # Talent value 80, technical 60: JPT Pratama 70:30, administrator 60:40, pengawas 50:50, pelaksana without a share.
    [("II.b", 74.0), ("III.a", 72.0), ("IV.a", 70.0), ("V.a", 80.0)],
)
def test_talent_and_technical_competence_are_mixed_by_the_level_of_the_post(echelon, fit):
    rule = shipped_rubric().fit
    families = reference.read_families()
    post = Post("x", "Jabatan", "Dinas Kesehatan", echelon, "health")
    people = pd.DataFrame(
        {
            "talent": [80.0, 80.0],
            "talent_low": [80.0, 70.0],
            "talent_high": [80.0, 90.0],
            "education_field": [None, None],
        },
        index=["a", "b"],
    )
    technical = np.array([60.0, np.nan])
    years = pd.DataFrame({"health": [1.0, 0.0], "any": [5.0, 5.0]}, index=["a", "b"])
    table = compute_fit(post, people, technical, years, families, rule)
    assert table.at["a", "fit"] == pytest.approx(fit)
    share = rule.shares.get(derive_level(echelon, "Jabatan"), (1.0, 0.0))[1]
    # Without a technical assessment the fit is open by its share, and known where there is none.
    assert pd.isna(table.at["b", "fit"]) == (share > 0)
    assert table.at["b", "fit_high"] - table.at["b", "fit_low"] == pytest.approx(20 * (1 - share) + 100 * share)


@pytest.mark.parametrize(("family", "years"), [("first", 9.0), ("health", 2.0)])
def test_the_years_of_a_general_post_are_those_in_any_family(family, years):
    """General administration, the first family, takes experience from everywhere."""
    general, *others = reference.read_families()
    post = Post("x", "Jabatan", "Unit", "II.b", general.key if family == "first" else family)
    people = pd.DataFrame(
        {"talent": [80.0], "talent_low": [80.0], "talent_high": [80.0], "education_field": [None]}, index=["a"]
    )
    technical = np.array([60.0])
    counted = pd.DataFrame({"any": [9.0], general.key: [1.0], "health": [2.0]}, index=["a"])
    table = compute_fit(post, people, technical, counted, (general, *others), shipped_rubric().fit)
    assert table["family_years"].tolist() == [years]
