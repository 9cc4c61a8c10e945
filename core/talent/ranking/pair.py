"""Why one stands above another: the group of the order rule first where it decides, else the gap step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.eligibility.order_rule import has_box
from core.talent.ranking.decision_matrix import DecisionMatrix
from core.talent.scoring.apportion import apportion_units
from core.talent.scoring.nine_box import quantise_scores
from core.talent.scoring.score_table import compute_weighted_scores

#: What puts one before the other: an answer over the gates, a box, the score, whatever the missing records say (``at_least``),
#: nothing (they tie), or it is not known.
Decides = Literal["eligibility", "box", "score", "at_least", "tie", "unknown"]


@dataclass(frozen=True)
class Pair:
    """Two rows of a matrix under some weights; ``first`` stands above ``second``, where that is known.

    ``steps`` are the points each criterion puts between them (positive for ``first``), NaN where one of the two is not
    assessed; ``gap`` is their sum, NaN where the score of one is not known. ``low`` and ``high`` bound the gap.
    """

    first: int
    second: int
    decides: Decides
    steps: FloatArray
    gap: float
    low: float
    high: float


def explain_pair(matrix: DecisionMatrix, weights: FloatArray, one: int, other: int) -> Pair:
    """Which of two rows stands above, and by what.

    Parameters
    ----------
    weights
        One share a criterion, summing to 1.
    """
    rows = np.array([one, other])
    scores = compute_weighted_scores(matrix.value[rows], weights)
    groups = matrix.groups[rows]
    swap = bool(groups[1] < groups[0]) if groups[0] != groups[1] else bool(scores[1] > scores[0])
    first, second = (other, one) if swap else (one, other)
    carried = weights != 0
    steps = np.where(carried, (matrix.value[first] - matrix.value[second]) * weights, 0.0)
    low = float(((matrix.low[first] - matrix.high[second]) * weights).sum())
    high = float(((matrix.high[first] - matrix.low[second]) * weights).sum())
    gap = float(scores[0] - scores[1]) * (-1 if swap else 1)
    if np.isnan(gap) and high < 0:  # whatever the missing records say, the other stands above
        first, second, steps, low, high = second, first, -steps, -high, -low
    return Pair(first, second, _find_what_decides(matrix, first, second, gap, low), steps, gap, low, high)


def _find_what_decides(matrix: DecisionMatrix, first: int, second: int, gap: float, low: float) -> Decides:
    if matrix.groups[first] != matrix.groups[second]:
        return "eligibility" if matrix.eligibility[first] != matrix.eligibility[second] else "box"
    if np.isnan(gap):
        # A box that is not known may still turn out higher than the other's.
        boxed = matrix.rule != "box" or has_box(matrix.groups[first])
        return "at_least" if boxed and low > 0 else "unknown"
    return "tie" if quantise_scores(np.array(gap)) == 0 else "score"


@dataclass(frozen=True)
class ShownPair:
    """A pair in numbers as they are shown: cut to some decimals, yet ``steps`` add up to ``gap`` to the last digit.

    ``gap`` is ``first`` minus ``second``, the two scores as shown; each of ``steps`` is a criterion's points.
    """

    first: float
    second: float
    gap: float
    steps: tuple[float, ...]


def round_pair(matrix: DecisionMatrix, weights: FloatArray, pair: Pair, digits: int = 2) -> ShownPair:
    """The numbers of a pair as shown; both scores must be known."""
    scale = 10**digits
    scores = compute_weighted_scores(matrix.value[[pair.first, pair.second]], weights)
    first, second = (int(score * scale + 1e-6) for score in scores)
    units = apportion_units(first - second, pair.steps * scale)
    return ShownPair(
        first / scale, second / scale, (first - second) / scale, tuple(int(unit) / scale for unit in units)
    )


def tabulate_steps(shown: ShownPair, weights: FloatArray) -> pd.DataFrame:
    """The steps from the second score to the first, the largest first: criterion (its number), step, start, end (points).

    Criteria without weight are left out.
    """
    steps = np.array(shown.steps)
    order = [int(k) for k in np.argsort(-np.abs(steps), kind="stable") if weights[k] > 0]
    ends = shown.second + np.cumsum(steps[order])
    return pd.DataFrame({"criterion": order, "step": steps[order], "start": ends - steps[order], "end": ends})
