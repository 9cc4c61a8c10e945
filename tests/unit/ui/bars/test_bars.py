"""Tests of core/ui/bars."""

import pandas as pd
import pytest

from core.ui.bars import build_bars, build_spans


def test_a_bar_ends_at_its_value_and_is_marked_where_it_falls_short():
    table = pd.DataFrame(
        {
            "name": ["A", "B", "C"],
            "value": [80.0, 40.0, float("nan")],
            "low": [80.0, 40.0, 10.0],
            "high": [80.0, 40.0, 60.0],
            "mark": [70.0, 50.0, float("nan")],
            "label": ["80,00", "40,00", "10,0–60,0"],
        }
    )
    good, short, unknown = build_bars(table, 100)
    assert (good.start, good.end, good.mark, good.tone) == (0.0, 0.8, 0.7, "plain")
    assert (short.end, short.tone) == (0.4, "below")
    assert (unknown.start, unknown.end, unknown.mark, unknown.tone) == (0.1, 0.6, None, "open")
    assert unknown.tip == "C: 10,0–60,0"


def test_spans_lie_between_the_first_day_and_the_last():
    table = pd.DataFrame(
        {
            "title": ["Kepala", "Kepala", "Staf"],
            "unit": ["Dinas", None, "Dinas"],
            "started_on": pd.to_datetime(["2020-01-01", "2015-01-01", "2010-01-01"]),
            "ended_on": pd.to_datetime(["2026-01-01", "2020-01-01", "2015-01-01"]),
            "acting": [False, True, False],
            "days": ["x", "y", "z"],
        }
    )
    bars, scale = build_spans(table)
    assert [bar.tone for bar in bars] == ["plain", "acting", "plain"]
    assert (bars[-1].start, bars[0].end) == (0.0, 1.0)
    assert bars[0].start == bars[1].end
    assert bars[1].tip == "Kepala · y"
    assert [text for _, text in scale.ticks] == ["2011", "2014", "2017", "2020", "2023", "2026"]
    assert all(0 <= at <= 1 for at, _ in scale.ticks)


def test_a_post_held_for_a_day_has_a_scale():
    day = pd.Timestamp("2026-01-01")
    table = pd.DataFrame(
        {"title": ["X"], "unit": [None], "started_on": [day], "ended_on": [day], "acting": [False], "days": ["x"]}
    )
    bars, scale = build_spans(table)
    assert bars[0].end == pytest.approx(0)
    assert not scale.ticks
