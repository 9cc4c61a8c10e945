import io
import struct
import zipfile

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from core.imports.faults import UnreadableFile
from core.imports.reader import read_sheets
from core.imports.values import Limits, column_letters, column_number
from core.reports.workbook import Table, workbook

LIMITS = Limits()
BOOK = workbook([Table("Data", ["Nama", "Nilai"], [["Budi", 1.5], ["=1+1", "<b>"]], ["Judul"])])


def refused(content: bytes, name: str = "x.xlsx", limits: Limits = LIMITS) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(name, content, limits)
    return str(refusal.value)


def test_a_workbook_is_rows_of_plain_values_with_merged_cells_filled():
    (sheet,) = read_sheets("x.xlsx", BOOK, Limits())
    assert sheet.name == "Data"
    assert sheet.rows == [["Judul", "Judul"], ["", ""], ["Nama", "Nilai"], ["Budi", 1.5], ["=1+1", "<b>"]]


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\0\0"])
def test_empty_file(content):
    assert "is empty" in refused(content)


def test_no_workbook():
    assert "not a workbook" in refused(b"%PDF-1.7 something")
    assert "not a workbook" in refused(b"\x89PNG\r\n\x1a\n something", name="x.csv")
    assert "not a workbook" in refused(b"nothing but words\n", name="x.csv")


def test_text_is_read_whatever_its_name():
    (sheet,) = read_sheets("x.bin", b"Nama;Nilai\nBudi;3\n", LIMITS)
    assert sheet.rows == [["Nama", "Nilai"], ["Budi", "3"]]


def test_truncated_workbook():
    assert "cut off" in refused(BOOK[: len(BOOK) // 2])
    assert "cut off" in refused(BOOK[:40])


def test_damaged_workbook():
    damaged = bytearray(BOOK)
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    damaged[at : at + 40] = b"\xff" * 40
    assert "damaged" in refused(bytes(damaged))


def test_an_archive_of_an_unknown_version():
    damaged = bytearray(BOOK)
    at = damaged.index(b"PK\x01\x02") + 6
    damaged[at : at + 2] = (1210).to_bytes(2, "little")
    assert "damaged" in refused(bytes(damaged))


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_a_zip_that_is_no_workbook():
    assert "zip archive but no workbook" in refused(_zip(**{"readme.txt": b"hello"}))


def test_a_workbook_with_a_password():
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(BOOK)).encrypt("rahasia", locked)
    assert msoffcrypto.OfficeFile(io.BytesIO(locked.getvalue())).is_encrypted()
    assert "password" in refused(locked.getvalue())


def test_a_decompression_bomb_is_stopped_by_what_it_unpacks_to():
    bomb = _zip(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 3_000_000})
    assert len(bomb) < 10_000
    assert "unpacks to more than 2 MB" in refused(bomb, limits=Limits(unpacked_bytes=2 * 2**20))


def test_a_bomb_that_lies_about_its_size_is_stopped_too():
    bomb = bytearray(_zip(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 3_000_000}))
    size = struct.pack("<I", 3_000_000)
    for at in (i for i in range(len(bomb)) if bomb[i : i + 4] == size):
        bomb[at : at + 4] = struct.pack("<I", 10)
    assert "unpacks to more than 2 MB" in refused(bytes(bomb), limits=Limits(unpacked_bytes=2 * 2**20))


def test_a_sheet_that_only_spans_a_huge_area():
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert "outside the table" in refused(_zip(**members))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_of_any_delimiter_and_encoding(encoding, delimiter):
    text = delimiter.join(["Nama", "Kota"]) + "\n" + delimiter.join(["Désirée", '"A\nB"']) + "\n"
    (sheet,) = read_sheets("x.csv", text.encode(encoding), Limits())
    assert sheet.rows == [["Nama", "Kota"], ["Désirée", "A\nB"]]


def test_column_letters():
    assert [column_letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letters(n)) == n for n in range(1, 2000))
