"""The steps of a case in their order, and the (NIP, post) at its end."""

import datetime as dt
from dataclasses import replace

import pytest

from core.talent.case.steps import STEPS, CaseStep, find_next, find_step_faults, is_over, list_open_names

DECIDED = ("1", "2", "3")
HELD, TODAY = dt.date(2026, 11, 1), dt.date(2026, 11, 24)
TITLES = {"kominfo": "Kepala Dinas Kominfo", "dispora": "Kepala Dispora"}
WAY = (
    CaseStep("submission", "800/1/2026", dt.date(2026, 11, 2), DECIDED, "kominfo"),
    CaseStep("approval", "B-9/2026", dt.date(2026, 11, 5), ("1", "3"), "kominfo"),
    CaseStep("announcement", "PENG/1/2026", dt.date(2026, 11, 6), ("1", "3"), "kominfo"),
    CaseStep("choice", "131/2026", dt.date(2026, 11, 9), ("1",), "kominfo"),
    CaseStep("confirmation", "B-12/2026", dt.date(2026, 11, 15), ("1",), "kominfo"),
    CaseStep("inauguration", "821/2026", dt.date(2026, 11, 20), ("1",), "kominfo"),
)


def faults(step, taken=WAY[:0], today=TODAY):
    return [str(fault) for fault in find_step_faults(step, taken, "kominfo", DECIDED, HELD, today, TITLES)]


def test_the_whole_way_is_taken_step_by_step():
    for count, step in enumerate(WAY):
        assert find_next(WAY[:count]) == step.kind
        assert faults(step, WAY[:count]) == []
    assert find_next(WAY) is None
    assert faults(WAY[-1], WAY) == ["the case is at its end; “Inauguration” cannot follow"]


@pytest.mark.parametrize("count", range(len(STEPS)))
@pytest.mark.parametrize("wanted", range(len(STEPS)))
def test_every_step_out_of_order_is_refused_with_both(count, wanted):
    found = faults(WAY[wanted], WAY[:count])
    assert (found == []) == (count == wanted)
    if count != wanted:
        (sentence,) = found
        assert "expected" in sentence
        assert "“" in sentence


def test_no_letter_is_older_than_the_step_before_nor_of_tomorrow():
    assert "before “the session's closing”" in faults(replace(WAY[0], day=HELD - dt.timedelta(days=1)))[0]
    assert "before “Submission to BKN”" in faults(replace(WAY[1], day=HELD), WAY[:1])[0]
    assert faults(replace(WAY[1], day=WAY[0].day), WAY[:1]) == []  # the same day will do
    assert "still to come" in faults(replace(WAY[1], day=TODAY + dt.timedelta(days=1)), WAY[:1])[0]


def test_only_names_of_the_step_before_go_on():
    assert list_open_names((), DECIDED) == DECIDED
    assert list_open_names(WAY[:2], DECIDED) == ("1", "3")
    assert "names 9" in faults(replace(WAY[1], nips=("1", "9")), WAY[:1])[0]
    assert faults(replace(WAY[1], nips=()), WAY[:1]) == ["choose whom the letter names"]
    assert "names 2" in faults(replace(WAY[3], nips=("2",)), WAY[:3])[0]  # BKN left number two out


def test_another_than_the_first_needs_a_reason():
    assert "the first of the list" in faults(replace(WAY[3], nips=("3",)), WAY[:3])[0]
    assert "the first of the list" in faults(replace(WAY[3], nips=("3",), reason="  sebab   "), WAY[:3])[0]
    assert faults(replace(WAY[3], nips=("3",), reason="lebih lama di bidangnya"), WAY[:3]) == []
    assert "one name" in faults(replace(WAY[3], nips=("1", "3")), WAY[:3])[0]


@pytest.mark.parametrize("at", [4, 5])
@pytest.mark.parametrize(("nips", "post"), [(("3",), "kominfo"), (("1",), "dispora"), ((), "kominfo"), (("1",), "")])
def test_a_pair_that_is_not_bkns_is_refused_with_both(at, nips, post):
    (sentence,) = faults(replace(WAY[at], nips=nips, post=post), WAY[:at])
    assert ("".join(nips) or "–") in sentence
    assert f"1 {'for' if at == 4 else 'as'} “Kepala Dinas Kominfo”" in sentence
    assert TITLES.get(post, "–") in sentence


@pytest.mark.parametrize("count", range(len(STEPS) + 1))
def test_a_case_can_end_behind_any_step_but_the_last_with_a_reason(count):
    end = CaseStep("ended", "B-99/2026", TODAY, (), "kominfo", "BKN menolak semua nama")
    found = faults(end, WAY[:count])
    assert (found == []) == (count < len(STEPS))
    assert faults(replace(end, reason="ditolak"), WAY[:count]) != []
    if count < len(STEPS):
        taken = (*WAY[:count], end)
        assert find_next(taken) is None
        assert is_over([step.kind for step in taken])
        assert "at its end" in faults(WAY[count], taken)[0]
