"""Votes, and what a decision on a post must say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from core.talent.eligibility.rules import INELIGIBLE, REVIEW
from core.talent.errors import MantelError
from core.talent.messages import N_

Vote = Literal["yes", "no", "abstain"]
VOTES: tuple[Vote, ...] = get_args(Vote)

#: From this place in the official order a name needs a reason of its own, wherever it stands.
REASON_FROM = 4
_SHORTEST = 10


class DecisionFault(MantelError):
    """A decision that cannot stand as it is."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on a post: counts, how many could vote, whether enough did, and whether it is carried."""

    yes: int
    no: int
    abstain: int
    entitled: int
    quorate: bool
    carried: bool

    @property
    def cast(self) -> int:
        """How many have voted."""
        return self.yes + self.no + self.abstain

    @property
    def complete(self) -> bool:
        """Whether all have voted who may."""
        return self.cast == self.entitled


@dataclass(frozen=True, slots=True)
class Choice:
    """A name of a decision: ``reason`` where one is asked for, ``check`` what is to be checked by when before it counts."""

    nip: str
    reason: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a candidate stands: places in the official and the consensus order (0 without one), the answer over the gates.

    ``official_shared`` and ``consensus_shared`` are how many candidates share the place: any of its places is theirs.
    """

    official: int
    consensus: int
    answer: int
    official_shared: int = 1
    consensus_shared: int = 1


def count_votes(votes: Sequence[Vote], entitled: int, quorum: int, majority: float) -> Tally:
    """Count the votes of those who may vote.

    Parameters
    ----------
    entitled
        How many may vote on this post; recused members are not among them.
    quorum
        How many must have voted, abstentions included; at most all who may.
    majority
        The share of yes among yes and no that must be exceeded, e.g. 0.5.
    """
    yes, no, abstain = (votes.count(vote) for vote in VOTES)
    quorate = entitled > 0 and len(votes) >= min(quorum, entitled)
    return Tally(yes, no, abstain, entitled, quorate, quorate and yes > majority * (yes + no))


def list_reasons_needed(place: int, standing: Standing) -> list[str]:
    """Why a name at a place (from 1) needs a reason, as keys: differs from the official order, from the consensus, comes from behind."""
    needed = []
    if not 0 <= place - standing.official < standing.official_shared:
        needed.append("official")
    if not 0 <= place - standing.consensus < standing.consensus_shared:
        needed.append("consensus")
    if standing.official >= REASON_FROM or standing.official == 0:
        needed.append("behind")
    return needed


def check_decision(choices: Sequence[Choice], standings: Mapping[str, Standing], places: int) -> list[DecisionFault]:
    """What keeps a decision from standing; nothing where it may.

    Parameters
    ----------
    standings
        Of every candidate, by NIP.
    places
        How many names are to be decided on: three, or one.
    """
    faults = []
    if not 1 <= len(choices) <= places:
        message = N_("{count} names are chosen; expected 1 to {most}")
        faults.append(DecisionFault(message, count=len(choices), most=places))
    nips = [choice.nip for choice in choices]
    if len(set(nips)) < len(nips):
        faults.append(DecisionFault(N_("the same person is chosen twice")))
    for place, choice in enumerate(choices, 1):
        standing = standings.get(choice.nip)
        if standing is None:
            message = N_("{nip} is not among the candidates of this post")
            faults.append(DecisionFault(message, nip=choice.nip))
            continue
        if standing.answer == INELIGIBLE:
            faults.append(DecisionFault(N_("name {place} does not pass the gates and cannot be chosen"), place=place))
        if standing.answer == REVIEW and len(choice.check.strip()) < _SHORTEST:
            message = N_("name {place} is to be reviewed: say what is checked, by whom and until when")
            faults.append(DecisionFault(message, place=place))
        if list_reasons_needed(place, standing) and len(choice.reason.strip()) < _SHORTEST:
            message = N_("name {place} differs from the consensus or the official order: write the reason")
            faults.append(DecisionFault(message, place=place))
    return faults
