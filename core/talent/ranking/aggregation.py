"""Other ways to aggregate, as bare functions of (matrix, weights).

None of them makes the official order, which is the rubric's weighted sum; they are second
opinions. Each names its source; ``tests/cases`` holds the published tables they reproduce.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.talent.arrays import BoolArray, FloatArray


def normalise_by_ratio(matrix: FloatArray, benefit: BoolArray) -> FloatArray:
    """Simple additive weighting's scale: x/max where more is better, min/x where less is.

    Hwang & Yoon 1981. Values must be positive.
    """
    return np.asarray(np.where(benefit, matrix / matrix.max(axis=0), matrix.min(axis=0) / matrix))


def normalise_by_vector(matrix: FloatArray) -> FloatArray:
    """Each column divided by its Euclidean length (Hwang & Yoon 1981)."""
    return np.asarray(matrix / np.sqrt((matrix**2).sum(axis=0)))


def normalise_by_range(matrix: FloatArray) -> FloatArray:
    """Each column from 0 at its least to 1 at its greatest value (Opricovic & Tzeng 2004)."""
    low, span = matrix.min(axis=0), np.ptp(matrix, axis=0)
    return np.asarray((matrix - low) / np.where(span > 0, span, 1.0))


def score_by_topsis(normalised: FloatArray, weights: FloatArray, benefit: BoolArray) -> FloatArray:
    """Closeness to the ideal, 0-1 (Hwang & Yoon 1981), of an already normalised matrix.

    The normalisation is the caller's choice because it can decide who comes first.
    """
    weighted = normalised * weights
    best = np.where(benefit, weighted.max(axis=0), weighted.min(axis=0))
    worst = np.where(benefit, weighted.min(axis=0), weighted.max(axis=0))
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    return np.asarray(to_worst / (to_best + to_worst))


def score_by_weighted_product(matrix: FloatArray, weights: FloatArray) -> FloatArray:
    """Product of the scores, each to the power of its weight (Bridgman 1922; Miller & Starr 1969).

    A zero under a weight above zero makes the product zero: nothing else can make up for it.
    """
    return np.asarray(np.prod(np.power(matrix, weights), axis=1))


def score_by_vikor(matrix: FloatArray, weights: FloatArray, benefit: BoolArray, strategy: float = 0.5) -> FloatArray:
    """VIKOR's Q, 0 best to 1 worst (Opricovic & Tzeng 2004).

    ``strategy`` weighs the sum of all regrets against the greatest single one.
    """
    best = np.where(benefit, matrix.max(axis=0), matrix.min(axis=0))
    worst = np.where(benefit, matrix.min(axis=0), matrix.max(axis=0))
    span = np.where(best == worst, 1.0, best - worst)
    regret = weights * (best - matrix) / span
    group, single = regret.sum(axis=1), regret.max(axis=1)

    def scaled(values: FloatArray) -> FloatArray:
        width = np.ptp(values)
        return np.asarray((values - values.min()) / width if width > 0 else np.zeros_like(values))

    return np.asarray(strategy * scaled(group) + (1 - strategy) * scaled(single))


def score_by_profile_matching(
    levels: FloatArray,
    target: FloatArray,
    core: BoolArray,
    aspects: Sequence[tuple[float, Sequence[int]]],
    gap_weight: Mapping[int, float],
    core_share: float,
) -> FloatArray:
    """Profile matching (Kusrini 2007): gaps to a target, weighed, core and secondary factors apart.

    Parameters
    ----------
    levels
        People x factors, whole levels.
    core
        Which factors are core; the others are secondary. An aspect of one kind alone counts by that kind's mean.
    aspects
        Weight and factor numbers of each aspect; weights sum to 1.
    gap_weight
        Value of each gap (level minus target).
    """
    gaps = (levels - target).astype(int)
    value = np.vectorize(gap_weight.__getitem__, otypes=[float])(gaps)
    total = np.zeros(len(levels))
    for weight, factors in aspects:
        chosen = np.isin(np.arange(levels.shape[1]), factors)
        kinds = [(core_share, chosen & core), (1 - core_share, chosen & ~core)]
        present = [(share, value[:, kind].mean(axis=1)) for share, kind in kinds if kind.any()]
        total += weight * sum(share * mean for share, mean in present) / sum(share for share, _ in present)
    return total
