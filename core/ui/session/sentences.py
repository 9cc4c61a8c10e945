"""What the room reads, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.reports.sessions import PHASE_NAMES, PROPOSAL_NAMES, SEAT_NAMES, VOTE_NAMES
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.session.agreement import (
    CONCORDANCE_STEPS,
    CONSENSUS_STEPS,
    OVERLAP_STEPS,
    Agreement,
    list_clusters,
    rate_agreement,
)
from core.talent.session.committee import Seat
from core.talent.session.conflict import GROUNDS
from core.talent.session.dispute import Difference, Dispute
from core.talent.session.phases import PHASES, Phase
from core.ui.language import named, show_number, t, tn

_WORDS = (N_("very low"), N_("low"), N_("moderate"), N_("high"), N_("very high"))


def phase_name(phase: Phase) -> str:
    """A phase in words."""
    return t(PHASE_NAMES[phase])


def phases_in_words(now: Phase) -> str:
    """All phases in a line of Markdown, the present one in bold."""
    said = [f"**{phase_name(phase)}**" if phase == now else phase_name(phase) for phase in PHASES]
    return " → ".join(said)


def seat_name(seat: Seat) -> str:
    """A seat in words."""
    return t(SEAT_NAMES[seat])


def ground_name(ground: str) -> str:
    """A ground of conflict in words; none for an empty one."""
    return t(GROUNDS[ground]) if ground else t("no conflict")


def proposal_name(key: str) -> str:
    """A proposal in words."""
    return t(PROPOSAL_NAMES[key])


def vote_name(vote: str) -> str:
    """A vote in words."""
    return t(VOTE_NAMES[vote]) if vote else "–"


def agreement_lines(agreement: Agreement) -> list[tuple[str, str, str]]:
    """What is measured, its word with the figure, and what it means in a sentence."""
    groups = list_clusters(agreement.clusters)
    alike = t("all weigh alike") if len(groups) == 1 else t("{count} groups of like-minded members", count=len(groups))
    return [
        (
            t("Weights"),
            _word(agreement.consensus, CONSENSUS_STEPS),
            t("Consensus on the weights (Shannon, after Goepel); {groups}.", groups=alike),
        ),
        (
            t("Orders"),
            _word(agreement.concordance, CONCORDANCE_STEPS),
            t("How alike the members' orders of those who compete are (Kendall's W)."),
        ),
        (
            t("First names"),
            _word(agreement.overlap, OVERLAP_STEPS),
            tn(
                "Share of a member's first names that most members name; {same} of {count} pair of members has the same.",
                "Share of a member's first names that most members name; {same} of {count} pairs of members have the same.",
                agreement.pairs,
                same=agreement.same_pairs,
            ),
        ),
    ]


def _word(figure: float, steps: Sequence[float]) -> str:
    if math.isnan(figure):
        return t("nothing to compare")
    return f"{t(_WORDS[rate_agreement(figure, steps)])} ({show_number(figure * 100)} %)"


def dispute_sentence(dispute: Dispute, review: TalentReview, names: Sequence[str]) -> str:
    """What the members argue about, in one sentence."""
    count = dispute.places
    if not dispute.contested and not dispute.common:
        return t("Nobody has an order yet: no candidate is fully assessed and scored.")
    if not dispute.contested:
        first = _join([names[row] for row in dispute.common])
        if count == 1:
            return t(
                "It does not matter how it is weighed: under every member's weights {names} is first.", names=first
            )
        return t(
            "It does not matter how it is weighed: under every member's weights the same {count} are first: {names}.",
            count=len(dispute.common),
            names=first,
        )
    who = _join(
        [
            t("{name} ({votes} of {members} members)", name=names[row], votes=votes, members=dispute.members)
            for row, votes in list(dispute.contested.items())[:4]
        ]
    )
    place = dispute.places
    what = (
        t("place {place}", place=place)
        if dispute.open_places == 1
        else t("places {first} to {last}", first=place - dispute.open_places + 1, last=place)
    )
    single = [answer[0] for answer in dispute.answers if len(answer) == 1]
    if dispute.fewest and single:
        things = [say_difference(each, review, names) for each in single[:3]]
        if len(things) == 1:
            return t("Only {thing} decides {what}: {who}.", thing=things[0], what=what, who=who)
        return t("To agree on {things} would settle {what}: {who}.", things=_join_or(things), what=what, who=who)
    if dispute.answers and len(dispute.answers[0]) <= 3:
        count = len(dispute.answers[0])
        return tn(
            "{count} difference decides {what}: {who}.", "{count} differences together decide {what}: {who}.", count,
            what=what, who=who,
        )  # fmt: skip
    return t("Members differ in many things at once; open: {what}: {who}.", what=what, who=who)


def dispute_details(dispute: Dispute, review: TalentReview, names: Sequence[str]) -> str:
    """The differences that only together decide, by name; empty where the sentence names what it hangs on."""
    if not dispute.answers or (dispute.fewest and any(len(answer) == 1 for answer in dispute.answers)):
        return ""
    if len(dispute.answers[0]) > 3:
        return ""
    return t(
        "It hangs on {things}.", things=_join([say_difference(each, review, names) for each in dispute.answers[0]])
    )


def say_difference(difference: Difference, review: TalentReview, names: Sequence[str]) -> str:
    """One difference with its span."""
    if difference.kind == "weight":
        criterion = named(review.rubric.criteria[difference.index].name)
        low, high = (show_number(value * 100, 1) for value in (difference.low, difference.high))
        return t("the weight of {criterion} ({low} to {high} %)", criterion=criterion, low=low, high=high)
    low, high = (show_number(value, 1) for value in (difference.low, difference.high))
    return t("the members' scores for {name} ({low} to {high})", name=names[difference.index], low=low, high=high)


def _join_or(parts: Sequence[str]) -> str:
    return t("{some} or {last}", some=", ".join(parts[:-1]), last=parts[-1])


def _join(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return t("{some} and {last}", some=", ".join(parts[:-1]), last=parts[-1])
