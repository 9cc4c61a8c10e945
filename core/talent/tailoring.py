"""The tailor-made alarm: whether weights look as if they had been made for one person.

Two signs, each with its figures; a setting says from where on they are told. Weights that leave the
official first name first lift nobody and raise no alarm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.talent.contest import Contest
from core.talent.ranking import FloatArray
from core.talent.smallest_change import smallest_changes


@dataclass(frozen=True)
class AlarmLimits:
    """From where on an alarm is raised.

    ``smallest_share``: fewer of all random weightings than this (0-1) keep the first name.
    ``far``: sum of all movements away from the official weights (0-2) from which on their direction
    is looked at. ``alignment``: cosine between that movement and the direction that lifts the first
    name most (0-1). ``needed``: share of the movement (0-1) that the first place takes at the least.
    """

    smallest_share: float = 0.01
    far: float = 0.2
    alignment: float = 0.9
    needed: float = 0.7


@dataclass(frozen=True)
class Tailoring:
    """What speaks for weights made for the person in ``row``.

    ``share`` is the part of all random weightings that also put it first, ``distance`` the sum of
    all movements, ``alignment`` the cosine, ``least`` the smallest movement that puts the person
    first (0-2; NaN where it was not looked for). ``small_region`` and ``lifts`` say which signs are told.
    """

    row: int
    share: float
    distance: float
    alignment: float
    least: float
    small_region: bool
    lifts: bool


def tailoring(
    contest: Contest, weights: FloatArray, official: FloatArray, anywhere: FloatArray, limits: AlarmLimits
) -> Tailoring | None:
    """The signs that weights are made for the first name, None where there are none.

    Parameters
    ----------
    anywhere
        For each person the share of weightings drawn from all there are that put it first.
    """
    first, before = contest.first(weights, 1), contest.first(official, 1)
    lifted = [row for row in first if row not in before]
    if not lifted or not len(before):
        return None
    row = int(min(lifted, key=lambda one: anywhere[one]))  # of several level ones the least usual
    moved = weights - official
    alignment = _alignment(contest, row, official, moved)
    distance = float(np.abs(moved).sum())
    share = float(anywhere[row])
    small = share < limits.smallest_share
    least, lifts = math.nan, False
    if distance >= limits.far - 1e-9:
        way = smallest_changes(contest, official, np.array([row]), 1)[0]
        least = math.nan if way.distance is None else way.distance
        lifts = alignment >= limits.alignment or least >= limits.needed * distance
    return Tailoring(row, share, distance, alignment, least, small, lifts) if small or lifts else None


def _alignment(contest: Contest, row: int, official: FloatArray, moved: FloatArray) -> float:
    """Cosine between a movement of weights and the one that lifts a row most above those officially ahead."""
    ahead = contest.ahead(official, row)[:20]
    values = np.nan_to_num(contest.value)
    lift = values[row] - values[ahead].mean(axis=0) if len(ahead) else np.zeros(len(moved))
    lift = lift - lift.mean()  # weights sum to 1: only directions within that plane count
    length = float(np.linalg.norm(lift) * np.linalg.norm(moved))
    return float(lift @ moved) / length if length > 0 else 0.0
