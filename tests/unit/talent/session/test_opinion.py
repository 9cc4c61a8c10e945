"""One member's judgement and its seal."""

from dataclasses import replace

import pytest

from core.talent.session.opinion import Opinion, OpinionProblem, check_first, check_score, seal_opinions

OPINION = Opinion((500, 300, 200), ("1", "2"), "catatan", {"1": (80.0, None)})


def test_the_seal_holds_what_was_sealed_and_nothing_else():
    seal = seal_opinions({"a": OPINION}, "garam")
    assert len(seal) == 64
    assert seal == seal_opinions({"a": replace(OPINION)}, "garam")
    for changed in (
        replace(OPINION, tenths=(499, 301, 200)),
        replace(OPINION, tenths=None),
        replace(OPINION, first=("2", "1")),
        replace(OPINION, note=""),
        replace(OPINION, scores={"1": (80.0, 0.0)}),
    ):
        assert seal_opinions({"a": changed}, "garam") != seal
    assert seal_opinions({"b": OPINION}, "garam") != seal
    assert seal_opinions({"a": OPINION}, "gula") != seal


@pytest.mark.parametrize("value", [-0.1, 100.1, float("nan"), float("inf")])
def test_a_score_is_from_0_to_100(value):
    with pytest.raises(OpinionProblem):
        check_score(value)
    for fine in (None, 0, 100, 87.5):
        check_score(fine)


@pytest.mark.parametrize(
    ("first", "words"), [(["1", "2", "3", "4"], "at most 3"), (["1", "1"], "twice"), (["9"], "not among")]
)
def test_first_names_are_candidates_each_once_and_not_too_many(first, words):
    with pytest.raises(OpinionProblem, match=words):
        check_first(first, ["1", "2", "3", "4"], 3)
    check_first(["2", "1"], ["1", "2"], 3)
