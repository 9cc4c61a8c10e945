"""Tests of core/talent/people.py."""

import numpy as np
import pandas as pd
import pytest

from core.talent.people import count_years_until, take_people


@pytest.mark.parametrize(
    ("date", "years"),
    [
        ("2026-11-23", 0),
        ("2026-11-24", 0),
        ("2026-11-25", 1),
        ("2027-11-24", 1),
        ("2027-11-25", 2),
        ("2036-11-24", 10),
        ("2036-11-25", 11),
        ("2025-11-24", -1),
    ],
)
def test_years_until_a_date_are_counted_by_the_calendar(date, years):
    assert count_years_until(pd.Series([pd.Timestamp(date)]), pd.Timestamp("2026-11-24")).tolist() == [years]


def test_people_are_taken_from_whatever_has_a_row_each():
    rows = np.array([0, 2])
    frozen = np.arange(6.0).reshape(3, 2)
    frozen.setflags(write=False)
    taken = take_people(
        {"frame": pd.DataFrame({"a": [1, 2, 3]}), "array": frozen, "index": pd.Index(list("xyz"))}, rows
    )
    assert taken["frame"]["a"].tolist() == [1, 3]
    assert taken["array"].tolist() == [[0, 1], [4, 5]]
    assert not taken["array"].flags.writeable
    assert list(taken["index"]) == ["x", "z"]
    with pytest.raises(TypeError, match="no row a person"):
        take_people(5, rows)
