"""Firmness of an order with the installation's settings."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.reports.robustness import alarm_words
from core.settings import settings
from core.talent.arrays import FloatArray
from core.talent.eligibility.order_rule import OrderRule
from core.talent.ranking.acceptability import WEIGHTINGS
from core.talent.ranking.decision_matrix import build_decision_matrix
from core.talent.ranking.of_post import rank_post
from core.talent.ranking.robustness import (
    assess_robustness,
    compute_shares_anywhere,
    find_changes,
    find_first_rows,
    tabulate_robustness,
)
from core.talent.ranking.tailoring import AlarmLimits
from core.talent.review import Basis, TalentReview


def get_alarm_limits() -> AlarmLimits:
    """From where on an alarm is raised."""
    here = settings()
    return AlarmLimits(here.alarm_smallest_share, here.alarm_far, here.alarm_needed)


def assess_post(
    review: TalentReview, post: str, weights: FloatArray, rule: OrderRule, radius: float = 0.0, basis: Basis = "talent"
) -> tuple[pd.DataFrame, str]:
    """``tabulate_robustness`` for a post, and the alarm in words (empty without one).

    Parameters
    ----------
    radius
        Share of the weight given out anew at random (0-1); 0 for the one of the settings.

    Raises
    ------
    UnknownPost
    """
    matrix = build_decision_matrix(review, post, rule, basis)
    nips = review.candidates(post)
    official, limits = np.array(review.rubric_of(basis).weights), get_alarm_limits()
    robustness = assess_robustness(
        matrix, weights, official, radius or settings().robustness_radius, compute_shares_anywhere(matrix), limits
    )
    rows = find_first_rows(matrix, weights)
    _, into_three = find_changes(matrix, weights, rows)
    frame = tabulate_robustness(
        rank_post(review, post, weights, rule, basis),
        nips,
        robustness,
        {str(nips[change.row]): change for change in into_three},
    )
    if robustness.tailoring is None:
        return frame, ""
    name = str(review.people.at[nips[robustness.tailoring.row], "full_name"])
    return frame, " ".join(alarm_words(robustness.tailoring, name, limits, WEIGHTINGS, settings().language))
