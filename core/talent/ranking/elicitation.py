"""Ways to find weights: ranked criteria, swing points, pairwise comparisons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.talent.arrays import FloatArray
from core.talent.errors import InvalidWeights
from core.talent.messages import N_

#: Random index by number of criteria (Saaty 1980).
RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
#: Comparisons up to this consistency ratio count as consistent enough (Saaty 1980).
CONSISTENT = 0.10


def weigh_by_rank_order(ranked: Sequence[str], keys: Sequence[str]) -> FloatArray:
    """Weights in the order of ``keys`` from criteria ranked by importance, the most important first.

    The centre of all weightings that respect the ranking (rank order centroid, Barron & Barrett 1996):
    the i-th of n gets (1/i + … + 1/n) / n.

    Raises
    ------
    InvalidWeights
        When a criterion is missing, unknown or there twice.
    """
    if sorted(ranked) != sorted(keys):
        raise InvalidWeights(
            N_("the ranking names {given} of {count} criteria; expected each of them once"),
            given=len(set(ranked) & set(keys)),
            count=len(keys),
        )
    n = len(keys)
    by_place = [sum(1 / i for i in range(place, n + 1)) / n for place in range(1, n + 1)]
    return np.array([by_place[list(ranked).index(key)] for key in keys])


def weigh_by_swing(points: Mapping[str, float], keys: Sequence[str]) -> FloatArray:
    """Weights from points: 100 for the step from worst to best that matters most, others in relation (von Winterfeldt & Edwards 1986).

    Raises
    ------
    InvalidWeights
        When a value is missing, no number, negative, or all are zero.
    """
    for key in keys:
        value = points.get(key, math.nan)
        if not math.isfinite(value) or value < 0:
            raise InvalidWeights(
                N_("the points of “{key}” are {value}; expected a number from 0"), key=key, value=value
            )
    total = sum(points[key] for key in keys)
    if total <= 0:
        raise InvalidWeights(N_("all points are zero; at least one must be above zero"))
    return np.array([points[key] / total for key in keys])


@dataclass(frozen=True)
class PairwiseWeights:
    """Weights of pairwise comparisons with how far these contradict one another.

    ``worst_pair`` holds the two criteria whose comparison fits the others least, ``worst_given``
    what was said and ``worst_implied`` what the weights imply; None for up to two criteria.
    """

    weights: FloatArray
    consistency_ratio: float
    worst_pair: tuple[int, int] | None
    worst_given: float
    worst_implied: float

    @property
    def consistent(self) -> bool:
        """Whether the ratio is at most 0.10."""
        return self.consistency_ratio <= CONSISTENT


def weigh_by_comparisons(comparisons: FloatArray) -> PairwiseWeights:
    """Weights, consistency ratio and most inconsistent pair of a comparison matrix (AHP, Saaty 1980).

    The weights are the principal eigenvector; the ratio is (lambda_max - n) / (n - 1) over the
    random index for n. The most inconsistent pair is the one whose comparison, times the ratio of the
    two weights the other way, is furthest from 1 (Saaty 2003).

    Parameters
    ----------
    comparisons
        n x n: how many times as important the row is as the column; 1/9 to 9, reciprocal.

    Raises
    ------
    InvalidWeights
        When the matrix is not square, not positive or not reciprocal; with the place.
    """
    matrix = np.asarray(comparisons, dtype=float)
    n = len(matrix)
    if matrix.ndim != 2 or matrix.shape != (n, n) or not 1 <= n < len(RANDOM_INDEX):
        raise InvalidWeights(
            N_("the comparisons are no square table of 1 to {most} criteria"), most=len(RANDOM_INDEX) - 1
        )
    if not (np.isfinite(matrix).all() and (matrix > 0).all()):
        row, column = np.argwhere(~(np.isfinite(matrix) & (matrix > 0)))[0]
        raise InvalidWeights(
            N_("row {row}, column {column} of the comparisons holds {value}; expected a number above zero"),
            row=int(row) + 1,
            column=int(column) + 1,
            value=float(matrix[row, column]),
        )
    product = matrix * matrix.T
    if (np.abs(product - 1) > 1e-3).any():
        row, column = np.argwhere(np.abs(product - 1) > 1e-3)[0]
        raise InvalidWeights(
            N_(
                "the comparisons are not reciprocal: row {row}, column {column} holds {value}, the mirrored place {mirrored}; expected {expected}"
            ),
            row=int(row) + 1,
            column=int(column) + 1,
            value=f"{matrix[row, column]:g}",
            mirrored=f"{matrix[column, row]:g}",
            expected=f"{1 / matrix[row, column]:.4g}",
        )
    values, vectors = np.linalg.eig(matrix)
    principal = int(np.argmax(values.real))
    weights = np.abs(vectors[:, principal].real)
    weights = weights / weights.sum()
    if n <= 2:
        return PairwiseWeights(weights, 0.0, None, 1.0, 1.0)
    ratio = float((values[principal].real - n) / (n - 1) / RANDOM_INDEX[n])
    off = np.abs(np.log(matrix * weights / weights[:, None]))
    i, j = np.unravel_index(int(np.argmax(np.triu(off, 1))), off.shape)
    return PairwiseWeights(
        weights, max(ratio, 0.0), (int(i), int(j)), float(matrix[i, j]), float(weights[i] / weights[j])
    )


def weigh_by_geometric_mean(comparisons: FloatArray) -> FloatArray:
    """Weights as normalised geometric means of the rows (Crawford & Williams 1985)."""
    means = np.exp(np.log(comparisons).mean(axis=1))
    return np.asarray(means / means.sum())
