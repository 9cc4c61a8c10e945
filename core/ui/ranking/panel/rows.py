"""The rows of the panel: one a candidate, made once a review and post."""

from __future__ import annotations

from core.talent.review import Basis, TalentReview
from core.ui.ranking.panel import RankingRows, build_payload
from core.ui.shared import shared_result
from core.ui.terms import reasons


@shared_result(max_entries=8)
def panel_rows(current: TalentReview, post: str, basis: Basis, words: str) -> dict[str, object]:
    """The rows of a post's candidates by what they are ordered by, in a language (``words``), in the order in which ties stay."""
    view = current.view(post, basis)
    people, scores = current.people.iloc[view.rows], view.scores
    return build_payload(
        RankingRows(
            names=people["full_name"].tolist(),
            units=people["unit"].tolist(),
            reasons=reasons(view.eligibility, view.candidates),
            eligibility=view.answers,
            box=view.boxes,
            possible=view.possible,
            value=scores.value,
            low=scores.low,
            high=scores.high,
            measures=scores.measures,
        )
    )
