"""Sheets made into records: recognise the layout, find the table, read every row.

Every fault is collected; nothing stops at the first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from core.imports import layout as layouts_module
from core.imports.cells import show
from core.imports.faults import Fault, MappingOffer, UnreadableFile
from core.imports.layout import Layout, Match, recognise, titles_above, with_headers
from core.imports.layouts import LAYOUTS
from core.imports.reader import Limits, Row, Sheet, column_letters, read_sheets
from core.talent.employee import parse_nip
from core.talent.errors import InvalidNip, InvalidValue
from core.talent.facts import KINDS
from core.talent.messages import N_
from core.talent.vocabulary import fold_text


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


@dataclass(frozen=True)
class HiddenParts:
    """What is hidden in a sheet that was read: the whole sheet, rows, columns (letters)."""

    file: str
    sheet: str
    whole: bool
    rows: tuple[int, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A file as it was handed in."""

    name: str
    content: bytes


@dataclass
class Reading:
    """What a set of files holds: records, faults, and notes a person should see."""

    files: list[Source]
    layouts: dict[int, list[Layout]] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped_rows: int = 0
    skipped_sheets: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[HiddenParts] = field(default_factory=list)
    columns: dict[int, dict[str, dict[str, str]]] = field(default_factory=dict)  # file -> sheet -> field -> column
    shared: dict[object, object] = field(default_factory=dict, repr=False)  # a NIP or unit stands in memory once

    def layout_names(self, file: int, language: str) -> str:
        """Titles of the layouts found in a file."""
        return ", ".join(layout.title[language] for layout in self.layouts.get(file, []))


def read_files(
    files: Sequence[Source],
    limits: Limits,
    on_read: Callable[[int], object] = lambda done: None,
    mappings: Mapping[str, Mapping[str, str]] | None = None,
) -> Reading:
    """Read files of any known layout, in any order.

    Parameters
    ----------
    on_read
        Hears how many files are done.
    mappings
        Remembered headers beside those the layouts know: layout -> folded header -> field.
    """
    reading = Reading(list(files))
    layouts = [with_headers(layout, (mappings or {}).get(layout.key, {})) for layout in LAYOUTS]
    for number, file in enumerate(files):
        try:
            sheets = read_sheets(file.name, file.content, limits)
        except UnreadableFile as error:
            reading.faults.append(Fault.from_error(file.name, error))
        else:
            _read_file(reading, number, sheets, layouts)
        on_read(number + 1)
    return reading


def _read_file(reading: Reading, number: int, sheets: list[Sheet], layouts: Sequence[Layout]) -> None:
    name = reading.files[number].name
    filled = [sheet for sheet in sheets if any(not layouts_module.is_blank(row) for row in sheet.rows)]
    if not filled:
        reading.faults.append(Fault(name, N_("the workbook has no filled sheet; expected a table")))
        return
    incomplete = []
    for sheet in filled:
        matches = recognise(sheet, layouts)
        if matches and not matches[0].missing:
            reading.layouts.setdefault(number, []).append(matches[0].layout)
            _read_sheet(reading, number, sheet, matches[0])
            if sheet.is_hidden or sheet.hidden_rows or sheet.hidden_columns:
                letters = tuple(column_letters(column) for column in sheet.hidden_columns)
                reading.hidden.append(HiddenParts(name, sheet.name, sheet.is_hidden, sheet.hidden_rows, letters))
        else:
            incomplete.append((sheet, matches))
    for sheet, matches in incomplete:
        close = next((match for match in matches if len(match.columns) >= 3), None)
        if number in reading.layouts and close is None:
            reading.skipped_sheets.append((name, sheet.name))
        else:
            reading.faults.append(_unknown_layout(name, sheet, matches, close))


