"""Pictures of a session: weights as dots, orders as slopes to the consensus, who agrees with whom. To be read at four metres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from core.charts.style import ACCENT, GREY, INK, Picture

#: Text of the wall: larger than a page's.
_FONT = 18


def weights_chart(table: pd.DataFrame, criteria: Sequence[str], text: Mapping[str, str]) -> Picture:
    """A line a criterion with a dot for each member's weight, a bar from the least to the greatest, a mark for the official one.

    Parameters
    ----------
    table
        criterion, member, weight (percent), official (percent), group (of like-minded members).
    criteria
        Names in order.
    text
        Translated words: weight, member, criterion, official, group.
    """
    y = alt.Y(
        "criterion:N",
        sort=list(criteria),
        title=None,
        axis=alt.Axis(
            labelFontSize=_FONT, labelLimit=280, labelColor=INK, labelOverlap=False, domain=False, ticks=False
        ),
    )
    x = alt.X(
        "weight:Q",
        title=text["weight"],
        scale=alt.Scale(domainMin=0, nice=True),
        axis=alt.Axis(labelFontSize=_FONT - 2, titleFontSize=_FONT - 2, grid=True),
    )
    base = alt.Chart(table).encode(y=y)
    tooltip = [
        alt.Tooltip("criterion:N", title=text["criterion"]),
        alt.Tooltip("member:N", title=text["member"]),
        alt.Tooltip("weight:Q", title=text["weight"], format=".1f"),
    ]
    return Picture(
        layer=[
            base.mark_rule(strokeWidth=6, opacity=0.25, color=GREY).encode(
                x=alt.X("min(weight):Q"), x2=alt.X2("max(weight):Q")
            ),
            base.mark_tick(thickness=3, size=26, color=INK).encode(
                x="official:Q", tooltip=[alt.Tooltip("official:Q", title=text["official"], format=".1f")]
            ),
            base.mark_point(filled=True, size=170, opacity=0.8).encode(
                x=x,
                shape=alt.Shape("group:N", legend=None),
                color=alt.Color(
                    "group:N",
                    scale=alt.Scale(range=[ACCENT, "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"]),
                    legend=None
                    if table["group"].nunique() < 2
                    else alt.Legend(
                        title=text["group"], labelFontSize=_FONT - 2, titleFontSize=_FONT - 2, orient="bottom"
                    ),
                ),
                tooltip=tooltip,
            ),
        ]
    ).properties(height=46 * len(criteria) + 60)


def orders_chart(table: pd.DataFrame, columns: Sequence[str], depth: int, text: Mapping[str, str]) -> Picture:
    """Lines from member to member and on to the consensus, for the candidates that anybody has among the first.

    Parameters
    ----------
    table
        column, name, place, contested (whether not all have the name among the first).
    columns
        The members, then the consensus, in order.
    depth
        How many places are shown.
    text
        Translated words: place, name, column.
    """
    x = alt.X(
        "column:N",
        sort=list(columns),
        title=None,
        axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=_FONT - 3, labelLimit=140, domain=False, ticks=False),
    )
    y = alt.Y(
        "place:Q",
        scale=alt.Scale(domain=[0.6, depth + 0.4], reverse=True, nice=False, zero=False, clamp=True),
        title=text["place"],
        axis=alt.Axis(
            values=list(range(1, depth + 1)), format="d", labelFontSize=_FONT - 2, titleFontSize=_FONT - 2, grid=False
        ),
    )
    color = alt.condition("datum.contested", alt.value("#d55e00"), alt.value(ACCENT))
    dash = alt.condition("datum.contested", alt.value([6, 4]), alt.value([1, 0]))
    tooltip = [
        alt.Tooltip("name:N", title=text["name"]),
        alt.Tooltip("column:N", title=text["column"]),
        alt.Tooltip("place:Q", title=text["place"]),
    ]
    base = alt.Chart(table).encode(x=x, y=y, detail="name:N", tooltip=tooltip)
    ends = alt.Chart(table[table["column"] == columns[-1]]).encode(x=x, y=y)
    return Picture(
        layer=[
            base.mark_line(strokeWidth=3).encode(color=color, strokeDash=dash),
            base.mark_point(filled=True, size=130, opacity=1).encode(color=color),
            ends.mark_text(align="left", dx=12, fontSize=_FONT - 2, limit=320, color=INK).encode(text="name:N"),
        ]
    ).properties(height=38 * depth + 60, padding={"right": 240})


def agreement_matrix(table: pd.DataFrame, members: Sequence[str], text: Mapping[str, str]) -> Picture:
    """Members x members: the darker, the more alike two weigh; the figure is written in each field.

    Parameters
    ----------
    table
        one, other, alike (percent).
    text
        Translated words: alike, member.
    """
    axis = alt.Axis(labelFontSize=_FONT - 3, labelLimit=140, labelAngle=0, domain=False, ticks=False)
    base = alt.Chart(table).encode(
        x=alt.X("one:N", sort=list(members), title=None, axis=axis),
        y=alt.Y("other:N", sort=list(members), title=None, axis=axis),
        tooltip=[
            alt.Tooltip("one:N", title=text["member"]),
            alt.Tooltip("other:N", title=text["member"]),
            alt.Tooltip("alike:Q", title=text["alike"], format=".0f"),
        ],
    )
    return Picture(
        layer=[
            base.mark_rect().encode(
                color=alt.Color("alike:Q", scale=alt.Scale(domain=[0, 100], range=["#ffffff", "#0b5cad"]), legend=None)
            ),
            base.mark_text(fontSize=_FONT - 2).encode(
                text=alt.Text("alike:Q", format=".0f"),
                color=alt.condition("datum.alike > 55", alt.value("#ffffff"), alt.value(INK)),
            ),
        ]
    ).properties(height=44 * len(members) + 50)
