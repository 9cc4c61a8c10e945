"""The rows of the panel: one a candidate, made once a review and post."""

from __future__ import annotations

from core.talent.eligibility.rules import ELIGIBLE
from core.talent.posts import ALL_PEOPLE
from core.talent.review import Basis, TalentReview
from core.talent.takers import find_takers
from core.ui.language import t
from core.ui.ranking.panel import RankingRows, build_payload
from core.ui.shared import shared_result
from core.ui.terms import reasons, say_lacking


def _reasons(current: TalentReview, post: str, basis: Basis) -> list[str]:
    """Why somebody is not plainly eligible; of who is, why they cannot take the post now."""
    view = current.view(post, basis)
    told = reasons(view.eligibility, view.candidates)
    if post == ALL_PEOPLE:
        return ["" if answer == ELIGIBLE else why for answer, why in zip(view.answers, told, strict=True)]
    takers = find_takers(current, post, basis=basis)
    for at, (nip, answer) in enumerate(zip(view.candidates, view.answers, strict=True)):
        if answer == ELIGIBLE:
            lacking = say_lacking(current, post, str(nip), takers.lacking(str(nip)), basis)
            told[at] = t("cannot take it now: {why}", why=lacking) if lacking else ""
    return told


@shared_result(max_entries=8)
def panel_rows(current: TalentReview, post: str, basis: Basis, words: str) -> dict[str, object]:
    """The rows of a post's candidates by what they are ordered by, in a language (``words``), in the order in which ties stay."""
    view = current.view(post, basis)
    scores = view.scores
    return build_payload(
        RankingRows(
            names=view.names,
            units=view.units,
            reasons=_reasons(current, post, basis),
            eligibility=view.answers,
            box=view.boxes,
            possible=view.possible,
            value=scores.value,
            low=scores.low,
            high=scores.high,
            measures=scores.measures,
        )
    )
