"""Streamlit's own code for charts and tables, loaded before a page needs it.

Streamlit loads it with the first chart or table, which then takes half a second longer. Its files carry a hash in
their names and are looked for beside Streamlit; where an update names them otherwise, nothing is loaded early.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

_preload = st.components.v2.component(
    "mantel.preload", js=(Path(__file__).parent / "preload.js").read_text(encoding="utf-8")
)
_PATTERNS = ("ArrowVegaLiteChart.*.js", "loadVegaEmbed.*.js", "embed.*.js", "vega-interpreter.*.js", "DataFrame.*.js")


@lru_cache(maxsize=1)
def list_files() -> tuple[str, ...]:
    """The names of the files to load."""
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    return tuple(sorted(file.name for pattern in _PATTERNS for file in folder.glob(pattern)))


def load_early() -> None:
    """Ask the browser to load them when it has nothing else to do."""
    _preload(key="preload", data={"files": list(list_files())})
