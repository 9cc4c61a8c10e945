"""Numbers as shown: cut, yet the addends sum to the total to the last digit (largest remainder)."""

from __future__ import annotations

import numpy as np

from core.talent.arrays import FloatArray, IntArray


def apportion_units(total: int, exact: FloatArray) -> IntArray:
    """Whole units of each addend, summing to a total.

    Each addend is cut; what is lost goes to those that lost most, and to none that is nothing.

    Parameters
    ----------
    total
        In units, at most a few away from the sum of ``exact``.
    exact
        The addends in units, of either sign.
    """
    units = np.floor(exact + 1e-6).astype(np.int64)
    left = total - int(units.sum())
    moving = np.flatnonzero(exact) if exact.any() else np.arange(len(units))
    order = moving[np.argsort(units[moving] - exact[moving], kind="stable")]
    for at in range(abs(left) if len(order) else 0):
        units[order[at % len(order)] if left > 0 else order[-1 - at % len(order)]] += 1 if left > 0 else -1
    return units
