"""Small invented contests for tests."""

from __future__ import annotations

import numpy as np

from core.talent.ranking.decision_matrix import Contest
from core.talent.scoring.nine_box import Thresholds


def contest(value, rule="score", eligibility=None, low=None, high=None) -> Contest:
    """A contest; the first half of the parts is performance, the rest potential."""
    value = np.array(value, dtype=float)
    parts = value.shape[1]
    shares = np.zeros((2, parts))
    middle = max(1, parts // 2)
    shares[0, :middle] = 1 / middle
    shares[1, middle:] = 1 / max(1, parts - middle)
    return Contest(
        value=value,
        low=np.where(np.isnan(value), 0.0 if low is None else low, value),
        high=np.where(np.isnan(value), 100.0 if high is None else high, value),
        eligibility=np.zeros(len(value), dtype=np.int64) if eligibility is None else np.array(eligibility),
        rule=rule,
        axis_shares=shares,
        thresholds=Thresholds(),
    )


def random_contest(
    generator: np.random.Generator, people: int, parts: int, rule="score", missing=0.0, step=0.5
) -> Contest:
    """Scores in steps, so that ties happen."""
    value = np.round(generator.uniform(30, 100, (people, parts)) / step) * step
    value[generator.random(value.shape) < missing] = np.nan
    return contest(value, rule, generator.integers(0, 2, people))


def grid(parts: int, steps: int) -> np.ndarray:
    """All weightings in steps of 1/steps."""
    if parts == 1:
        return np.array([[1.0]])
    rows = []

    def fill(prefix, left):
        if len(prefix) == parts - 1:
            rows.append([*prefix, left])
            return
        for value in range(left + 1):
            fill([*prefix, value], left - value)

    fill([], steps)
    return np.array(rows) / steps
