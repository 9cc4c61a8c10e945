"""The year or date of a recap, from the lines that name it.

A title may hold other years: of a rule it rests on, of a letter's number, of the day it was printed. Those never count.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from core.imports.cells import date, find_whole_year
from core.talent.errors import InvalidValue, MantelError
from core.talent.messages import N_

_YEAR = re.compile(r"(?<![\d/.-])(20\d\d)(?![\d/-]|\.\d)")
#: A number of a rule or letter, or the words that come before one.
_OF_OTHERS = re.compile(
    r"\b(nomor|no\.|no\s*:|peraturan|perpres|permen\w*|perda|perbup|perka|kepka|undang|(?:uu|pp|se|sk)\s+(?:no\b|\d)|surat"
    r"|keputusan|kepmen\w*|instruksi|inpres|berdasarkan|sesuai|menimbang|mengingat|tentang|dicetak|tanggal cetak|tgl\.? cetak|printed"
    r"|diunduh|downloaded|exported|generated|update|diperbarui|disusun|dibuat|berlaku)\b",
    re.IGNORECASE,
)
#: Words of a line that names what the table holds.
_NAMING = re.compile(
    r"\b(tahun|periode|th\.?|thn\.?|rekap\w*|daftar|laporan|hasil|penilaian|predikat|kinerja|skp|asesmen|evaluasi|data)\b",
    re.IGNORECASE,
)
#: A part of a year: a rating of one is none of the year.
_PART = re.compile(
    r"\b(tri\s?wulan|tribulan|kuartal|semester|smt\b|tw[\s.-]*(?:[ivx]+|\d)\b|q[1-4]\b|catur\s?wulan|bulan(?!an))",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember)\b",
    re.IGNORECASE,
)
#: Months in short, where another one or a year stands beside them: "Jan - Jun 2025", "s.d. Sept".
_SHORT = r"(?:jan|feb|peb|mar|mrt|apr|mei|jun|jul|agu|ags|agt|agust|sept?|okt|nov|nop|des)"
_TO = r"(?:s\.?\s*/?\s*d\.?|sampai(?:\s+dengan)?|hingga|-|–)"
_SHORT_MONTH = re.compile(
    rf"\b{_SHORT}\.?\s*(?:{_TO}\s*{_SHORT}\b|20\d\d\b)|\bs\.?\s*/?\s*d\.?\s*{_SHORT}\b", re.IGNORECASE
)
_ONE_DAY = r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})(?:[-/. ]\d{4})?"
#: From a day to a day.
_PERIOD = re.compile(rf"(?<!\d){_ONE_DAY}\s*{_TO}\s*{_ONE_DAY}(?!\d)", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{4}(?!\d)")
#: How the e-Kinerja system calls its own export.
_EXPORT = re.compile(r"rekap[_ -]?e?-?kinerja[_ -](20\d\d)\.\w+", re.IGNORECASE)


def names_part_of_year(text: str) -> bool:
    """Whether a heading or cell names a quarter, a semester, months or a period, and neither a whole year nor a day."""
    if find_whole_year(text) is not None:
        return False
    if _PERIOD.search(text):
        return True
    return bool(_PART.search(text) or _MONTH.search(text) or _SHORT_MONTH.search(text)) and not _DAY.search(text)


def find_line_of_part(lines: Sequence[str]) -> str:
    """The first title that names a part of a year, for which a rating is none; empty where there is none."""
    return next((line for line in lines if _names_part(line)), "")


def _names_part(line: str) -> bool:
    if _OF_OTHERS.search(line) or find_whole_year(line) is not None:
        return False
    if _PERIOD.search(line):
        return True
    months = _YEAR.search(line) and _MONTH.search(line)
    return not _DAY.search(line) and bool(_PART.search(line) or _SHORT_MONTH.search(line) or months)


#: Why a rating of a part of a year is none.
PART_OF_YEAR = N_(
    "“{line}” names a part of a year, and a rating counts for a whole one; expected a recap of the whole year"
)


class UnclearYear(MantelError):
    """A title that names no year, or one that cannot be meant."""


def find_year(lines: Sequence[str], file_name: str, today: dt.date | None, *, of_rating: bool = True) -> int | None:
    """The year of a recap out of its titles; None where no line names it.

    Parameters
    ----------
    lines
        Texts above the table and the sheet's name.
    file_name
        Counts only where it is the name that e-Kinerja gives its own exports.
    today
        A year that is not over on this day is refused; None for no day.
    of_rating
        Whether a part of a year is none of a year; an assessment may have been held in any month.

    Raises
    ------
    UnclearYear
        When two years are named, or one that is not over.
    """
    years: list[int] = []
    before = ""
    for line in lines:
        above, before = before, line
        if re.fullmatch(r"(?i)\W*tahun\W*20\d\d\W*", line) and re.fullmatch(r"(?i)\W*(nomor|no)\W*\d+\W*", above):
            continue  # the year of a letter's or rule's number, which stands on the line above
        whole = find_whole_year(line)
        if whole is not None and not _OF_OTHERS.search(line):
            years.append(whole)
            continue
        if of_rating and _names_part(line):
            raise UnclearYear(PART_OF_YEAR, line=line.strip()[:80])
        if _OF_OTHERS.search(line) or _DAY.search(line):
            # "TAHUN 2025" behind the number of a rule would be that of the rule.
            continue
        found = [int(year) for year in _YEAR.findall(line)]
        if found and (_NAMING.search(line) or re.fullmatch(r"\W*20\d\d\W*", line)):
            years += found
    if not years and (export := _EXPORT.fullmatch(file_name)):
        years = [int(export[1])]
    return check_year(years, today)


def check_year(years: Sequence[int], today: dt.date | None) -> int | None:
    """The one year named, that is over; None for none.

    Raises
    ------
    UnclearYear
    """
    named = sorted(set(years))
    if len(named) > 1:
        raise UnclearYear(
            N_("the titles name the years {years}; write the year of each row into a column “tahun”"),
            years=", ".join(map(str, named)),
        )
    if named and today is not None and named[0] >= today.year:
        raise UnclearYear(
            N_(
                "the title names the year {year}, which is not over; a rating counts for a whole year. Write the year meant"
            ),
            year=named[0],
        )
    return named[0] if named else None


def find_date(lines: Sequence[str], signed: Sequence[str], file_name: str, today: dt.date | None) -> dt.date | None:
    """The date of an assessment out of its titles, else of the signatures below, else 1 January of the year named.

    The first day of the year is the cautious reading: an assessment expires earliest by it.

    Raises
    ------
    UnclearYear
        When two days are named, or one to come.
    """
    for texts in (lines, signed):
        days = {day for line in texts if not _OF_OTHERS.search(line) for day in _days_in(line)}
        if len(days) > 1:
            raise UnclearYear(
                N_("the titles name the days {days}; write the day of each row into a column “Tanggal Penilaian”"),
                days=", ".join(f"{day:%d-%m-%Y}" for day in sorted(days)),
            )
        for day in days:
            if today is not None and day > today:
                raise UnclearYear(N_("the title names the day {day}, which is still to come"), day=f"{day:%d-%m-%Y}")
            _require_year_of(day, lines)
            return day
    year = find_year(lines, file_name, None, of_rating=False)
    if year is not None and today is not None and year > today.year:
        raise UnclearYear(N_("the title names the year {year}, which is still to come"), year=year)
    return dt.date(year, 1, 1) if year else None


def _require_year_of(day: dt.date, lines: Sequence[str]) -> None:
    """Refuse a day, of a letter or a signature, in another year than the one that the titles name."""
    try:
        year = find_year(lines, "", None, of_rating=False)
    except UnclearYear:
        return
    if year not in (None, day.year):
        raise UnclearYear(
            N_(
                "the titles name the year {year} and the day {day}; write the day of the assessment into a column “Tanggal Penilaian”"
            ),
            year=year,
            day=f"{day:%d-%m-%Y}",
        )


#: Levels of posts as titles name them.
_LEVELS = {
    "jpt_madya": r"(?:jpt|pimpinan tinggi)\s+madya",
    "jpt_pratama": r"(?:jpt|pimpinan tinggi)\s+pratama",
    "administrator": r"administrator",
    "supervisor": r"pengawas",
    "executive": r"pelaksana",
}


def find_assessed_level(lines: Sequence[str]) -> str | None:
    """The one level that the titles of assessments name, None where they name none or several."""
    named = {code for code, pattern in _LEVELS.items() if any(re.search(rf"(?i)\b{pattern}\b", line) for line in lines)}
    return named.pop() if len(named) == 1 else None


def _days_in(line: str) -> list[dt.date]:
    days = []
    for candidate in _DAY.findall(line):
        try:
            day = date(candidate)
        except InvalidValue:
            continue
        if day is not None:
            days.append(day)
    return days
