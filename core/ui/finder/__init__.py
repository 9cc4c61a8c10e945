"""The field of the page's head that finds a person or a post while one types: what it is asked, what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

_FOLDER = Path(__file__).parent
_KEY = "finder"
_LONGEST = 200
_finder = st.components.v2.component(
    "mantel.finder",
    html=(_FOLDER / "finder.html").read_text(encoding="utf-8"),
    css=(_FOLDER / "finder.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "finder.js").read_text(encoding="utf-8"),
)

#: What can be found: a person (by NIP), or a post (by key).
Kind = Literal["nip", "post"]


@dataclass(frozen=True)
class Found:
    """Something found: what it is, its key, and what is said of it on one line and under it."""

    kind: Kind
    key: str
    line: str
    hint: str


def read_asked() -> str:
    """What the browser last asked for, at most 200 characters; what it sends may be anything."""
    state = st.session_state.get(_KEY)
    asked = state.get("asked") if isinstance(state, Mapping) else None
    return asked[:_LONGEST].strip() if isinstance(asked, str) else ""


def show_finder(
    label: str, placeholder: str, asked: str, found: Sequence[Found], nothing: str, notes: Sequence[str]
) -> tuple[Kind, str] | None:
    """Show the field with the answer to what was asked; return what was chosen just now, as a kind and a key.

    ``nothing`` is said where nothing is found, ``notes`` beside whatever is.
    """
    answer = {"label": label, "placeholder": placeholder, "text": asked, "nothing": nothing, "notes": list(notes)}
    result = _finder(
        key=_KEY,
        data={**answer, "found": [asdict(one) for one in found]},
        default={"asked": ""},
        on_asked_change=_heard,
        on_chosen_change=_heard,
    )
    chosen = result.chosen
    if not isinstance(chosen, list) or len(chosen) != 2 or chosen[0] not in ("nip", "post"):
        return None
    return chosen[0], str(chosen[1])[:_LONGEST]


def _heard() -> None:
    """Streamlit tells of a change only where somebody listens."""
