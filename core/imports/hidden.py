"""Hidden rows and columns of xlsx and ods sheets: they are read like the others, and told.

calamine does not say what is hidden, so the sheets' XML is looked through for it. Excel 97 files
keep it in binary records that are not looked through.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ROW = re.compile(rb"<row ([^>]*)>")
_COLUMN = re.compile(rb"<col ([^>]*)>")
_SHEET = re.compile(rb"<sheet ([^>]*)>")
_RELATION = re.compile(rb"<Relationship ([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_ODS = re.compile(rb"<table:(table|table-row|table-column) ?([^>]*)>")
#: Enough of one block's end to find a tag that a block border cuts.
TAIL = 512
#: Columns named at most; more are a filter over everything.
_MOST = 16_384


@dataclass
class Hidden:
    """Numbers (from 1) of the hidden rows and columns of a sheet."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): html.unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(tag)}


def look_through(block: bytes, hidden: Hidden) -> None:
    """Note what a piece of an xlsx sheet's XML hides."""
    if b"hidden=" not in block:
        return
    for tag in _ROW.findall(block):
        row = _attributes(tag)
        if row.get("hidden") in ("1", "true") and row.get("r", "").isdigit():
            hidden.rows.add(int(row["r"]))
    for tag in _COLUMN.findall(block):
        column = _attributes(tag)
        if column.get("hidden") in ("1", "true"):
            first, last = (int(column.get(end, "0") or 0) for end in ("min", "max"))
            hidden.columns.update(range(first, min(last, first + _MOST) + 1))


def sheet_names(workbook_xml: bytes, relations: bytes) -> dict[str, str]:
    """Name of each sheet by its file inside the archive."""
    targets = {}
    for tag in _RELATION.findall(relations):
        relation = _attributes(tag)
        target = relation.get("Target", "").lstrip("/").removeprefix("xl/")
        targets[relation.get("Id", "")] = f"xl/{target}"
    names = {}
    for tag in _SHEET.findall(workbook_xml):
        sheet = _attributes(tag)
        if sheet.get("r:id") in targets:
            names[targets[sheet["r:id"]]] = sheet.get("name", "")
    return names


def hidden_in_ods(content_xml: bytes) -> dict[str, Hidden]:
    """What the sheets of an ods hide, by name."""
    found: dict[str, Hidden] = {}
    here, row, column = Hidden(), 0, 0
    for kind, attributes in _tags(content_xml):
        if kind == b"table":
            here, row, column = found.setdefault(attributes.get("table:name", ""), Hidden()), 0, 0
            continue
        is_hidden = attributes.get("table:visibility") in ("collapse", "filter")
        name = "table:number-rows-repeated" if kind == b"table-row" else "table:number-columns-repeated"
        count = int(attributes.get(name, "1")) if attributes.get(name, "1").isdigit() else 1
        if kind == b"table-row":
            if is_hidden and count <= _MOST:
                here.rows.update(range(row + 1, row + count + 1))
            row += count
        else:
            if is_hidden and count < _MOST:
                here.columns.update(range(column + 1, column + count + 1))
            column += count
    return found


def _tags(content_xml: bytes) -> Iterator[tuple[bytes, dict[str, str]]]:
    for kind, tag in _ODS.findall(content_xml):
        yield kind, _attributes(tag)
