"""The order rule: what comes before the score when candidates are ordered."""

from __future__ import annotations

from typing import Literal

import numpy as np

from core.talent.arrays import IntArray

#: ``box``: eligible first, then box 9 to 1, then score. ``eligible``: eligible first, then score. ``score``: by score alone.
OrderRule = Literal["box", "eligible", "score"]
ORDER_RULES: tuple[OrderRule, ...] = ("box", "eligible", "score")


def assign_groups(rule: OrderRule, eligibility: IntArray, box: IntArray) -> IntArray:
    """Group of each row under an order rule; lower groups come first.

    Parameters
    ----------
    eligibility
        0 eligible, 1 to be reviewed, 2 not eligible.
    box
        1-9, 0 where not assessed.
    """
    if rule == "score":
        return np.zeros(np.shape(box), dtype=np.int64)
    if rule == "eligible":
        return eligibility.astype(np.int64)
    return eligibility * 16 + np.where(box > 0, 9 - box, 15)
