"""The candidates of a post, in order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.eligibility.order_rule import OrderRule, assign_groups, mask_meeting
from core.talent.eligibility.rules import ELIGIBLE
from core.talent.ranking.order import Ranking, count_inseparable, rank_rows
from core.talent.review import Basis, PostView, TalentReview


def rank_candidates(view: PostView, weights: FloatArray, rule: OrderRule) -> Ranking:
    """The order of a post's candidates under any weights (shares summing to 1), by their row numbers in the view."""
    return rank_rows(view.scores.value, weights, assign_groups(rule, view.answers, view.boxes))


def rank_post(
    review: TalentReview, post: str, weights: FloatArray, rule: OrderRule, basis: Basis = "talent"
) -> pd.DataFrame:
    """Rank the candidates of a post under any weights (shares summing to 1) of what they are ordered by, in order.

    Columns: rank (NA without a score), nip, name, unit, score, score_low, score_high, inseparable
    (how many others the missing data cannot tell apart from this one), box (NA where not
    assessed), eligibility; for a post also fit, fit_low, fit_high, technical, field_fit,
    family_years.

    Raises
    ------
    UnknownPost
        When there is no such post.
    """
    view = review.view(post, basis)
    eligibility, scores = view.answers, view.scores
    ranking = rank_candidates(view, weights, rule)
    low, high = (bound @ weights for bound in (scores.low, scores.high))
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranking.rank, dtype="Int64"),
            "nip": view.candidates,
            "name": np.array(view.names, dtype=object),
            "unit": view.units,
            "score": ranking.score,
            "score_low": low,
            "score_high": high,
            "inseparable": count_inseparable(ranking.score, low, high, mask_meeting(rule, eligibility, view.possible)),
            "box": pd.array(view.boxes, dtype="Int64"),
            "eligibility": eligibility,
        }
    )
    frame[["rank", "box"]] = frame[["rank", "box"]].replace(0, pd.NA)
    if view.fit is not None:
        frame = pd.concat([frame, view.fit.reset_index(drop=True)], axis=1)
    return frame.iloc[ranking.order].reset_index(drop=True)


#: So many names a proposal has; with fewer eligible the first of the order are not all eligible.
ENOUGH = 3


def count_eligible(ranking: Ranking, answers: np.ndarray) -> int:
    """How many of an order are eligible (by their answers over the gates) and have a place."""
    return int(((answers == ELIGIBLE) & (ranking.rank > 0)).sum())
