"""Languages: gettext catalogues and the Indonesian way of writing numbers and dates.

Messages are English in the code, marked by ``N_``, ``t`` or ``tn``; ``make messages`` extracts them into
``<language>/mantel.po``, which translates them. The catalogue is read as it is, without a compile step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from core.talent.errors import MantelError

Language = Literal["id", "en"]
LANGUAGES: dict[Language, str] = {"id": "Bahasa Indonesia", "en": "English"}
Translate = Callable[[str], str]
#: Western Indonesian time; the store keeps UTC.
WIB = dt.timedelta(hours=7)


@lru_cache
def read_catalogue(language: Language) -> Catalog:
    """A language's catalogue."""
    path = Path(__file__).parent / language / "mantel.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


@lru_cache
def _translations(language: Language) -> dict[str, str]:
    """Translation of each message, whichever its form."""
    table: dict[str, str] = {}
    for message in read_catalogue(language):
        forms = message.id if isinstance(message.id, list | tuple) else (message.id,)
        text = message.string if isinstance(message.string, str) else next(iter(message.string or ()), "")
        table |= {form: text for form in forms if form and text}
    return table


@lru_cache
def translator(language: Language) -> Translate:
    """A function from English messages to a language."""
    if language == "en":
        return lambda message: message
    table = _translations(language)
    return lambda message: table.get(message, message)


def choose_form(singular: str, plural: str, count: float, language: Language) -> str:
    """The form of a message that a count asks for; Indonesian has one form for all counts."""
    if language == "en":
        return singular if count == 1 else plural
    return translator(language)(singular)


def sentence(error: MantelError, translate: Translate, show: Callable[[str], str] = str) -> str:
    """An error as one sentence, with a capital and a full stop; ``show`` is what becomes of texts that it quotes."""
    return finish(_words(error, translate, show))


def _words(error: MantelError, translate: Translate, show: Callable[[str], str]) -> str:
    """An error translated, also where one of its values is an error itself."""
    values = {
        key: _words(value, translate, show)
        if isinstance(value, MantelError)
        else show(value)
        if isinstance(value, str)
        else value
        for key, value in error.values.items()
    }
    return translate(error.message).format(**values)


def stamp(time: dt.datetime) -> str:
    """A time as the store keeps it (UTC) in western Indonesian time."""
    return (time + WIB).strftime("%d-%m-%Y %H:%M")


def finish(text: str) -> str:
    """A capital in front and a full stop behind."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def number(value: float, digits: int, language: Language) -> str:
    """A number with a fixed count of decimals: 87,05 in Indonesian. Cut off, never rounded up.

    Cutting keeps a score just below a threshold visibly below it: 79.996 shows as 79,99.
    """
    scale = 10**digits
    text = f"{int(value * scale + 1e-6) / scale:,.{digits}f}"
    return text.translate(_SWAPPED) if language == "id" else text


# Indonesian writes a decimal comma and full stops between thousands.
_SWAPPED = str.maketrans(",.", ".,")


def day(value: dt.date, language: Language) -> str:
    """A date in words: 23 November 2026."""
    return format_date(value, "d MMMM yyyy", locale=language)
