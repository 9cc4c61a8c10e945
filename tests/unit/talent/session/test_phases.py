"""The phases as data."""

import pytest

from core.talent.session.phases import ALLOWED, NEXT, PHASES, PhaseProblem, is_sealed, may_do, require_act


def test_every_phase_is_reached_and_left():
    assert set(ALLOWED) == set(PHASES)
    assert set(NEXT.values()) == set(PHASES)  # also the preparation: what was prepared wrongly goes back
    assert {phase for phase, _ in NEXT} == set(PHASES)


def test_whoever_leads_on_may_do_so_there():
    for phase, act in NEXT:
        assert ALLOWED[phase][act], (phase, act)


def test_members_judge_alone_and_in_the_discussion_and_at_no_other_time():
    assert {phase for phase in PHASES if may_do(phase, {"member"}, "judge")} == {"judging", "discussion"}
    assert {phase for phase in PHASES if may_do(phase, {"secretariat"}, "judge")} == set()
    assert {phase for phase in PHASES if may_do(phase, {"chair"}, "vote")} == {"decision"}
    assert {phase for phase in PHASES if is_sealed(phase)} == {"preparation", "judging"}


@pytest.mark.parametrize(
    ("phase", "part", "act", "words"),
    [
        ("closed", "member", "vote", "not done in this phase"),
        ("judging", "member", "reveal", "for others to do"),
        ("preparation", "member", "judge", "not done in this phase"),
    ],
)
def test_what_is_not_done_is_refused_with_the_reason(phase, part, act, words):
    with pytest.raises(PhaseProblem, match=words):
        require_act(phase, {part}, act)


def test_nobody_without_a_part_does_anything():
    for phase, acts in ALLOWED.items():
        assert not any(may_do(phase, (), act) for act in acts)
