"""What a sheet says beside its values: the quick look agrees with the whole one."""

import io

import pytest

from core.imports.faults import UnreadableFile
from core.imports.marks import is_plain_xlsx, look_through_xlsx
from core.imports.values import CellProblem, Marks

_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(cells: str, row: str = '<row r="1">', head: str = "") -> bytes:
    """A sheet of one row."""
    return f"<worksheet {_SPACE}>{head}<sheetData>{row}{cells}</row></sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1" t="s"><v>0</v></c><c r="B1" s="3"><v>85.5</v></c>',
        '<c r="A1" t="inlineStr"><is><t>Budi</t></is></c><c r="B1" s="3"/>',
        '<c r="A1" t="str"><v>Budi</v></c><c r="B1"></c><c r="C1" t="b"><v>1</v></c>',
        "",
    ],
)
def test_a_plain_sheet_has_no_marks(cells):
    assert is_plain_xlsx(sheet(cells), frozenset({9}), 100)
    assert look_through_xlsx(io.BytesIO(sheet(cells)), frozenset({9}), 100) == Marks()


@pytest.mark.parametrize(
    "content",
    [
        sheet('<c r="A1" t="e"><v>#N/A</v></c>'),
        sheet("<c r='A1' t='e'><v>#N/A</v></c>"),
        sheet('<c r="A1" t="&#101;"><v>#N/A</v></c>'),
        sheet('<c r="A1"><f>B1*2</f></c>'),
        sheet('<c r="A1"><f>B1*2</f><v></v></c>'),
        sheet('<c r="A1" s="9"><v>0.855</v></c>'),
        sheet('<c r="A1" t="s"><v></v></c>'),
        sheet('<c r="A1" t="s"/>'),
        sheet('<c r="A1"><v>1</v></c>', row='<row r="1" hidden="1">'),
        sheet('<c r="A1"><v>1</v></c>', head='<cols><col min="2" max="3" hidden="1"/></cols>'),
        sheet('<c r="A1"><v>1</v></c>').replace(b"<c ", b'<x:c xmlns:x="a" ').replace(b"</c>", b"</x:c>"),
        sheet('<c r="A1"><v>1</v></c>').decode().encode("utf-16"),
    ],
)
def test_a_sheet_that_may_have_marks_is_not_plain(content):
    assert not is_plain_xlsx(content, frozenset({9}), 100)


def test_an_error_beside_ten_thousand_plain_cells_is_found():
    cells = "".join(f'<c r="A{n}"><v>{n}</v></c>' for n in range(1, 10_001)) + '<c r="B1" t="e"><v>#REF!</v></c>'
    assert not is_plain_xlsx(sheet(cells), frozenset(), 10**6)
    marks = look_through_xlsx(io.BytesIO(sheet(cells)), frozenset(), 10**6)
    assert marks.cells == {(0, 1): CellProblem("#REF!", True)}


@pytest.mark.parametrize("limit", [2600, 2599])
def test_a_cell_far_outside_is_left_to_the_whole_look(limit):
    far = sheet('<c r="Z100"><v>1</v></c>', row='<row r="100">')
    assert is_plain_xlsx(far, frozenset(), limit) == (limit == 2600)
    if limit < 2600:
        with pytest.raises(UnreadableFile, match="spans"):
            look_through_xlsx(io.BytesIO(far), frozenset(), limit)