def _unknown_layout(name: str, sheet: Sheet, matches: list[Match], close: Match | None) -> Fault:
    if close:
        return Fault(
            name,
            N_("the sheet looks like “{layout}” but lacks the column {columns}"),
            {"layout": close.layout.title["id"], "columns": ", ".join(close.missing)},
            sheet=sheet.name,
            offer=MappingOffer(close.layout.key, _free_headers(sheet, close), close.missing_fields()),
        )
    by_layout = {match.layout.key: match for match in matches}
    lacking = "; ".join(
        f"{layout.title['id']}: {', '.join(by_layout[layout.key].missing if layout.key in by_layout else layout.missing(set()))}"
        for layout in LAYOUTS
    )
    return Fault(
        name,
        N_("the layout of the sheet is not known. Known layouts and the columns each still lacks: {lacking}"),
        {"lacking": lacking},
        sheet=sheet.name,
        offer=MappingOffer("", _likely_headers(sheet), ()),
    )


def _free_headers(sheet: Sheet, match: Match) -> tuple[str, ...]:
    """Headers of the header row that fill no field yet."""
    header = sheet.rows[match.first_data_row - 1]
    free = [cell for at, cell in enumerate(header) if at not in match.columns]
    return tuple(dict.fromkeys(cell.strip() for cell in free if isinstance(cell, str) and fold_text(cell)))


def _likely_headers(sheet: Sheet) -> tuple[str, ...]:
    """The texts of the row among the first 30 that looks most like a header."""
    rows = [
        [cell.strip() for cell in row if isinstance(cell, str) and fold_text(cell)]
        for row in sheet.rows[: layouts_module.HEADER_ROWS]
    ]
    return tuple(dict.fromkeys(max(rows, key=lambda texts: len(set(texts)), default=[])))


def _read_sheet(reading: Reading, number: int, sheet: Sheet, match: Match) -> None:
    layout, file_name = match.layout, reading.files[number].name
    inside, outside = _split(sheet, match)
    reading.skipped_rows += len(outside)
    reading.columns.setdefault(number, {})[sheet.name[:100]] = {
        column.field: f"{column_letters(index + 1)} ({' '.join(_header_text(sheet, match, index).split())})"
        for index, column in match.columns.items()
    }
    from_title = _value_from_titles(file_name, sheet, match, outside)
    if layout.from_title and layout.from_title not in match.fields and from_title is None:
        reading.faults.append(
            Fault(
                file_name,
                N_("the year is neither in a column nor in the title above the table")
                if layout.from_title == "year"
                else N_("the date of the assessment is neither in a column nor in the title above the table"),
                sheet=sheet.name,
            )
        )
        return
    for row_number, row in inside:
        values = _read_row(reading, file_name, sheet, match, row, row_number)
        if values is None:
            continue
        if layout.from_title and values.get(layout.from_title) is None:
            values[layout.from_title] = from_title
        finished = layout.finish(values)
        if finished is None:
            continue
        record = {key: value for key, value in finished.items() if not key.startswith("_")}
        lacking = [column for column in KINDS[layout.kind].key if column != "nip" and record.get(column) is None]
        if lacking:
            header = next((c.headers[0] for c in layout.columns if c.field == lacking[0]), lacking[0])
            message = N_("the cell is empty; expected a value for {column}")
            reading.faults.append(Fault(file_name, message, {"column": header}, sheet.name, row_number, header))
        else:
            reading.records.append(Record(layout.kind, record, number, sheet.name, row_number, layout.key))


def _header_text(sheet: Sheet, match: Match, index: int) -> str:
    """The header as the file writes it; on two rows the lower one that says something."""
    for row in reversed(sheet.rows[max(match.first_data_row - 2, 0) : match.first_data_row]):
        if index < len(row) and isinstance(row[index], str) and fold_text(str(row[index])):
            return str(row[index])[:80]
    return match.columns[index].headers[0]


