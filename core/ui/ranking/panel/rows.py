"""The rows of the panel: one a candidate, made once a review and post."""

from __future__ import annotations

from core.talent.review import TalentReview
from core.ui.ranking.panel import RankingRows, build_payload
from core.ui.shared import shared_result
from core.ui.terms import reasons


@shared_result(max_entries=8)
def panel_rows(current: TalentReview, post: str) -> dict[str, object]:
    """The rows of a post's candidates, in the order in which ties stay."""
    nips = current.candidates(post)
    people = current.people.loc[nips]
    eligibility = current.eligibility_for(post)
    at = current.people.index.get_indexer(nips)
    return build_payload(
        RankingRows(
            names=people["full_name"].tolist(),
            units=people["unit"].tolist(),
            reasons=reasons(eligibility, nips),
            eligibility=eligibility.overall.loc[nips].to_numpy(),
            box=people["box"].to_numpy(),
            value=current.scores.value[at],
            low=current.scores.low[at],
            high=current.scores.high[at],
            measures=current.scores.measure_values[at],
        )
    )
