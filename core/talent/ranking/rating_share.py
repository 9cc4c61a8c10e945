"""How much an order hangs on the superior's rating: places if it counted less, or had been one step other.

What people fear is that the rating alone decides ("kunci emas"); here the fear has a figure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray, IntArray
from core.talent.ranking.decision_matrix import DecisionMatrix
from core.talent.ranking.order import rank_rows
from core.talent.review import TalentReview
from core.talent.scoring.measures import combine_years, tabulate_yearly_scores
from core.talent.scoring.rubric import Measure, Rubric
from core.talent.vocabulary import RATING

#: Shares of the axis of performance that are asked about, as far as the rating has more.
SHARES = (0.6, 0.5, 0.4)


@dataclass(frozen=True)
class RatingPlace:
    """Where the rating stands in a rubric: number of its criterion, its measure, its share of the axis of performance."""

    criterion: int
    measure: Measure
    share: float


def find_rating(rubric: Rubric) -> RatingPlace | None:
    """The measure of a rubric that scores the yearly rating; None where there is none."""
    for at, criterion in enumerate(rubric.criteria):
        for measure in criterion.measures:
            if measure.method == "yearly_category" and measure.fact == "performance_rating":
                return RatingPlace(at, measure, criterion.share)
    return None


def measure_share(matrix: DecisionMatrix, weights: FloatArray, rating: RatingPlace) -> float:
    """The share (0-1) of the rating's criterion in the axis of performance under some weights; NaN where the axis weighs nothing."""
    whole = float(weights[matrix.axis_shares[0] > 0].sum())
    return float(weights[rating.criterion]) / whole if whole > 0 else float("nan")


def list_smaller_shares(matrix: DecisionMatrix, weights: FloatArray, rating: RatingPlace) -> tuple[float, ...]:
    """The shares asked about that are smaller than the present one; none where the rating is all of the axis."""
    if (matrix.axis_shares[0] > 0).sum() < 2:
        return ()
    present = measure_share(matrix, weights, rating)
    return tuple(share for share in SHARES if share < present - 1e-9)


def weigh_rating(
    matrix: DecisionMatrix, weights: FloatArray, rating: RatingPlace, share: float
) -> tuple[DecisionMatrix, FloatArray]:
    """The matrix and weights in which the criterion of the rating is a share (0-1) of the axis of performance.

    The other criteria of the axis follow in proportion; the axis itself weighs what it did. Where the rating is all of
    the axis, nothing changes.
    """
    shares = matrix.axis_shares[0]
    others = (shares > 0) & (np.arange(len(shares)) != rating.criterion)
    if not others.any():
        return matrix, weights
    axis = np.where(others, shares / shares[others].sum() * (1 - share), 0.0)
    axis[rating.criterion] = share
    on_axis = shares > 0
    whole = float(weights[on_axis].sum())
    spread = np.where(others, weights, 0.0)
    spread = spread / spread.sum() if spread.sum() > 0 else others / others.sum()
    moved = np.where(on_axis, whole * (1 - share) * spread, weights)
    moved[rating.criterion] = whole * share
    return replace(matrix, axis_shares=np.vstack([axis, matrix.axis_shares[1:]])), moved


def tabulate_rating(
    review: TalentReview, matrix: DecisionMatrix, weights: FloatArray, nips: pd.Index, rows: IntArray
) -> pd.DataFrame:
    """Places of some rows as they are, with the rating counting less (``list_smaller_shares``), and with the own last rating one step other.

    Parameters
    ----------
    nips
        NIP of the rows of the matrix.

    Returns
    -------
    row, place, one column a share (``0.6``, ...), ``down``, ``up``: places, 0 without one; ``down`` and ``up`` are the
    place if this person alone had been rated one step lower or higher in the last year, as it is where there is no step.
    """
    rating = find_rating(review.rubric)
    table = pd.DataFrame({"row": rows, "place": rank_rows(matrix.value, weights, matrix.groups).rank[rows]})
    if rating is None:
        return table
    for share in list_smaller_shares(matrix, weights, rating):
        changed, moved = weigh_rating(matrix, weights, rating, share)
        table[str(share)] = rank_rows(changed.value, moved, changed.groups).rank[rows]
    for name, step in (("down", -1), ("up", 1)):
        changes = _change_by_step(review, rating, nips, step)
        places = []
        for row, place in zip(table["row"], table["place"], strict=True):
            if not changes[row]:
                places.append(int(place))
                continue
            value = matrix.value.copy()
            value[row, rating.criterion] += changes[row]
            changed = replace(matrix, value=value)
            places.append(int(rank_rows(value, weights, changed.groups).rank[row]))
        table[name] = places
    return table


def _change_by_step(review: TalentReview, rating: RatingPlace, nips: pd.Index, step: int) -> FloatArray:
    """By how much each one's criterion changes if the own rating of the last year were one step higher or lower.

    0 where there is no such step or a rating is not known.
    """
    measure = rating.measure
    table = [measure.parameters["table"][code] for code in RATING.codes]  # from the best to the worst
    place = {code: at for at, code in enumerate(RATING.codes)}
    given = tabulate_yearly_scores(review.context, measure.fact, {**measure.parameters, "table": place}).loc[nips]
    how = measure.parameters.get("combine", "mean")
    worth = pd.Series(table, dtype=np.float64)
    scores = given.apply(lambda column: column.map(worth))
    moved = scores.copy()
    moved.iloc[:, 0] = (given.iloc[:, 0] - step).map(worth).to_numpy()
    change = (combine_years(moved, how)["value"] - combine_years(scores, how)["value"]) * measure.share
    return np.asarray(np.nan_to_num(change.to_numpy(dtype=np.float64)))
