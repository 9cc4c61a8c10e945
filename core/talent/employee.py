"""A civil servant: identity number, level, age, retirement.

Sources: UU 20/2023 article 55 (retirement ages); PP 11/2017 (levels); BKN's format of the NIP.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from core.talent.errors import InvalidNip
from core.talent.messages import N_
from core.talent.vocabulary import fold_text

Level = Literal[
    "jpt_madya",
    "jpt_pratama",
    "administrator",
    "supervisor",
    "expert_main",
    "expert_senior",
    "functional",
    "executive",
    "unknown",
]

#: Retirement age in years by level (UU 20/2023 article 55 and PP 11/2017).
RETIREMENT_AGE: dict[str, int] = {
    "jpt_madya": 60,
    "jpt_pratama": 60,
    "administrator": 58,
    "supervisor": 58,
    "expert_main": 65,
    "expert_senior": 60,
    "functional": 58,
    "executive": 58,
    "unknown": 58,
}

#: From the highest level to the lowest; ``unknown`` last.
LEVELS: tuple[Level, ...] = (
    "jpt_madya",
    "jpt_pratama",
    "expert_main",
    "administrator",
    "expert_senior",
    "supervisor",
    "functional",
    "executive",
    "unknown",
)

#: Levels of high office (jabatan pimpinan tinggi).
JPT_LEVELS = frozenset({"jpt_madya", "jpt_pratama"})

#: Levels as the committee calls them, in both languages.
LEVEL_NAMES: dict[str, str] = {
    "jpt_madya": "JPT Madya",
    "jpt_pratama": "JPT Pratama",
    "administrator": "Administrator",
    "supervisor": "Pengawas",
    "expert_main": "JF Ahli Utama",
    "expert_senior": "JF Ahli Madya",
    "functional": "JF",
    "executive": "Pelaksana",
    "unknown": "?",
}

#: A year of service is 365 days, so that full calendar years are never short by a leap day. Whatever ends on a date (an
#: age, a term, an assessment's validity) is counted by the calendar instead.
DAYS_A_YEAR = 365

# A letter behind another letter; an apostrophe starts anew, as in D'Ogan.
_NOT_INITIAL = re.compile(r"(?<=[^\W\d_])[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Nip:
    """An 18 digit employee number taken apart.

    ``appointed`` is the month of appointment (TMT CPNS), None for PPPK, whose middle digits mean
    something else.
    """

    digits: str
    birth_date: dt.date
    appointed: dt.date | None
    sex: Literal["male", "female"]


def parse_nip(value: object) -> Nip:
    """Read a NIP as people write it: text, with or without spaces or a leading apostrophe.

    Raises
    ------
    InvalidNip
        With the sentence to show: destroyed by a spreadsheet, wrong length, impossible birth date
        or sex digit.
    """
    if isinstance(value, bool) or value is None:
        raise InvalidNip(N_("the NIP is empty; expected 18 digits"))
    text = (
        f"{value:.2E}"
        if isinstance(value, float)
        else re.sub(r"(?i)^[\s=\"'’]*(?:nip\b)?[\s.:]*|[\s\"]+$", "", str(value))
    )
    digits = re.sub(r"[\s'’‘`.\-]", "", text) if not re.search(r"[eE]", text) else text
    if isinstance(value, int | float) or re.fullmatch(r"\d+(?:[.,]\d+)?[eE]\+?\d+", digits):
        raise InvalidNip(
            N_(
                "a spreadsheet turned the NIP into the number {value} and lost its last digits; "
                "format the column as text and fill in the NIP again"
            ),
            value=text,
        )
    if not digits.isascii() or not digits.isdigit():
        raise InvalidNip(N_("the NIP “{value}” has characters that are no digits; expected 18 digits"), value=text)
    if len(digits) != 18:
        raise InvalidNip(N_("the NIP “{value}” has {count} digits; expected 18"), value=text, count=len(digits))
    try:
        birth = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise InvalidNip(N_("the NIP “{value}” does not begin with a date of birth (YYYYMMDD)"), value=digits) from None
    if birth.year < 1900:
        raise InvalidNip(N_("the NIP “{value}” does not begin with a date of birth (YYYYMMDD)"), value=digits)
    if digits[14] not in "12":
        raise InvalidNip(N_("the 15th digit of the NIP “{value}” must be 1 (male) or 2 (female)"), value=digits)
    month = int(digits[12:14])
    appointed = dt.date(int(digits[8:12]), month, 1) if 1 <= month <= 12 and digits[8:12] > "1900" else None
    return Nip(digits, birth, appointed, "male" if digits[14] == "1" else "female")


def derive_level(echelon: str | None, position_title: str | None) -> Level:
    """The level of a post from its echelon or, for functional posts, from its title.

    A functional post has no echelon; that is not an error. Nothing known gives ``unknown``.
    """
    by_echelon: dict[str, Level] = {
        "I": "jpt_madya",
        "II": "jpt_pratama",
        "III": "administrator",
        "IV": "supervisor",
        "V": "executive",
    }
    if echelon:
        return by_echelon[echelon.split(".")[0]]
    title = fold_text(position_title or "")
    if "ahliutama" in title:
        return "expert_main"
    if "ahlimadya" in title:
        return "expert_senior"
    if "ahlimuda" in title or "ahlipertama" in title or title.endswith(("terampil", "mahir", "penyelia", "pemula")):
        return "functional"
    if title.startswith(("pelaksana", "pengadministrasi", "pengelola", "penelaah", "operator", "penata")):
        return "executive"
    return "unknown"


def find_birthday(birth: dt.date, years: int) -> dt.date:
    """The date of the ``years``-th birthday; 29 February falls on 1 March in common years."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return dt.date(birth.year + years, 3, 1)


def compute_age(birth: dt.date, on: dt.date) -> int:
    """Completed years of age on a date."""
    return on.year - birth.year - (on < find_birthday(birth, on.year - birth.year))


def is_within_age(birth: dt.date, on: dt.date, limit: int, reading: str) -> bool:
    """Whether an age limit is not passed on a day.

    ``strict``: the birthday of the limit has not yet passed (it may be that day);
    ``completed``: completed years do not exceed the limit.
    """
    return on <= find_birthday(birth, limit) if reading == "strict" else compute_age(birth, on) <= limit


def find_retirement_date(birth: dt.date, level: str) -> dt.date:
    """First day of the month after the birthday on which the retirement age is reached."""
    reached = find_birthday(birth, RETIREMENT_AGE[level])
    return dt.date(reached.year + reached.month // 12, reached.month % 12 + 1, 1)


def write_full_name(front: str | None, name: str, back: str | None) -> str:
    """The name as people write it: ``Dr. Nama Orang, S.E., M.Si.``.

    SIASN exports names in capitals; those get capital initials. Any other spelling stays.
    """
    written = _NOT_INITIAL.sub(lambda match: match[0].lower(), name) if name.isupper() else name
    with_front = f"{front} {written}" if front else written
    return f"{with_front}, {back}" if back else with_front
