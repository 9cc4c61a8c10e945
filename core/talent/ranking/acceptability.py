"""How firm an order is: what becomes of it under other weights, and under what missing records may be.

Rank acceptability is the share of random weightings that give a place (stochastic multicriteria
acceptability analysis, Lahdelma & Salminen 2001); missing values are drawn within their intervals
in the same simulation. Everything is seeded: the same arguments give the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from core.talent.arrays import BoolArray, FloatArray, IntArray
from core.talent.ranking.decision_matrix import DecisionMatrix
from core.talent.ranking.order import BETWEEN_GROUPS
from core.talent.scoring.nine_box import RESOLUTION
from core.talent.scoring.score_table import compute_weighted_scores

#: How many random weightings a simulation has.
WEIGHTINGS = 10_000
_BLOCK = 250  # weightings a pass: what a pass touches stays in the processor's cache
_STRONG = 32  # people the others are held against before the simulation


@lru_cache(maxsize=16)
def draw_weightings(count: int, criteria: int, seed: int) -> FloatArray:
    """Weightings drawn evenly from all there are: count x criteria, each summing to 1; drawn once, read only."""
    drawn = np.random.default_rng(seed).standard_exponential((count, criteria))
    drawn /= drawn.sum(axis=1, keepdims=True)
    drawn.flags.writeable = False
    return drawn


def draw_weightings_near(weights: FloatArray, radius: float, drawn: FloatArray) -> FloatArray:
    """Weightings around some weights: the share ``radius`` (0-1) of the weight is given out anew at random.

    With radius 1 they are the drawn ones; with 0 the weights themselves.
    """
    return np.asarray((1 - radius) * weights + radius * drawn)


def compute_acceptability(
    matrix: DecisionMatrix, weightings: FloatArray, places: Sequence[int], seed: int
) -> FloatArray:
    """Share of the weightings in which each person stands within the first 1, 3, … places.

    Ties share a place, so the shares of the first three may sum to more than 3.

    Parameters
    ----------
    weightings
        count x criteria, each summing to 1.
    places
        Ascending.

    Returns
    -------
    places x people, 0-1.
    """
    shares = np.zeros((len(places), len(matrix)))
    rows = _contenders(matrix, weightings, max(places))
    people = len(rows)
    if not people:
        return shares
    wanted = [min(place, people) - 1 for place in places]
    counts = np.zeros((len(places), people), dtype=np.int64)
    room = np.empty((_BLOCK, people))
    for keys in _simulated(matrix.only(rows), weightings, seed):
        highest = _find_highest(keys, max(wanted) + 1, room[: len(keys)])
        for n, at in enumerate(wanted):
            within = keys >= highest[:, at, None] - RESOLUTION
            # A block has fewer weightings than a byte can count; bytes are added many at a time.
            counts[n] += within.view(np.uint8).sum(axis=0, dtype=np.uint8)
    shares[:, rows] = counts / len(weightings)
    return shares


def _find_highest(keys: FloatArray, count: int, room: FloatArray) -> FloatArray:
    """The highest ``count`` numbers of each row, from the highest on; a few passes cost less than parting every row."""
    room[:] = keys
    each = np.arange(len(keys))
    highest = np.empty((len(keys), count))
    for place in range(count):
        at = room.argmax(axis=1)
        highest[:, place] = room[each, at]
        room[each, at] = -np.inf
    return highest


def compute_rank_acceptability(
    matrix: DecisionMatrix, weightings: FloatArray, rows: IntArray, depth: int, seed: int
) -> FloatArray:
    """Share of the weightings in which each of some people stands at place 1, 2, … depth: rows x depth."""
    counts = np.zeros((len(rows), depth + 1), dtype=np.int64)
    for keys in _simulated(matrix, weightings, seed):
        for n, row in enumerate(rows):
            place = (keys > keys[:, row, None] + RESOLUTION).sum(axis=1)
            counts[n] += np.bincount(np.minimum(place, depth), minlength=depth + 1)
    return counts[:, :depth] / len(weightings)


def _simulated(matrix: DecisionMatrix, weightings: FloatArray, seed: int) -> Iterator[FloatArray]:
    """Blocks of weightings x people: one number a person, the higher the earlier in the order.

    The next block is written over the one before.
    """
    generator = np.random.default_rng([seed, 1])
    known = np.ascontiguousarray(np.where(np.isnan(matrix.value), matrix.low, matrix.value).T)
    unknown = _Unknown(matrix, known)
    offset = matrix.groups * BETWEEN_GROUPS
    if matrix.moves_by_box:
        offset[unknown.rows] = 0
    shifted = offset.any()
    room = np.empty((_BLOCK, len(matrix)))  # taken once: fresh memory for each block would cost more than the product
    for start in range(0, len(weightings), _BLOCK):
        weights = weightings[start : start + _BLOCK]
        keys = np.matmul(weights, known, out=room[: len(weights)])
        if shifted:
            keys -= offset
        if len(unknown.rows):
            keys[:, unknown.rows] += unknown.draw(generator, weights)
        yield keys


class _Unknown:
    """The missing criteria of a matrix, one entry each: drawn alone, since most of what an open row has is known."""

    def __init__(self, matrix: DecisionMatrix, known: FloatArray) -> None:
        self._matrix = matrix
        row, self._criterion = np.nonzero(np.isnan(matrix.value))
        self.rows, self._starts = np.unique(row, return_index=True)
        self._span = (matrix.high - matrix.low)[row, self._criterion]
        self._axes = known[:, self.rows].T @ matrix.axis_shares.T  # with what is missing at its least

    def draw(self, generator: np.random.Generator, weights: FloatArray) -> FloatArray:
        """What drawn values add to the keys of the open rows: weightings x rows."""
        drawn = generator.random((len(weights), len(self._criterion)))
        drawn *= self._span
        added = self._of_rows(drawn * weights[:, self._criterion])
        if self._matrix.moves_by_box:
            shares = self._matrix.axis_shares[:, self._criterion]
            axes = np.stack([self._of_rows(drawn * share) for share in shares], axis=-1) + self._axes
            added -= self._matrix.groups_at(axes, self.rows) * BETWEEN_GROUPS
        return added

    def _of_rows(self, entries: FloatArray) -> FloatArray:
        return np.asarray(np.add.reduceat(entries, self._starts, axis=1))


def _contenders(matrix: DecisionMatrix, weightings: FloatArray, places: int) -> IntArray:
    """Rows that may stand within the first places under some of the weightings.

    Left out is only who has that many people above in every weighting between the extremes, held
    against the strongest few; for few people it is not worth while.
    """
    everyone = np.arange(len(matrix))
    if len(matrix) <= 4 * _STRONG:
        return everyone
    # All weightings lie within the simplex whose corners give each criterion as much as possible.
    least = weightings.min(axis=0)
    corners = least + (1 - least.sum()) * np.eye(matrix.criteria)
    worst, best = (
        bound @ corners.T - matrix.groups_of(bound)[:, None] * BETWEEN_GROUPS for bound in (matrix.low, matrix.high)
    )
    strong = np.argsort(-worst.min(axis=1), kind="stable")[:_STRONG]
    above = np.zeros(len(matrix), dtype=np.int64)
    for row in strong:
        above += (worst[row] > best + RESOLUTION).all(axis=1)
    return np.flatnonzero(above < places)


def find_stable_interval(
    matrix: DecisionMatrix, weights: FloatArray, criterion: int, locked: Sequence[bool], places: int = 3
) -> tuple[float, float]:
    """Weights of one criterion, from and to, for which the people of the first places stay.

    The others follow as on the slider: those not locked share the rest in proportion to what they
    have. Along that line scores are linear, so two people change their order once at most.
    """
    fixed = np.array([is_locked and k != criterion for k, is_locked in enumerate(locked)])
    free = ~fixed
    free[criterion] = False
    here = float(weights[criterion])
    if not free.any():
        return here, here
    had = np.where(free, weights, 0.0)
    shares = had / had.sum() if had.sum() > 0 else free / free.sum()
    room = max(0.0, 1 - float(weights[fixed].sum()))
    at_zero = np.where(fixed, weights, 0.0) + room * shares
    slope = -shares
    slope[criterion] = 1.0
    first = matrix.first(weights, places)
    if _reaches_missing(matrix, first, weights, slope):
        return here, here
    rivals_at_all = matrix.scored(weights)
    rivals_at_all[first] = False
    others = np.flatnonzero(rivals_at_all)
    values = np.nan_to_num(matrix.value)
    start, change = compute_weighted_scores(values, at_zero), compute_weighted_scores(values, slope)
    low, high = 0.0, room
    for row in first:
        rivals = others[matrix.groups[others] == matrix.groups[row]]
        gap, tilt = start[row] - start[rivals], change[row] - change[rivals]
        with np.errstate(divide="ignore", invalid="ignore"):
            turn = -gap / tilt
        low = max(low, float(turn[tilt > RESOLUTION].max(initial=0.0)))
        high = min(high, float(turn[tilt < -RESOLUTION].min(initial=room)))
    # The present weights may sit on a border; rounding must not put them outside.
    return min(low, here), max(high, here)


def _reaches_missing(matrix: DecisionMatrix, first: IntArray, weights: FloatArray, slope: FloatArray) -> bool:
    """Whether a criterion that somebody of the first lacks would come to carry weight."""
    gains = (weights == 0) & (slope != 0)
    return bool(np.isnan(matrix.value[first][:, gains]).any())


def find_dominators(matrix: DecisionMatrix, row: int) -> IntArray:
    """Rows of the same group at least as good in every criterion and better in one; a missing criterion is never at least as good."""
    values = matrix.value
    rivals = matrix.groups == matrix.groups[row]
    as_good = (values >= values[row]).all(axis=1)
    return np.flatnonzero(rivals & as_good & (values > values[row]).any(axis=1))


def find_fixed_pairs(matrix: DecisionMatrix, rows: IntArray) -> BoolArray:
    """For pairs of fully assessed rows whether no weighting can turn them: rows x rows, True where the first stays ahead."""
    values, groups = matrix.value[rows], matrix.groups[rows]
    as_good = (values[:, None] >= values).all(axis=2) & (values[:, None] > values).any(axis=2)
    whole: BoolArray = np.asarray(~np.isnan(values).any(axis=1))
    better = (groups[:, None] < groups) | ((groups[:, None] == groups) & as_good)
    return np.asarray(better & whole[:, None] & whole)
