"""A file that is too much for its reader ends a process of its own, and is answered in one sentence."""

import io
import os
import pickle
import zipfile
from dataclasses import replace

import pytest

from core.imports import sandbox
from core.imports.faults import UnreadableFile
from core.imports.sandbox import Sandbox
from core.imports.values import Limits
from tests.factories import siasn, siasn_row

LIMITS = Limits()


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ods(repeated_rows: int, repeated_columns: int) -> bytes:
    """A sheet of one value, many times over."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="A"><table:table-row table:number-rows-repeated="{repeated_rows}">'
        f'<table:table-cell table:number-columns-repeated="{repeated_columns}" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": content.encode()})


def stray(cell: str) -> bytes:
    """A sound workbook with one cell more, written in some way that XML allows."""
    sound = siasn(siasn_row()).content
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", f"<row>{cell}</row></sheetData>".encode())
            new.writestr(member.filename, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        ods(1_000_000, 1_000),
        stray("<c r='XFD1048576' t='n'><v>1</v></c>"),
        stray('<c\n r="XFD1048576"\n><v>1</v></c>'),
        stray('<c s="0" t="n" r="XFD1048576"><v>1</v></c>'),
    ],
    ids=["ods-repeated", "single-quotes", "line-break", "attributes-first"],
)
def test_a_small_file_with_a_huge_sheet_is_told_what_to_delete(content):
    assert len(content) < 20_000
    with Sandbox(LIMITS) as box, pytest.raises(UnreadableFile, match="delete what lies outside the table"):
        box.read("x", content)


def test_one_that_takes_too_much_memory_does_not_end_the_next():
    narrow = replace(LIMITS, cells=10**12)
    with Sandbox(narrow) as box:
        with pytest.raises(UnreadableFile, match="MB of memory"):
            box.read("x.xlsx", stray('<c r="ZZ1000000"><v>1</v></c>'))
        assert box.read("s.xlsx", siasn(siasn_row()).content)[0].rows


def test_one_that_takes_too_long_is_ended(monkeypatch):
    """The reader is made to wait for ever: a process that never answers."""
    real = sandbox.subprocess.Popen

    def sleeper(command, **more):
        return real([command[0], "-c", "import time; time.sleep(600)"], **more)

    monkeypatch.setattr(sandbox.subprocess, "Popen", sleeper)
    with Sandbox(replace(LIMITS, seconds=1)) as box, pytest.raises(UnreadableFile, match="more than 1 seconds"):
        box.read("x.xlsx", b"PK")


def test_nothing_but_plain_values_comes_back():
    class Evil:
        def __reduce__(self):
            return os.system, ("true",)

    with pytest.raises(pickle.UnpicklingError):
        sandbox._Answer(io.BytesIO(pickle.dumps(Evil()))).load()


def test_no_entity_of_a_file_is_ever_resolved():
    bomb = b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/passwd">]>'
    sound = siasn(siasn_row()).content
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/workbook.xml":
                head, rest = content.split(b"?>", 1)
                content = head + b"?>" + bomb + rest.replace(b'name="Data"', b'name="&z;"')
            new.writestr(member.filename, content)
    with Sandbox(LIMITS) as box:
        try:
            sheets = box.read("x.xlsx", buffer.getvalue())
        except UnreadableFile:
            return
    assert not any("root:" in sheet.name or "root:" in str(sheet.rows) for sheet in sheets)
