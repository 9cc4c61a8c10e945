"""Tests of core/imports/title_checks.py: titles that name something else than what a layout holds."""

import datetime as dt

import pytest

from core.imports.parse import read_files
from core.imports.values import Limits
from tests.factories import NIP, sheet

TODAY = dt.date(2026, 11, 24)
RATING = ["NIP", "Nama", "Unit Kerja", "Predikat Kinerja"]
PERSON = [NIP, "Budi Contoh", "Dinas Contoh", "Baik"]


def read(header, *rows, titles=(), below=(), name="Data"):
    """Rows under titles, with remarks below, read as a file: (records, messages of faults)."""
    width = len(header)
    lines = [[text] for text in titles] + [
        list(header),
        *(list(row) for row in rows),
        [""],
        *([text] for text in below),
    ]
    whole = [[*line, *[""] * (width - len(line))] for line in lines]
    reading = read_files([sheet("a.xlsx", whole[0], *whole[1:])], Limits(), today=TODAY)
    return reading.records, [fault.message for fault in reading.faults]


@pytest.mark.parametrize(
    "line",
    [
        "PERIODE JAN - JUN 2025",
        "REKAP PREDIKAT SMT I TAHUN 2025",
        "TRI WULAN III TAHUN 2025",
        "TRIBULAN III 2025",
        "TW-III TAHUN 2025",
        "REKAP KINERJA Q3 2025",
        "TAHUN 2025 (s.d. Sept)",
        "Periode: 1 Januari s.d. 30 Juni 2025",
        "Periode 01/07/2025 - 30/09/2025",
    ],
)
@pytest.mark.parametrize("own_year", [False, True])
def test_ratings_of_a_part_of_a_year_are_none_of_it(line, own_year):
    header, row = ([*RATING, "Tahun"], [*PERSON, 2025]) if own_year else (RATING, PERSON)
    records, faults = read(header, row, titles=["REKAP PREDIKAT KINERJA TAHUN 2025", line])
    assert records == []
    assert any("part of a year" in message for message in faults), faults


@pytest.mark.parametrize(
    "line",
    ["PERIODE JAN - DES 2025", "Periode: 1 Januari s.d. 31 Desember 2025", "Martapura, 5 Januari 2026", "Desa Maju"],
)
def test_a_whole_year_and_the_day_of_a_signature_are_no_part(line):
    records, faults = read(RATING, PERSON, titles=["REKAP PREDIKAT KINERJA TAHUN 2025", line])
    assert ([record.values["year"] for record in records], faults) == ([2025], [])


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (["USULAN PREDIKAT KINERJA TAHUN 2025"], "not decided"),
        (["TARGET PREDIKAT KINERJA TAHUN 2025"], "not decided"),
        (["REKAP PREDIKAT PERILAKU KERJA TAHUN 2025"], "something else"),
        (["INDEKS BERAKHLAK TAHUN 2025"], "something else"),
    ],
)
def test_proposals_and_other_recaps_are_not_taken_for_ratings(titles, words):
    records, faults = read(RATING, PERSON, titles=titles)
    assert records == []
    assert any(words in message for message in faults), faults


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("UMPAN BALIK 360 TAHUN 2025", True),
        ("REKAP KEHADIRAN TAHUN 2025", False),
        ("INDEKS PROFESIONALITAS ASN 2025", False),
    ],
)
def test_feedback_is_taken_for_it_only_under_no_other_title(title, taken):
    records, _ = read(["NIP", "Nama", "Tahun", "Kategori"], [NIP, "Budi Contoh", 2025, "Baik"], titles=[title])
    assert len(records) == taken


@pytest.mark.parametrize(("year", "taken"), [(2025, True), (2024, False)])
def test_a_title_and_all_rows_name_the_same_year(year, taken):
    records, faults = read([*RATING, "Tahun"], [*PERSON, year], titles=["REKAP PREDIKAT KINERJA TAHUN 2025"])
    assert len(records) == taken
    assert any("all rows" in message for message in faults) is not taken


@pytest.mark.parametrize(("header", "taken"), [("Tahun SKP", False), ("Tahun Lulus", True), ("Keterangan", True)])
def test_a_column_of_years_that_is_not_read_is_asked_about(header, taken):
    records, faults = read([*RATING, header], [*PERSON, 2024], titles=["DATA PREDIKAT KINERJA TAHUN 2025"])
    assert len(records) == taken
    assert any("may tell the year" in message for message in faults) is not taken


def test_a_remark_below_may_say_that_it_is_a_part_of_the_year():
    records, faults = read(
        RATING, PERSON, titles=["REKAP PREDIKAT KINERJA TAHUN 2025"], below=["*) predikat Triwulan IV"]
    )
    assert records == []
    assert any("part of a year" in message for message in faults)
