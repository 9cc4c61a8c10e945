"""The nine boxes with their counts and people, and a strip for those not assessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.style import ACCENT, FONT_SIZE, GREY, INK, ZONES, Picture
from core.talent.nine_box import BOX, Thresholds

#: Up to this many people each has a dot; above, squares stand for groups of neighbours.
DOTS = 800
#: Squares along each axis of a box when people are grouped.
_GRID = 12
#: Half the width of an area along an axis that is known.
_LINE = 0.04


def nine_box_chart(
    people: pd.DataFrame,
    thresholds: Thresholds,
    selected: list[int],
    text: Mapping[str, Any],
    height: int,
    opened: pd.Series | None = None,
) -> Picture:
    """Boxes of equal size; a dot stands at the person's place within the box.

    Parameters
    ----------
    people
        full_name, unit, performance, potential (NaN where not assessed), box (0 where not
        assessed); indexed by NIP.
    selected
        Boxes drawn with a border.
    text
        Translated words: performance, potential, not_assessed, person, unit, people, names (by
        box), number (writes a score).
    opened
        A person not assessed, with full_name and the bounds ``performance_low``.. of both axes: drawn as the area
        that the missing records leave open.

    The selections ``box`` and, where people have dots, ``person`` carry ``box`` and ``nip``.
    """
    limits = [0.0, thresholds.middle, thresholds.high, 100.0]
    assessed = people[people["box"] > 0]
    dots = pd.DataFrame(
        {
            "nip": assessed.index,
            "name": assessed["full_name"].to_numpy(),
            "unit": assessed["unit"].to_numpy(),
            "x": np.interp(assessed["potential"], limits, range(4)),
            "y": np.interp(assessed["performance"], limits, range(4)),
            "performance": [text["number"](value) for value in assessed["performance"]],
            "potential": [text["number"](value) for value in assessed["potential"]],
            "box": assessed["box"].to_numpy(),
        }
    )
    boxes = _boxes(people, selected, text)
    x = alt.X("left:Q", scale=alt.Scale(domain=[0, 3], nice=False), axis=_axis(text["potential"], limits))
    y = alt.Y("bottom:Q", scale=alt.Scale(domain=[-0.52, 3], nice=False), axis=_axis(text["performance"], limits))
    pick_box = alt.selection_point(name="box", fields=["box"], on="click", clear=False)
    ground = (
        alt.Chart(boxes)
        .mark_rect(cornerRadius=4, cursor="pointer")
        .encode(
            x=x,
            x2="right:Q",
            y=y,
            y2="top:Q",
            color=alt.Color("zone:N", scale=alt.Scale(domain=list(ZONES), range=list(ZONES.values())), legend=None),
            stroke=alt.condition("datum.selected", alt.value(ACCENT), alt.value(GREY)),
            strokeWidth=alt.condition("datum.selected", alt.value(3), alt.value(0.6)),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("count:Q", title=text["people"])],
        )
        .add_params(pick_box)
    )
    labels = [
        *_label(boxes, "count_text", below=7, size=24, bold=True),
        *_label(boxes[boxes["box"] > 0], "name", below=34, size=14, bold=False),
    ]
    marks = _dots(dots, text) if len(dots) <= DOTS else _squares(dots, text)
    left_open = [] if opened is None else _interval(opened, limits, text)
    return Picture(layer=[ground, marks, *left_open, *labels]).properties(height=height)


def _interval(person: pd.Series, limits: list[float], text: Mapping[str, Any]) -> list[alt.Chart]:
    """Where a person may stand; an axis that is known makes it a line, so it keeps a little width."""
    area: dict[str, object] = {"name": person["full_name"]}
    for axis, ends in (("potential", ("x", "x2")), ("performance", ("y", "y2"))):
        low, high = person[f"{axis}_low"], person[f"{axis}_high"]
        start, end = np.interp([low, high], limits, range(4))
        area |= {ends[0]: max(start - _LINE, 0), ends[1]: min(end + _LINE, 3)}
        area[axis] = f"{text['number'](low)} – {text['number'](high)}"
    rectangle = alt.Chart(pd.DataFrame([area])).mark_rect(
        color="white", fillOpacity=0.35, stroke=INK, strokeWidth=2.5, strokeDash=[6, 3]
    )
    tooltip = [
        alt.Tooltip("name:N", title=text["person"]),
        alt.Tooltip("performance:N", title=text["performance"]),
        alt.Tooltip("potential:N", title=text["potential"]),
    ]
    return [rectangle.encode(x="x:Q", x2="x2:Q", y="y:Q", y2="y2:Q", tooltip=tooltip)]


def _label(boxes: pd.DataFrame, field: str, below: int, size: int, bold: bool) -> tuple[alt.Chart, alt.Chart]:
    """A text in the corner of every box, on a light edge that keeps it legible over dots."""
    place = {
        "align": "left",
        "baseline": "top",
        "dx": 8,
        "dy": _readable(below),
        "fontSize": _readable(size),
        "fontWeight": "bold" if bold else "normal",
    }
    chart = alt.Chart(boxes).encode(x="left:Q", y="top:Q", text=f"{field}:N")
    return chart.mark_text(**place, stroke="white", strokeWidth=5), chart.mark_text(**place, color=INK)


def _readable(size: int) -> alt.ExprRef:
    """A text size that grows by a third where the chart is as wide as on a projector."""
    return alt.ExprRef(f"width > 700 ? {round(size * 4 / 3)} : {size}")


def _axis(title: str, limits: list[float]) -> alt.Axis:
    labels = " : ".join(f"datum.value == {at} ? '{limit:g}'" for at, limit in enumerate(limits)) + " : ''"
    return alt.Axis(
        title=title,
        values=[0, 1, 2, 3],
        labelExpr=labels,
        grid=False,
        labelFontSize=_readable(FONT_SIZE),
        titleFontSize=_readable(FONT_SIZE),
        labelColor=INK,
        titleColor=INK,
        domain=False,
        ticks=False,
    )


def _boxes(people: pd.DataFrame, selected: list[int], text: Mapping[str, Any]) -> pd.DataFrame:
    counts = people["box"].value_counts()
    rows = [
        {
            "box": int(BOX[row, column]),
            "left": column + 0.012,
            "right": column + 0.988,
            "bottom": row + 0.015,
            "top": row + 0.985,
        }
        for row in range(3)
        for column in range(3)
    ]
    rows.append({"box": 0, "left": 0.012, "right": 2.988, "bottom": -0.5, "top": -0.06})
    frame = pd.DataFrame(rows)
    frame["count"] = [int(counts.get(box, 0)) for box in frame["box"]]
    frame["name"] = [text["names"][box] for box in frame["box"]]
    frame["count_text"] = [
        str(count) if box else f"{count}   {text['not_assessed']}"
        for box, count in zip(frame["box"], frame["count"], strict=True)
    ]
    frame["zone"] = [
        "pool" if box >= 7 else "steady" if box >= 4 else "attention" if box else "none" for box in frame["box"]
    ]
    frame["selected"] = frame["box"].isin(selected)
    return frame


def _dots(dots: pd.DataFrame, text: Mapping[str, Any]) -> alt.Chart:
    pick_person = alt.selection_point(name="person", fields=["nip"], on="click", clear=False)
    return (
        alt.Chart(dots)
        .mark_circle(size=52, color=ACCENT, opacity=0.55, cursor="pointer")
        .encode(
            x="x:Q",
            y="y:Q",
            tooltip=[
                alt.Tooltip("name:N", title=text["person"]),
                alt.Tooltip("unit:N", title=text["unit"]),
                alt.Tooltip("performance:N", title=text["performance"]),
                alt.Tooltip("potential:N", title=text["potential"]),
            ],
        )
        .add_params(pick_person)
    )


def _squares(dots: pd.DataFrame, text: Mapping[str, Any]) -> alt.Chart:
    cells = dots.assign(
        x=(np.floor(dots["x"] * _GRID).clip(upper=3 * _GRID - 1) + 0.5) / _GRID,
        y=(np.floor(dots["y"] * _GRID).clip(upper=3 * _GRID - 1) + 0.5) / _GRID,
    )
    grouped = cells.groupby(["x", "y", "box"], as_index=False).size()
    return (
        alt.Chart(grouped)
        .mark_square(color=ACCENT, opacity=0.6)
        .encode(
            x="x:Q",
            y="y:Q",
            size=alt.Size("size:Q", scale=alt.Scale(range=[6, 260]), legend=None),
            tooltip=[alt.Tooltip("size:Q", title=text["people"])],
        )
    )
