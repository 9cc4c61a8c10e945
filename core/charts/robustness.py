"""The heat strip of ranks: how often each name stands at each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from core.charts.style import FONT_SIZE, INK, Picture


def rank_strip(table: pd.DataFrame, names: Sequence[str], text: Mapping[str, str]) -> Picture:
    """A strip a name, darker where it stands more often.

    Parameters
    ----------
    table
        name, rank, share (0-100).
    names
        In order.
    text
        Translated words: name, rank, share.
    """
    base = alt.Chart(table).encode(
        x=alt.X(
            "rank:O",
            title=text["rank"],
            axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=FONT_SIZE, titleFontSize=FONT_SIZE, labelColor=INK),
        ),
        y=alt.Y(
            "name:N",
            sort=list(names),
            title=None,
            axis=alt.Axis(labelLimit=330, labelFontSize=FONT_SIZE, labelColor=INK, labelOverlap=False),
        ),
    )
    cells = base.mark_rect(stroke="white").encode(
        color=alt.Color("share:Q", scale=alt.Scale(domain=[0, 100], range=["#f4f7fa", "#0b3d73"]), legend=None),
        tooltip=[
            alt.Tooltip("name:N", title=text["name"]),
            alt.Tooltip("rank:O", title=text["rank"]),
            alt.Tooltip("share:Q", title=text["share"], format=".1f"),
        ],
    )
    numbers = (
        base.transform_filter("datum.share >= 1")
        .mark_text(fontSize=FONT_SIZE - 2)
        .encode(
            text=alt.Text("share:Q", format=".0f"),
            color=alt.condition("datum.share > 45", alt.value("white"), alt.value(INK)),
        )
    )
    return Picture(layer=[cells, numbers]).properties(height=26 * max(len(names), 1) + 50)
