"""Timeline of the posts that fall vacant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.style import ACCENT, FONT_SIZE, GREY, INK, WARNING, Picture


def vacancy_timeline(coming: pd.DataFrame, as_of: dt.date, horizons: Sequence[int], text: Mapping[str, Any]) -> Picture:
    """A point for every post at the date it falls vacant, vacant ones at the reference date.

    Parameters
    ----------
    coming
        title, retires_on (NaT where vacant), ready_now, incumbent, in order of date.
    horizons
        Years at which a rule is drawn.
    text
        Translated words: title, ready, none, some, post, date, incumbent, years.
    """
    start = pd.Timestamp(as_of)
    frame = coming.assign(
        state=[text["none"] if ready == 0 else text["some"] for ready in coming["ready_now"]],
        incumbent=coming["incumbent"].fillna("–"),
        falls_vacant_on=coming["retires_on"].fillna(start),
    )
    until = start + pd.DateOffset(years=max(horizons))
    x = alt.X(
        "falls_vacant_on:T",
        title=None,
        scale=alt.Scale(domain=[(start - pd.DateOffset(months=1)).isoformat(), until.isoformat()]),
        axis=alt.Axis(format="%Y", tickCount="year", labelFontSize=FONT_SIZE, labelColor=INK, grid=False),
    )
    points = (
        alt.Chart(frame)
        .mark_point(filled=True, size=130, opacity=1)
        .encode(
            x=x,
            y=alt.Y(
                "title:N",
                sort=None,
                title=None,
                axis=alt.Axis(labelLimit=420, labelFontSize=13, labelColor=INK, labelOverlap=False, grid=True),
            ),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=[text["none"], text["some"]], range=[WARNING, ACCENT]),
                legend=alt.Legend(title=text["ready"], orient="top", labelFontSize=FONT_SIZE, titleFontSize=FONT_SIZE),
            ),
            shape=alt.Shape(
                "state:N",
                scale=alt.Scale(domain=[text["none"], text["some"]], range=["diamond", "circle"]),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("title:N", title=text["post"]),
                alt.Tooltip("falls_vacant_on:T", title=text["date"], format="%d-%m-%Y"),
                alt.Tooltip("incumbent:N", title=text["incumbent"]),
                alt.Tooltip("ready_now:Q", title=text["ready"]),
            ],
        )
    )
    marks = pd.DataFrame(
        {"at": [start + pd.DateOffset(years=years) for years in horizons], "label": list(text["years"])}
    )
    rules = alt.Chart(marks).mark_rule(color=GREY, strokeDash=[4, 4]).encode(x="at:T")
    labels = (
        alt.Chart(marks)
        .mark_text(align="right", dx=-4, dy=4, baseline="top", color=GREY, fontSize=13)
        .encode(x="at:T", y=alt.value(0), text="label:N")
    )
    height = max(120, 22 * len(frame) + 110)
    return Picture(layer=[rules, labels, points]).properties(
        height=height, title=alt.TitleParams(text["title"], anchor="start", fontSize=17)
    )
