"""Bars for a projector: few, large, with their value written out."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from core.charts.style import ACCENT, GREY, INK, Picture

_LARGE = 24


def large_bars(table: pd.DataFrame, text: Mapping[str, str]) -> Picture:
    """A bar a row, 0-100, in the order given; rows that are not ``eligible`` in grey.

    Parameters
    ----------
    table
        name, value (NaN where not known), label, note (below the name in the tooltip), eligible.
    text
        Translated words: name, value, note.
    """
    y = alt.Y(
        "name:N",
        sort=table["name"].tolist(),
        title=None,
        axis=alt.Axis(
            labelFontSize=_LARGE, labelLimit=520, labelColor=INK, labelOverlap=False, domain=False, ticks=False
        ),
    )
    base = alt.Chart(table.assign(end=table["value"].fillna(0.0))).encode(
        y=y,
        tooltip=[
            alt.Tooltip("name:N", title=text["name"]),
            alt.Tooltip("label:N", title=text["value"]),
            alt.Tooltip("note:N", title=text["note"]),
        ],
    )
    x = alt.X("end:Q", scale=alt.Scale(domain=[0, 118]), axis=None)
    bars = base.mark_bar(height=26, cornerRadiusEnd=3).encode(
        x=x, color=alt.condition("datum.eligible", alt.value(ACCENT), alt.value(GREY))
    )
    labels = base.mark_text(align="left", dx=8, fontSize=_LARGE, fontWeight="bold", color=INK).encode(
        x=x, text="label:N"
    )
    return Picture(layer=[bars, labels]).properties(height=56 * max(len(table), 1))
