"""The nine boxes with their counts and people, and a strip for those not assessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.dot_layout import cells_for, side_by_side
from core.charts.dots import Groups, dot_marks, square_marks
from core.charts.style import ACCENT, FONT_SIZE, GREY, INK, ZONES, Picture
from core.talent.scoring.nine_box import BOX, Thresholds

#: Up to this many people in a box, and in all, each has a dot; above, squares stand for groups of neighbours.
DOTS_IN_BOX, DOTS = 600, 1500
#: Up to this many in a box that is seen enlarged.
DOTS_NEAR = 5000
#: Half the width of an area along an axis that is known.
_LINE = 0.04
#: Lower end of the strip for those not assessed.
_STRIP = -0.56


def dot_places(people: pd.DataFrame, thresholds: Thresholds, near: int = 0, exact: bool = False) -> pd.DataFrame:
    """Where everyone assessed stands on the picture: box, x, y (0-3, a box is one wide and high), and ``real_x``, ``real_y``.

    Where each person gets a dot, x and y are without overlap unless ``exact``; else they are the real place.
    ``near``: only the people of that box, which is seen enlarged.
    """
    limits = [0.0, thresholds.middle, thresholds.high, 100.0]
    shown = people[people["box"] == near] if near else people[people["box"] > 0]
    x = np.interp(shown["potential"], limits, range(4))
    y = np.interp(shown["performance"], limits, range(4))
    places = pd.DataFrame({"box": shown["box"].to_numpy(), "x": x, "y": y, "real_x": x, "real_y": y}, index=shown.index)
    if exact or not each_has_a_dot(people, near):
        return places
    columns, rows = cells_for(int(places["box"].value_counts().max()) if len(places) else 0)
    for box, at in places.groupby("box").indices.items():
        row, column = np.argwhere(int(box) == BOX)[0]
        # Somebody whom a decision put here belongs at the edge that is nearest to the own score.
        inside = np.clip(x[at] - column, 0, 1), np.clip(y[at] - row, 0, 1)
        placed = side_by_side(*inside, columns, rows)
        places.iloc[at, [1, 2]] = np.column_stack([placed[0] + column, placed[1] + row])
    return places


def each_has_a_dot(people: pd.DataFrame, near: int = 0) -> bool:
    """Whether so few are shown that everyone has a dot."""
    counts = people.loc[people["box"] > 0, "box"].value_counts()
    if near:
        return int(counts.get(near, 0)) <= DOTS_NEAR
    return int(counts.sum()) <= DOTS and int(counts.max() if len(counts) else 0) <= DOTS_IN_BOX


def nine_box_chart(
    people: pd.DataFrame,
    thresholds: Thresholds,
    selected: list[int],
    text: Mapping[str, Any],
    height: int,
    opened: pd.Series | None = None,
    *,
    near: int = 0,
    exact: bool = False,
    groups: Groups | None = None,
    trail: pd.DataFrame | None = None,
) -> Picture:
    """Boxes of equal size with their people as dots beside one another, or at their real place.

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
    near, exact
        As in ``dot_places``.
    groups
        What the dots are coloured by; squares carry a bar of shares in each box instead.
    trail
        period, performance, potential of one person, in order: drawn as a line.

    The selections ``box``, ``brush`` (a rectangle drawn with the mouse) and, where people have dots, ``person``
    carry ``box``, ranges of ``left`` and ``bottom``, and ``nip``.
    """
    limits = [0.0, thresholds.middle, thresholds.high, 100.0]
    places = dot_places(people, thresholds, near, exact)
    assessed = people.loc[places.index]
    each = each_has_a_dot(people, near)
    dots = places.reset_index(names="nip").drop(columns=["real_x", "real_y"])
    dots["group"] = None if groups is None else groups.of.loc[places.index].map(groups.names).to_numpy()
    if each:  # squares name nobody
        dots = dots.assign(
            name=assessed["full_name"].to_numpy(),
            unit=assessed["unit"].to_numpy(),
            performance=[text["number"](value) for value in assessed["performance"]],
            potential=[text["number"](value) for value in assessed["potential"]],
        )
    if each and "computed_box" in assessed and (assessed["computed_box"] != assessed["box"]).any():
        computed = assessed["computed_box"].to_numpy()
        dots["decided"] = [
            f"{text['computed']}: {was}" if was != box else "" for was, box in zip(computed, dots["box"], strict=True)
        ]
    boxes = _boxes(people, selected, text)
    across, upward = [0.0, 3.0], [_STRIP, 3.0]
    if near:
        row, column = np.argwhere(near == BOX)[0]
        boxes = boxes[boxes["box"] == near]
        across, upward = [float(column), float(column + 1)], [float(row), float(row + 1)]
    x = alt.X("left:Q", scale=alt.Scale(domain=across, nice=False), axis=_axis(text["potential"], limits))
    y = alt.Y("bottom:Q", scale=alt.Scale(domain=upward, nice=False), axis=_axis(text["performance"], limits))
    ground = _ground(boxes, text).encode(x=x, y=y)
    over_marks = exact or not each or trail is not None  # else no mark stands in a label's corner
    labels = [
        *_label(boxes, "count_text", 7, 24, True, over_marks),
        *_label(boxes[boxes["box"] > 0], "name", 34, 14, False, over_marks),
    ]
    if each:
        columns, rows = cells_for(int(places["box"].value_counts().max()) if len(places) else 0)
        spans = (columns * (across[1] - across[0]), rows * (upward[1] - upward[0]))
        marks = [dot_marks(dots, spans, text, groups)] if len(dots) else []
    else:
        marks = square_marks(dots, text, groups)
    more = [] if opened is None else _interval(opened, limits, text)
    if trail is not None and len(trail) and not near:
        more += _trail(trail, limits)
    # On a canvas thousands of dots are drawn faster, and the rectangle of the mouse is no mark without a name;
    # the picture as a whole has its text.
    options = {"embedOptions": {"renderer": "canvas"}}
    return Picture(layer=[ground, *marks, *more, *labels]).properties(height=height, usermeta=options)


def _ground(boxes: pd.DataFrame, text: Mapping[str, Any]) -> alt.Chart:
    pick_box = alt.selection_point(name="box", fields=["box"], on="click", clear=False)
    brush = alt.selection_interval(name="brush", mark=alt.BrushConfig(fill=ACCENT, fillOpacity=0.12, stroke=ACCENT))
    return (
        alt.Chart(boxes)
        .mark_rect(cornerRadius=4, cursor="pointer")
        .encode(
            x2="right:Q",
            y2="top:Q",
            fill=alt.Fill("zone:N", scale=alt.Scale(domain=list(ZONES), range=list(ZONES.values())), legend=None),
            stroke=alt.condition("datum.selected", alt.value(ACCENT), alt.value(GREY)),
            strokeWidth=alt.condition("datum.selected", alt.value(3), alt.value(0.6)),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("count:Q", title=text["people"])],
        )
        .add_params(pick_box, brush)
    )


def _trail(trail: pd.DataFrame, limits: list[float]) -> list[alt.Chart]:
    """Where a person stood in each period, joined by a line with the periods written beside."""
    places = trail.assign(
        x=np.interp(trail["potential"], limits, range(4)),
        y=np.interp(trail["performance"], limits, range(4)),
        at=range(len(trail)),
    )
    base = alt.Chart(places[["x", "y", "at", "period"]]).encode(x="x:Q", y="y:Q")
    return [
        base.mark_line(color=INK, strokeWidth=2).encode(order="at:Q"),
        base.mark_point(filled=True, fill="white", stroke=INK, size=90, opacity=1),
        base.mark_text(dy=-12, fontSize=FONT_SIZE, stroke="white", strokeWidth=4).encode(text="period:N"),
        base.mark_text(dy=-12, fontSize=FONT_SIZE, color=INK).encode(text="period:N"),
    ]


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


def _label(boxes: pd.DataFrame, field: str, below: int, size: int, bold: bool, over_marks: bool) -> list[alt.Chart]:
    """A text in the corner of every box; over marks on a light edge that keeps it legible."""
    place = {
        "align": "left",
        "baseline": "top",
        "dx": 8,
        "dy": below,
        "fontSize": _readable(size, 1.1),
        "fontWeight": "bold" if bold else "normal",
    }
    chart = alt.Chart(boxes).encode(x="left:Q", y="top:Q", text=f"{field}:N")
    edge = [chart.mark_text(**place, stroke="white", strokeWidth=5)] if over_marks else []
    return [*edge, chart.mark_text(**place, color=INK)]


def _readable(size: int, by: float = 4 / 3) -> alt.ExprRef:
    """A size that grows where the chart is as wide as on a projector; a label no further than its corner of the box."""
    return alt.ExprRef(f"width > 700 ? {round(size * by)} : {size}")


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
    rows.append({"box": 0, "left": 0.012, "right": 2.988, "bottom": -0.54, "top": -0.06})
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
