"""The rows of the panel: one a candidate, made once a review and post."""

from __future__ import annotations

from core.talent.review import TalentReview
from core.ui.ranking.panel import RankingRows, build_payload
from core.ui.shared import shared_result
from core.ui.terms import reasons


@shared_result(max_entries=8)
def panel_rows(current: TalentReview, post: str, words: str) -> dict[str, object]:
    """The rows of a post's candidates in a language (``words``), in the order in which ties stay."""
    view = current.view(post)
    people, scores = current.people.iloc[view.rows], current.scores
    return build_payload(
        RankingRows(
            names=people["full_name"].tolist(),
            units=people["unit"].tolist(),
            reasons=reasons(view.eligibility, view.candidates),
            eligibility=view.answers,
            box=people["box"].to_numpy(),
            value=scores.value[view.rows],
            low=scores.low[view.rows],
            high=scores.high[view.rows],
            measures=scores.measure_values[view.rows],
        )
    )