def _split(sheet: Sheet, match: Match) -> tuple[list[tuple[int, Row]], list[Row]]:
    """Numbered rows of the table, and the filled rows below that are not of it."""
    identifying = [index for index, column in match.columns.items() if column.field in ("nip", "pns_id")]
    inside, outside = [], []
    after_blank = False
    for row_number, row in enumerate(sheet.rows[match.first_data_row :], start=match.first_data_row + 1):
        if layouts_module.is_blank(row):
            after_blank = True
        elif _is_outside_table(row, match, identifying, after_blank):
            outside.append(row)
        else:
            inside.append((row_number, row))
    return inside, outside


def _value_from_titles(file_name: str, sheet: Sheet, match: Match, below: list[Row]) -> dt.date | int | None:
    """The year or date that the titles above the table, the sheet's or the file's name give.

    The date of an assessment may also stand in the signature block below; the year of an
    appraisal may not, since recaps are signed a year later.
    """
    texts = [*titles_above(sheet, match), file_name]
    if match.layout.from_title == "year":
        return layouts_module.year_in(texts)
    if match.layout.from_title:
        signed = [cell for row in below for cell in row if isinstance(cell, str)]
        return layouts_module.date_in(texts) or layouts_module.date_in(signed)
    return None


def _is_outside_table(row: Row, match: Match, identifying: list[int], after_blank: bool) -> bool:
    """Whether a row is a total, a remark or part of the signature block rather than a person.

    A row belongs to the table when it names its person; one without that and with at most two
    filled columns is a remark. After a blank row a remark may also stand in the NIP's column.
    """
    filled = [index for index in match.columns if index < len(row) and str(row[index]).strip()]
    if not identifying:
        return len(filled) <= 2
    names_person = any(index in filled and any(c.isdigit() for c in show(row[index])) for index in identifying)
    return len(filled) <= (1 if names_person else 2) and (after_blank or not names_person)


def _read_row(
    reading: Reading, file_name: str, sheet: Sheet, match: Match, row: Row, row_number: int
) -> dict[str, object] | None:
    """Values of a row by field, None when any of its cells is faulty."""
    values: dict[str, object] = {}
    sound = True

    def fault(error: InvalidValue, index: int, cell: object) -> None:
        nonlocal sound
        sound = False
        header = match.columns[index].headers[0]
        reading.faults.append(
            Fault.from_error(
                file_name,
                error,
                sheet=sheet.name,
                row=row_number,
                column=f"{column_letters(index + 1)} ({header})",
                value=show(cell),
            )
        )

    for index, column in match.columns.items():
        cell = row[index] if index < len(row) else ""
        try:
            value = column.parse(cell)
            if column.filled and value is None:
                raise InvalidValue(N_("the cell is empty; expected a value for {column}"), column=column.headers[0])
            if isinstance(value, str | dt.date):
                value = reading.shared.setdefault(value, value)
            values[column.field] = value
        except InvalidValue as error:
            if column.field == "nip" and cell == "" and match.layout.identify != (("nip",),):
                values["nip"] = None
            else:
                fault(error, index, cell)
    if sound and match.layout.kind == "employee":
        try:
            _check_against_nip(values)
        except InvalidNip as error:
            index = next(i for i, column in match.columns.items() if column.field == "nip")
            fault(error, index, row[index])
    return values if sound else None


def _check_against_nip(values: dict[str, object]) -> None:
    nip = parse_nip(values["nip"])
    birth = values["birth_date"]
    if isinstance(birth, dt.date) and birth != nip.birth_date:
        raise InvalidNip(
            N_("the NIP says born on {nip_date} but TANGGAL LAHIR says {date}; one of them is wrong"),
            nip_date=nip.birth_date.strftime("%d-%m-%Y"),
            date=birth.strftime("%d-%m-%Y"),
        )
    if values.get("sex") not in (None, nip.sex):
        raise InvalidNip(N_("the 15th digit of the NIP and JENIS KELAMIN do not agree"))


def bare_name(name: str) -> str:
    """A folded name without the titles behind a comma and before a full stop."""
    return fold_text(" ".join(word for word in name.split(",")[0].split() if not word.endswith(".")))
