"""Tests of core/talent/fit/standard.py."""

import pytest

from core.talent.facts import COMPETENCIES
from core.talent.fit.standard import ask_standard
from core.talent.posts import Post, PostProblem


def post(**values):
    return Post("x", "Jabatan", "Unit", "II.b", "government", **values)


def test_a_post_asks_for_what_its_level_asks_unless_it_says_otherwise():
    plain = ask_standard(post(), "S1", frozenset({"administrator"}))
    assert (plain.level, plain.education, plain.years, plain.of_level) == ("jpt_pratama", "S1", 0, True)
    assert plain.competencies == dict.fromkeys(COMPETENCIES, 4)
    own = ask_standard(
        post(required_level=3, competencies="integrity=5", requirements="education=S2", experience_years=8),
        "S1",
        frozenset(),
    )
    assert (own.education, own.years, own.of_level) == ("S2", 8, False)
    lower = ask_standard(post(requirements="education=D3"), "S1", frozenset())
    assert lower.education == "S1"
    assert (own.competencies["integrity"], own.competencies["teamwork"]) == (5, 3)


def test_a_standard_that_cannot_be_is_refused():
    with pytest.raises(PostProblem, match="integrity=6"):
        ask_standard(post(competencies="integrity=6"), "S1", frozenset())
