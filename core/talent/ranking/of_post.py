"""The candidates of a post, in order."""

from __future__ import annotations

import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.eligibility.order_rule import OrderRule, assign_groups
from core.talent.eligibility.rules import ELIGIBLE
from core.talent.ranking.order import count_inseparable, rank_rows
from core.talent.review import TalentReview


def rank_post(review: TalentReview, post: str, weights: FloatArray, rule: OrderRule) -> pd.DataFrame:
    """Rank the candidates of a post under any weights (shares summing to 1), in order.

    Columns: rank (NA without a score), nip, name, unit, score, score_low, score_high, inseparable
    (how many others the missing data cannot tell apart from this one), box (NA where not
    assessed), eligibility; for a post also fit, fit_low, fit_high, technical, field_fit,
    family_years.

    Raises
    ------
    UnknownPost
        When there is no such post.
    """
    view = review.view(post)
    people, eligibility = review.people.iloc[view.rows], view.answers
    groups = assign_groups(rule, eligibility, people["box"].to_numpy())
    ranking = rank_rows(review.scores.value[view.rows], weights, groups)
    low, high = (bound[view.rows] @ weights for bound in (review.scores.low, review.scores.high))
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranking.rank, dtype="Int64"),
            "nip": people.index,
            "name": people["full_name"].to_numpy(),
            "unit": people["unit"].to_numpy(),
            "score": ranking.score,
            "score_low": low,
            "score_high": high,
            "inseparable": count_inseparable(ranking.score, low, high),
            "box": pd.array(people["box"].to_numpy(), dtype="Int64"),
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
