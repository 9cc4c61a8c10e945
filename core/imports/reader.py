"""Open a workbook, web page or csv of any office program and hand out its sheets as plain rows.

A file is read by its content, whatever its name says. Guards against what is no workbook, is locked with a password,
or would fill the memory. A cell is a str, float, int, bool, date, datetime, ``Percent`` or ``CellProblem``; ""
where empty. Files of strangers are read in a process of its own, see ``sandbox``.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, cast

from lxml import etree
from msoffcrypto import OfficeFile
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from core.imports import marks as looking
from core.imports import markup
from core.imports.delimited import read_delimited
from core.imports.faults import UnreadableFile
from core.imports.values import Limits, Marks, Row, Sheet
from core.talent.messages import N_

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: With this public password ([MS-OFFCRYPTO] 2.3) Excel protects a workbook that everybody may open.
_STANDARD_PASSWORD = "VelvetSweatshop"
#: How files begin that are certainly none of ours.
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
_CHUNK = 1 << 20
#: Sheets up to so many bytes are taken into memory whole to see whether they are plain.
_AT_ONCE = 128 << 20
#: What the readers raise on bytes that are no sound archive; NotImplementedError is what zipfile says of a version of
#: the format it does not know.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    OverflowError,
    etree.XMLSyntaxError,
)


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
        return _read_ole(name, content, limits)
    if content.startswith(_OTHERS):
        raise UnreadableFile(N_("the file is not a workbook; expected xlsx, xls, ods or csv"))
    if len(content) > limits.unpacked_bytes:
        raise UnreadableFile(
            N_("the file is larger than {limit} MB; split it into smaller files"), limit=limits.unpacked_bytes // 2**20
        )
    if markup.is_web_archive(content):
        return markup.read_web_archive(content, limits)
    if markup.is_spreadsheet_xml(content):
        return markup.read_spreadsheet_xml(content, limits)
    if markup.is_html(content):
        return markup.read_html(content, limits)
    sheet = read_delimited(content, limits)
    if max((len(row) for row in sheet.rows), default=0) < 2:
        raise UnreadableFile(N_("the file is not a workbook; expected xlsx, xls, ods or csv"))
    return [sheet]


def _damaged() -> UnreadableFile:
    return UnreadableFile(N_("the workbook is damaged or was cut off; send it again"))


def _locked() -> UnreadableFile:
    return UnreadableFile(N_("the workbook is locked with a password; save it without one"))


def _read_ole(name: str, content: bytes, limits: Limits) -> list[Sheet]:
    """An Excel 97 workbook, or a newer one that is encrypted."""
    opened = _open_standard_password(content)
    if opened is not None and not opened.startswith(_OLE):
        return read_sheets(name, opened, limits)
    if opened is None and "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked()
    return _read_workbook(opened or content, looking.look_through_xls(opened or content, limits.cells))


def _open_standard_password(content: bytes) -> bytes | None:
    """The bytes of a workbook that Excel opens without asking; None where it is not encrypted, or otherwise."""
    try:
        office = OfficeFile(io.BytesIO(content))
        if not office.is_encrypted():
            return None
        office.load_key(password=_STANDARD_PASSWORD)
        plain = io.BytesIO()
        office.decrypt(plain)
    except Exception:  # msoffcrypto raises bare exceptions for kinds of encryption it does not know
        return None
    return plain.getvalue()


def _read_zipped(content: bytes, limits: Limits) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {member.filename: member for member in archive.infolist()}
    except _DAMAGED:
        raise _damaged() from None
    if any(member.flag_bits & 0x1 for member in members.values()) or _has_encrypted_ods(content, members):
        raise _locked()
    if not members.keys() & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise UnreadableFile(N_("the file is a zip archive but no workbook; unpack it and send the workbook inside"))
    unpacked = 0
    for member in members.values():
        for block in _inflate(content, member):
            unpacked += len(block)
            if unpacked > limits.unpacked_bytes:
                raise UnreadableFile(
                    N_("the workbook unpacks to more than {limit} MB; split it into smaller files"),
                    limit=limits.unpacked_bytes // 2**20,
                )
    try:
        marks = _look_through(content, members, limits)
    except _DAMAGED:
        raise _damaged() from None
    return _read_workbook(content, marks)


def _look_through(content: bytes, members: Mapping[str, zipfile.ZipInfo], limits: Limits) -> dict[str, Marks]:
    """What each sheet says beside its values, by the sheet's name."""

    def stream(name: str) -> IO[bytes]:
        return cast(IO[bytes], _Stream(_inflate(content, members[name])))

    def whole(name: str) -> bytes:
        return stream(name).read() if name in members else b""

    if "content.xml" in members:
        return looking.look_through_ods(stream("content.xml"), limits.cells)
    by_sheet = {}
    if "xl/workbook.bin" in members:
        styles = looking.find_percent_styles_xlsb(whole("xl/styles.bin"))
        names = looking.sheet_names_xlsb(whole("xl/workbook.bin"), whole("xl/_rels/workbook.bin.rels"))
        for file, name in names.items():
            if file in members:
                by_sheet[name] = looking.look_through_xlsb(stream(file), styles, limits.cells)
        return by_sheet
    styles = looking.find_percent_styles(whole("xl/styles.xml"))
    for file, name in looking.sheet_names(whole("xl/workbook.xml"), whole("xl/_rels/workbook.xml.rels")).items():
        if file not in members:
            continue
        if members[file].file_size <= _AT_ONCE and looking.is_plain_xlsx(
            b"".join(_inflate(content, members[file])), styles, limits.cells
        ):
            by_sheet[name] = Marks()
        else:
            by_sheet[name] = looking.look_through_xlsx(stream(file), styles, limits.cells)
    return by_sheet


def _has_encrypted_ods(content: bytes, members: Mapping[str, zipfile.ZipInfo]) -> bool:
    name = "META-INF/manifest.xml"
    try:
        return name in members and b"encryption-data" in next(_inflate(content, members[name]), b"")
    except UnreadableFile:
        return False


class _Stream(io.RawIOBase):
    """The blocks of an archive's member as a file to read."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._rest = blocks, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._rest) < size:
            block = next(self._blocks, None)
            if block is None:
                break
            self._rest += block
        size = len(self._rest) if size < 0 else size
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


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
        raise _damaged() from None


def _read_workbook(content: bytes, marks: Mapping[str, Marks]) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        invisible = {data.name for data in workbook.sheets_metadata if data.visible != SheetVisibleEnum.Visible}
        sheets = []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows: list[Row] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            seen = marks.get(name, Marks())
            for (row, column), value in seen.cells.items():
                _put(rows, row, column, value)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                _fill_merged(rows, top, left, bottom, right)
            told = tuple(sorted(seen.rows)), tuple(sorted(seen.columns))
            sheets.append(Sheet(name, rows, *told, name in invisible))
        return sheets
    except CalamineError as error:
        if "password" in str(error).lower():
            raise _locked() from None
        raise _damaged() from None
    except _DAMAGED:
        raise _damaged() from None
    except BaseException as error:
        # A panic of the Rust reader does not descend from Exception.
        if type(error).__name__ == "PanicException":
            raise _damaged() from None
        raise


def _put(rows: list[Row], row: int, column: int, value: object) -> None:
    """Put a value where calamine may have seen the end of the sheet already."""
    while len(rows) <= row:
        rows.append([])
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = value


def _fill_merged(rows: list[Row], top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged range its value, as a reader of the sheet sees it."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            row[column] = value
