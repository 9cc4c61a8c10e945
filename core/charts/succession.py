"""Pictures of succession: posts against candidates, the risk map, the outlook, the organisation."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from core.charts.style import ACCENT, FONT_SIZE, GREY, INK, WARNING, Picture

#: A canvas draws tens of thousands of cells at once.
_CANVAS = {"embedOptions": {"renderer": "canvas"}}
_ROW = 24


def _axis(limit: int = 360, **more: object) -> alt.Axis:
    return alt.Axis(
        labelFontSize=FONT_SIZE - 1,
        titleFontSize=FONT_SIZE - 1,
        labelColor=INK,
        titleColor=INK,
        labelLimit=limit,
        labelOverlap=False,
        domain=False,
        ticks=False,
        **more,
    )


def fit_matrix(cells: pd.DataFrame, posts: list[str], people: list[str], text: Mapping[str, str]) -> Picture:
    """Posts as rows, candidates as columns; the darker, the higher the fit; grey where a gate is not passed.

    Parameters
    ----------
    cells
        post, person, fit (NaN where not known), gates (words), passed (bool).
    text
        Translated words: post, person, fit, gates, unknown.
    """
    frame = cells.assign(known=cells["fit"].notna(), shown=cells["fit"].round(1))
    x = alt.X(
        "person:N",
        sort=people,
        title=text["person"],
        axis=_axis(140, labelAngle=-60, orient="top")
        if len(people) <= 60
        else alt.Axis(labels=False, ticks=False, orient="top"),
    )
    y = alt.Y("post:N", sort=posts, title=None, axis=_axis())
    tooltip = [
        alt.Tooltip("person:N", title=text["person"]),
        alt.Tooltip("post:N", title=text["post"]),
        alt.Tooltip("shown:Q", title=text["fit"]),
        alt.Tooltip("gates:N", title=text["gates"]),
    ]
    base = alt.Chart(frame).encode(x=x, y=y, tooltip=tooltip)
    layers = []
    for rows, mark in (
        (frame["passed"] & frame["known"], "passed"),
        (~frame["passed"] & frame["known"], "failed"),
        (~frame["known"], "unknown"),
    ):
        layer = frame[rows]
        if layer.empty:
            continue
        chart = base.properties(data=layer)
        if mark == "passed":
            layers.append(
                chart.mark_rect(stroke="white").encode(
                    color=alt.Color(
                        "fit:Q",
                        scale=alt.Scale(range=["#dbe8f6", ACCENT], domain=[40, 100], interpolate="rgb"),
                        legend=alt.Legend(title=text["fit"], orient="bottom", titleFontSize=FONT_SIZE - 1),
                    )
                )
            )
        elif mark == "failed":
            layers.append(chart.mark_rect(color="#e3e6ea", stroke="white"))
        else:
            layers.append(chart.mark_point(shape="circle", color=GREY, size=14))
    height = _ROW * max(len(posts), 1) + (260 if len(people) <= 60 else 130)
    return Picture(layer=layers).properties(height=height, usermeta=_CANVAS)


def risk_map(posts: pd.DataFrame, text: Mapping[str, str]) -> Picture:
    """Criticality upward, ready people across; a dot a post, beside one another in their cell.

    Parameters
    ----------
    posts
        title, criticality (1-3), ready (0, 1, 2 for more), near (bool: vacant or within a year), state (words).
    text
        Translated words: criticality, ready, levels (three by "|"), counts (three by "|"), post, state.
    """
    levels, counts = text["levels"].split("|"), text["counts"].split("|")
    frame = posts.sort_values(["criticality", "ready", "title"]).reset_index(drop=True)
    at = frame.groupby(["criticality", "ready"]).cumcount()
    frame = frame.assign(
        x=frame["ready"] + 0.12 + (at % 8) * 0.11,
        y=frame["criticality"] - 1 + 0.86 - (at // 8) * 0.17,
    )
    cells = pd.DataFrame(
        [
            {
                "left": column,
                "bottom": row,
                "risk": row - column,
                "count": int(((frame["ready"] == column) & (frame["criticality"] == row + 1)).sum()),
            }
            for row in range(3)
            for column in range(3)
        ]
    )
    cells = cells.assign(right=cells["left"] + 0.985, top=cells["bottom"] + 0.97)
    x = alt.X(
        "left:Q",
        title=text["ready"],
        scale=alt.Scale(domain=[0, 3], nice=False),
        axis=_axis(values=[0.5, 1.5, 2.5], labelExpr=_words([0.5, 1.5, 2.5], counts), grid=False),
    )
    y = alt.Y(
        "bottom:Q",
        title=text["criticality"],
        scale=alt.Scale(domain=[0, 3], nice=False),
        axis=_axis(values=[0.5, 1.5, 2.5], labelExpr=_words([0.5, 1.5, 2.5], levels), grid=False),
    )
    ground = (
        alt.Chart(cells)
        .mark_rect(cornerRadius=4)
        .encode(
            x=x,
            x2="right:Q",
            y=y,
            y2="top:Q",
            color=alt.Color(
                "risk:Q",
                scale=alt.Scale(domain=[-2, 0, 2], range=["#dbe8f6", "#eef0f3", "#f6cfae"], interpolate="rgb"),
                legend=None,
            ),
        )
    )
    numbers = (
        alt.Chart(cells)
        .mark_text(align="right", baseline="bottom", dx=-8, dy=-6, fontSize=22, fontWeight="bold", color=INK)
        .encode(x="right:Q", y="bottom:Q", text="count:Q")
    )
    layers = [ground, numbers]
    if len(frame):
        layers.append(
            alt.Chart(frame)
            .mark_point(filled=True, size=130, opacity=1)
            .encode(
                x="x:Q",
                y="y:Q",
                color=alt.condition("datum.near", alt.value(WARNING), alt.value(ACCENT)),
                shape=alt.condition("datum.near", alt.value("diamond"), alt.value("circle")),
                tooltip=[alt.Tooltip("title:N", title=text["post"]), alt.Tooltip("state:N", title=text["state"])],
            )
        )
    return Picture(layer=layers).properties(height=420)


def _words(places: list[float], words: list[str]) -> str:
    pairs = [f"datum.value == {place} ? {word!r}" for place, word in zip(places, words, strict=True)]
    return " : ".join(pairs) + " : ''"


def outlook_map(cells: pd.DataFrame, rows: list[str], text: Mapping[str, str]) -> Picture:
    """Years across, posts or families downward; the number is the share of futures in percent.

    Parameters
    ----------
    cells
        name, year, share (0-100).
    text
        Translated words: year, share, name.
    """
    base = alt.Chart(cells).encode(
        x=alt.X("year:O", title=text["year"], axis=_axis(labelAngle=0, orient="top")),
        y=alt.Y("name:N", sort=rows, title=None, axis=_axis()),
        tooltip=[
            alt.Tooltip("name:N", title=text["name"]),
            alt.Tooltip("year:O", title=text["year"]),
            alt.Tooltip("share:Q", title=text["share"], format=".0f"),
        ],
    )
    squares = base.mark_rect(stroke="white").encode(
        color=alt.Color(
            "share:Q", scale=alt.Scale(domain=[0, 100], range=["#f3f5f8", "#e08b45"], interpolate="rgb"), legend=None
        )
    )
    numbers = base.mark_text(fontSize=FONT_SIZE - 1, color=INK).encode(text=alt.Text("share:Q", format=".0f"))
    return Picture(layer=[squares, numbers]).properties(height=_ROW * max(len(rows), 1) + 80)


def organisation(tree: pd.DataFrame, text: Mapping[str, str], highlighted: str = "") -> Picture:
    """Posts as lines of a tree, each below its parent and moved in; state by colour, shape and words.

    Parameters
    ----------
    tree
        Rows from above: title, depth, parent_row (NaN at the top), state (``vacant``, ``near``, ``held``), words.
    text
        Translated words: post, state, names of the states ``vacant``, ``near``, ``held``.
    highlighted
        Titles that hold this text (folded by the caller into the column ``match``) are bold.
    """
    frame = tree.reset_index(drop=True).assign(row=np.arange(len(tree)))
    frame["x"] = frame["depth"] * 0.6
    states = ["vacant", "near", "held"]
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-0.7, max(len(frame), 1) - 0.3], reverse=True, nice=False))
    x = alt.X(
        "x:Q",
        axis=None,
        scale=alt.Scale(domain=[-0.2, max(float(frame["depth"].max() or 0), 1.0) * 0.6 + 6], nice=False),
    )
    joined = frame.dropna(subset=["parent_row"]).copy()
    joined["y2"] = joined["parent_row"]
    joined["x0"] = joined["x"] - 0.6
    layers: list[alt.Chart] = []
    if len(joined):
        # Every layer says that there is no axis; one that does not would have it drawn.
        left = alt.X("x0:Q", axis=None)
        down = alt.Chart(joined).mark_rule(color="#c3cad2").encode(x=left, y=y, y2="y2:Q")
        layers += [down, alt.Chart(joined).mark_rule(color="#c3cad2").encode(x=left, x2="x:Q", y=y)]
    base = alt.Chart(frame).encode(
        x=x,
        y=y,
        tooltip=[alt.Tooltip("title:N", title=text["post"]), alt.Tooltip("words:N", title=text["state"])],
    )
    names = [text[state] for state in states]
    layers.append(
        base.mark_point(filled=True, size=110, opacity=1).encode(
            color=alt.Color(
                "state_name:N",
                scale=alt.Scale(domain=names, range=[WARNING, "#e69f00", ACCENT]),
                legend=alt.Legend(title=None, orient="top", labelFontSize=FONT_SIZE, labelColor=INK, labelLimit=260),
            ),
            shape=alt.Shape(
                "state_name:N", scale=alt.Scale(domain=names, range=["diamond", "triangle-up", "circle"]), legend=None
            ),
        )
    )
    label = {"align": "left", "dx": 12, "fontSize": FONT_SIZE - 1, "color": INK}
    plain = frame[~frame["match"]]
    if len(plain):
        layers.append(base.properties(data=plain).mark_text(**label).encode(text="label:N"))
    if frame["match"].any():
        layers.append(
            base.properties(data=frame[frame["match"]]).mark_text(**label, fontWeight="bold").encode(text="label:N")
        )
    # Dragging and the wheel move and enlarge the tree.
    layers[-1] = layers[-1].add_params(alt.selection_interval(bind="scales", name="zoom"))
    return Picture(layer=layers).properties(height=_ROW * max(len(frame), 1) + 60, usermeta=_CANVAS)


def chains(steps: pd.DataFrame, text: Mapping[str, str]) -> Picture:
    """Who follows whom: a line a vacant post, from the left the post, who takes it, the post this leaves, and so on.

    Parameters
    ----------
    steps
        chain (line, from 0), step (from 0), post, person (empty where it stays empty), kind: ``filled``, ``empty`` or
        ``left`` (a post outside that is left and not filled by the plan).
    text
        Translated words: post, person, names of the kinds ``filled``, ``empty``, ``left``.
    """
    kinds = ["filled", "empty", "left"]
    names = [text[kind] for kind in kinds]
    frame = steps.assign(
        kind_name=steps["kind"].map(text), right=steps["step"] + 0.86, middle=steps["step"] + 0.02, name=steps["person"]
    )
    across = [0.0, max(2.0, float(frame["step"].max() or 0) + 1.0)]
    y = alt.Y("chain:O", axis=None, scale=alt.Scale(paddingInner=0.25))
    x = alt.X("step:Q", axis=None, scale=alt.Scale(domain=across, nice=False))
    base = alt.Chart(frame).encode(
        y=y, tooltip=[alt.Tooltip("post:N", title=text["post"]), alt.Tooltip("name:N", title=text["person"])]
    )
    boxes = base.mark_rect(cornerRadius=4, stroke=GREY, strokeWidth=0.8).encode(
        x=x,
        x2="right:Q",
        color=alt.Color(
            "kind_name:N",
            scale=alt.Scale(domain=names, range=["#dbe8f6", "#f6cfae", "#eef0f3"]),
            legend=alt.Legend(title=None, orient="top", labelFontSize=FONT_SIZE, labelColor=INK, labelLimit=320),
        ),
    )
    inside = alt.X("middle:Q", axis=None, scale=alt.Scale(domain=across, nice=False))
    label = {
        "align": "left",
        "fontSize": FONT_SIZE - 2,
        "color": INK,
        "limit": alt.ExprRef(f"width / {across[1]:g} * 0.8"),
    }
    layers = [
        boxes,
        base.mark_text(dy=-9, fontWeight="bold", **label).encode(x=inside, text="post:N"),
        base.mark_text(dy=10, **label).encode(x=inside, text="name:N"),
    ]
    following = frame[frame["step"] > 0]
    if len(following):
        arrows = alt.Chart(following.assign(at=following["step"] - 0.07)).encode(y=y)
        layers.append(
            arrows.mark_text(text="←", fontSize=22, color=INK).encode(
                x=alt.X("at:Q", axis=None, scale=alt.Scale(domain=across, nice=False))
            )
        )
    return Picture(layer=layers).properties(height=58 * max(frame["chain"].nunique(), 1) + 50, usermeta=_CANVAS)
