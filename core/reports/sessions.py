"""A committee's session in words: phases, seats, ways to make one order, votes, the basis; for screen and paper alike."""

from __future__ import annotations

from core.talent.messages import N_
from core.talent.session.committee import Seat
from core.talent.session.phases import Phase

PHASE_NAMES: dict[Phase, str] = {
    "preparation": N_("Preparation"),
    "judging": N_("Own judgement"),
    "revealed": N_("Opened"),
    "discussion": N_("Discussion"),
    "decision": N_("Decision"),
    "closed": N_("Closed"),
}
SEAT_NAMES: dict[Seat, str] = {"chair": N_("chair"), "secretary": N_("secretary"), "member": N_("member")}
PROPOSAL_NAMES = {
    "official": N_("Official order"),
    "weights_mean": N_("Mean of weights"),
    "weights_median": N_("Median of weights"),
    "scores_mean": N_("Mean of scores"),
    "borda": N_("Borda (points for places)"),
    "kemeny": N_("Kemeny (fewest contradictions)"),
}
#: By a vote as it is kept.
VOTE_NAMES: dict[str, str] = {"yes": N_("in favour"), "no": N_("against"), "abstain": N_("abstention")}
BASIS_NAMES = {"open": N_("open selection"), "management": N_("talent management")}
