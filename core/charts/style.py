"""Colours, sizes and the kind of chart that all pictures share."""

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


class Picture(alt.LayerChart):
    """Layers as one chart, checked against Vega-Lite's schema in the tests and not at every view.

    The check costs more time than all other work on a page.
    """

    def to_dict(self, validate: bool = False, **more: Any) -> dict[str, Any]:
        """The specification; ``validate`` checks it."""
        return super().to_dict(validate=validate, **more)
