import datetime as dt

import pytest

from core.imports.titles import UnclearYear, find_date, find_year

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    "lines",
    [
        ["REKAP PREDIKAT KINERJA", "TAHUN 2025"],
        ["PERIODE JANUARI–DESEMBER 2025"],
        ["Daftar hasil penilaian kinerja 2025"],
        ["Berdasarkan Peraturan Menteri PANRB Nomor 6 Tahun 2022", "REKAP TAHUN 2025"],
        ["Nomor: 800/123/2024", "TAHUN 2025", "Dicetak 5 Januari 2026"],
        ["2025"],
    ],
)
def test_the_line_that_names_the_recap_gives_its_year(lines):
    assert find_year(lines, "x_2019.xlsx", TODAY) == 2025


@pytest.mark.parametrize(
    "lines",
    [
        ["Berdasarkan PermenPANRB 6 Tahun 2022"],
        ["Nomor 800/123/2024"],
        ["Surat Edaran Tahun 2024"],
        ["Kayuagung, 5 Januari 2026"],
        ["REKAP"],
    ],
)
def test_the_year_of_a_rule_a_letter_or_a_printing_day_is_none(lines):
    assert find_year(lines, "laporan_20240112.xlsx", TODAY) is None
    assert find_year(lines, "rekap 2024.xlsx", TODAY) is None


def test_the_name_that_ekinerja_gives_its_exports_counts_where_nothing_else_does():
    assert find_year(["REKAP"], "rekap_ekinerja_2025.csv", TODAY) == 2025
    assert find_year(["TAHUN 2024"], "rekap_ekinerja_2025.csv", TODAY) == 2024


@pytest.mark.parametrize("lines", [["TAHUN 2024", "TAHUN 2025"], ["TAHUN 2026"], ["TAHUN 2027"], ["TAHUN 2024–2025"]])
def test_two_years_or_one_that_is_not_over_are_refused(lines):
    with pytest.raises(UnclearYear):
        find_year(lines, "x.xlsx", TODAY)


def test_the_last_day_of_a_year_is_not_the_end_of_it():
    with pytest.raises(UnclearYear):
        find_year(["TAHUN 2026"], "x.xlsx", dt.date(2026, 12, 31))
    assert find_year(["TAHUN 2026"], "x.xlsx", dt.date(2027, 1, 1)) == 2026


def test_a_day_of_an_assessment():
    assert find_date(["Tanggal: 12 Maret 2025"], [], "x", TODAY) == dt.date(2025, 3, 12)
    assert find_date(["Nomor 5 tanggal 12-03-2024"], ["Kayuagung, 13 Maret 2025"], "x", TODAY) == dt.date(2025, 3, 13)
    assert find_date(["REKAP TAHUN 2025"], [], "x", TODAY) == dt.date(2025, 1, 1)
    for lines in (["12-03-2025", "13-03-2025"], ["25-11-2026"]):
        with pytest.raises(UnclearYear):
            find_date(lines, [], "x", TODAY)
    assert find_date(["24-11-2026"], [], "x", TODAY) == TODAY
