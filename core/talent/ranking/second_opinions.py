"""Second opinions: the same people under the same weights by other published methods.

The official order stays the rubric's weighted sum. Only fully assessed people are compared: none of
the methods knows what to do with a missing criterion, and guessing one would be worse than leaving it out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.stats import kendalltau, rankdata, spearmanr

from core.talent.arrays import BoolArray, FloatArray, IntArray
from core.talent.ranking import aggregation as methods
from core.talent.scoring.nine_box import quantise_scores
from core.talent.scoring.score_table import compute_weighted_scores

#: Value of a gap between level and target (Kusrini 2007).
GAP_VALUES = {0: 5.0, 1: 4.5, -1: 4.0, 2: 3.5, -2: 3.0, 3: 2.5, -3: 2.0, 4: 1.5, -4: 1.0}
#: Share of the core factors in profile matching (Kusrini 2007).
CORE_SHARE = 0.6
#: Level every criterion is held against in profile matching: the fourth of five steps of 20 points.
TARGET_LEVEL = 4


def convert_to_levels(matrix: FloatArray) -> FloatArray:
    """Scores 0-100 as levels 1 to 5, 20 points each."""
    return np.asarray(np.clip(np.floor(matrix / 20), 0, 4) + 1)


def choose_core_factors(weights: FloatArray) -> BoolArray:
    """The heaviest criteria that together carry at least half of the weight; at least one stays secondary if it can."""
    order = np.argsort(-weights, kind="stable")
    carried = np.cumsum(weights[order])
    count = min(int(np.searchsorted(carried, 0.5 - 1e-9)) + 1, max(1, len(weights) - 1))
    return np.isin(np.arange(len(weights)), order[:count])


def _profile(matrix: FloatArray, weights: FloatArray) -> FloatArray:
    core = choose_core_factors(weights)
    levels, target = convert_to_levels(matrix), np.full(matrix.shape[1], TARGET_LEVEL)
    aspects = [(1.0, range(matrix.shape[1]))]
    return methods.score_by_profile_matching(levels, target, core, aspects, GAP_VALUES, CORE_SHARE)


def _benefit(matrix: FloatArray) -> BoolArray:
    return np.ones(matrix.shape[1], dtype=bool)


#: Each method as a score of which more is better.
METHODS: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "weighted_sum": compute_weighted_scores,
    "topsis": lambda m, w: methods.score_by_topsis(methods.normalise_by_vector(m), w, _benefit(m)),
    "weighted_product": methods.score_by_weighted_product,
    "profile_matching": _profile,
    "vikor": lambda m, w: 1 - methods.score_by_vikor(m, w, _benefit(m)),
}


def rank_by_methods(matrix: FloatArray, weights: FloatArray, groups: IntArray | None = None) -> pd.DataFrame:
    """Rank of each row by each method; ties share a place. Columns are the keys of ``METHODS``.

    Parameters
    ----------
    matrix
        people x criteria, 0-100, nothing missing.
    groups
        One number a person, by gates and box; everybody of a lower number stands before everybody of a
        higher one, as in the official order. Without it scores alone decide.
    """
    # A place is at most the number of people, so a group's step is more than any place within it.
    before = 0 if groups is None else groups * (len(matrix) + 1)
    carried = weights > 0
    matrix, weights = matrix[:, carried], weights[carried]
    ranks = {}
    for key, method in METHODS.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = np.nan_to_num(method(matrix, weights))  # a column of nothing but zeros has no length
        places = rankdata(-quantise_scores(scores), method="min").astype(int)
        ranks[key] = rankdata(before + places, method="min").astype(int)
    return pd.DataFrame(ranks)


def correlate_ranks(ranks: pd.DataFrame) -> pd.DataFrame:
    """Rank correlation of each method with the weighted sum: Spearman's rho and Kendall's tau-b.

    Not a number where everybody is equal.
    """
    base = ranks["weighted_sum"]
    varied = [key for key in ranks if key != "weighted_sum"]
    rows = {}
    for key in varied:
        constant = ranks[key].nunique() < 2 or base.nunique() < 2
        rows[key] = (
            (np.nan, np.nan)
            if constant
            else (float(spearmanr(base, ranks[key]).statistic), float(kendalltau(base, ranks[key]).statistic))
        )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["spearman", "kendall"])


def find_furthest(ranks: pd.DataFrame, key: str, most: int = 1) -> IntArray:
    """Rows whose place differs most between the weighted sum and a method."""
    difference = (ranks[key] - ranks["weighted_sum"]).abs().to_numpy()
    return np.argsort(-difference, kind="stable")[:most]
