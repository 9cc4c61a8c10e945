"""What tells that values are not what their place says: seen over a whole sheet, or in the days and years of a row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from core.imports.cells import EXPECTS, EXPECTS_NUMBER, date, find_whole_year
from core.imports.faults import Fault, MappingOffer
from core.imports.layout import Layout, Match, list_free_headers, titles_above
from core.imports.rows import HEADER_AGAIN, REMARK, SECTION, LeftOut
from core.imports.titles import UnclearYear, find_year
from core.imports.values import Row, Sheet, column_letters
from core.talent.facts import COMPETENCIES
from core.talent.messages import N_
from core.talent.vocabulary import fold_text

#: Rows of a table with their numbers in the sheet.
Rows = list[tuple[int, Row]]


def find_contradiction(file_name: str, sheet: Sheet, match: Match) -> Fault | None:
    """A fault where the title names another year than the one heading that does."""
    years = set(match.years.values())
    try:
        named = find_year(titles_above(sheet, match), "", None)
    except UnclearYear:
        return None
    if len(years) > 1 or named is None or named in years:
        return None
    message = N_("the heading says {year} and the title {other}; one of them is wrong")
    return Fault(file_name, message, {"year": years.pop(), "other": named}, sheet.name, match.header_row + 1)


#: Days on which something has happened: none of them can be to come.
_PAST = ("assessed_on", "awarded_on", "decided_on", "declared_on", "determined_on", "birth_date")


def find_impossible_day(values: Mapping[str, object], today: dt.date | None) -> Fault | None:
    """Something that has happened, on a day to come. An end before its beginning is on Mutu data: exports hold some."""
    for name in _PAST:
        day = values.get(name)
        if today is not None and isinstance(day, dt.date) and day > today:
            return Fault("", N_("the day {day} is still to come"), {"day": f"{day:%d-%m-%Y}"}, value=f"{day:%d-%m-%Y}")
    return None


def find_unfinished_year(layout: Layout, values: Mapping[str, object], today: dt.date | None) -> Fault | None:
    """A rating of a year that is not over, or anything of a year to come, is none."""
    year = values.get("year")
    if today is None or not isinstance(year, int):
        return None
    first = today.year if layout.kind == "performance_rating" else today.year + 1
    if year < first:
        return None
    return Fault(
        "", N_("the year {year} is not over; expected a year that is"), {"year": year}, column="tahun", value=str(year)
    )


_STANDARD = re.compile(r"(?i)\b(standar\s+kompetensi\s+jabatan|kesenjangan|gap)\b")
_RESULT = re.compile(r"(?i)\b(hasil|penilaian|asesmen|assessment)\b")
_PART = re.compile(
    r"(?i)\b(triwulan|tw\s*\.?\s*(?:[ivx]+|\d)|semester|kuartal|caturwulan|bulan|januari|februari|pebruari|maret|april|mei|juni|juli|agustus"
    r"|september|oktober|november|nopember|desember)\b"
)
_PART_OF_YEAR = frozenset({"triwulan", "tw", "semester", "bulan", "kuartal", "caturwulan", "periodetriwulan"})


def ask_which_column(file: str, sheet: Sheet, match: Match, name: str, places: Sequence[int], row: int) -> Fault:
    """The question which of several columns (from 0) is meant for a field; ``row`` is where it shows, from 1."""
    header = next(column.headers[0] for column in match.layout.columns if column.field == name)
    letters = tuple(column_letters(at + 1) for at in places)
    message = N_("{count} columns could be “{column}”: {places}; say which one is meant")
    values = {"count": len(letters), "column": header, "places": ", ".join(letters)}
    offer = MappingOffer(match.layout.key, letters, (name,), is_choice=True)
    return Fault(file, message, values, sheet.name, row, header, offer=offer)


def list_misread(
    file: str, sheet: Sheet, match: Match, inside: Rows, outside: Sequence[LeftOut], from_title: dt.date | int | None
) -> list[Fault]:
    """Whatever tells that the values of a sheet are not what its headings say: nothing of it is read then."""
    faults = [*_half_converted(file, sheet, match, inside), *_two_answers(file, sheet, match, inside)]
    faults += _second_table(file, sheet, match, inside, outside, from_title)
    if match.layout.kind == "competency_assessment":
        faults += _standards(file, sheet, match) + _under_no_heading(file, sheet, match, inside)
    if match.layout.kind in ("performance_rating", "feedback") and not match.years:
        faults += _parts_of_year(file, sheet, match, inside)
    if sheet.name == "csv":
        faults += _behind_the_heading(file, sheet, match, inside) + _cut_decimals(file, sheet, match, inside)
    return faults


def _header(sheet: Sheet, match: Match) -> list[Row]:
    return [sheet.rows[at] for at in range(match.header_row, match.first_data_row)]


def _standards(file: str, sheet: Sheet, match: Match) -> list[Fault]:
    """Levels that posts ask for, or what is lacking to them, are not those of people."""
    titles = titles_above(sheet, match)
    if any(map(_RESULT.search, titles)) or not any(map(_STANDARD.search, titles)):
        return []
    message = N_("the title says that these are standards or gaps, not what people reached; expected the result")
    return [Fault(file, message, sheet=sheet.name)]


def _under_no_heading(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Numbers beside those of a competency that no heading names: one of the columns may be the standard."""
    faults, header = [], _header(sheet, match)
    for at, column in match.columns.items():
        if column.field not in (*COMPETENCIES, "job_person_match"):
            continue
        named = any(at + 1 < len(row) and str(row[at + 1]).strip() for row in header)
        beside = [row[at + 1] for _, row in inside if at + 1 < len(row)]
        filled = sum(isinstance(cell, float | int) or str(cell).strip().isdigit() for cell in beside)
        if not named and filled > len(inside) // 2:
            message = N_("values stand under an empty heading beside “{column}”; give each column its heading")
            values = {"column": column.headers[0]}
            faults.append(Fault(file, message, values, sheet.name, match.header_row + 1, column_letters(at + 2)))
    return faults


