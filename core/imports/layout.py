"""What a layout is, and how a sheet's layout and header row are recognised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.imports.cells import Parser, date
from core.imports.reader import Row, Sheet
from core.talent.errors import InvalidValue
from core.talent.vocabulary import fold_text

#: Header rows are looked for this far down.
HEADER_ROWS = 30


@dataclass(frozen=True)
class Column:
    """A column: the fact field it fills, the headers it goes by, how its cells are read.

    ``required`` columns must be there for the layout to be recognised; ``filled`` ones must also
    hold a value in every row.
    """

    field: str
    headers: tuple[str, ...]
    parse: Parser
    required: bool = False
    filled: bool = False
    example: object = ""


@dataclass(frozen=True)
class Layout:
    """A file layout: its columns, the kind of fact a row becomes, how a row names its person.

    ``identify`` lists fields of which any one set must be among the columns: a NIP, a PNS ID, or
    name and unit. ``from_title`` names a fact field (a year or date) that the titles above the
    table give where there is no such column. ``finish`` may rework a row's values.
    """

    key: str
    title: Mapping[str, str]
    kind: str
    columns: tuple[Column, ...]
    identify: tuple[tuple[str, ...], ...] = (("nip",),)
    from_title: str = ""
    finish: Callable[[dict[str, object]], dict[str, object] | None] = field(default=lambda values: values)
    is_template: bool = False

    def column_of(self) -> dict[str, Column]:
        """Columns by folded header."""
        return {fold_text(header): column for column in self.columns for header in column.headers}

    def missing(self, fields: set[str]) -> list[str]:
        """Headers that are still needed, given the fields whose columns were found."""
        lacking = [column.headers[0] for column in self.columns if column.required and column.field not in fields]
        if not any(set(way) <= fields for way in self.identify):
            by_field = {column.field: column.headers[0] for column in self.columns}
            lacking.append(" / ".join(" + ".join(by_field[name] for name in way) for way in self.identify))
        return list(dict.fromkeys(lacking))


@dataclass(frozen=True)
class Match:
    """A layout found in a sheet: the rows of its header and the position of each column."""

    layout: Layout
    first_data_row: int
    columns: Mapping[int, Column]
    missing: tuple[str, ...]

    @property
    def fields(self) -> set[str]:
        """Fields whose columns were found."""
        return {column.field for column in self.columns.values()}

    def missing_fields(self) -> tuple[str, ...]:
        """Fields that are still needed; where any of several would do, all of them."""
        layout = self.layout
        lacking = [column.field for column in layout.columns if column.required and column.field not in self.fields]
        if not any(set(way) <= self.fields for way in layout.identify):
            lacking += [name for way in layout.identify for name in way if name not in self.fields]
        return tuple(dict.fromkeys(lacking))


def with_headers(layout: Layout, headers: Mapping[str, str]) -> Layout:
    """A layout that also knows some remembered headers (folded header -> field)."""
    if not headers:
        return layout
    columns = tuple(
        replace(column, headers=(*column.headers, *(h for h, field in headers.items() if field == column.field)))
        for column in layout.columns
    )
    return replace(layout, columns=columns)


def recognise(sheet: Sheet, layouts: Sequence[Layout]) -> list[Match]:
    """Every layout's best match in a sheet, the best first.

    A complete match comes before an incomplete one, then the one with more columns found. A
    header may stand on one row or on two rows under merged titles.
    """
    tables = {layout.key: layout.column_of() for layout in layouts}
    by_layout: dict[str, Match] = {}
    for top, row in enumerate(sheet.rows[:HEADER_ROWS]):
        below = sheet.rows[top + 1] if top + 1 < len(sheet.rows) else []
        single = [fold_text(cell) if isinstance(cell, str) else "" for cell in row]
        under = [fold_text(cell) if isinstance(cell, str) else "" for cell in below]
        width = max(len(single), len(under))
        single += [""] * (width - len(single))
        under += [""] * (width - len(under))
        for layout in layouts:
            table = tables[layout.key]
            for height in (1, 2):
                headers = [
                    under[index] if height == 2 and under[index] in table else single[index] for index in range(width)
                ]
                columns = _positions(headers, table)
                fields = {column.field for column in columns.values()}
                match = Match(layout, top + height, columns, tuple(layout.missing(fields)))
                best = by_layout.get(layout.key)
                if columns and (best is None or _quality(match) > _quality(best)):
                    by_layout[layout.key] = match
    return sorted(by_layout.values(), key=_quality, reverse=True)


def _positions(headers: Sequence[str], table: Mapping[str, Column]) -> dict[int, Column]:
    """Columns by their position; of two headers for one field the one its column names first counts."""
    chosen: dict[str, tuple[int, int]] = {}  # field -> rank of the header, position
    for index, header in enumerate(headers):
        if header not in table:
            continue
        column = table[header]
        preference = [fold_text(name) for name in column.headers].index(header)
        if column.field not in chosen or preference < chosen[column.field][0]:
            chosen[column.field] = (preference, index)
    return {index: table[headers[index]] for _, index in sorted(chosen.values(), key=lambda pair: pair[1])}


def _quality(match: Match) -> tuple[bool, int, float]:
    share = len(match.columns) / len(match.layout.columns)
    return (not match.missing, len(match.columns), share)


def titles_above(sheet: Sheet, match: Match) -> list[str]:
    """Texts above the header row, and the sheet's name."""
    rows = sheet.rows[: match.first_data_row - 1]
    return [*(cell for row in rows for cell in row if isinstance(cell, str) and cell.strip()), sheet.name]


def is_blank(row: Row) -> bool:
    """Whether a row has no visible content."""
    return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in row)


def date_in(texts: Sequence[str]) -> dt.date | None:
    """The first date written in some texts, else 1 January of the first year named.

    The first day of the year is the cautious reading: an assessment expires earliest by it.
    """
    for words in texts:
        for candidate in re.findall(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{4}", words):
            try:
                return date(candidate)
            except InvalidValue:
                continue
    year = year_in(texts)
    return dt.date(year, 1, 1) if year else None


def year_in(texts: Sequence[str]) -> int | None:
    """The first year 2000-2099 written in some texts."""
    for words in texts:
        if match := re.search(r"(?<!\d)20\d\d(?!\d)", words):
            return int(match[0])
    return None
