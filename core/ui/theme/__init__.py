"""The viewer's choice of a light or a dark screen, kept by the browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from core.ui.language import t

_FOLDER = Path(__file__).parent
_theme = st.components.v2.component(
    "mantel.theme",
    css=(_FOLDER / "theme.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "theme.js").read_text(encoding="utf-8"),
)


def choose_theme(pages: Sequence[str]) -> None:
    """The choice; ``pages`` are the addresses it holds for, the empty one for the first page."""
    names = [t("As the device"), t("Light"), t("Dark")]
    _theme(key="theme", data={"names": names, "label": t("Screen"), "pages": list(pages)})
