"""Files made into records: recognise the layout of each sheet, find its table, have its rows read.

Every fault is collected; nothing stops at the first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, pairwise

from core.imports import layout as layouts_module
from core.imports.cells import is_nip
from core.imports.checks import OF_PARTS, ask_which_column, find_contradiction, find_part_of_year, list_misread
from core.imports.faults import Fault, MappingOffer, UnreadableFile
from core.imports.layout import Layout, Match, find_misspelt, list_free_headers, recognise, titles_above, with_headers
from core.imports.layouts import LAYOUTS
from core.imports.layouts.headers import EXAMPLE_NIP
from core.imports.records import Parsed, Record, SheetRows, read_records
from core.imports.rows import REMARK, LeftOut, fill_units, split_name_and_nip, split_rows
from core.imports.sandbox import Sandbox
from core.imports.titles import UnclearYear, find_assessed_level, find_date, find_year
from core.imports.values import Limits, Row, Sheet, column_letters
from core.talent.messages import N_
from core.talent.vocabulary import fold_text


@dataclass(frozen=True)
class HiddenParts:
    """What is hidden in a sheet that was read: the whole sheet, rows, columns (letters)."""

    file: str
    sheet: str
    whole: bool
    rows: tuple[int, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class ReadSheet:
    """How a sheet was understood: its layout, the row of its header (from 1), which column fills which field, headers
    that are not used, the year or date that its titles gave, and the level of posts that assessments were made for.
    """

    file: str
    sheet: str
    layout: Layout
    header_row: int
    columns: dict[str, str]
    unused: tuple[str, ...]
    from_title: dt.date | int | None
    rows: int
    made_for: str | None = None


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
    sheets: list[ReadSheet] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    skipped_sheets: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[HiddenParts] = field(default_factory=list)
    columns: dict[int, dict[str, dict[str, str]]] = field(default_factory=dict)  # file -> sheet -> field -> column
    parsed: Parsed = field(default_factory=dict, repr=False)

    @property
    def skipped_rows(self) -> int:
        """How many rows were left out."""
        return len(self.left_out)

    def layout_names(self, file: int, language: str) -> str:
        """Titles of the layouts found in a file."""
        return ", ".join(layout.title[language] for layout in self.layouts.get(file, []))


def read_files(
    files: Sequence[Source],
    limits: Limits,
    on_read: Callable[[int], object] = lambda done: None,
    mappings: Mapping[str, Mapping[str, str]] | None = None,
    *,
    choices: Mapping[str, str] | None = None,
    today: dt.date | None = None,
) -> Reading:
    """Read files of any known layout, in any order.

    Parameters
    ----------
    on_read
        Hears how many files are done.
    mappings
        Remembered headers beside those the layouts know: layout -> folded header -> field.
    choices
        Which column is meant where several could be: field -> header or letters of the column.
    today
        The day on which a year must be over to be that of a recap; None asks for nothing.
    """
    reading = Reading(list(files))
    layouts = [with_headers(layout, (mappings or {}).get(layout.key, {})) for layout in LAYOUTS]
    for number, sheets in enumerate(_read_ahead(files, limits)):
        if isinstance(sheets, UnreadableFile):
            reading.faults.append(Fault.from_error(files[number].name, sheets))
        else:
            _read_file(reading, number, sheets, layouts, _Asked(choices or {}, today))
        on_read(number + 1)
    reading.parsed.clear()
    return reading


def _read_ahead(files: Sequence[Source], limits: Limits) -> Iterator[list[Sheet] | UnreadableFile]:
    """The sheets of each file, or why it cannot be read; the next is read while one is looked at."""
    with Sandbox(limits) as sandbox, ThreadPoolExecutor(1) as reader:
        asked = (reader.submit(sandbox.read, file.name, file.content) for file in files)
        for coming, _ in pairwise(chain(asked, [None])):
            assert coming is not None  # only the last stands alone
            try:
                yield coming.result()
            except UnreadableFile as error:
                yield error


@dataclass(frozen=True)
class _Asked:
    """What whoever imports has said: which columns are meant, and which day it is."""

    choices: Mapping[str, str]
    today: dt.date | None


def _read_file(reading: Reading, number: int, sheets: list[Sheet], layouts: Sequence[Layout], asked: _Asked) -> None:
    name = reading.files[number].name
    sheets = [split_name_and_nip(sheet) for sheet in sheets]
    filled = [sheet for sheet in sheets if any(not layouts_module.is_blank(row) for row in sheet.rows)]
    if not filled:
        reading.faults.append(Fault(name, N_("the workbook has no filled sheet; expected a table")))
        return
    incomplete = []
    for sheet in filled:
        matches = recognise(sheet, layouts, asked.choices)
        if matches and not matches[0].missing:
            reading.layouts.setdefault(number, []).append(matches[0].layout)
            before = len(reading.faults)
            if matches[0].ambiguous:
                reading.faults += [
                    ask_which_column(name, sheet, matches[0], field_name, places, matches[0].header_row + 1)
                    for field_name, places in matches[0].ambiguous.items()
                ]
            else:
                _read_sheet(reading, number, sheet, matches[0], asked)
            if sheet.is_hidden and len(reading.faults) > before:
                reading.faults.insert(before, Fault(name, _HIDDEN_SHEET, sheet=sheet.name))
            if sheet.is_hidden or sheet.hidden_rows or sheet.hidden_columns:
                letters = tuple(column_letters(column) for column in sheet.hidden_columns)
                reading.hidden.append(HiddenParts(name, sheet.name, sheet.is_hidden, sheet.hidden_rows, letters))
        else:
            incomplete.append((sheet, matches))
    for sheet, matches in incomplete:
        close = next((match for match in matches if len(match.columns) >= 3), None)
        if number in reading.layouts and close is None and not _names_people(sheet):
            reading.skipped_sheets.append((name, sheet.name))
        else:
            reading.faults.append(_unknown_layout(name, sheet, matches, close))


_HIDDEN_SHEET = N_("the sheet is hidden; show it and mend what is wrong in it, or delete it")


def _names_people(sheet: Sheet) -> bool:
    """Whether a sheet without a known header holds NIPs: people who must not get lost. That of the templates is an example."""
    cells = (cell for row in sheet.rows for cell in row)
    return any(isinstance(cell, str) and is_nip(cell) and cell.strip() != EXAMPLE_NIP for cell in cells)


def _unknown_layout(name: str, sheet: Sheet, matches: list[Match], close: Match | None) -> Fault:
    of_part = next(filter(None, (find_part_of_year(sheet, match) for match in matches)), "")
    if of_part:
        return Fault(name, OF_PARTS, {"column": of_part}, sheet=sheet.name)
    slips = {match.layout.key: find_misspelt(sheet, match) for match in matches}
    nearly = max(matches, key=lambda match: len(match.columns) + len(slips[match.layout.key]), default=None)
    if nearly and slips[nearly.layout.key]:
        written, meant = next(iter(slips[nearly.layout.key].items()))
        return Fault(
            name,
            N_("the sheet looks like “{layout}”, and “{written}” like its column “{meant}”; write it so"),
            {"layout": nearly.layout.title["id"], "written": written, "meant": meant},
            sheet=sheet.name,
            row=nearly.first_data_row,
            offer=MappingOffer(nearly.layout.key, list_free_headers(sheet, nearly), nearly.missing_fields()),
        )
    if close:
        return Fault(
            name,
            N_("the sheet looks like “{layout}” but lacks the column {columns}"),
            {"layout": close.layout.title["id"], "columns": ", ".join(close.missing)},
            sheet=sheet.name,
            offer=MappingOffer(close.layout.key, list_free_headers(sheet, close), close.missing_fields()),
        )
    row = _likely_header(sheet)
    headers = _texts_of(sheet.rows[row]) if row is not None else ()
    nearest = matches[0] if matches else None
    if nearest is None:
        message = N_(
            "the layout of the sheet is not known: row {row} looks like its header ({headers}), and no layout has these columns; "
            "take one of the templates, or say which column is which"
        )
        values = {"row": (row or 0) + 1, "headers": ", ".join(headers[:8]) or "–"}
    else:
        message = N_(
            "the layout of the sheet is not known: with row {row} as its header it is nearest to “{layout}”, which also needs "
            "{columns}; add them, or say which column is which"
        )
        values = {
            "row": nearest.header_row + 1,
            "layout": nearest.layout.title["id"],
            "columns": ", ".join(nearest.missing),
        }
    return Fault(name, message, values, sheet=sheet.name, offer=MappingOffer("", headers, ()))


def _likely_header(sheet: Sheet) -> int | None:
    """The row that looks most like a header: the one with the most texts that differ, the first of several."""
    rows = sheet.rows[: layouts_module.HEADER_ROWS]
    return max(range(len(rows)), key=lambda at: (len(_texts_of(rows[at])), -at), default=None)


def _texts_of(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.strip() for cell in row if isinstance(cell, str) and fold_text(cell)))


def _read_sheet(reading: Reading, number: int, sheet: Sheet, match: Match, asked: _Asked) -> None:
    layout, file_name = match.layout, reading.files[number].name
    inside, outside = split_rows(file_name, sheet, match)
    reading.left_out += outside
    columns = {
        column.field: f"{column_letters(index + 1)} ({' '.join(_header_text(sheet, match, index).split())})"
        for index, column in match.columns.items()
    }
    reading.columns.setdefault(number, {})[sheet.name[:100]] = columns
    from_title = None
    if (layout.from_title and layout.from_title not in match.fields) or _lacks_some(inside, match):
        try:
            below = [sheet.rows[left.row - 1] for left in outside if left.reason == REMARK]
            signed = [] if layout.from_title in match.fields else below
            from_title = _value_from_titles(file_name, sheet, match, signed, asked.today)
        except UnclearYear as error:
            reading.faults.append(Fault.from_error(file_name, error, sheet=sheet.name))
            return
    if match.years and (fault := find_contradiction(file_name, sheet, match)):
        reading.faults.append(fault)
        return
    level = find_assessed_level(titles_above(sheet, match)) if layout.kind == "competency_assessment" else None
    reading.sheets.append(
        ReadSheet(
            file_name,
            sheet.name,
            layout,
            match.header_row + 1,
            columns,
            list_free_headers(sheet, match),
            from_title,
            len(inside),
            level,
        )
    )
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
    misread = list_misread(file_name, sheet, match, inside, outside, from_title)
    if misread:
        # What every row would say again in other words.
        reading.faults += misread
        return
    sheet_rows = SheetRows(number, file_name, sheet.name, fill_units(inside, match, outside))
    read_records(sheet_rows, match, from_title, asked.today, reading.parsed)
    for record in sheet_rows.records if level else ():
        record.values["made_for"] = record.values.get("made_for") or level
    reading.records += sheet_rows.records
    reading.faults += sheet_rows.faults
    reading.left_out += sheet_rows.left_out


def _lacks_some(inside: list[tuple[int, Row]], match: Match) -> bool:
    """Whether the column that gives the year or date is empty in some row."""
    name = match.layout.from_title
    at = next((index for index, column in match.columns.items() if column.field == name), None)
    return at is not None and any(at >= len(row) or not str(row[at]).strip() for _, row in inside)


def _header_text(sheet: Sheet, match: Match, index: int) -> str:
    """The header as the file writes it; on two rows the lower one that says something."""
    for row in reversed(sheet.rows[max(match.first_data_row - 2, 0) : match.first_data_row]):
        if index < len(row) and isinstance(row[index], str) and fold_text(str(row[index])):
            return str(row[index])[:80]
    return match.columns[index].headers[0]


def _value_from_titles(
    file_name: str, sheet: Sheet, match: Match, below: Sequence[Row], today: dt.date | None
) -> dt.date | int | None:
    """The year or date that the titles above the table give.

    The date of an assessment may also stand in the signature block ``below``; the year of an appraisal may not, since
    recaps are signed a year later.
    """
    titles = titles_above(sheet, match)
    if match.layout.from_title == "year":
        return find_year(titles, file_name, today)
    if match.layout.from_title:
        signed = [cell for row in below for cell in row if isinstance(cell, str)]
        return find_date(titles, signed, file_name, today)
    return None
