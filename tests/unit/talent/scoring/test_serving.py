"""Tests of core/talent/scoring/serving.py."""

import datetime as dt

import pandas as pd
import pytest

from core.talent.scoring.serving import SERVING_MONTHS, find_ends_of_serving, find_last_day


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (dt.date(2026, 1, 1), 12, dt.date(2026, 12, 31)),
        (dt.date(2026, 5, 15), 6, dt.date(2026, 11, 14)),
        (dt.date(2026, 5, 31), 9, dt.date(2027, 2, 27)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 27)),
        (dt.date(2026, 5, 15), 0, dt.date(2026, 5, 14)),
    ],
)
def test_months_end_the_day_before_they_would_begin_anew(start, months, last):
    assert find_last_day(start, months) == last


@pytest.mark.parametrize(
    ("row", "last"),
    [
        ({"punishment": "moderate", "served_until": "2026-03-01"}, "2026-03-01"),
        ({"punishment": "moderate", "months": 6}, "2026-06-30"),
        ({"punishment": "moderate", "months": 9, "effective_on": "2026-02-01"}, "2026-10-31"),
        ({"punishment": "moderate"}, "2026-12-31"),
        ({"punishment": "severe", "effective_on": "2026-02-01"}, "2027-01-31"),
        ({"punishment": "light"}, "2025-12-31"),
        ({"punishment": "light", "served_until": "2026-06-30"}, "2026-06-30"),
    ],
)
def test_an_end_that_is_not_given_follows_from_tmt_and_months(row, last):
    whole = dict.fromkeys(("effective_on", "months", "served_until")) | {"decided_on": "2026-01-01"} | row
    frame = pd.DataFrame([whole])
    for column in ("decided_on", "effective_on", "served_until"):
        frame[column] = pd.to_datetime(frame[column])
    assert find_ends_of_serving(frame).tolist() == [pd.Timestamp(last)]


def test_no_punishments_have_no_ends():
    frame = pd.DataFrame(
        {name: pd.Series(dtype="datetime64[ns]") for name in ("decided_on", "effective_on", "served_until")}
    )
    assert find_ends_of_serving(frame.assign(months=None, punishment=None)).empty
    assert set(SERVING_MONTHS) == {"light", "moderate", "severe"}
