"""A chart as a clean picture: SVG and PNG, drawn without a browser (vl-convert)."""

from __future__ import annotations

from typing import Any

import altair as alt
import vl_convert

#: Pixels of width where a chart takes the width of its place on the page.
_WIDTH = 1000
_SCALE = 2.0


def _specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    specification = chart.to_dict()
    specification.setdefault("width", _WIDTH)
    specification["background"] = "white"
    return specification


def picture_svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG."""
    return str(vl_convert.vegalite_to_svg(_specification(chart)))


def picture_png(chart: alt.TopLevelMixin) -> bytes:
    """The chart as PNG, twice its size on screen."""
    return bytes(vl_convert.vegalite_to_png(_specification(chart), scale=_SCALE))
