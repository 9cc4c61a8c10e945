"""The candidates of a post, in order."""

from __future__ import annotations

import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.eligibility.order_rule import OrderRule, assign_groups, mask_meeting
from core.talent.eligibility.rules import ELIGIBLE
from core.talent.ranking.order import count_inseparable, rank_rows
from core.talent.review import Basis, TalentReview


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
    people, eligibility, scores = review.people.iloc[view.rows], view.answers, view.scores
    groups = assign_groups(rule, eligibility, view.boxes)
    ranking = rank_rows(scores.value, weights, groups)
    low, high = (bound @ weights for bound in (scores.low, scores.high))
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranking.rank, dtype="Int64"),
            "nip": people.index,
            "name": people["full_name"].to_numpy(),
            "unit": people["unit"].to_numpy(),
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


def count_eligible(ranked: pd.DataFrame) -> int:
    """How many of an order (from ``rank_post``) are eligible and have a place."""
    return int(((ranked["eligibility"] == ELIGIBLE) & ranked["rank"].notna()).sum())
