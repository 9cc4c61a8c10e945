"""Choices that live in the link: a view can be sent to somebody, and survives a page switch.

Streamlit's own ``bind="query-params"`` writes the label shown, which changes with the language
and is long; here the link holds the option's key. Between link and session whatever changed last
wins, and a link that asks for what does not exist is told so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from core.locales import LANGUAGES
from core.settings import settings
from core.ui.language import plain, t

_SEPARATOR = "~"


def choose_one(
    widget: Callable[..., Any], label: str, options: Sequence[str], key: str, default: str, **more: Any
) -> str:
    """A single choice by any of Streamlit's choice widgets; ``default`` is not written to the link."""
    adopt(key, lambda text: text if text in options else None, default)
    if st.session_state[key] not in options:
        st.session_state[key] = default
    value = widget(label, options, key=key, **more)
    value = default if value is None else value
    publish(key, value, "" if value == default else value)
    return value


def choose_many(widget: Callable[..., Any], label: str, options: Sequence[str], key: str, **more: Any) -> list[str]:
    """Any number of choices; none is not written to the link."""

    def parse(text: str) -> list[str] | None:
        values = text.split(_SEPARATOR)
        return values if set(values) <= set(options) else None

    adopt(key, parse, [])
    st.session_state[key] = [value for value in st.session_state[key] or [] if value in options]
    value = widget(label, options, key=key, **more)
    publish(key, value, _SEPARATOR.join(value))
    return list(value)


def enter_text(label: str, key: str, **more: Any) -> str:
    """A line of text."""
    adopt(key, lambda text: text[:200], "")
    value = st.text_input(label, key=key, max_chars=200, **more) or ""
    publish(key, value, value)
    return value


def switch(label: str, key: str, **more: Any) -> bool:
    """A switch that is off unless said; on is “1” in the link."""
    adopt(key, lambda text: True if text == "1" else None, False)
    value = bool(st.toggle(label, key=key, **more))
    publish(key, value, "1" if value else "")
    return value


def choose_day(label: str, key: str, first: dt.date, last: dt.date) -> dt.date | None:
    """A day between two others; None when none is chosen."""
    adopt(key, day_between(first, last), None)
    remembered = st.session_state[key]
    if remembered is not None and not first <= remembered <= last:
        st.session_state[key] = None
    day = st.date_input(label, value=None, min_value=first, max_value=last, format="DD-MM-YYYY", key=key)
    publish(key, day, day.isoformat() if day else "")
    return day


def day_between(first: dt.date, last: dt.date) -> Callable[[str], dt.date | None]:
    """A reader of days in links."""

    def parse(text: str) -> dt.date | None:
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return None
        return day if first <= day <= last else None

    return parse


def take_language() -> None:
    """Take over the language of the link, before anything is written in it."""
    adopt("language", lambda text: text if text in LANGUAGES else None, settings().language)


def keep_language() -> None:
    """Keep the language where its switch is not drawn: Streamlit forgets what belongs to a widget that is gone."""
    st.session_state["language"] = st.session_state["language"]


def choose_language() -> None:
    """The language switch."""
    choose_one(
        st.segmented_control,
        t("Language"),
        list(LANGUAGES),
        "language",
        settings().language,
        required=True,
        format_func=str.upper,
        label_visibility="collapsed",
    )


def remembered(key: str) -> str | None:
    """A choice made elsewhere than in a widget, e.g. by a click in a chart."""
    adopt(key, lambda text: text, None)
    value = st.session_state[key]
    publish(key, value, value or "")
    return value


def adopt(key: str, parse: Callable[[str], Any], default: Any) -> None:
    """Take over what the link says, when it says something new; what cannot be is told right here.

    The choosing functions do so themselves; only what may not be drawn at all does it before.
    """
    text = st.query_params.get(key)
    seen = f"_link_{key}"
    if text is not None and text != st.session_state.get(seen):
        st.session_state[seen] = text
        value = parse(text)
        if value is None:
            st.warning(
                t("The link asks for “{value}”, which does not exist here; it is left out.", value=plain(text[:80]))
            )
            st.session_state[key] = default
        else:
            st.session_state[key] = value
    # A widget's value is gone after a page switch; the copy is not.
    st.session_state.setdefault(key, st.session_state.get(f"_kept_{key}", default))


def keep_over_switch(page: str) -> None:
    """After a page switch: choices kept are those of the new page's widgets, whichever way one came.

    Streamlit keeps the old page's widgets for one run more where a dialog switches the page, and a new widget of the same
    name then begins with its own first choice.
    """
    if st.session_state.get("_page") == page:
        return
    st.session_state["_page"] = page
    for name, value in list(st.session_state.items()):
        key = str(name).removeprefix("_kept_")
        if key != name and key in st.session_state:
            st.session_state[key] = value


def publish(key: str, value: Any, text: str) -> None:
    """Keep a choice for a page switch and write it into the link; an empty text takes it out."""
    st.session_state[f"_kept_{key}"] = value
    st.session_state[f"_link_{key}"] = text
    if text:
        if st.query_params.get(key) != text:
            st.query_params[key] = text
    elif key in st.query_params:
        del st.query_params[key]
