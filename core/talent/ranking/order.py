"""Ranking by weighted sum, with the order rule and honest ties.

The browser runs the same ranking while a thumb moves (``core/ui/ranking/panel/ranking.js``).
Both add the criteria in the same order, one after the other, in IEEE double precision, so that they
name the same order to the last bit; a test runs a thousand random cases through both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.talent.arrays import FloatArray, IntArray
from core.talent.errors import InvalidWeights
from core.talent.messages import N_
from core.talent.scoring.nine_box import quantise_scores
from core.talent.scoring.score_table import compute_weighted_scores

# Sort keys: group, then scored before unscored, then score from high to low. A criterion may exceed 100, so 150 / 1e-9 steps.
_SPAN = 1.5e11
_UNSCORED = 1.6e11
_GROUP = 2e11
# Points between two groups where scores and groups share one number; more than any score.
BETWEEN_GROUPS = 200.0
# Points by which a product that adds in another order may differ, with much room.
_SLACK = 1e-6


@dataclass(frozen=True)
class Ranking:
    """An order of people.

    ``order`` lists row numbers from first to last; ``rank`` is each row's place (1 is first, ties
    share a place, 0 where there is no score); ``score`` is each row's weighted sum, NaN where a
    criterion that carries weight is not assessed.
    """

    order: IntArray
    rank: IntArray
    score: FloatArray


def complete_weights(
    criterion_keys: Sequence[str], official: Sequence[float], given: Mapping[str, float]
) -> FloatArray:
    """Weights as shares that sum to 1 from percentages for some or all criteria.

    With all criteria given the percentages are brought to a sum of 100. With some given those stand,
    and the others share the rest in proportion to their official weights.

    Raises
    ------
    InvalidWeights
        For an unknown criterion, a value that is not a finite number or negative, a sum over 100 that
        leaves nothing to the others, or nothing but zeros.
    """
    unknown = [key for key in given if key not in criterion_keys]
    if unknown:
        raise InvalidWeights(
            N_("unknown criterion “{value}”; expected one of: {expected}"),
            value=unknown[0],
            expected=", ".join(criterion_keys),
        )
    for key, value in given.items():
        if not math.isfinite(value):
            raise InvalidWeights(
                N_("the weight of “{key}” is not a number; expected a percentage from 0 to 100"), key=key
            )
        if value < 0:
            raise InvalidWeights(
                N_("the weight of “{key}” is negative ({value}); expected 0 to 100"), key=key, value=value
            )
    total = sum(given.values())
    if len(given) == len(criterion_keys):
        if total <= 0:
            raise InvalidWeights(N_("all weights are zero; at least one must be above zero"))
        return np.array([given[key] / total for key in criterion_keys])
    if total > 100:
        raise InvalidWeights(N_("the weights given sum to {total} %; expected at most 100 %"), total=f"{total:g}")
    weights = np.array([given.get(key, 0.0) / 100 for key in criterion_keys])
    others = np.array([0.0 if key in given else share for key, share in zip(criterion_keys, official, strict=True)])
    if others.sum() > 0:
        weights += others / others.sum() * (1 - total / 100)
    elif total < 100:
        raise InvalidWeights(
            N_("the weights given sum to {total} % and no other criterion carries weight"), total=f"{total:g}"
        )
    return weights


def parse_tenths(text: str, criterion_keys: Sequence[str]) -> list[int]:
    """Weights of a link: whole tenths of a percent, one a criterion, joined by full stops.

    Raises
    ------
    InvalidWeights
        When they are not that, or do not sum to 1000.
    """
    pieces = text.split(".")
    # Four digits and no other way of writing a number: 1_000 and ١٠٠٠ are typed by nobody.
    written = all(piece.isascii() and piece.isdigit() and len(piece) <= 4 for piece in pieces)
    tenths = [int(piece) for piece in pieces] if written else []
    if len(tenths) != len(criterion_keys) or min(tenths, default=-1) < 0 or sum(tenths) != 1000:
        raise InvalidWeights(
            N_("the weights “{value}” of the link cannot be used; expected {count} whole numbers that sum to 1000"),
            value=text[:60],
            count=len(criterion_keys),
        )
    return tenths


def convert_tenths(tenths: Sequence[int] | None, official: Sequence[float]) -> FloatArray:
    """Weights as shares from whole tenths of a percent; None stands for the official ones."""
    return np.array(official) if tenths is None else np.array(tenths) / 1000


def count_inseparable(score: FloatArray, low: FloatArray, high: FloatArray, meeting: IntArray) -> IntArray:
    """For each row, how many others the missing records could still put before or behind it.

    Two rows are not separable when they may come to stand in one group, their intervals overlap and at least one of them
    is open; two known scores are always separable (or tied).

    Parameters
    ----------
    meeting
        From ``mask_meeting``.
    """
    is_open = np.isnan(score)
    counts = np.zeros(len(score), dtype=np.int64)
    masks = np.unique(meeting)
    for mask in masks:
        rows = np.flatnonzero(meeting == mask)
        for other in masks[(masks & mask) != 0]:
            near = meeting == other
            found = _count_overlapping(low[rows], high[rows], low[near & is_open], high[near & is_open])
            closed = np.sort(score[near & ~is_open])
            reached = np.searchsorted(closed, high[rows], side="right") - np.searchsorted(
                closed, low[rows], side="left"
            )
            counts[rows] += found + np.where(is_open[rows], reached, 0)
    return np.asarray(counts - is_open)  # an open row overlaps with itself


def _count_overlapping(low: FloatArray, high: FloatArray, lows: FloatArray, highs: FloatArray) -> IntArray:
    """How many of some intervals overlap with each of others."""
    before = np.searchsorted(np.sort(highs), low, side="left")
    behind = len(lows) - np.searchsorted(np.sort(lows), high, side="right")
    return np.asarray(len(lows) - before - behind, dtype=np.int64)


def rank_rows(matrix: FloatArray, weights: FloatArray, groups: IntArray) -> Ranking:
    """Rank rows by group, then by weighted sum; rows that tie keep their order and share a rank.

    Parameters
    ----------
    matrix
        rows x criteria, 0-100, NaN where not assessed.
    weights
        One share a criterion, summing to 1.
    groups
        Group of each row, see ``assign_groups``; people without a score end their group.
    """
    scores = compute_weighted_scores(matrix, weights)
    steps = quantise_scores(scores)
    keys = groups * _GROUP + np.where(np.isnan(steps), _UNSCORED, _SPAN - steps)
    order = np.argsort(keys, kind="stable").astype(np.int64)
    ranks = np.zeros(len(order), dtype=np.int64)
    scored = order[~np.isnan(scores[order])]
    if len(scored):
        new = np.concatenate(([True], np.diff(keys[scored]) != 0))
        places = np.arange(1, len(scored) + 1)
        ranks[scored] = np.maximum.accumulate(np.where(new, places, 0))
    return Ranking(order, ranks, scores)


def find_leaders(matrix: FloatArray, weights: FloatArray, groups: IntArray, count: int) -> IntArray:
    """Rows that share the first ``count`` places, in the order of ``rank_rows``, without sorting everyone.

    One matrix product and one partition find who may be among them; those few are ranked exactly.
    Parameters as of ``rank``. More than ``count`` rows come back where the last place is shared.
    """
    carried = weights != 0
    if not carried.all():
        matrix, weights = matrix[:, carried], weights[carried]
    behind = matrix @ -weights  # the later, the more; NaN goes to the end of a partition
    grouped = bool(groups.any())
    if grouped:
        behind += groups * BETWEEN_GROUPS
    if count < len(behind):
        limit = np.partition(behind, count - 1)[count - 1]
        near = np.flatnonzero(behind <= limit + _SLACK if limit == limit else behind == behind)
    else:
        near = np.flatnonzero(behind == behind)
    # Running sums add the criteria in the same order as ``compute_weighted_scores``, to the last bit.
    scores = np.cumsum(matrix[near] * weights, axis=1)[:, -1] if len(weights) else np.zeros(len(near))
    keys = _SPAN - quantise_scores(scores)
    if grouped:
        keys += groups[near] * _GROUP
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    if count < len(near):
        order = order[sorted_keys <= sorted_keys[count - 1]]
    return near[order]
