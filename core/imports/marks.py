"""What calamine does not tell of a sheet, read from its XML or its records: errors, percent formats, formulas without
a result, hidden rows and columns.

Excel's binary workbooks (xlsb) are looked through for errors alone.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Mapping
from typing import IO, cast

import xlrd
from lxml import etree

from core.imports.faults import UnreadableFile
from core.imports.values import ERROR_TEXT, CellProblem, Marks, Percent, column_number
from core.talent.messages import N_

#: Number formats of Excel that are percent without being written down in the workbook.
_PERCENT_IDS = frozenset({9, 10})
#: Columns named as hidden at most; more are a filter over everything.
_MOST = 16_384
_TRUE = ("1", "true")
#: Codes of errors in Excel's binary formats.
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]


def _parse(stream: IO[bytes], *tags: str) -> Iterator[etree._Element]:
    """Finished elements of some local names; each is emptied once it was looked at. No entity is ever resolved."""
    names = [f"{{*}}{tag}" for tag in tags]
    for _, element in etree.iterparse(
        stream, events=("end",), tag=names, resolve_entities=False, no_network=True, huge_tree=True
    ):
        yield element
        element.clear(keep_tail=False)
        while element.getprevious() is not None and element.getparent() is not None:
            del element.getparent()[0]


def _is_percent(code: str) -> bool:
    """Whether a number format shows a percentage; a percent sign in quotes does not."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


def find_percent_styles(styles_xml: bytes) -> frozenset[int]:
    """Numbers of the cell styles of an xlsx workbook that show a percentage."""
    if not styles_xml:
        return frozenset()
    root = _fromstring(styles_xml)
    ids = set(_PERCENT_IDS)
    for element in root.iter("{*}numFmt"):
        if _is_percent(element.get("formatCode", "")) and element.get("numFmtId", "").isdigit():
            ids.add(int(element.get("numFmtId", "")))
    styles = root.find("{*}cellXfs")
    if styles is None:
        return frozenset()
    return frozenset(at for at, xf in enumerate(styles) if int(xf.get("numFmtId") or 0) in ids)


#: A cell with a value and no formula, as all programs write nearly all of them; its column.
_PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})\d{1,7}"(?: s="\d+")?(?:'
    rb' t="s"><v>[^<]+</v></c>'
    rb'|(?: t="(?:n|b|d|str|inlineStr)")?(?:/>|>(?:<v>[^<]+</v>|<is><t[^>]*>[^<]*</t></is>)?</c>))'
)
_ANY_CELL = re.compile(rb"[<:]c[\s/>]")
_ROW = re.compile(rb'<row r="(\d{1,7})"')
#: What plain sheets do not hold: comments, DOCTYPE, character references that could hide a mark; hidden rows or columns;
#: characters of two bytes.
_NOT_PLAIN = (b"<!", b"&#", b"hidden", b"\0")


def is_plain_xlsx(sheet: bytes, percent: frozenset[int], cells_at_most: int) -> bool:
    """Whether a sheet of an xlsx workbook certainly has no marks: every cell is a plain one, and none lies far outside.

    Several times faster than ``look_through_xlsx``, which has the last word on all other sheets.
    """
    if any(mark in sheet for mark in (*_NOT_PLAIN, *(b' s="%d"' % style for style in percent))):
        return False
    columns = _PLAIN_CELL.findall(sheet)
    if len(columns) != len(_ANY_CELL.findall(sheet)):
        return False
    width = max((column_number(letters.decode()) for letters in set(columns)), default=0)
    return width * max(map(int, _ROW.findall(sheet)), default=0) <= cells_at_most


