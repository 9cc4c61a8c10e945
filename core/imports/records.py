"""Rows of a recognised table made into records, a column at a time: what stands in many rows is read once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.imports.cells import Parser, date, is_nothing, show
from core.imports.faults import Fault
from core.imports.layout import Column, Layout, Match
from core.imports.row_checks import find_impossible
from core.imports.rows import LeftOut, show_row
from core.imports.values import ERROR_TEXT, CellProblem, Row, column_letters
from core.talent.employee import parse_nip
from core.talent.errors import InvalidNip, InvalidValue
from core.talent.facts import KINDS
from core.talent.messages import N_

#: What cells were read as, by the parser of their column: a NIP or unit is read, and stands in memory, once.
Parsed = dict[Parser, dict[object, object]]


@dataclass(slots=True)
class Record:
    """One row of a file as a fact: ``values`` may still name its person by PNS ID or name.

    ``file`` is the number of the file within the import; ``row`` the sheet's row number; ``layout``
    the key of the layout it was read by. ``matched_by_name``: the file gave no number for the person.
    """

    kind: str
    values: dict[str, object]
    file: int
    sheet: str
    row: int
    layout: str
    matched_by_name: bool = False


@dataclass
class SheetRows:
    """The rows of people of a sheet, with their numbers, and what was made of them."""

    file: int
    file_name: str
    sheet: str
    rows: Sequence[tuple[int, Row]]
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_records(
    sheet_rows: SheetRows, match: Match, from_title: dt.date | int | None, today: dt.date | None, parsed: Parsed
) -> None:
    """Make the rows of a table into records, or into faults that name their cells.

    Parameters
    ----------
    from_title
        The year or date of rows that give none.
    today
        The day on which a year must be over; None asks for nothing.
    parsed
        What cells of this and other tables were read as; added to.
    """
    years = _by_year(match)
    for year, columns in years:
        _read_year(sheet_rows, match.layout, columns, year, from_title, today, parsed)
    if len(years) > 1:
        # What is wrong with whom a row is about is said once, and only who has nothing in any year is left out.
        sheet_rows.faults[:] = list({(f.row, f.column, f.message): f for f in sheet_rows.faults}.values())
        read = {record.row for record in sheet_rows.records} | {fault.row for fault in sheet_rows.faults}
        sheet_rows.left_out[:] = [left for left in dict.fromkeys(sheet_rows.left_out) if left.row not in read]


def _by_year(match: Match) -> list[tuple[int | None, dict[int, Column]]]:
    """All columns once, or once for each year that has columns of its own."""
    if not match.years:
        return [(None, dict(match.columns))]
    shared = {at: column for at, column in match.columns.items() if at not in match.years}
    return [
        (year, shared | {at: column for at, column in match.columns.items() if match.years.get(at) == year})
        for year in sorted(set(match.years.values()))
    ]


def _read_year(
    sheet_rows: SheetRows,
    layout: Layout,
    columns: dict[int, Column],
    year: int | None,
    from_title: dt.date | int | None,
    today: dt.date | None,
    parsed: Parsed,
) -> None:
    faulty: set[int] = set()
    read = [_read_column(sheet_rows, layout, at, column, parsed, faulty) for at, column in columns.items()]
    fields = [column.field for column in columns.values()]
    key = [column for column in KINDS[layout.kind].key if column != "nip"]
    for (number, row), cells in zip(sheet_rows.rows, zip(*read, strict=True), strict=True):
        if number in faulty:
            continue
        values = dict(zip(fields, cells, strict=True))
        fault = _check(layout, values, columns, row, today) or _put_year(layout, values, year, from_title)
        finished = None if fault else layout.finish(values)
        if finished is None and fault is None:
            left = LeftOut(
                sheet_rows.file_name, sheet_rows.sheet, number, N_("nothing is said of the person"), show_row(row)
            )
            sheet_rows.left_out.append(left)
            continue
        if finished is not None:
            fault = find_impossible(layout, finished, today) or _find_lacking(layout, key, finished)
        if fault is None and finished is not None:
            record = {name: value for name, value in finished.items() if name[0] != "_"}
            sheet_rows.records.append(
                Record(layout.kind, record, sheet_rows.file, sheet_rows.sheet, number, layout.key)
            )
        elif fault is not None:
            sheet_rows.faults.append(replace(fault, file=sheet_rows.file_name, sheet=sheet_rows.sheet, row=number))


def _read_column(
    sheet_rows: SheetRows, layout: Layout, at: int, column: Column, parsed: Parsed, faulty: set[int]
) -> list[object]:
    """What a column says in each row; rows with a cell that cannot be read are noted as ``faulty``."""
    known = parsed.setdefault(column.parse, {})
    cells = [row[at] if at < len(row) else "" for _, row in sheet_rows.rows]
    # 1, 1.0 and True are equal, and not the same.
    keys = [cell if type(cell) is str else (type(cell), cell) for cell in cells]
    distinct = dict(zip(keys, cells, strict=True))
    for key, cell in distinct.items():
        if key not in known:
            known[key] = _read_cell(column.parse, cell)
    values = [known[key] for key in keys]
    unread = {key: _error_of(column, known[key]) for key in distinct}
    if column.field == "nip" and layout.identify != (("nip",),):
        nothing = {key for key in distinct if isinstance(key, str) and is_nothing(key)}
        unread |= dict.fromkeys(nothing)
        values = [None if key in nothing else value for key, value in zip(keys, values, strict=True)]
    if any(unread.values()):
        for (number, _), key, cell in zip(sheet_rows.rows, keys, cells, strict=True):
            if error := unread[key]:
                sheet_rows.faults.append(_fault_of_cell(sheet_rows, error, at, column, number, cell))
                faulty.add(number)
    return values


def _error_of(column: Column, value: object) -> InvalidValue | None:
    """Why a value that was read cannot stand in a column."""
    if value is None and column.filled:
        return InvalidValue(_EMPTY, column=column.headers[0])
    return value if isinstance(value, InvalidValue) else None


def _read_cell(parse: Parser, cell: object) -> object:
    """What a cell says, or the error that tells why it says nothing."""
    if isinstance(cell, str) and ("#" in cell or "Err:" in cell) and ERROR_TEXT.fullmatch(cell.strip()):
        cell = CellProblem(cell.strip(), True)
    if isinstance(cell, CellProblem):
        return InvalidValue(_ERROR_CELL if cell.is_error else _NO_RESULT, value=cell.text)
    try:
        value = parse(cell)
    except InvalidValue as error:
        return error.with_traceback(None)
    return cell if type(cell) is str and value == cell else value


_EMPTY = N_("the cell is empty; expected a value for {column}")
_NOTHING = N_("“{value}” says that there is nothing; expected a value for {column}, or leave the row out")
_ERROR_CELL = N_("the cell holds the error {value} of a formula; write the value itself")
_NO_RESULT = N_(
    "the cell holds the formula {value} without its result; open the file in a spreadsheet, save it, or write the value"
)


def _fault_of_cell(
    sheet_rows: SheetRows, error: InvalidValue, at: int, column: Column, row: int, cell: object
) -> Fault:
    place = f"{column_letters(at + 1)} ({column.headers[0]})"
    if error.message == _EMPTY and str(cell).strip():
        error = InvalidValue(_NOTHING, value=show(cell), column=column.headers[0])
    return Fault.from_error(
        sheet_rows.file_name, error, sheet=sheet_rows.sheet, row=row, column=place, value=show(cell)
    )


def _check(
    layout: Layout, values: dict[str, object], columns: dict[int, Column], row: Row, today: dt.date | None
) -> Fault | None:
    """A fault where the main data of a person contradict the NIP, or a standing begins on a day to come."""
    if layout.kind != "employee":
        return None
    if values.get("service_status") not in (None, "active") and today is not None:
        at = next(at for at, column in columns.items() if column.field == "service_status")
        days = [date(found) for found in re.findall(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}", str(row[at]))]
        if any(day is not None and day > today for day in days):
            message = N_("“{value}” begins on a day to come; until then the person serves")
            place = f"{column_letters(at + 1)} ({columns[at].headers[0]})"
            return Fault("", message, {"value": show(row[at])}, column=place, value=show(row[at]))
    nip = parse_nip(values["nip"])
    birth = values["birth_date"]
    if isinstance(birth, dt.date) and birth != nip.birth_date:
        error = InvalidNip(
            N_("the NIP says born on {nip_date} but TANGGAL LAHIR says {date}; one of them is wrong"),
            nip_date=nip.birth_date.strftime("%d-%m-%Y"),
            date=birth.strftime("%d-%m-%Y"),
        )
    elif values.get("sex") not in (None, nip.sex):
        error = InvalidNip(N_("the 15th digit of the NIP and JENIS KELAMIN do not agree"))
    else:
        return None
    at, column = next((at, column) for at, column in columns.items() if column.field == "nip")
    place = f"{column_letters(at + 1)} ({column.headers[0]})"
    return Fault.from_error("", error, column=place, value=show(row[at]))


def _put_year(
    layout: Layout, values: dict[str, object], year: int | None, from_title: dt.date | int | None
) -> Fault | None:
    """Put in the year or date that stands over the table; a fault where the row says another."""
    if year is not None:
        if values.get("year") not in (None, year):
            message = N_("the heading says {year} and the row {other}; one of them is wrong")
            return Fault("", message, {"year": year, "other": values["year"]}, column="tahun")
        values["year"] = year
    if layout.from_title and values.get(layout.from_title) is None:
        values[layout.from_title] = from_title
    return None


def _find_lacking(layout: Layout, key: Sequence[str], values: dict[str, object]) -> Fault | None:
    """A fault where a value is missing without which a fact is none."""
    for name in key:
        if values.get(name) is None:
            header = next((column.headers[0] for column in layout.columns if column.field == name), name)
            return Fault("", _EMPTY, {"column": header}, column=header)
    return None
