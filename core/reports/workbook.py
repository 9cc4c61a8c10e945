"""Write workbooks and csv in which nothing from the data is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
import xlsxwriter


@dataclass(frozen=True)
class Table:
    """A sheet: titles above, merged groups over the header, the header, rows, a signature block.

    ``groups``: (text, first column, last column) of a merged row over the header, from 0.
    """

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[object]]
    titles: Sequence[str] = ()
    signature: Sequence[str] = ()
    groups: Sequence[tuple[str, int, int]] = field(default_factory=tuple)


def workbook(tables: Sequence[Table], created: dt.datetime | None = None) -> bytes:
    """An xlsx file: numbers stay numbers, dates dates, and every text is written as text.

    With ``created`` (now by default) the same tables give the same bytes.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": created} if created else {})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        title = book.add_format({"bold": True, "align": "center"})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for table in tables:
            sheet = book.add_worksheet(table.name[:31])
            sheet.set_column(0, max(len(table.headers) - 1, 0), 18)
            top = 0
            for text in table.titles:
                if len(table.headers) > 1:
                    sheet.merge_range(top, 0, top, len(table.headers) - 1, text, title)
                else:
                    sheet.write_string(top, 0, text, title)
                top += 1
            top += bool(table.titles)
            for text, first, last in table.groups:
                sheet.merge_range(top, first, top, last, text, bold)
            grouped = {column for _, first, last in table.groups for column in range(first, last + 1)}
            for column, header in enumerate(table.headers):
                if table.groups and column not in grouped:
                    sheet.merge_range(top, column, top + 1, column, header, bold)
                else:
                    sheet.write_string(top + bool(table.groups), column, header, bold)
            top += 1 + bool(table.groups)
            for row in table.rows:
                for column, value in enumerate(row):
                    _write(sheet, top, column, value, day)
                top += 1
            for offset, text in enumerate(table.signature, start=2):
                sheet.write_string(top + offset, max(len(table.headers) - 2, 0), text)
    return buffer.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, day: object) -> None:
    if value is None or value == "" or (not isinstance(value, str) and pd.isna(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:32_000])


def frame_workbook(name: str, frame: pd.DataFrame, titles: Sequence[str] = ()) -> bytes:
    """A frame as a workbook."""
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return workbook([Table(name, [str(column) for column in frame.columns], rows, titles)])


#: What is seen nowhere and stands before a sign all the same: marks of order and width, joiners, NUL.
_UNSEEN = r"[\s\x00-\x1f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*"
#: A sign that begins a formula, also full-width, at the beginning of a cell or of what a list separator makes one.
_FORMULA = re.compile(rf"(^|[;,\t\r\n]){_UNSEEN}(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(value: object) -> object:
    """A csv cell that no spreadsheet takes for a formula, whichever list separator it goes by; without control characters."""
    return _FORMULA.sub(r"\1'", _CONTROL.sub("", value)) if isinstance(value, str) else value


def frame_csv(frame: pd.DataFrame) -> str:
    """A frame as csv with harmless cells; missing is empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([harmless(str(name)) for name in frame.columns])
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        writer.writerow([harmless(value) for value in row])
    return buffer.getvalue()
