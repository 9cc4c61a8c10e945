"""Slopes: where each name stands in each scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from core.charts.style import ACCENT, FONT_SIZE, GREY, INK, Picture


def slope_chart(table: pd.DataFrame, scenarios: Sequence[str], text: Mapping[str, str]) -> Picture:
    """Lines from scenario to scenario; names in every first three are in colour.

    Parameters
    ----------
    table
        scenario, name, rank, always (whether within the first three of every scenario).
    scenarios
        Names in order.
    text
        Translated words: rank, scenario, name.
    """
    depth = int(table["rank"].max()) if len(table) else 1
    x = alt.X(
        "scenario:N",
        sort=list(scenarios),
        title=None,
        axis=alt.Axis(
            orient="top",
            labelAngle=0,
            labelFontSize=FONT_SIZE,
            labelColor=INK,
            labelLimit=220,
            domain=False,
            ticks=False,
        ),
    )
    y = alt.Y(
        "rank:Q",
        scale=alt.Scale(domain=[0.6, depth + 0.4], reverse=True, nice=False, zero=False),
        title=text["rank"],
        axis=alt.Axis(
            values=list(range(1, depth + 1)), format="d", labelFontSize=FONT_SIZE, titleFontSize=FONT_SIZE, grid=False
        ),
    )
    color = alt.condition("datum.always", alt.value(ACCENT), alt.value(GREY))
    tooltip = [
        alt.Tooltip("name:N", title=text["name"]),
        alt.Tooltip("scenario:N", title=text["scenario"]),
        alt.Tooltip("rank:Q", title=text["rank"]),
    ]
    base = alt.Chart(table).encode(x=x, y=y, detail="name:N", tooltip=tooltip)
    # Names that share a place are written in one line.
    last = table[table["scenario"] == scenarios[-1]].groupby("rank", as_index=False)["name"].agg("; ".join)
    ends = alt.Chart(last.assign(scenario=scenarios[-1])).encode(x=x, y=y)
    cut = alt.Chart(pd.DataFrame({"rank": [3.5]})).mark_rule(strokeDash=[4, 4], color=INK).encode(y=y)
    return Picture(
        layer=[
            cut,
            base.mark_line(strokeWidth=2).encode(color=color),
            base.mark_point(filled=True, size=70, opacity=1).encode(color=color),
            ends.mark_text(align="left", dx=10, fontSize=FONT_SIZE, limit=320).encode(
                text="name:N", color=alt.value(INK)
            ),
        ]
    ).properties(height=26 * depth + 60)
