"""People on the nine boxes: a dot each, or squares for groups of neighbours; coloured by a category if asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.style import ACCENT, CATEGORIES, FONT_SIZE, GREY, INK, SHAPES
from core.talent.scoring.nine_box import BOX

#: Squares along each axis of a box when people are grouped.
_GRID = 12
#: A dot's part of its cell, and its largest diameter in pixels.
_DOT, _LARGEST = 0.92, 11


@dataclass(frozen=True)
class Groups:
    """What dots are coloured by: a title, each person's category, and the categories' names in order.

    A category whose key is ``quiet`` is grey.
    """

    title: str
    of: pd.Series
    names: Mapping[str, str]
    quiet: str = "other"

    @property
    def colours(self) -> list[str]:
        """A colour for each name."""
        return [GREY if key == self.quiet else CATEGORIES[at % len(CATEGORIES)] for at, key in enumerate(self.names)]

    def colour(self, legend: alt.Legend | None) -> alt.Color:
        """The encoding of the field ``group``."""
        return alt.Color(
            "group:N", scale=alt.Scale(domain=list(self.names.values()), range=self.colours), legend=legend
        )


def dot_marks(
    dots: pd.DataFrame, spans: tuple[float, float], text: Mapping[str, Any], groups: Groups | None
) -> alt.Chart:
    """A dot a person, sized so that dots in neighbouring cells never touch; ``spans``: cells across and up the picture."""
    pick_person = alt.selection_point(name="person", fields=["nip"], on="click", clear=False)
    cell = f"min(width / {spans[0]:g}, height / {spans[1]:g}, {_LARGEST / _DOT:g}) * {_DOT}"
    marks = alt.Chart(dots).mark_point(
        filled=True, size=alt.ExprRef(f"pow({cell}, 2)"), color=ACCENT, opacity=0.75, cursor="pointer"
    )
    tooltip = [
        alt.Tooltip("name:N", title=text["person"]),
        alt.Tooltip("unit:N", title=text["unit"]),
        alt.Tooltip("performance:N", title=text["performance"]),
        alt.Tooltip("potential:N", title=text["potential"]),
    ]
    if "decided" in dots:
        tooltip.append(alt.Tooltip("decided:N", title=" "))
        # Who stands where the committee decided has a ring.
        marks = marks.encode(
            stroke=alt.condition("datum.decided !== ''", alt.value(INK), alt.value("transparent")),
            strokeWidth=alt.value(2),
        )
    encoded = marks.encode(x="x:Q", y="y:Q", tooltip=tooltip).add_params(pick_person)
    if groups is None:
        return encoded
    legend = _legend(groups)
    names = list(groups.names.values())
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(names))]
    return encoded.encode(
        color=groups.colour(legend),
        shape=alt.Shape("group:N", scale=alt.Scale(domain=names, range=shapes), legend=legend),
        tooltip=[*tooltip, alt.Tooltip("group:N", title=groups.title)],
    )


def _legend(groups: Groups) -> alt.Legend:
    return alt.Legend(
        title=groups.title,
        orient="top",
        columns=2 if max(map(len, groups.names.values()), default=0) > 18 else 4,
        labelFontSize=FONT_SIZE - 1,
        titleFontSize=FONT_SIZE - 1,
        labelColor=INK,
        titleColor=INK,
        labelLimit=320,
        symbolOpacity=1,
    )


def square_marks(dots: pd.DataFrame, text: Mapping[str, Any], groups: Groups | None) -> list[alt.Chart]:
    """Squares as large as the people around their place are many; with groups a bar of shares at the foot of each box."""
    cells = dots.assign(
        x=(np.floor(dots["x"] * _GRID).clip(upper=3 * _GRID - 1) + 0.5) / _GRID,
        y=(np.floor(dots["y"] * _GRID).clip(upper=3 * _GRID - 1) + 0.5) / _GRID,
    )
    grouped = cells.groupby(["x", "y", "box"], as_index=False).size()
    squares = (
        alt.Chart(grouped)
        .mark_square(color=ACCENT if groups is None else GREY, opacity=0.6)
        .encode(
            x="x:Q",
            y="y:Q",
            size=alt.Size("size:Q", scale=alt.Scale(range=[6, 260]), legend=None),
            tooltip=[alt.Tooltip("size:Q", title=text["people"])],
        )
    )
    return [squares] if groups is None else [squares, _shares(dots, text, groups)]


def _shares(dots: pd.DataFrame, text: Mapping[str, Any], groups: Groups) -> alt.Chart:
    names = list(groups.names.values())
    counted = dots.groupby(["box", "group"]).size().rename("people").reset_index()
    counted["at"] = counted["group"].map(names.index)
    counted = counted.sort_values(["box", "at"])
    share = counted["people"] / counted.groupby("box")["people"].transform("sum") * 0.94
    end = share.groupby(counted["box"]).cumsum()
    places = {int(BOX[row, column]): (row, column) for row in range(3) for column in range(3)}
    column = counted["box"].map(lambda box: places[box][1])
    row = counted["box"].map(lambda box: places[box][0])
    bars = counted.assign(x=column + 0.03 + end - share, x2=column + 0.03 + end, y=row + 0.04, y2=row + 0.12)
    return (
        alt.Chart(bars.drop(columns="at"))
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(
            x="x:Q",
            x2="x2:Q",
            y="y:Q",
            y2="y2:Q",
            color=groups.colour(_legend(groups)),
            tooltip=[alt.Tooltip("group:N", title=groups.title), alt.Tooltip("people:Q", title=text["people"])],
        )
    )
