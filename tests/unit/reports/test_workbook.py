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
