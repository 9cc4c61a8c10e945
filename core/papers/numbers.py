"""The office's numbers: made by a pattern, and compared as people type them off a paper."""

from __future__ import annotations

import re
import string
import unicodedata

from core.talent.errors import MantelError
from core.talent.messages import N_

#: What a pattern may name: the running number, the kind's code, month and year of the paper.
PLACES = ("number", "kind", "month", "roman", "year")
LONGEST = 80
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
#: Letters, digits and what stands between them on letterheads; a number without any digit is none.
_NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9 ./()-]*[A-Z0-9)])?")


class InvalidNumber(MantelError):
    """A number, or a pattern of numbers, that cannot be used."""


def check_pattern(pattern: str) -> str:
    """A pattern in which the running number and the year stand, as they must; e.g. ``{kind}/{number:03}/BKPSDM/{year}``.

    Raises
    ------
    InvalidNumber
    """
    try:
        named = [name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None]
        normalise_number(write_number(pattern, number=1, kind="BA", month=1, year=2026))
    except (ValueError, LookupError, AttributeError, TypeError, InvalidNumber):
        named = []
    if not {"number", "year"} <= set(named) <= set(PLACES):
        raise InvalidNumber(
            N_(
                "the pattern of numbers “{value}” must name {{number}} and {{year}}, and may name {{kind}}, {{month}}, {{roman}}"
            ),
            value=pattern[:LONGEST],
        )
    return pattern


def write_number(pattern: str, *, number: int, kind: str, month: int, year: int) -> str:
    """A paper's number by a pattern of ``PLACES``; ``month`` 1–12, ``{roman}`` is the month in Roman numerals."""
    return pattern.format(number=number, kind=kind, month=month, roman=_ROMAN[month - 1], year=year)


def normalise_number(text: str) -> str:
    """A number as it is compared: upper case, without spaces, long dashes as short ones.

    Raises
    ------
    InvalidNumber
        For what can be no number of a paper.
    """
    plain = unicodedata.normalize("NFKC", text if len(text) <= 4 * LONGEST else "").upper()
    plain = re.sub(r"[‐-―−]", "-", plain)
    plain = " ".join(plain.split())
    if len(plain) > LONGEST or not _NUMBER.fullmatch(plain) or not re.search(r"[0-9]", plain):
        raise InvalidNumber(
            N_(
                "“{value}” is no number of a paper; expected letters, digits and / . - as printed, at most {count} characters"
            ),
            value=text[:LONGEST],
            count=LONGEST,
        )
    return plain.replace(" ", "")
