"""Tests of core/talent/scoring/apportion.py."""

import numpy as np
import pytest

from core.talent.scoring.apportion import apportion_units


@pytest.mark.parametrize(
    ("total", "exact", "units"),
    [
        (10, [3.4, 3.3, 3.3], [4, 3, 3]),
        (10, [5.5, 4.5, 0.0], [6, 4, 0]),  # of equal losses the first
        (-1, [2.6, -3.6, 0.0], [3, -4, 0]),
        (1, [2.6, -1.6, 0.0], [3, -2, 0]),
        (-2, [2.6, -4.0], [2, -4]),
        (0, [], []),
    ],
)
def test_addends_sum_to_the_total_and_nothing_stays_nothing(total, exact, units):
    assert apportion_units(total, np.array(exact, dtype=np.float64)).tolist() == units
