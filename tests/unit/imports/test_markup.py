"""Web pages and XML of 2003 under the name of a workbook."""

import pytest

from core.imports.faults import UnreadableFile
from core.imports.reader import read_sheets
from core.imports.values import CellProblem, Limits

LIMITS = Limits()


def test_a_page_with_a_title_spans_and_what_nobody_sees():
    page = (
        "<html><h3>REKAP TAHUN 2025</h3><table><tr><th rowspan=2>NIP</th><th colspan=2>Nilai</th></tr>"
        "<tr><th>Standar</th><th>Hasil</th></tr>"
        "<tr><td>1975</td><td>3</td><td style='display: none'>9</td><td>#N/A</td></tr></table></html>"
    )
    (sheet,) = read_sheets("x.xls", page.encode(), LIMITS)
    assert sheet.rows[:3] == [["REKAP TAHUN 2025"], ["NIP", "Nilai", "Nilai"], ["NIP", "Standar", "Hasil"]]
    assert sheet.rows[3] == ["1975", "3", CellProblem("#N/A", True)]


def test_a_page_without_a_table():
    with pytest.raises(UnreadableFile, match="web page without a table"):
        read_sheets("x.xls", b"<html><body>Sesi habis</body></html>", LIMITS)


@pytest.mark.parametrize("span", ["rowspan=16000 colspan=16000", "rowspan=99999 colspan=99999"])
def test_a_page_that_claims_a_huge_cell(span):
    page = f"<html><table><tr><td {span}>x</td><td {span}>y</td></tr></table></html>"
    with pytest.raises(UnreadableFile, match="delete what lies outside the table"):
        read_sheets("x.xls", page.encode(), LIMITS)


def test_xml_of_2003_with_gaps_merges_and_a_percentage():
    book = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/>'
        '</Style></Styles><Worksheet ss:Name="Data"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Judul</Data>'
        '</Cell></Row><Row ss:Index="3"><Cell ss:Index="2" ss:StyleID="p"><Data ss:Type="Number">0.855</Data></Cell>'
        '<Cell ss:MergeAcross="1.5"><Data ss:Type="Error">#REF!</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    (sheet,) = read_sheets("x.xls", book.encode(), LIMITS)
    assert sheet.rows == [["Judul", "Judul"], [], ["", 85.5, CellProblem("#REF!", True)]]
