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

FONT_SIZE = 15


class Picture(alt.LayerChart):
    """Layers as one chart, checked against Vega-Lite's schema in the tests and not at every view.

    The check costs more time than all other work on a page.
    """

    def to_dict(self, validate: bool = False, **more: Any) -> dict[str, Any]:
        """The specification; ``validate`` checks it."""
        return super().to_dict(validate=validate, **more)
