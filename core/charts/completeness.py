"""How complete the facts are: units against measures, darker is emptier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from core.charts.style import FONT_SIZE, INK, Picture


def completeness_map(table: pd.DataFrame, measures: Sequence[str], text: Mapping[str, str]) -> Picture:
    """A heat map.

    Parameters
    ----------
    table
        unit, measure (its shown name), share (0-100), people, known.
    measures
        Shown names in order.
    text
        Translated words: unit, measure, share, known, people.

    The selection ``cell`` carries unit and measure.
    """
    units = table.groupby("unit")["share"].mean().sort_values().index.tolist()
    pick = alt.selection_point(name="cell", fields=["unit", "measure"], on="click", clear=False)
    base = alt.Chart(table).encode(
        x=alt.X(
            "measure:N",
            sort=list(measures),
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=-45,
                labelLimit=240,
                labelFontSize=FONT_SIZE,
                labelColor=INK,
                labelOverlap=False,
            ),
        ),
        y=alt.Y(
            "unit:N",
            sort=units,
            title=None,
            axis=alt.Axis(labelLimit=330, labelFontSize=FONT_SIZE, labelColor=INK, labelOverlap=False),
        ),
    )
    cells = base.mark_rect(stroke="white", cursor="pointer").encode(
        color=alt.Color("share:Q", scale=alt.Scale(domain=[0, 100], range=["#a85a00", "#fbf6ee"]), legend=None),
        tooltip=[
            alt.Tooltip("unit:N", title=text["unit"]),
            alt.Tooltip("measure:N", title=text["measure"]),
            alt.Tooltip("known:Q", title=text["known"]),
            alt.Tooltip("people:Q", title=text["people"]),
        ],
    )
    numbers = base.mark_text(fontSize=FONT_SIZE).encode(
        text="label:N", color=alt.condition("datum.share < 45", alt.value("white"), alt.value(INK))
    )
    return Picture(layer=[cells.add_params(pick), numbers]).properties(height=24 * len(units) + 10)