def look_through_xlsx(stream: IO[bytes], percent: frozenset[int], cells_at_most: int) -> Marks:
    """The marks of one sheet of an xlsx workbook.

    Raises
    ------
    UnreadableFile
        When the sheet spans more cells than allowed.
    """
    marks = Marks()
    last_row = last_column = row_at = -1
    finders: dict[str | None, etree.XPath] = {}
    for element in _parse(stream, "row", "col"):
        if _local(element.tag) == "col":
            if element.get("hidden") in _TRUE:
                first, last = (int(element.get(end) or 0) for end in ("min", "max"))
                marks.columns.update(range(first, min(last, first + _MOST) + 1))
            continue
        end = element[-1] if len(element) else None
        place = _PLACE.fullmatch(end.get("r", "")) if end is not None else None
        number = element.get("r", "")
        row_at = int(number) - 1 if number.isdigit() and len(number) < 9 else int(place[2]) - 1 if place else row_at + 1
        last_row = max(last_row, int(place[2]) - 1 if place else row_at)
        last_column = max(last_column, column_number(place[1]) - 1 if place else len(element) - 1)
        if (last_row + 1) * (last_column + 1) > cells_at_most:
            raise too_wide(last_row + 1, last_column + 1, cells_at_most)
        if element.get("hidden") in _TRUE:
            marks.rows.add(row_at + 1)
        space = etree.QName(element).namespace
        if space not in finders:
            finders[space] = _find_suspects(space, percent)
        for cell in cast(list[etree._Element], finders[space](element)):
            value = _put_right(cell, percent)
            own = _PLACE.fullmatch(cell.get("r", ""))
            if value is not None:
                at = (int(own[2]) - 1, column_number(own[1]) - 1) if own else (row_at, element.index(cell))
                marks.cells[at] = value
    return marks


def _find_suspects(space: str | None, percent: frozenset[int]) -> etree.XPath:
    """What finds the cells of a row that may have to be put right; the others need not pass through Python."""
    shown = "".join(f" or @s='{style}'" for style in sorted(percent))
    return etree.XPath(f"x:c[@t='e' or x:f or (@t='s' and not(x:v/text())){shown}]", namespaces={"x": space or "none"})


def too_wide(rows: int, columns: int, limit: int) -> UnreadableFile:
    """The answer to a sheet with a cell far outside its table."""
    return UnreadableFile(
        N_(
            "a sheet spans {rows} rows and {columns} columns, more than {limit} cells; delete what lies outside the table"
        ),
        rows=rows,
        columns=columns,
        limit=limit,
    )


def _put_right(cell: etree._Element, percent: frozenset[int]) -> object:
    """What a cell is where calamine would say something else; None where it is right."""
    kind = cell.get("t", "n")
    if kind not in ("n", "e", "s") and cell.find("{*}f") is None:
        return None
    value = cell.findtext("{*}v") or ""
    if kind == "e":
        return CellProblem(value or "#N/A", True)
    if not value:
        formula = cell.find("{*}f")
        # A text as a result may well be empty; a number may not.
        if formula is not None and kind != "str":
            return CellProblem("=" + (formula.text or "").strip()[:60], False)
        return "" if kind == "s" else None
    if kind == "n" and percent and int(cell.get("s") or 0) in percent:
        return as_percent(value)
    return None


def as_percent(value: object) -> Percent | None:
    """A stored fraction as the percentage a person reads; None where it is no number."""
    try:
        return Percent(round(float(value) * 100, 9))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def look_through_ods(stream: IO[bytes], cells_at_most: int) -> dict[str, Marks]:
    """The marks of every sheet of an ods workbook, by its name."""
    by_sheet: dict[str, Marks] = {}
    for table in _parse(stream, "table"):
        marks = by_sheet.setdefault(_attribute(table, "name"), Marks())
        row_at = column_at = 0
        for column in table.iter("{*}table-column"):
            count = _repeated(column, "number-columns-repeated")
            if _attribute(column, "visibility") in ("collapse", "filter") and count < _MOST:
                marks.columns.update(range(column_at + 1, column_at + count + 1))
            column_at += count
        for row in table.iter("{*}table-row"):
            count = _repeated(row, "number-rows-repeated")
            if _attribute(row, "visibility") in ("collapse", "filter") and count <= _MOST:
                marks.rows.update(range(row_at + 1, row_at + count + 1))
            width = _look_through_ods_row(row, row_at, count, marks)
            if width * (row_at + count) > cells_at_most:
                raise too_wide(row_at + count, width, cells_at_most)
            row_at += count
    return by_sheet


