"""The language of a session."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import pandas as pd
import streamlit as st

from core.locales import LANGUAGES, Language, choose_form, day, number, sentence, translator
from core.settings import settings
from core.talent.errors import MantelError

#: The language in which something is written outside the run of a page, where there is no session.
_SPOKEN: ContextVar[Language | None] = ContextVar("spoken", default=None)


@contextmanager
def speaking(words: Language) -> Iterator[None]:
    """Write in a language, whatever the session's."""
    before = _SPOKEN.set(words)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def language() -> Language:
    """The language chosen in this session, or the installation's."""
    if (spoken := _SPOKEN.get()) is not None:
        return spoken
    chosen = st.session_state.get("language")
    return chosen if chosen in LANGUAGES else settings().language


def t(message: str, **values: object) -> str:
    """A message in the session's language with its values."""
    text = translator(language())(message)
    return text.format(**values) if values else text


def tn(singular: str, plural: str, count: float, **values: object) -> str:
    """The form of a message that a count asks for, in the session's language, with its values; ``count`` is one of them."""
    return choose_form(singular, plural, count, language()).format(**{"count": count, **values})


def named(names: Mapping[str, str]) -> str:
    """A name that data files give in both languages."""
    return names[language()]


def sentence_of(error: MantelError) -> str:
    """An error as one sentence, for a place that reads Markdown: what it quotes is shown as it is written."""
    return sentence(error, translator(language()), plain)


def show_number(value: float, digits: int = 0) -> str:
    """A number as the language writes it."""
    return number(value, digits, language())


def show_day(value: dt.date | pd.Timestamp) -> str:
    """A date in words."""
    return day(value.date() if isinstance(value, pd.Timestamp) else value, language())


#: Marks of Markdown.
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&])")
#: What Streamlit makes links, icons, emoji and arrows of, whatever is escaped: after these a word joiner is put, which
#: nobody sees. Addresses without a scheme, schemes, mail addresses, ``:name:``, dashes and arrows.
_BREAKS = re.compile(r"(?i)(\bwww)(?=\.)|(https?)(?=:)|(?=@)|(:)(?=[a-z_+/])|([-<])(?=[->])")
_JOINER = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """Text from data for a place that reads Markdown: one line, shown as it is written, never interpreted."""
    line = " ".join(text.split())
    broken = _BREAKS.sub(lambda match: match[0] + _JOINER, line)
    return _MARKS.sub(r"\\\1", broken)
