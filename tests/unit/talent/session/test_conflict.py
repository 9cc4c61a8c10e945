"""Conflicts of interest."""

import pytest

from core.talent.session.conflict import (
    GROUNDS,
    ConflictProblem,
    Declaration,
    check_declaration,
    find_recusal,
    list_undeclared,
)

CANDIDATES = {"a": ("1", "2"), "b": ("2", "3")}
DECLARED = {"1": Declaration("1", "family", "kakak kandung"), "2": Declaration("2", ""), "3": Declaration("3", "")}


def test_a_conflict_shuts_out_from_the_posts_of_the_candidate():
    recusal = find_recusal(DECLARED, CANDIDATES, "post")
    assert recusal.posts == {"a"}
    assert recusal.hides("a")
    assert not recusal.hides("b")
    assert recusal.people == frozenset()


def test_or_from_the_candidate_alone():
    recusal = find_recusal(DECLARED, CANDIDATES, "candidate")
    assert (recusal.posts, recusal.people) == (frozenset(), {"1"})


def test_a_withdrawn_candidate_shuts_nobody_out():
    assert find_recusal(DECLARED, {"a": ("2",)}, "post").posts == frozenset()


def test_who_has_not_been_spoken_of_is_listed_once():
    assert list_undeclared({"1": DECLARED["1"]}, CANDIDATES) == ["2", "3"]
    assert list_undeclared(DECLARED, CANDIDATES) == []


@pytest.mark.parametrize(
    ("ground", "reason", "words"),
    [("cousin", "saudara", "no ground"), ("family", " x ", "3 to 500"), ("paid", "y" * 501, "3 to 500")],
)
def test_a_declaration_names_a_ground_and_a_reason(ground, reason, words):
    with pytest.raises(ConflictProblem, match=words):
        check_declaration(Declaration("1", ground, reason))


@pytest.mark.parametrize("ground", ["", *GROUNDS])
def test_every_ground_of_the_law_can_be_declared(ground):
    check_declaration(Declaration("1", ground, "kakak kandung"))