def _look_through_ods_row(row: etree._Element, row_at: int, count: int, marks: Marks) -> int:
    """Note the cells of a row that are to be put right; the width of what it holds."""
    at = width = 0
    for cell in row:
        if not isinstance(cell.tag, str) or _local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        repeated = _repeated(cell, "number-columns-repeated")
        kind = _attribute(cell, "value-type")
        text = "".join(map(str, cell.itertext())).strip()
        value: object = None
        if "error" in (_attribute_of(cell, "value-type", "calcext"), kind) or ERROR_TEXT.fullmatch(text):
            value = CellProblem(text or "#N/A", True)
        elif kind == "percentage":
            value = as_percent(_attribute(cell, "value"))
        elif _attribute(cell, "formula") and not kind and not text:
            value = CellProblem(_attribute(cell, "formula")[:60], False)
        if value is not None and count * repeated <= _MOST:
            for down in range(count):
                for right in range(repeated):
                    marks.cells[row_at + down, at + right] = value
        at += repeated
        if kind or text:
            width = at
    return width


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name; of two alike the one that is not an extension."""
    return next(
        (str(value) for key, value in element.attrib.items() if _local(str(key)) == name and "calc/" not in str(key)),
        "",
    )


def _attribute_of(element: etree._Element, name: str, prefix: str) -> str:
    uri = element.nsmap.get(prefix)
    return str(element.get(f"{{{uri}}}{name}", "")) if uri else ""


def _repeated(element: etree._Element, name: str) -> int:
    text = _attribute(element, name)
    return max(1, int(text)) if text.isdigit() and len(text) < 10 else 1


def look_through_xls(content: bytes, cells_at_most: int) -> dict[str, Marks]:
    """The marks of every sheet of an Excel 97 workbook, by its name; none where xlrd cannot read it."""
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except (
        xlrd.biffh.XLRDError,
        struct.error,
        IndexError,
        KeyError,
        ValueError,
        AssertionError,
        TypeError,
        OverflowError,
    ):
        return {}
    percent = {at for at, xf in enumerate(book.xf_list) if _is_percent(_format_of(book.format_map, xf.format_key))}
    by_sheet = {}
    for sheet in book.sheets():
        if sheet.nrows * sheet.ncols > cells_at_most:
            raise too_wide(sheet.nrows, sheet.ncols, cells_at_most)
        marks = by_sheet[sheet.name] = Marks()
        marks.rows.update(at + 1 for at, info in sheet.rowinfo_map.items() if info.hidden)
        marks.columns.update(at + 1 for at, info in sheet.colinfo_map.items() if info.hidden and at < _MOST)
        for row_at in range(sheet.nrows):
            for column_at, kind in enumerate(sheet.row_types(row_at)):
                if kind == xlrd.XL_CELL_ERROR:
                    code = sheet.cell_value(row_at, column_at)
                    marks.cells[row_at, column_at] = CellProblem(_ERRORS.get(int(code), "#N/A"), True)
                elif kind == xlrd.XL_CELL_NUMBER and sheet.cell_xf_index(row_at, column_at) in percent:
                    marks.cells[row_at, column_at] = as_percent(sheet.cell_value(row_at, column_at))
    return by_sheet


def _format_of(formats: Mapping[int, xlrd.formatting.Format], key: int) -> str:
    known = formats.get(key)
    return "0%" if key in _PERCENT_IDS and known is None else known.format_str if known else ""


def sheet_names(workbook_xml: bytes, relations: bytes) -> dict[str, str]:
    """Name of each sheet of an xlsx workbook by its file inside the archive."""
    targets = _targets(relations)
    names = {}
    for sheet in _fromstring(workbook_xml).iter("{*}sheet"):
        relation = next((str(value) for key, value in sheet.attrib.items() if _local(str(key)) == "id"), "")
        if relation in targets:
            names[targets[relation]] = sheet.get("name", "")
    return names


def sheet_names_xlsb(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Name of each sheet of an xlsb workbook by its file inside the archive."""
    targets = _targets(relations)
    names = {}
    for kind, data in _records(io.BytesIO(workbook)):
        if kind == 156 and len(data) > 12:  # a sheet: state, number, relation, name
            length = int.from_bytes(data[8:12], "little")
            relation = data[12 : 12 + 2 * length].decode("utf-16-le", "replace")
            rest = data[12 + 2 * length :]
            name = rest[4 : 4 + 2 * int.from_bytes(rest[:4], "little")].decode("utf-16-le", "replace")
            if relation in targets:
                names[targets[relation]] = name
    return names


