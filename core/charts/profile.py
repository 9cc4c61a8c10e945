"""Pictures of one person: bars against a mark, and posts held over time."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from core.charts.style import ACCENT, FONT_SIZE, GREY, INK, WARNING, Picture

_ROW = 27


def bars_against(table: pd.DataFrame, highest: float, text: Mapping[str, str]) -> Picture:
    """A bar a row with a mark; a row below its mark is in the colour of attention, an open one a thin interval.

    Parameters
    ----------
    table
        name, value (NaN where not known), low, high (what is open), mark (NaN for none), label.
    highest
        End of the scale.
    text
        Translated words: name, value, mark.
    """
    ends = table["value"].fillna(table["high"])
    table = table.assign(below=table["value"] < table["mark"], end=ends.where(~(table["mark"] > ends), table["mark"]))
    y = alt.Y(
        "name:N",
        sort=table["name"].tolist(),
        title=None,
        axis=alt.Axis(
            labelLimit=240, labelFontSize=FONT_SIZE, labelColor=INK, labelOverlap=False, domain=False, ticks=False
        ),
    )
    tooltip = [
        alt.Tooltip("name:N", title=text["name"]),
        alt.Tooltip("label:N", title=text["value"]),
        alt.Tooltip("mark:Q", title=text["mark"], format=".2f"),
    ]

    def layer(rows: pd.DataFrame) -> alt.Chart:
        return alt.Chart(rows).encode(y=y, tooltip=tooltip)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, highest * 1.12]), title=None, axis=None)

    color = alt.condition("datum.below", alt.value(WARNING), alt.value(ACCENT))
    known, unknown = table[table["value"].notna()], table[table["value"].isna()]
    marked = table[table["mark"].notna()]
    # A layer without rows would be a picture without a name to a screen reader.
    layers = []
    if len(known):
        layers.append(layer(known).mark_bar(height=14, cornerRadiusEnd=2).encode(x=x("value"), color=color))
    if len(unknown):
        layers.append(layer(unknown).mark_bar(height=5, color=GREY, opacity=0.6).encode(x=x("low"), x2="high:Q"))
    if len(marked):
        layers.append(layer(marked).mark_tick(thickness=3, height=20, color=INK).encode(x=x("mark")))
    layers.append(
        layer(table).mark_text(align="left", dx=5, fontSize=FONT_SIZE - 1, color=INK).encode(x=x("end"), text="label:N")
    )
    return Picture(layer=layers).properties(height=_ROW * max(len(table), 1))


def posts_held(table: pd.DataFrame, text: Mapping[str, str]) -> Picture:
    """Posts over time; acting ones lighter.

    Parameters
    ----------
    table
        title, unit, started_on, ended_on, acting, days (both dates as written), in the order drawn.
    text
        Translated words: post, unit, time.
    """
    base = alt.Chart(table).encode(
        y=alt.Y(
            "title:N",
            sort=None,
            title=None,
            axis=alt.Axis(
                labelLimit=420,
                labelFontSize=FONT_SIZE - 1,
                labelColor=INK,
                labelOverlap=False,
                domain=False,
                ticks=False,
            ),
        ),
        x=alt.X(
            "started_on:T",
            title=None,
            axis=alt.Axis(format="%Y", labelFontSize=FONT_SIZE - 2, labelColor=INK, tickCount=6),
        ),
        x2="ended_on:T",
        tooltip=[
            alt.Tooltip("title:N", title=text["post"]),
            alt.Tooltip("unit:N", title=text["unit"]),
            alt.Tooltip("days:N", title=text["time"]),
        ],
    )
    bars = base.mark_bar(height=12, cornerRadius=2).encode(
        color=alt.condition("datum.acting", alt.value("#8fb4d9"), alt.value(ACCENT))
    )
    return Picture(layer=[bars]).properties(height=26 * max(table["title"].nunique(), 1) + 46)
