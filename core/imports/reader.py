"""Open a workbook or csv of any office program and hand out its sheets as plain rows.

Guards against what is no workbook, is locked with a password, or would fill the memory. A cell is
a str, float, int, bool, date or datetime; "" where empty.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from core.imports.faults import UnreadableFile
from core.imports.hidden import TAIL, Hidden, hidden_in_ods, look_through, sheet_names
from core.talent.messages import N_

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
_CHUNK = 1 << 20
#: What the readers of the standard library raise on bytes that are no sound archive; NotImplementedError
#: is what zipfile says of a version of the format it does not know.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    OverflowError,
)
#: Larger ods files (packed) are not looked through for hidden rows.
_ODS_LOOKED_THROUGH = 8 * 2**20

Row = list[object]


@dataclass(frozen=True)
class Limits:
    """How much a file may hold once unpacked."""

    unpacked_bytes: int = 500 * 2**20
    cells: int = 10_000_000


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and rows; ``rows[0]`` is row 1 of the sheet. What is hidden is counted from 1."""

    name: str
    rows: list[Row]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    is_hidden: bool = False


def read_sheets(name: str, content: bytes, limits: Limits) -> list[Sheet]:
    """Read every sheet of a file.

    Raises
    ------
    UnreadableFile
        When it is empty, no workbook, truncated, locked with a password, or too large.
    """
    if not content.strip(b"\0 \r\n\t"):
        raise UnreadableFile(N_("the file is empty; expected a workbook (xlsx, xls, ods) or csv"))
    if content.startswith(b"PK"):
        return _read_zipped(content, limits)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableFile(N_("the workbook is locked with a password; save it without one"))
        return _read_workbook(content)
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        return [_read_csv(content, limits)]
    raise UnreadableFile(N_("the file is not a workbook; expected xlsx, xls, ods or csv"))


def _read_zipped(content: bytes, limits: Limits) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except _DAMAGED:
        raise UnreadableFile(N_("the workbook is damaged or was cut off; send it again")) from None
    names = {member.filename for member in members}
    if any(member.flag_bits & 0x1 for member in members) or _has_encrypted_ods(content, names):
        raise UnreadableFile(N_("the workbook is locked with a password; save it without one"))
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise UnreadableFile(N_("the file is a zip archive but no workbook; unpack it and send the workbook inside"))
    unpacked, last_row, last_column = 0, 0, 0
    hidden: dict[str, Hidden] = {}
    for member in members:
        is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
        tail = b""
        for block in _inflate(content, member):
            unpacked += len(block)
            if unpacked > limits.unpacked_bytes:
                raise UnreadableFile(
                    N_("the workbook unpacks to more than {limit} MB; split it into smaller files"),
                    limit=limits.unpacked_bytes // 2**20,
                )
            if is_sheet:
                for letters, number in _CELL.findall(tail + block):
                    last_row = max(last_row, int(number))
                    last_column = max(last_column, column_number(letters.decode()))
                look_through(tail + block, hidden.setdefault(member.filename, Hidden()))
                tail = block[-TAIL:]
    if last_row * last_column > limits.cells:
        raise UnreadableFile(
            N_(
                "a sheet spans {rows} rows and {columns} columns, more than {limit} cells; delete what lies outside the table"
            ),
            rows=last_row,
            columns=last_column,
            limit=limits.cells,
        )
    return _read_workbook(content, _by_sheet_name(content, {member.filename: member for member in members}, hidden))


def _by_sheet_name(content: bytes, members: dict[str, zipfile.ZipInfo], hidden: dict[str, Hidden]) -> dict[str, Hidden]:
    def whole(name: str) -> bytes:
        return b"".join(_inflate(content, members[name])) if name in members else b""

    if "content.xml" in members:
        # The size on the label may lie; what it inflates to was counted before.
        return hidden_in_ods(whole("content.xml")) if len(content) < _ODS_LOOKED_THROUGH else {}
    names = sheet_names(whole("xl/workbook.xml"), whole("xl/_rels/workbook.xml.rels"))
    return {names[file]: found for file, found in hidden.items() if file in names}


def _has_encrypted_ods(content: bytes, names: set[str]) -> bool:
    if "META-INF/manifest.xml" not in names:
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            return b"encryption-data" in archive.open("META-INF/manifest.xml").read(_CHUNK)
        except _DAMAGED:
            return False


def _inflate(content: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's real bytes in blocks, whatever length its header claims."""
    start = member.header_offset
    names = int.from_bytes(content[start + 26 : start + 28], "little") + int.from_bytes(
        content[start + 28 : start + 30], "little"
    )
    packed = content[start + 30 + names : start + 30 + names + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not inflater.eof:
            yield inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail
    except zlib.error:
        raise UnreadableFile(N_("the workbook is damaged or was cut off; send it again")) from None


def _read_workbook(content: bytes, hidden: dict[str, Hidden] | None = None) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        invisible = {data.name for data in workbook.sheets_metadata if data.visible != SheetVisibleEnum.Visible}
        sheets = []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows: list[Row] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                _fill_merged(rows, top, left, bottom, right)
            marks = (hidden or {}).get(name, Hidden())
            rows_told, columns_told = tuple(sorted(marks.rows)), tuple(sorted(marks.columns))
            sheets.append(Sheet(name, rows, rows_told, columns_told, name in invisible))
        return sheets
    except CalamineError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(N_("the workbook is locked with a password; save it without one")) from None
        raise UnreadableFile(N_("the workbook is damaged or was cut off; send it again")) from None
    except _DAMAGED:
        raise UnreadableFile(N_("the workbook is damaged or was cut off; send it again")) from None
    except BaseException as error:
        # A panic of the Rust reader does not descend from Exception.
        if type(error).__name__ == "PanicException":
            raise UnreadableFile(N_("the workbook is damaged or was cut off; send it again")) from None
        raise


def _fill_merged(rows: list[Row], top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged range its value, as a reader of the sheet sees it."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            row[column] = value


def _read_csv(content: bytes, limits: Limits) -> Sheet:
    if len(content) > limits.unpacked_bytes:
        raise UnreadableFile(
            N_("the file is larger than {limit} MB; split it into smaller files"), limit=limits.unpacked_bytes // 2**20
        )
    text = _decode(content)
    if "\0" in text:
        raise UnreadableFile(N_("the file is not a workbook; expected xlsx, xls, ods or csv"))
    head = "\n".join(text.splitlines()[:30])
    delimiter = max(";,\t", key=head.count)
    rows: list[Row] = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    return Sheet("csv", rows)


def _decode(content: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(N_("the text of the file cannot be read; save it as UTF-8"))


def column_number(letters: str) -> int:
    """Number of a column from its letters, A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Letters of a column from its number, 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
