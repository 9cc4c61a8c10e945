"""Tests of core/talent/context.py."""

import pandas as pd
import pytest

from core.talent.context import find_latest_year


@pytest.mark.parametrize(("rated", "latest"), [(4, 2024), (5, 2025), (6, 2025)])
def test_a_year_counts_once_half_as_many_are_rated_as_in_the_best_covered_one(rated, latest):
    years = [2024] * 10 + [2025] * rated
    assert find_latest_year(pd.DataFrame({"year": years}), pd.Timestamp("2026-11-24")) == latest


@pytest.mark.parametrize(("day", "latest"), [("2025-12-31", 2025), ("2024-12-31", 2024), ("2023-06-01", 2022)])
def test_a_year_to_come_does_not_count(day, latest):
    yearly = pd.DataFrame({"year": [2024, 2025, 2026]})
    assert find_latest_year(yearly, pd.Timestamp(day)) == latest