def _parts_of_year(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """A column of quarters or months beside the ratings, or one of them over the ratings."""
    message = N_("the column “{column}” says that the ratings are of parts of a year; expected those of the whole year")
    header = _header(sheet, match)
    found = [text for text in list_free_headers(sheet, match) if fold_text(text) in _PART_OF_YEAR]
    for at, column in match.columns.items():
        above = sheet.rows[match.header_row - 1 : match.header_row] if match.header_row and at else []
        over = [str(row[at]) for row in (*above, *header) if at < len(row)]
        if column.field == "rating":
            found += [text for text in over if _PART.search(text) and find_whole_year(text) is None]
    for at in range(max((len(row) for row in header), default=0)):
        texts = [str(row[at]) for row in header if at < len(row) and str(row[at]).strip()]
        if at not in match.columns and texts and fold_text(texts[-1]).startswith("periode"):
            cells = (str(row[at]) for _, row in inside if at < len(row))
            found += texts[-1:] if any(_PART.search(cell) and find_whole_year(cell) is None for cell in cells) else []
    return [Fault(file, message, {"column": text}, sheet.name, match.header_row + 1) for text in found]


_NIP_TEXT = re.compile(r"(?:19|20)\d{6}\s?(?:19|20)\d{4}\s?[12]\s?\d{3}")


def _second_table(
    file: str,
    sheet: Sheet,
    match: Match,
    inside: Rows,
    outside: Sequence[LeftOut],
    from_title: dt.date | int | None,
) -> list[Fault]:
    """People above the header, a header again in another order, or a line between people that names another year."""
    faults = []
    for at, row in enumerate(sheet.rows[: match.header_row]):
        if any(isinstance(cell, str) and _NIP_TEXT.fullmatch(cell.strip()) for cell in row):
            message = N_("people stand above the header in row {row}; give each table a sheet of its own")
            faults.append(Fault(file, message, {"row": match.header_row + 1}, sheet.name, at + 1))
            break
    header = {
        at: fold_text(cell) for row in _header(sheet, match) for at, cell in enumerate(row) if isinstance(cell, str)
    }
    last = inside[-1][0] if inside else 0
    year = from_title.year if isinstance(from_title, dt.date) else from_title
    for left in outside:
        row = sheet.rows[left.row - 1]
        if left.reason == HEADER_AGAIN:
            moved = [at for at, cell in enumerate(row) if isinstance(cell, str) and header.get(at) != fold_text(cell)]
            if any(at in match.columns for at in moved if fold_text(str(row[at])) in header.values()):
                message = N_("the header stands here again in another order; give each table a sheet of its own")
                faults.append(Fault(file, message, sheet=sheet.name, row=left.row))
        elif year is not None and left.row < last and left.reason in (SECTION, REMARK):
            try:
                named = find_year([str(cell) for cell in row if isinstance(cell, str)], "", None)
            except UnclearYear:
                named = None
            if named not in (None, year):
                message = N_(
                    "the row names the year {other} and the title {year}; write the year of each row into a column “tahun”"
                )
                faults.append(Fault(file, message, {"year": year, "other": named}, sheet.name, left.row))
    return faults


def _behind_the_heading(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Rows of a csv that are longer than its heading: a comma inside a value has cut it."""
    width = max(
        (at + 1 for row in _header(sheet, match) for at, cell in enumerate(row) if str(cell).strip()), default=0
    )
    message = N_("the row has {count} cells and the heading {width}; a comma inside a value needs quotation marks")
    return [
        Fault(file, message, {"count": len(row), "width": width}, sheet.name, number)
        for number, row in inside
        if any(str(cell).strip() for cell in row[width:])
    ]


#: Headings of columns that hold remarks, not figures.
_REMARKS = frozenset(["", "keterangan", "ket", "catatan"])


def _cut_decimals(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Columns of numbers whose decimals a comma of the csv has moved into the column of remarks beside them."""
    message = N_(
        "digits alone stand beside “{column}”; a decimal comma inside a csv needs quotation marks, or write a point"
    )
    faults = []
    for at, column in match.columns.items():
        header = {fold_text(str(row[at + 1])) for row in _header(sheet, match) if at + 1 < len(row)}
        if at + 1 in match.columns or header - _REMARKS or EXPECTS[column.parse][0] != EXPECTS_NUMBER:
            continue
        pairs = [(str(row[at]).strip(), str(row[at + 1]).strip()) for _, row in inside if at + 1 < len(row)]
        beside = [(number, digits) for number, digits in pairs if digits]
        if beside and all(number.isdigit() and digits.isdigit() and len(digits) < 3 for number, digits in beside):
            place = column_letters(at + 2)
            faults.append(Fault(file, message, {"column": column.headers[0]}, sheet.name, inside[0][0], place))
    return faults


def _two_answers(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Fields whose further columns, spelled otherwise, say something else in some row."""
    faults: list[Fault] = []
    if match.layout.key == "siasn":  # its dates of post and of echelon differ by nature
        return faults
    for name, others in match.others.items():
        places = (next(at for at, column in match.columns.items() if column.field == name), *others)
        for number, row in inside:
            if len({fold_text(str(row[place])) for place in places if place < len(row)} - {""}) > 1:
                faults.append(ask_which_column(file, sheet, match, name, places, number))
                break
    return faults


def _half_converted(file_name: str, sheet: Sheet, match: Match, inside: list[tuple[int, Row]]) -> list[Fault]:
    """Columns whose days up to 12 became dates with day and month exchanged, while the others stayed text."""
    faults = []
    for index, column in match.columns.items():
        if column.parse is not date:
            continue
        cells = [(number, row[index]) for number, row in inside if index < len(row)]
        dates = [(number, cell) for number, cell in cells if isinstance(cell, dt.date)]
        late = [
            cell
            for _, cell in cells
            if isinstance(cell, str)
            and (found := _DAY_FIRST.match(cell))
            and int(found[1]) > 12
            and int(found[2]) <= 12
        ]
        if dates and late and all(cell.day <= 12 for _, cell in dates):
            faults.append(
                Fault(
                    file_name,
                    N_(
                        "the column holds {dates} date cells with days up to 12 only, and texts such as “{text}”: a spreadsheet "
                        "exchanged day and month where it could. Write the whole column as text dd-mm-yyyy"
                    ),
                    {"dates": len(dates), "text": late[0]},
                    sheet.name,
                    dates[0][0],
                    f"{column_letters(index + 1)} ({column.headers[0]})",
                )
            )
    return faults


_DAY_FIRST = re.compile(r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}")
