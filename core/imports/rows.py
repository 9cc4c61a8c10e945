"""Which rows of a sheet are people, and which only look so: numbers of columns, sections, totals, remarks.

What is left out is listed with its reason. A row that names somebody is a person or a fault, never a remark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.imports.cells import EXPECTS, EXPECTS_TEXT
from core.imports.layout import Match, is_blank
from core.imports.values import Row, Sheet
from core.talent.errors import InvalidValue
from core.talent.messages import N_
from core.talent.vocabulary import fold_text

#: Why a row is left out.
NUMBERING = N_("numbers of columns")
HEADER_AGAIN = N_("the header again")
SECTION = N_("the heading of a section")
TOTAL = N_("a total")
REMARK = N_("below the table")

_TOTAL = re.compile(r"(grand\s*)?(sub\s*)?(jumlah|jml|total|rata\s*-?\s*rata|rerata|rataan)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\(?\s*(\d{1,3})\s*\)?[.a-z]?")
#: So many digits are meant as a NIP, whatever is wrong with it.
_DIGITS_OF_NIP = 8


@dataclass(frozen=True)
class LeftOut:
    """A row that is no person: where it stands, why it is left out, and how it begins."""

    file: str
    sheet: str
    row: int
    reason: str
    text: str


def split_rows(file: str, sheet: Sheet, match: Match) -> tuple[list[tuple[int, Row]], list[LeftOut]]:
    """The numbered rows that are people, and those left out with their reasons."""
    header = fold_header(sheet, match)
    inside: list[tuple[int, Row]] = []
    outside: list[LeftOut] = []
    after_blank = False
    usual = 0
    for number, row in enumerate(sheet.rows[match.first_data_row :], start=match.first_data_row + 1):
        if is_blank(row):
            after_blank = True
            continue
        reason = _find_reason(row, match, header, after_blank, usual)
        if reason:
            outside.append(LeftOut(file, sheet.name, number, reason, show_row(row)))
            if reason in (NUMBERING, HEADER_AGAIN, SECTION):
                after_blank = False
        else:
            inside.append((number, row))
            usual = usual or len(_filled(row, match))
            after_blank = False
    last = inside[-1][0] if inside else 0
    # What stands alone between people is the name of their office, blank rows around it or not.
    return inside, [
        replace(left, reason=SECTION) if left.reason == REMARK and left.row < last else left for left in outside
    ]


def show_row(row: Row) -> str:
    """A row as one line of text, at most 120 characters."""
    return " · ".join(dict.fromkeys(str(cell).strip() for cell in row if str(cell).strip()))[:120]


def fold_header(sheet: Sheet, match: Match) -> list[list[str]]:
    """The rows of the header as folded texts, "" where a cell is no text."""
    rows = sheet.rows[match.header_row : match.first_data_row]
    return [[fold_text(cell) if isinstance(cell, str) else "" for cell in row] for row in rows]


def _filled(row: Row, match: Match) -> list[int]:
    return [index for index in match.columns if index < len(row) and str(row[index]).strip()]


def _find_reason(row: Row, match: Match, header: Sequence[Sequence[str]], after_blank: bool, usual: int) -> str:
    """Why a row is no person; empty where it is one, or should be."""
    if not after_blank and _names_number(row, match):
        return ""  # most rows: neither a numbering nor a header holds so many digits
    cells = [(at, str(cell).strip()) for at, cell in enumerate(row) if str(cell).strip()]
    if _is_numbering([text for _, text in cells]):
        return NUMBERING
    if _is_header(row, header):
        return HEADER_AGAIN
    filled = _filled(row, match)
    if _names_number(row, match):
        # The number of whoever signed, alone below the table.
        signed = after_blank and len(filled) == 1 and len(cells) == 1 and cells[0][1].casefold().startswith("nip")
        return REMARK if signed else ""
    texts = {text for _, text in cells}
    if any(_TOTAL.match(text) for _, text in cells[:3]) and not _names_person(row, match, _TOTAL):
        return TOTAL
    if len(texts) == 1 and (len(cells) > 1 or not _names_person(row, match) or after_blank):
        # One text over the whole width, or alone on its row: the name of an office between the people.
        return REMARK if after_blank and len(cells) == 1 else SECTION
    if len(filled) == 1 and _names_person(row, match):
        # A name and nothing else says nothing about anybody: the name of an office, written under that of people.
        return REMARK if after_blank else SECTION
    if not _names_person(row, match):
        # Nobody is named, and what there is may still be the values of somebody.
        return REMARK if after_blank or len(filled) <= 1 else ""
    if (
        after_blank
        and len(filled) < max(3, (usual + 1) // 2)
        and not _says_value(row, match)
        and not _is_counted(row, match)
    ):
        return REMARK
    return ""


def _is_counted(row: Row, match: Match) -> bool:
    """Whether a row bears a running number in a column of its own."""
    return any(
        at not in match.columns and str(cell).strip().removesuffix(".0").removesuffix(".").isdigit()
        for at, cell in enumerate(row[:2])
    )


def _says_value(row: Row, match: Match) -> bool:
    """Whether a row holds, beside a name, a figure, a day or a word of a closed list that its column can read."""
    for at in _filled(row, match):
        parse = match.columns[at].parse
        if EXPECTS[parse][0] == EXPECTS_TEXT:
            continue
        try:
            if parse(row[at]) is not None:
                return True
        except InvalidValue:
            continue
    return False


def _is_numbering(texts: Sequence[str]) -> bool:
    numbers = []
    for text in texts:
        plain = text.removesuffix(".0")
        match = _NUMBER.fullmatch(plain)
        if match is None:
            return False
        numbers.append(int(match[1]))
    if len(numbers) < 3:
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return numbers[0] in (0, 1, 2) and all(step in (0, 1) for step in steps) and sum(steps) >= 2


def _is_header(row: Row, header: Sequence[Sequence[str]]) -> bool:
    texts = [fold_text(cell) if isinstance(cell, str) else "" for cell in row]
    said = [at for at, text in enumerate(texts) if text]
    if len(said) < 2:
        return False
    known = {text for line in header for text in line if text}
    same = sum(any(at < len(line) and line[at] == texts[at] for line in header) for at in said)
    return same >= max(2, (2 * len(said) + 2) // 3) or (len(said) >= 3 and all(texts[at] in known for at in said))


def _names_number(row: Row, match: Match) -> bool:
    """Whether a row gives a NIP or PNS ID, or what is meant as one."""
    for index, column in match.columns.items():
        if index >= len(row) or column.field not in ("nip", "pns_id"):
            continue
        cell = row[index]
        if isinstance(cell, str) and len(cell) >= _DIGITS_OF_NIP and cell.isdigit():
            return True  # most cells of such a column
        digits = sum(map(str.isdigit, str(cell)))
        if isinstance(cell, str) and column.field == "nip" and digits >= _DIGITS_OF_NIP:
            return True
        if isinstance(cell, str) and column.field == "pns_id" and digits and not re.search(r"\s", cell.strip()):
            return True
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= 10 ** (_DIGITS_OF_NIP - 1):
            return True
    return False


def _names_person(row: Row, match: Match, but: re.Pattern[str] | None = None) -> bool:
    """Whether a row has a name that is a text, and not one that begins as ``but`` says."""
    for index, column in match.columns.items():
        if column.field == "name" and index < len(row):
            cell = row[index]
            if not isinstance(cell, str) or (but and but.match(cell.strip())):
                return False
            return any(character.isalpha() for character in cell)
    return False


def fill_units(rows: list[tuple[int, Row]], match: Match, outside: Sequence[LeftOut]) -> list[tuple[int, Row]]:
    """Rows with a unit that is written once for several people given to each of them, as far as the next section.

    Only where people are found by name and unit: elsewhere an empty cell says nothing.
    """
    at = next((index for index, column in match.columns.items() if column.field == "unit"), None)
    by_number = any(column.field in ("nip", "pns_id") for column in match.columns.values())
    if at is None or by_number:
        return rows
    filled: list[tuple[int, Row]] = []
    unit: object = ""
    sections = [left.row for left in outside if left.reason == SECTION]
    for number, row in rows:
        while sections and sections[0] < number:
            unit = ""
            sections.pop(0)
        if at < len(row) and str(row[at]).strip():
            unit = row[at]
        elif unit:
            row = [*row, *[""] * (at + 1 - len(row))]
            row[at] = unit
        filled.append((number, row))
    return filled


_NIP_INSIDE = re.compile(r"(?<!\d)((?:\d[\s.\-]{0,2}){17}\d)(?!\d)")
#: All that a header of names and numbers in one column says.
_NAME_AND_NIP = frozenset(["nama", "nip", "dan", "pegawai", "asn", "pns", "lengkap", "gelar", "no", "nomor", "induk"])


def split_name_and_nip(sheet: Sheet) -> Sheet:
    """The sheet with a column “Nama / NIP” as two: the name stays, the NIP goes behind the last column."""
    for top, row in enumerate(sheet.rows[:100]):
        for at, cell in enumerate(row):
            words = set(re.findall(r"[a-z]+", cell.casefold())) if isinstance(cell, str) else set()
            # The whole header, on a row of headers: not a title, and not that of the appraiser.
            if (
                not {"nama", "nip"} <= words
                or words - _NAME_AND_NIP
                or sum(bool(str(other).strip()) for other in row) < 3
            ):
                continue
            width = max(len(line) for line in sheet.rows)
            rows: list[Row] = []
            for number, line in enumerate(sheet.rows):
                line = [*line, *[""] * (width - len(line))]
                if number == top:
                    line[at], more = "Nama", "NIP"
                elif number > top:
                    line[at], more = _take_apart(line[at])
                else:
                    more = ""
                rows.append([*line, more])
            return replace(sheet, rows=rows)
    return sheet


def _take_apart(cell: object) -> tuple[object, str]:
    if not isinstance(cell, str):
        return cell, ""
    found = _NIP_INSIDE.search(cell)
    if found is None:
        return cell, ""
    name = re.sub(r"(?i)\bnip\b[\s.:]*", " ", cell[: found.start()] + " " + cell[found.end() :])
    return " ".join(name.split()).strip(" /-–,;|()") or "", found[1]
