"""Kelompok rencana suksesi (KRS): who belongs to it by boxes and the rule on performance."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from core.talent.eligibility.rules import ELIGIBLE
from core.talent.grid.calibration import lay_box_decisions
from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import TALENT_POOL
from core.talent.succession.readiness import classify_readiness


def select_pool(
    review: TalentReview,
    post: str = ALL_PEOPLE,
    boxes: Collection[int] = TALENT_POOL,
    decided: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Members, the highest talent value first: full_name, unit, position_title, box, computed_box, talent, readiness.

    Members stand in one of the boxes (as decided by the committee where it did) and have at least Baik in both of the
    last two years (PermenPANRB 3/2020; the gate ``performance``); for a post they are ready now or in one to two years.

    Raises
    ------
    UnknownPost
    """
    people = lay_box_decisions(review.people, decided or {})
    keep = people["box"].isin(list(boxes))
    if "performance" in review.eligibility.answers:
        keep &= review.eligibility.answers["performance"]["answer"] == ELIGIBLE
    ready = pd.Series("", index=people.index)
    if post != ALL_PEOPLE:
        ready = classify_readiness(review, post).classes
        keep &= ready.isin(["now", "soon"])
    columns = ["full_name", "unit", "position_title", "box", "computed_box", "talent"]
    members = people.loc[keep, columns].assign(readiness=ready[keep])
    return members.sort_values("talent", ascending=False, kind="stable")
