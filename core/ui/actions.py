"""What a button does: carry it out, or say in one sentence at its place why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.talent.errors import MantelError
from core.ui.language import sentence_of, t

_PLACE, _DONE = "_refused_", "_done_"
_STALE = "_whole_page_stale"
_SAID, _KEPT = "_said", "_say_again"


def attempt(place: str, act: Callable[[], object], clear: Sequence[str] = (), whole: bool = False) -> None:
    """As a button's callback: do something; a refusal is kept for ``refusal``, else the fields of ``clear`` are emptied.

    ``whole``: it changes what the page passed to its fragments, so the whole page is drawn anew (``take_stale``).
    """
    try:
        act()
    except MantelError as error:
        st.session_state[_PLACE + place] = sentence_of(error)
        return
    for key in clear:
        st.session_state[key] = ""
    if whole:
        st.session_state[_STALE] = True


def take_stale() -> bool:
    """Whether what was passed to a fragment has been overtaken by an action of this browser; asked once."""
    return bool(st.session_state.pop(_STALE, False))


def refused(place: str) -> bool:
    """Whether something was refused at a place in the last run."""
    return _PLACE + place in st.session_state


def say_done(place: str, sentence: str) -> None:
    """Keep what was done for ``outcome``, which says it in the next run."""
    st.session_state[_DONE + place] = sentence


def outcome(place: str) -> None:
    """Say what was refused or done at a place, once."""
    refusal(place)
    done(place)


def done(place: str) -> None:
    """Say what was done, once."""
    if sentence := _take_sentence(_DONE + place):
        st.success(sentence)


def refusal(place: str) -> None:
    """Say what was refused, once."""
    if message := _take_sentence(_PLACE + place):
        st.error(message)


def keep_said(kept: bool) -> None:
    """Whether this run says again what the last one said: it was brought by news, not by whoever reads."""
    st.session_state[_KEPT] = kept


def _take_sentence(key: str) -> str | None:
    """A sentence that is said once; once more in each run that only news brought."""
    said: dict[str, str] = st.session_state.setdefault(_SAID, {})
    sentence = st.session_state.pop(key, None)
    if sentence is None and st.session_state.get(_KEPT):
        sentence = said.get(key)
    if sentence is None:
        said.pop(key, None)
    else:
        said[key] = sentence
    return sentence


def ask_first(
    column: DeltaGenerator, label: str, question: str, key: str, place: str, act: Callable[[], object], **more: Any
) -> None:
    """A button for what takes something away: it names the object and asks, then does it; a refusal is said at its place.

    ``more`` goes to Streamlit's popover.
    """
    # Another key shuts it: an open one would lie over the very sentence that says why nothing was done.
    answered = f"_answered_{key}"

    def answer() -> None:
        st.session_state[answered] = st.session_state.get(answered, 0) + 1
        attempt(place, act)

    with column.popover(label, key=f"{key}_asks_{st.session_state.get(answered, 0)}", **more):
        st.text(question)
        st.button(t("Yes"), key=key, on_click=answer)


def removal_button(column: DeltaGenerator, key: str, place: str, name: str, remove: Callable[[], object]) -> None:
    """The small button beside what was saved under a name that removes it, after asking."""
    question = t("Remove “{name}”?", name=name)
    ask_first(column, ":material/delete:", question, key, place, remove, type="tertiary", help=t("Remove"))


def entered(key: str) -> str:
    """The text of a field, empty when nothing was entered."""
    return st.session_state.get(key) or ""
