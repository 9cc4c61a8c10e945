"""A table of scores to type, by keyboard alone if wanted; what is typed is never taken out of its field by an answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_scores = st.components.v2.component(
    "mantel.scores",
    html='<div class="scores"></div>',
    css=(_FOLDER / "scores.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "scores.js").read_text(encoding="utf-8"),
)


def read_scores(key: str, start: str, rows: int, parts: int) -> dict[tuple[int, int], float | None]:
    """What was typed into the table of this key since this start, by row and part; a browser may say anything."""
    state = st.session_state.get(key)
    said = state.get("scores") if isinstance(state, Mapping) else None
    if not isinstance(said, Mapping) or said.get("start") != start or not isinstance(said.get("cells"), Mapping):
        return {}
    typed: dict[tuple[int, int], float | None] = {}
    for cell, value in said["cells"].items():
        row, _, part = str(cell).partition(":")
        if not (row.isascii() and row.isdigit() and part.isascii() and part.isdigit()) or len(cell) > 12:
            continue
        if int(row) < rows and int(part) < parts and (value is None or _is_score(value)):
            typed[int(row), int(part)] = None if value is None else float(value)
    return typed


def _is_score(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def type_scores(
    key: str,
    start: str,
    names: Sequence[str],
    parts: Sequence[str],
    values: Sequence[Sequence[float | None]],
    text: Mapping[str, str],
    *,
    readonly: bool,
    decimal_comma: bool,
) -> None:
    """Show the table.

    Parameters
    ----------
    start
        A name for what the fields begin with; with a new one the table is laid anew.
    values
        candidates x parts, None where there is no score yet.
    text
        Translated words: head (over the names), wrong (with ``value``), of (with ``part`` and ``name``).
    """
    _scores(
        key=key,
        data={
            "start": start,
            "names": list(names),
            "parts": list(parts),
            "values": [list(row) for row in values],
            "readonly": readonly,
            "comma": decimal_comma,
            **text,
        },
        default={"scores": None},
        on_scores_change=_heard,
    )


def _heard() -> None:
    """Streamlit tells of a change only where somebody listens."""
