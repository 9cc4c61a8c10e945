"""Tests of core/talent/eligibility/fit.py."""

from dataclasses import replace

from core.talent.person.development import find_gaps
from core.talent.person.profile import get_asked_levels
from core.talent.review import build_review


def test_a_post_may_ask_for_levels_and_a_field_of_study_of_its_own(current):
    at = next(n for n, one in enumerate(current.posts) if one.key == "dinas-kominfo")
    strict = replace(
        current.posts[at], required_level=3, competencies="integrity=5| teamwork=2", required_field="Ilmu Hukum"
    )
    posts = (*current.posts[:at], strict, *current.posts[at + 1 :])
    other = build_review(current.context.facts, current.rubric, current.rules, posts, current.families, current.as_of)
    nip = str(current.people.index[current.people["level"] == "administrator"][0])
    asked = get_asked_levels(other, nip, "dinas-kominfo")
    assert (asked["integrity"], asked["teamwork"], asked["communication"]) == (5, 2, 3)
    assert set(get_asked_levels(current, nip, "dinas-kominfo").values()) == {4}
    fit = other.fit("dinas-kominfo", other.people.index)
    lawyers = other.people["education_field"].fillna("").str.contains("HUKUM")
    assert (fit.loc[lawyers, "field_fit"] == "same_family").all()
    assert not (fit.loc[~lawyers, "field_fit"] == "same_family").any()
    gaps = {gap.key: gap for gap in find_gaps(other, nip, "dinas-kominfo")}
    for key, gap in gaps.items():
        if key.startswith("competency:"):
            assert gap.wanted == asked[key.split(":")[1]]