def _fromstring(content: bytes) -> etree._Element:
    return etree.fromstring(content or b"<none/>", etree.XMLParser(resolve_entities=False, no_network=True))


def _targets(relations: bytes) -> dict[str, str]:
    """The file of each relation of a workbook."""
    return {
        relation.get("Id", ""): "xl/" + relation.get("Target", "").lstrip("/").removeprefix("xl/")
        for relation in _fromstring(relations).iter("{*}Relationship")
    }


def find_percent_styles_xlsb(styles: bytes) -> frozenset[int]:
    """Numbers of the cell styles of an xlsb workbook that show a percentage."""
    ids, styles_at, inside = set(_PERCENT_IDS), [], False
    for kind, data in _records(io.BytesIO(styles)):
        if kind == 44 and len(data) >= 6:  # a number format of the workbook's own
            length = int.from_bytes(data[2:6], "little")
            if _is_percent(data[6 : 6 + 2 * length].decode("utf-16-le", "replace")):
                ids.add(int.from_bytes(data[:2], "little"))
        elif kind == 617:
            inside = True
        elif kind == 618:
            inside = False
        elif kind == 47 and inside:
            styles_at.append(int.from_bytes(data[2:4], "little"))
    return frozenset(at for at, number in enumerate(styles_at) if number in ids)


def look_through_xlsb(stream: IO[bytes], percent: frozenset[int], cells_at_most: int) -> Marks:
    """The marks of one sheet of an xlsb workbook."""
    marks = Marks()
    row_at = last_column = 0
    for kind, data in _records(stream):
        if kind == 0 and len(data) >= 13:  # a row
            row_at = int.from_bytes(data[:4], "little")
            if data[11] & 0x10:
                marks.rows.add(row_at + 1)
        elif 1 <= kind <= 11 and len(data) >= 8:  # a cell
            column_at = int.from_bytes(data[:4], "little")
            if kind != 1:
                last_column = max(last_column, column_at)
            if (row_at + 1) * (last_column + 1) > cells_at_most:
                raise too_wide(row_at + 1, last_column + 1, cells_at_most)
            style = int.from_bytes(data[4:7], "little")
            if kind in (3, 11) and len(data) >= 9:
                marks.cells[row_at, column_at] = CellProblem(_ERRORS.get(data[8], "#N/A"), True)
            elif kind in (2, 5, 9) and style in percent:
                marks.cells[row_at, column_at] = as_percent(_number_of(kind, data))
        elif kind == 60 and len(data) >= 18 and data[16] & 1:  # columns, hidden
            first, last = (int.from_bytes(data[at : at + 4], "little") for at in (0, 4))
            marks.columns.update(range(first + 1, min(last, first + _MOST) + 2))
    return marks


def _number_of(kind: int, data: bytes) -> float | None:
    if kind == 2 and len(data) >= 12:
        packed = int.from_bytes(data[8:12], "little")
        number = (
            float(int.from_bytes(data[8:12], "little", signed=True) >> 2)
            if packed & 2
            else struct.unpack("<d", b"\0\0\0\0" + (packed & 0xFFFFFFFC).to_bytes(4, "little"))[0]
        )
        return number / 100 if packed & 1 else number
    return struct.unpack("<d", data[8:16])[0] if len(data) >= 16 else None


def _records(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an xlsb workbook: their kind and their bytes."""

    def varint(most: int) -> int | None:
        value = 0
        for at in range(most):
            byte = stream.read(1)
            if not byte:
                return None
            value |= (byte[0] & 0x7F) << (7 * at)
            if byte[0] < 0x80:
                break
        return value

    while True:
        first = stream.read(1)
        if not first:
            return
        kind = first[0]
        if kind & 0x80:
            second = stream.read(1)
            if not second:
                return
            kind = (kind & 0x7F) | (second[0] & 0x7F) << 7
        length = varint(4)
        if length is None:
            return
        yield kind, stream.read(length)
