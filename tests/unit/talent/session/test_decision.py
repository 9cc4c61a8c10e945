"""Votes, and what a decision must say."""

from dataclasses import replace

import pytest

from core.talent.session.decision import Choice, Standing, check_decision, count_votes, list_reasons_needed

FIRST, SECOND, FIFTH = Standing(1, 1, 0), Standing(2, 3, 0), Standing(5, 4, 0)
STANDINGS = {"a": FIRST, "b": SECOND, "e": FIFTH, "r": Standing(3, 2, 1), "x": Standing(4, 5, 2)}
REASON = "pengalaman memimpin dinas"


@pytest.mark.parametrize(
    ("votes", "entitled", "quorum", "quorate", "carried"),
    [
        (["yes", "yes", "no"], 5, 3, True, True),
        (["yes", "yes"], 5, 3, False, False),
        (["yes", "no"], 2, 3, True, False),
        (["yes", "abstain", "abstain"], 3, 3, True, True),
        (["abstain"] * 3, 3, 3, True, False),
        ([], 0, 3, False, False),
    ],
)
def test_votes_are_counted(votes, entitled, quorum, quorate, carried):
    tally = count_votes(votes, entitled, quorum, 0.5)
    assert (tally.quorate, tally.carried) == (quorate, carried)
    assert tally.yes + tally.no + tally.abstain == len(votes)


def test_a_greater_majority_can_be_asked_for():
    assert count_votes(["yes", "yes", "no"], 3, 3, 0.6).carried
    assert not count_votes(["yes", "yes", "no"], 3, 3, 2 / 3).carried


@pytest.mark.parametrize(
    ("place", "standing", "needed"),
    [
        (1, FIRST, []),
        (2, SECOND, ["consensus"]),
        (2, FIRST, ["official", "consensus"]),
        (5, FIFTH, ["consensus", "behind"]),
        (1, Standing(0, 1, 0), ["official", "behind"]),
        # Two who share place 2 may stand at 2 and 3, and not before or behind.
        (3, Standing(2, 3, 0, official_shared=2), []),
        (4, Standing(2, 4, 0, official_shared=2), ["official"]),
        (1, Standing(2, 1, 0, official_shared=2), ["official"]),
        (3, Standing(3, 2, 0, consensus_shared=2), []),
    ],
)
def test_when_a_reason_is_needed(place, standing, needed):
    assert list_reasons_needed(place, standing) == needed


def words_of(*choices, places=3):
    return " | ".join(str(fault) for fault in check_decision(choices, STANDINGS, places))


def test_the_first_by_both_orders_needs_no_word():
    assert words_of(Choice("a")) == ""


def test_a_name_that_differs_needs_its_reason():
    assert "name 2 differs" in words_of(Choice("a"), Choice("b"))
    assert words_of(Choice("a"), Choice("b", REASON)) == ""
    assert "name 2 differs" in words_of(Choice("a"), Choice("e", " x "))


def test_gates_not_passed_cannot_be_chosen_whatever_the_reason():
    assert "does not pass" in words_of(Choice("x", REASON, REASON))


def test_to_be_reviewed_only_with_what_is_checked_by_when():
    assert "say what is checked" in words_of(Choice("r", REASON))
    assert words_of(Choice("r", REASON, "ijazah, BKPSDM, 5 Desember")) == ""


@pytest.mark.parametrize(
    ("choices", "places", "words"),
    [
        ((), 3, "0 names"),
        ((Choice("a"), Choice("b", REASON)), 1, "2 names"),
        ((Choice("a"), Choice("a", REASON)), 3, "twice"),
        ((Choice("nobody"),), 3, "not among"),
    ],
)
def test_what_is_no_decision(choices, places, words):
    assert words in words_of(*choices, places=places)


def test_all_faults_are_told_at_once():
    told = words_of(Choice("x"), replace(Choice("r"), reason=REASON))
    assert "name 1 does not pass" in told
    assert "name 1 differs" in told
    assert "name 2 is to be reviewed" in told
