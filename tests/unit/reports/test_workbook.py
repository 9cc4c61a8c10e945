import csv
import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest

from core.reports.workbook import frame_csv, frame_workbook

FRAME = pd.DataFrame(
    {
        "Nama": ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "<b>Budi</b>", None],
        "Skor": [1.5, 2, 3, 4, 5, None],
        "Tanggal": [dt.date(2026, 11, 24)] * 6,
    }
)


def test_nothing_in_a_workbook_is_a_formula_and_numbers_are_numbers():
    sheet = openpyxl.load_workbook(io.BytesIO(frame_workbook("Data", FRAME, ["Judul"])))["Data"]
    rows = list(sheet.iter_rows(min_row=4))
    assert [row[0].data_type for row in rows[:5]] == ["s"] * 5
    assert rows[0][0].value == '=HYPERLINK("http://x","y")'
    assert rows[0][1].value == 1.5
    assert rows[0][2].value == dt.datetime(2026, 11, 24)
    assert rows[5][0].value is None


@pytest.mark.parametrize("row", range(4))
def test_nothing_in_a_csv_is_taken_for_a_formula(row):
    line = frame_csv(FRAME).splitlines()[row + 1]
    assert line.lstrip('"').startswith("'")


def test_missing_is_empty_in_a_csv():
    assert frame_csv(FRAME).splitlines()[-1].startswith(",,")


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", " =1+1", "\u00a0=1", "\ufeff=1", "\u200b=1", "\x00=1", "\n=1", "\t=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "@x", "+62",
        "a;=1+1", "a; =1+1", "a,=1+1", "a\n=cmd|'/c calc'!A1", "a\r=1", "a\t-1",
    ],
)  # fmt: skip
def test_no_cell_of_a_csv_begins_a_formula_by_any_list_separator(cell):
    for text in (frame_csv(pd.DataFrame({"a": [cell]})), frame_csv(pd.DataFrame({cell: ["a"]}))):
        for separator in (",", ";", "\t"):
            for row in csv.reader(text.splitlines(), delimiter=separator, quoting=csv.QUOTE_NONE):
                for part in row:
                    bare = part.strip().strip('"\ufeff\u200b\u00a0\x00').strip()
                    assert not bare.startswith(tuple("=+-@＝＋－＠")), (separator, part)


def test_an_everyday_cell_of_a_csv_is_as_it_is():
    cells = ["Siti Aminah, S.E., M.M.", "S-2", "a = b", "Kepala Dinas; Plt", "3 s.d. 7", "surel a@b.example", "1+1"]
    assert list(csv.reader(io.StringIO(frame_csv(pd.DataFrame({"nama": cells})))))[1:] == [[cell] for cell in cells]
    assert frame_csv(pd.DataFrame({"nilai": [-1.5]})) == "nilai\n-1.5\n"
