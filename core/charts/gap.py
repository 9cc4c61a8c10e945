"""The gap between two names as steps from one score to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from core.charts.style import ACCENT, FONT_SIZE, GREY, INK, WARNING, Picture


def gap_chart(steps: pd.DataFrame, order: Sequence[str], text: Mapping[str, str]) -> Picture:
    """One bar a step, each from where the one before ended; the two scores are the ends.

    Parameters
    ----------
    steps
        step (its name), start, end (points), label, side: ``first`` or ``second`` whom it helps, ``score`` an end.
    order
        Names from top to bottom.
    text
        Translated words: points.
    """
    low, high = steps[["start", "end"]].min().min(), steps[["start", "end"]].max().max()
    room = max(1.0, (high - low) * 0.12)
    y = alt.Y(
        "step:N",
        sort=list(order),
        title=None,
        axis=alt.Axis(labelFontSize=FONT_SIZE, labelColor=INK, labelLimit=320, domain=False, ticks=False),
    )
    x = alt.X(
        "start:Q",
        scale=alt.Scale(domain=[low - room, high + room], zero=False, nice=False),
        title=text["points"],
        axis=alt.Axis(labels=False, ticks=False, titleFontSize=FONT_SIZE, tickCount=6),
    )
    color = alt.Color(
        "side:N",
        scale=alt.Scale(domain=["first", "second", "score"], range=[ACCENT, WARNING, GREY]),
        legend=None,
    )
    base = alt.Chart(steps)
    moves = base.transform_filter("datum.side != 'score'")
    ends = base.transform_filter("datum.side == 'score'")
    tooltip = [alt.Tooltip("step:N", title=" "), alt.Tooltip("label:N", title=text["points"])]
    labels = base.transform_calculate(at="max(datum.start, datum.end)")
    return Picture(
        layer=[
            moves.mark_bar(size=18).encode(x=x, x2="end:Q", y=y, color=color, tooltip=tooltip),
            ends.mark_tick(thickness=4, size=26).encode(x=x, y=y, color=color, tooltip=tooltip),
            labels.mark_text(align="left", dx=8, fontSize=FONT_SIZE, color=INK).encode(
                x=alt.X("at:Q"), y=y, text="label:N"
            ),
        ]
    ).properties(height=30 * len(order) + 50)
