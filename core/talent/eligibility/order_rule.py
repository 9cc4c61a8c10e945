"""The order rule: what comes before the score when candidates are ordered."""

from __future__ import annotations

from typing import Literal

import numpy as np

from core.talent.arrays import IntArray

#: ``box``: eligible first, then box 9 to 1, then score. ``eligible``: eligible first, then score. ``score``: by score alone.
OrderRule = Literal["box", "eligible", "score"]
#: Places for the boxes within one answer over the gates; the last is that of who has no box.
_BOXES, _NO_BOX = 16, 15
ORDER_RULES: tuple[OrderRule, ...] = ("box", "eligible", "score")


def mask_meeting(rule: OrderRule, eligibility: IntArray, possible: IntArray) -> IntArray:
    """Which groups each row may come to stand in once all is known, as bits: two rows may meet where they share one.

    Parameters
    ----------
    possible
        Boxes that are possible, as of ``mask_possible_boxes``.
    """
    if rule == "score":
        return np.ones(len(eligibility), dtype=np.int64)
    if rule == "eligible":
        return np.int64(1) << eligibility.astype(np.int64)
    return possible << (9 * eligibility.astype(np.int64))


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
    return eligibility * _BOXES + np.where(box > 0, 9 - box, _NO_BOX)


def has_box(group: int) -> bool:
    """Whether a group of the rule ``box`` (``assign_groups``) is that of a box, not of who has none."""
    return bool(group % _BOXES != _NO_BOX)
