"""What is said of an order at once: its firmness near the present weights and anywhere, and the alarm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray, IntArray
from core.talent.ranking.acceptability import (
    WEIGHTINGS,
    compute_acceptability,
    draw_weightings,
    draw_weightings_near,
    find_stable_interval,
)
from core.talent.ranking.decision_matrix import DecisionMatrix
from core.talent.ranking.order import rank_rows
from core.talent.ranking.smallest_change import Change, find_smallest_changes
from core.talent.ranking.tailoring import AlarmLimits, Tailoring, detect_tailoring

#: Seed of every simulation: the same question always has the same answer.
SEED = 411
PLACES = (1, 3)
#: For how many of the first in order changes are sought; of a great many candidates for fewer.
MOST_CHANGES, MANY = 200, 2000
FEWER_CHANGES = 40


@dataclass(frozen=True)
class Shares:
    """Share of random weightings (0-1) that put each person first, and within the first three."""

    first: FloatArray
    first_three: FloatArray


@dataclass(frozen=True)
class Robustness:
    """How firm the order under some weights is.

    ``near`` are shares around the weights, ``anywhere`` over all there are. ``intervals`` holds for
    each criterion the weights from and to for which the first three stay.
    """

    near: Shares
    anywhere: Shares
    intervals: tuple[tuple[float, float], ...]
    tailoring: Tailoring | None


def compute_shares_near(matrix: DecisionMatrix, weights: FloatArray, radius: float, count: int = WEIGHTINGS) -> Shares:
    """Shares around some weights, see ``draw_weightings_near``."""
    drawn = draw_weightings(count, matrix.criteria, SEED)
    return Shares(*compute_acceptability(matrix, draw_weightings_near(weights, radius, drawn), PLACES, SEED))


def compute_shares_anywhere(matrix: DecisionMatrix, count: int = WEIGHTINGS) -> Shares:
    """Shares over all weightings; they do not depend on the present ones."""
    return Shares(*compute_acceptability(matrix, draw_weightings(count, matrix.criteria, SEED), PLACES, SEED))


def assess_robustness(
    matrix: DecisionMatrix,
    weights: FloatArray,
    official: FloatArray,
    radius: float,
    anywhere: Shares,
    limits: AlarmLimits,
    locked: tuple[bool, ...] = (),
) -> Robustness:
    """How firm the order under ``weights`` is."""
    held = locked or (False,) * matrix.criteria
    return Robustness(
        near=compute_shares_near(matrix, weights, radius),
        anywhere=anywhere,
        intervals=tuple(find_stable_interval(matrix, weights, criterion, held) for criterion in range(matrix.criteria)),
        tailoring=detect_tailoring(matrix, weights, official, anywhere.first, limits),
    )


#: From which share of the weightings on somebody not fully assessed would probably be within the first three.
PROBABLE = 0.5


def find_probable(matrix: DecisionMatrix, weights: FloatArray, near: FloatArray) -> IntArray:
    """Rows without a place that would probably be within the first three once all is known, the most probable first.

    Parameters
    ----------
    near
        Share of the weightings (0-1) that put each row within the first three.
    """
    rows = np.flatnonzero(~matrix.scored(weights) & (near >= PROBABLE))
    return rows[np.argsort(-near[rows], kind="stable")]


#: From which share of the least firm of the first three on they are called fairly firm, and firm.
FAIRLY_ROBUST, ROBUST = 0.6, 0.9


def classify_robustness(shares: FloatArray) -> int:
    """0 fragile, 1 fairly firm, 2 firm: by the least share (0-1) among the first three."""
    least = float(shares.min())
    return int(least >= FAIRLY_ROBUST) + int(least >= ROBUST)


def find_first_rows(matrix: DecisionMatrix, weights: FloatArray) -> IntArray:
    """The first rows in order, with or without a rank: those whose changes are sought."""
    most = MOST_CHANGES if len(matrix) <= MANY else FEWER_CHANGES
    return rank_rows(matrix.value, weights, matrix.groups).order[:most]


def find_changes(matrix: DecisionMatrix, weights: FloatArray, rows: IntArray) -> tuple[list[Change], list[Change]]:
    """For each of some rows the smallest change to first place, and into the first three."""
    return find_smallest_changes(matrix, weights, rows, 1), find_smallest_changes(matrix, weights, rows, 3)


def tabulate_robustness(
    ranked: pd.DataFrame, nips: pd.Index, robustness: Robustness, changes: dict[str, Change]
) -> pd.DataFrame:
    """Everyone in order with the figures: rank, nip, name, first_share, first_three_share (around the weights),
    first_share_anywhere, first_three_share_anywhere, smallest_change (percentage points moved in all to enter the
    first three; 0 for who is there, NA where no weighting does it or a criterion is missing) and why (the state).

    Parameters
    ----------
    ranked
        From ``rank_post``.
    nips
        NIP of the rows of the matrix, in order.
    changes
        Change into the first three by NIP.
    """
    at = nips.get_indexer(pd.Index(ranked["nip"]))
    frame = ranked[["rank", "nip", "name"]].copy()
    for suffix, shares in (("", robustness.near), ("_anywhere", robustness.anywhere)):
        frame[f"first_share{suffix}"] = shares.first[at]
        frame[f"first_three_share{suffix}"] = shares.first_three[at]
    there = [changes.get(nip) for nip in frame["nip"]]
    frame["smallest_change"] = [
        np.nan if change is None or change.distance is None else round(100 * change.distance, 6) for change in there
    ]
    frame["why"] = [change.state if change else "not_sought" for change in there]
    return frame
