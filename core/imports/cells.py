"""Read one cell as what its column means; refuse with what was expected.

Every function takes a cell as the reader hands it out and returns the value, or None for an empty
cell; it raises ``InvalidValue`` (or ``InvalidNip``) otherwise.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from functools import lru_cache

from core.talent.employee import parse_nip
from core.talent.errors import InvalidValue
from core.talent.messages import N_
from core.talent.vocabulary import Vocabulary

Parser = Callable[[object], object]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "pebruari", "february", "feb"),
            ("maret", "march", "mar"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("agustus", "august", "agu", "agt", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nopember", "nov", "nop"),
            ("desember", "december", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}


def show(cell: object) -> str:
    """A cell as a person would read it, at most 80 characters."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)[:80]


def text(cell: object) -> str | None:
    """Any text, trimmed, inner white space folded."""
    words = " ".join(show(cell).split()) if not isinstance(cell, str) else " ".join(cell.split())
    if len(words) > 300:
        raise InvalidValue(N_("the text has {count} characters; expected at most 300"), count=len(words))
    return words or None


def nip(cell: object) -> str:
    """A NIP, see ``parse_nip``; never empty."""
    return parse_nip(None if cell == "" else cell).digits


def date(cell: object) -> dt.date | None:
    """A date: a date cell, dd-mm-yyyy, dd/mm/yyyy, yyyy-mm-dd or 12 Januari 2026."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    words = text(cell)
    return None if words is None or words in ("-", "0") else _date_from(words)


@lru_cache(maxsize=100_000)
def _date_from(words: str) -> dt.date:
    try:
        if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", words):
            year, month, day = (int(part) for part in match.groups())
            return dt.date(year, month, day)
        if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: .*)?", words):
            day, month, year = (int(part) for part in match.groups())
            return dt.date(year, month, day)
        if (match := re.fullmatch(r"(\d{1,2})[- ]([A-Za-z]+)[- ](\d{4})", words)) and match[2].lower() in _MONTHS:
            return dt.date(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
    except ValueError:
        pass
    raise InvalidValue(N_("“{value}” is not a date; expected dd-mm-yyyy"), value=words)


def number(low: float = -math.inf, high: float = math.inf) -> Parser:
    """A number within a range, with a decimal comma or point, a percent sign allowed."""

    def parse(cell: object) -> float | None:
        if isinstance(cell, bool):
            raise InvalidValue(N_("“{value}” is not a number"), value=cell)
        if isinstance(cell, int | float):
            value = float(cell)
        else:
            words = text(cell)
            if words is None or words == "-":
                return None
            plain = words.removesuffix("%").replace(" ", "")
            if "," in plain:
                plain = plain.replace(".", "").replace(",", ".")
            if not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
                raise InvalidValue(N_("“{value}” is not a number"), value=words)
            value = float(plain)
        if not low <= value <= high:
            raise InvalidValue(
                N_("{value} is outside its range; expected {low} to {high}"), value=show(cell), low=low, high=high
            )
        return value

    return parse


def whole(low: int, high: int) -> Parser:
    """A whole number within a range."""
    parse_number = number(low, high)

    def parse(cell: object) -> int | None:
        value = parse_number(cell)
        if value is None:
            return None
        if not isinstance(value, float) or not value.is_integer():
            raise InvalidValue(N_("{value} is not a whole number"), value=show(cell))
        return int(value)

    return parse


def choice(vocabulary: Vocabulary) -> Parser:
    """A code from a spelling of a closed vocabulary."""
    parse_text = lru_cache(maxsize=1000)(vocabulary.parse)

    def parse(cell: object) -> str | None:
        words = text(cell)
        return None if words is None else parse_text(words)

    return parse


def yes_no(cell: object) -> bool | None:
    """Ya or tidak."""
    words = text(cell)
    if words is None:
        return None
    if words.casefold() in ("ya", "y", "yes", "true", "1"):
        return True
    if words.casefold() in ("tidak", "t", "no", "false", "0", "-"):
        return False
    raise InvalidValue(N_("“{value}” is neither ya nor tidak"), value=words)
