"""From box to box: a square a pair, larger and darker the more people go there."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from core.charts.style import ACCENT, FONT_SIZE, GREY, INK, Picture

_ORDER = ["9", "8", "7", "6", "5", "4", "3", "2", "1", "–"]


def flow_chart(flows: pd.DataFrame, text: Mapping[str, str]) -> Picture:
    """Rows are the boxes before, columns those after; on the diagonal, in grey, who stays.

    Parameters
    ----------
    flows
        box_before, box_after (0 not assessed), people.
    text
        Translated words: before, after, people.
    """
    table = flows.assign(
        before=[str(box) if box else "–" for box in flows["box_before"]],
        after=[str(box) if box else "–" for box in flows["box_after"]],
        stays=flows["box_before"] == flows["box_after"],
    )

    def axis(title: str, orient: str) -> alt.Axis:
        return alt.Axis(
            title=title, orient=orient, labelAngle=0, labelFontSize=FONT_SIZE, titleFontSize=FONT_SIZE, labelColor=INK
        )

    base = alt.Chart(table).encode(
        x=alt.X("after:N", sort=_ORDER, scale=alt.Scale(domain=_ORDER), axis=axis(text["after"], "top")),
        y=alt.Y("before:N", sort=_ORDER, scale=alt.Scale(domain=_ORDER), axis=axis(text["before"], "left")),
        tooltip=[
            alt.Tooltip("before:N", title=text["before"]),
            alt.Tooltip("after:N", title=text["after"]),
            alt.Tooltip("people:Q", title=text["people"]),
        ],
    )
    color = alt.condition("datum.stays", alt.value(GREY), alt.value(ACCENT))
    cells = base.mark_rect(cornerRadius=3).encode(
        color=color, opacity=alt.Opacity("people:Q", scale=alt.Scale(type="sqrt", range=[0.18, 0.55]), legend=None)
    )
    numbers = base.mark_text(fontSize=FONT_SIZE, color=INK).encode(text="people:Q")
    return Picture(layer=[cells, numbers]).properties(height=340)
