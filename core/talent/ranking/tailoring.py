"""The tailor-made alarm: whether weights look as if they had been made for one person.

Two signs, each with its figures; a setting says from where on they are told. Weights that leave the
official first name first lift nobody and raise no alarm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.talent.arrays import FloatArray
from core.talent.ranking.decision_matrix import DecisionMatrix
from core.talent.ranking.smallest_change import find_smallest_changes


@dataclass(frozen=True)
class AlarmLimits:
    """From where on an alarm is raised.

    ``smallest_share``: fewer of all random weightings than this (0-1) keep the first name.
    ``far``: sum of all movements away from the official weights (0-2) from which on their direction
    is looked at. ``needed``: share of that movement (0-1) that the first place takes at the least;
    a movement in just the direction that lifts one person has hardly more.
    """

    smallest_share: float = 0.01
    far: float = 0.2
    needed: float = 0.6


@dataclass(frozen=True)
class Tailoring:
    """What speaks for weights made for the person in ``row``.

    ``share`` is the share of all random weightings that also put it first, ``distance`` the sum of
    all movements, ``least`` the smallest movement that puts the person first (0-2; NaN where it was
    not looked for). ``small_region`` and ``lifts`` say which signs are told.
    """

    row: int
    share: float
    distance: float
    least: float
    small_region: bool
    lifts: bool


def detect_tailoring(
    matrix: DecisionMatrix, weights: FloatArray, official: FloatArray, anywhere: FloatArray, limits: AlarmLimits
) -> Tailoring | None:
    """The signs that weights are made for the first name, None where there are none.

    Parameters
    ----------
    anywhere
        For each person the share of weightings drawn from all there are that put it first.
    """
    first, before = matrix.first(weights, 1), matrix.first(official, 1)
    lifted = [row for row in first if row not in before]
    if not lifted or not len(before):
        return None
    row = int(min(lifted, key=lambda row_at: anywhere[row_at]))  # of several level ones the least usual
    distance = float(np.abs(weights - official).sum())
    share = float(anywhere[row])
    small = share < limits.smallest_share
    least, lifts = math.nan, False
    if distance >= limits.far - 1e-9:
        way = find_smallest_changes(matrix, official, np.array([row]), 1)[0]
        least = math.nan if way.distance is None else way.distance
        lifts = least >= limits.needed * distance
    return Tailoring(row, share, distance, least, small, lifts) if small or lifts else None
