"""Who stands in another box: between two reviews, whether of two dates or under two rubrics."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

#: A box's standing, so that up and down have a meaning: the pool, the middle, below; within these equal.
_STANDING = {9: 3, 8: 2, 7: 2, 6: 1, 5: 1, 4: 1, 3: 0, 2: 0, 1: -1}


def tabulate_movements(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Everyone of either with both boxes and what became of them, in the order of ``after``.

    Parameters
    ----------
    before, after
        People of a review: box (0 not assessed), performance, potential, full_name, unit.

    Returns
    -------
    Indexed by NIP: full_name, unit, box_before, box_after (NA where the person is not known),
    performance_change, potential_change (NaN where not assessed in both), and ``kind``: ``rose``,
    ``fell``, ``moved`` (to a box of equal standing), ``same``, ``assessed`` (was not before),
    ``lost`` (is not any more), ``open`` (in neither), ``new``, ``gone``.
    """
    nips = after.index.append(before.index.difference(after.index, sort=False))
    who = pd.concat([after, before.loc[before.index.difference(after.index, sort=False)]])
    frame = pd.DataFrame(
        {
            "full_name": who["full_name"],
            "unit": who["unit"],
            "box_before": before["box"].reindex(nips).astype("Int64"),
            "box_after": after["box"].reindex(nips).astype("Int64"),
        },
        index=nips,
    )
    for axis in ("performance", "potential"):
        frame[f"{axis}_change"] = after[axis].reindex(nips) - before[axis].reindex(nips)
    was, now = (frame[name].astype("float64").to_numpy() for name in ("box_before", "box_after"))
    lift = np.asarray(_standing(now) - _standing(was))
    frame["kind"] = np.select(
        [
            np.isnan(was),
            np.isnan(now),
            (was == 0) & (now == 0),
            was == 0,
            now == 0,
            was == now,
            lift > 0,
            lift < 0,
        ],
        ["new", "gone", "open", "assessed", "lost", "same", "rose", "fell"],
        default="moved",
    )
    return frame


def _standing(boxes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Standing of each box, NaN without one."""
    table = np.full(10, np.nan)
    table[list(_STANDING)] = list(_STANDING.values())
    return np.asarray(table[np.nan_to_num(boxes).astype(int)])


def count_flows(moved: pd.DataFrame) -> pd.DataFrame:
    """Counts from box to box (0 not assessed) of those known in both: box_before, box_after, people."""
    both = moved.dropna(subset=["box_before", "box_after"])
    counted = both.groupby(["box_before", "box_after"]).size()
    return counted.rename("people").reset_index().astype(int)
