"""Ways of telling people apart by colour: one category for everybody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.talent.eligibility.rules import ELIGIBLE, INELIGIBLE
from core.talent.employee import DAYS_A_YEAR, LEVELS
from core.talent.people import AGE_BANDS, assign_age_bands
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import TALENT_POOL

#: Units told apart; the others share one colour.
MOST_UNITS = 7
OTHERS = "other"

#: Categories of each grouping in the order of the legend; units are those of the people shown.
GROUPINGS: dict[str, tuple[str, ...]] = {
    "eligibility": ("eligible_in_pool", "eligible", "review", "ineligible"),
    "level": LEVELS,
    "age_band": AGE_BANDS,
    "sex": ("female", "male"),
    "years_in_post": ("under_2", "2_to_5", "over_5", "unknown"),
    "unit": (),
}


def group_people(review: TalentReview, shown: pd.DataFrame, grouping: str) -> pd.Series:
    """The category of each of the people shown.

    ``eligibility``: ``eligible_in_pool`` passes all gates and stands in the talent pool, ``eligible`` passes them
    elsewhere, ``review`` has data missing for a gate, ``ineligible`` fails one. ``unit``: the largest
    ``MOST_UNITS`` units among those shown, else ``other``.
    """
    if grouping == "eligibility":
        answer = shown["eligibility"].to_numpy()
        pool = shown["box"].isin(TALENT_POOL).to_numpy()
        chosen = np.select(
            [answer == INELIGIBLE, answer != ELIGIBLE, pool], ["ineligible", "review", "eligible_in_pool"], "eligible"
        )
        return pd.Series(chosen, index=shown.index)
    if grouping == "age_band":
        return assign_age_bands(shown["age"])
    if grouping == "years_in_post":
        years = (pd.Timestamp(review.as_of) - shown["position_since"]).dt.days / DAYS_A_YEAR
        chosen = np.select([years.isna(), years < 2, years <= 5], ["unknown", "under_2", "2_to_5"], "over_5")
        return pd.Series(chosen, index=shown.index)
    if grouping == "unit":
        units = shown["unit"].fillna(OTHERS)
        return units.where(units.isin(units.value_counts().index[:MOST_UNITS]), OTHERS)
    return shown[grouping]
