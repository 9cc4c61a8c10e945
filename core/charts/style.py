"""Colours, sizes and the kind of chart that all pictures share."""

from __future__ import annotations

import copy
from typing import Any

import altair as alt

#: Safe for colour-blind eyes and readable on light and dark ground.
ACCENT = "#0b5cad"
WARNING = "#d55e00"
GREY = "#7b8794"
INK = "#1d2329"

#: Quiet grounds of the three zones of the nine boxes.
ZONES = {"pool": "#dbe8f6", "steady": "#eef0f3", "attention": "#faeadb", "none": "#ffffff"}

#: Categories told apart by colour and, as dots, by shape as well (after Okabe and Ito, safe for colour-blind eyes).
CATEGORIES = ("#0b5cad", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#5b4b8a", "#7a5c00", "#1d2329")
SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "triangle-left",
    "circle",
)

FONT_SIZE = 15

#: What the colours above become on a dark ground: ink turns light, grounds turn dark, categories keep their hue.
_DARK = {
    INK: "#e8edf2",
    ACCENT: "#6cb0f0",
    WARNING: "#f08a3c",
    GREY: "#8d98a4",
    "white": "#12161b",
    "#ffffff": "#12161b",
    "#dbe8f6": "#1d3450",
    "#eef0f3": "#262d35",
    "#faeadb": "#43301c",
    "#f6cfae": "#5a3a1c",
    "#f3f5f8": "#20262d",
    "#f4f7fa": "#1a2129",
    "#fbf6ee": "#2b2620",
    "#0b3d73": "#8cc4ff",
    "#a85a00": "#ffb45c",
    "#e3e6ea": "#2c333b",
    "#c3cad2": "#4a535d",
    "#8fb4d9": "#47688a",
    "#5b4b8a": "#a593dd",
    "#7a5c00": "#c9a227",
}


class Picture(alt.LayerChart):
    """Layers as one chart, checked against Vega-Lite's schema in the tests and not at every view.

    The check costs more time than all other work on a page.
    """

    def to_dict(self, validate: bool = False, **more: Any) -> dict[str, Any]:
        """The specification; ``validate`` checks it."""
        spec = super().to_dict(validate=validate, **more)
        return _recolour(spec) if self._on_dark else spec

    #: Whether it is drawn on a dark ground.
    _on_dark = False

    def darkened(self) -> Picture:
        """The same picture for a dark ground; files are drawn for paper always."""
        made = copy.copy(self)
        object.__setattr__(made, "_on_dark", True)
        return made


def _recolour(spec: Any) -> Any:
    """A specification with its colours for a dark ground; data are left as they are."""
    if isinstance(spec, dict):
        return {key: value if key in ("data", "datasets") else _recolour(value) for key, value in spec.items()}
    if isinstance(spec, list):
        return [_recolour(value) for value in spec]
    return _DARK.get(spec, spec) if isinstance(spec, str) else spec
