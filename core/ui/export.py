"""What stands at each chart: its picture and its data as files."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.charts.style import Picture
from core.reports.pictures import picture_png, picture_svg
from core.reports.workbook import frame_csv, frame_workbook
from core.ui.bars import Bar, Scale, show_bars
from core.ui.download import offer_download
from core.ui.language import language, plain, t
from core.ui.shared import shared_result


def downloads(
    key: str,
    name: str,
    table: Callable[[], pd.DataFrame],
    title: str,
    picture: Callable[[], alt.TopLevelMixin] | None = None,
) -> None:
    """A small menu with the chart as SVG and PNG and its table as XLSX (numbers stay numbers) and CSV.

    Table and files are made when they are asked for. ``name``: of the files, without ending.
    """
    with st.popover(t("Save"), icon=":material/download:", key=f"save_{key}"):
        st.caption(plain(title))
        if picture is not None:
            _button(f"{key}_svg", t("Picture (SVG)"), lambda: picture_svg(picture()), f"{name}.svg")
            _button(f"{key}_png", t("Picture (PNG)"), lambda: picture_png(picture()), f"{name}.png")
        # Excel's names of sheets are short and know no colon.
        _button(f"{key}_xlsx", t("Table (XLSX)"), lambda: frame_workbook("Mantel", table(), [title]), f"{name}.xlsx")
        _button(f"{key}_csv", t("Table (CSV)"), lambda: frame_csv(table()), f"{name}.csv")


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Places for a text and, behind it, for its files."""
    left, right = st.columns([3.3, 1.2], vertical_alignment="center", gap="small")
    return left, right


def chart_with_files(
    key: str, name: str, picture: Picture, table: pd.DataFrame, title: str, head: str | None = None
) -> None:
    """A chart under its title, with its files beside the title.

    ``title`` heads the files and says the picture to who cannot see it; ``head`` stands above the chart instead of
    it, nothing when empty.
    """
    shown = title if head is None else head
    text, files = beside()
    if shown:
        text.markdown(f"**{plain(shown)}**")
    with files:
        downloads(key, name, lambda: table, title, lambda: picture)
    show_picture(picture, alt=title)


def show_picture(picture: Picture, **more: Any) -> None:
    """A picture on the ground of the viewer's theme; ``more`` goes to Streamlit's chart."""
    st.altair_chart(picture.darkened() if st.context.theme.type == "dark" else picture, **more)


def show_shared_picture(drawn_from: str, make: Callable[[], Picture], **more: Any) -> None:
    """A picture that many look at, drawn once for all of them; ``drawn_from`` names the data.

    ``more`` goes to Streamlit's chart.
    """
    dark = st.context.theme.type == "dark"
    st.vega_lite_chart(_draw_once(f"{drawn_from}|{language()}|{dark}", dark, make), **more)


@shared_result(max_entries=64)
def _draw_once(key: str, dark: bool, _make: Callable[[], Picture]) -> dict[str, Any]:
    picture = _make()
    spec = (picture.darkened() if dark else picture).to_dict()
    # As Streamlit sends them; else it would turn the rows over for each who looks.
    spec["datasets"] = {name: _pack(rows) for name, rows in spec.get("datasets", {}).items()}
    return spec


def _pack(rows: list[dict[str, Any]]) -> bytes:
    table = pa.Table.from_pylist(rows)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue()


def bars_with_files(
    key: str,
    name: str,
    bars: Sequence[Bar],
    picture: Callable[[], alt.TopLevelMixin],
    table: pd.DataFrame,
    title: str,
    scale: Scale | None = None,
    explained: str | None = None,
) -> None:
    """Small bars under their title (``explained`` by a tooltip), with their files beside it; the picture is drawn when it is asked for."""
    text, files = beside()
    text.markdown(f"**{plain(title)}**", help=explained)
    with files:
        downloads(key, name, lambda: table, title, picture)
    show_bars(key, title, bars, scale, "wide" if scale else "")


def _button(key: str, label: str, make: Callable[[], bytes | str], name: str) -> None:
    offer_download(label, make, name, key=key, type="tertiary")
