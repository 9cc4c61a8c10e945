"""Small invented matrices for tests."""

from __future__ import annotations

import numpy as np

from core.talent.ranking.decision_matrix import DecisionMatrix
from core.talent.scoring.nine_box import Thresholds


def matrix(value, rule="score", eligibility=None, low=None, high=None) -> DecisionMatrix:
    """A matrix; the first half of the criteria is performance, the rest potential."""
    value = np.array(value, dtype=float)
    criteria = value.shape[1]
    shares = np.zeros((2, criteria))
    middle = max(1, criteria // 2)
    shares[0, :middle] = 1 / middle
    shares[1, middle:] = 1 / max(1, criteria - middle)
    return DecisionMatrix(
        value=value,
        low=np.where(np.isnan(value), 0.0 if low is None else low, value),
        high=np.where(np.isnan(value), 100.0 if high is None else high, value),
        eligibility=np.zeros(len(value), dtype=np.int64) if eligibility is None else np.array(eligibility),
        rule=rule,
        axis_shares=shares,
        thresholds=Thresholds(),
    )


def random_matrix(
    generator: np.random.Generator, people: int, criteria: int, rule="score", missing=0.0, step=0.5
) -> DecisionMatrix:
    """Scores in steps, so that ties happen."""
    value = np.round(generator.uniform(30, 100, (people, criteria)) / step) * step
    value[generator.random(value.shape) < missing] = np.nan
    return matrix(value, rule, generator.integers(0, 2, people))


def grid(criteria: int, steps: int) -> np.ndarray:
    """All weightings in steps of 1/steps."""
    if criteria == 1:
        return np.array([[1.0]])
    rows = []

    def fill(prefix, left):
        if len(prefix) == criteria - 1:
            rows.append([*prefix, left])
            return
        for value in range(left + 1):
            fill([*prefix, value], left - value)

    fill([], steps)
    return np.array(rows) / steps
