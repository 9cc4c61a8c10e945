"""Small bars against a mark, and spans of time, as plain elements.

A chart is compiled in the browser anew for each person, four times on a profile; these are there with the page.
Pictures to save are drawn by ``core.charts`` when somebody asks for them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd
import streamlit as st

_FOLDER = Path(__file__).parent
_bars = st.components.v2.component(
    "mantel.bars",
    css=(_FOLDER / "bars.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "bars.js").read_text(encoding="utf-8"),
)

#: ``below``: under its mark; ``open``: an interval that missing records leave open; ``acting``: a post not held definitively;
#: ``quiet``: of somebody who is not eligible, or of a value below the usual.
Tone = Literal["plain", "below", "open", "acting", "quiet"]
#: ``wide``: longer names; ``large``: for a projector.
Look = Literal["", "wide", "large"]


@dataclass(frozen=True)
class Bar:
    """One row: from and to as shares of the scale (0-1), a mark on it (None for none), what is said behind and over it."""

    name: str
    start: float
    end: float
    label: str = ""
    mark: float | None = None
    tone: Tone = "plain"
    tip: str = ""


@dataclass(frozen=True)
class Scale:
    """What is written under the bars: places as shares of the scale (0-1) with their texts."""

    ticks: Sequence[tuple[float, str]] = field(default_factory=tuple)


def build_bars(table: pd.DataFrame, highest: float) -> list[Bar]:
    """Bars from 0 to ``highest`` out of the table of ``core.charts.profile.bars_against``.

    A value that is not known is the interval from low to high; one under its mark calls for attention.
    """
    bars = []
    for row in table.itertuples():
        unknown = math.isnan(row.value)
        start, end = (row.low, row.high) if unknown else (0.0, row.value)
        mark = None if math.isnan(row.mark) else row.mark / highest
        tone: Tone = "open" if unknown else "below" if row.value < row.mark else "plain"
        tip = f"{row.name}: {row.label}"
        bars.append(Bar(row.name, start / highest, end / highest, row.label, mark, tone, tip))
    return bars


def build_spans(table: pd.DataFrame) -> tuple[list[Bar], Scale]:
    """Spans of time out of the table of ``core.charts.profile.posts_held``, and the years under them."""
    first, last = table["started_on"].min(), table["ended_on"].max()
    whole = max((last - first).days, 1)

    def place(day: pd.Timestamp) -> float:
        return min(max((day - first).days / whole, 0.0), 1.0)

    bars = [
        Bar(
            row.title,
            place(row.started_on),
            place(row.ended_on),
            tone="acting" if row.acting else "plain",
            tip=" · ".join(part for part in (row.title, row.unit, row.days) if isinstance(part, str) and part),
        )
        for row in table.itertuples()
    ]
    years = range(first.year + 1, last.year + 1)
    step = max(1, math.ceil(len(years) / 6))
    return bars, Scale([(place(pd.Timestamp(year, 1, 1)), str(year)) for year in years[::step]])


def show_bars(key: str, title: str, bars: Sequence[Bar], scale: Scale | None = None, look: Look = "") -> None:
    """Draw bars; ``title`` names them to who cannot see them."""
    rows = [
        {"name": bar.name, "from": bar.start, "to": bar.end}
        | {name: value for name, value in asdict(bar).items() if name not in ("name", "start", "end")}
        for bar in bars
    ]
    ticks = [{"at": at, "text": text} for at, text in scale.ticks] if scale else []
    _bars(key=f"bars_{key}", data={"title": title, "rows": rows, "ticks": ticks, "look": look})
