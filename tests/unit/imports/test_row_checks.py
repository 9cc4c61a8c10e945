"""Tests of core/imports/row_checks.py: what one row says that cannot be."""

import datetime as dt

import pytest

from core.imports.parse import read_files
from core.imports.values import Limits
from tests.factories import NIP, OTHER_NIP, sheet

TODAY = dt.date(2026, 11, 24)
LEVELS = ["Integritas", "Kerja Sama", "Komunikasi", "Orientasi pada Hasil", "Pelayanan Publik"]
LEVELS += ["Pengembangan Diri dan Orang Lain", "Mengelola Perubahan", "Pengambilan Keputusan", "Perekat Bangsa"]
ASPECTS = ["Kemampuan Intelektual", "Kemampuan Interpersonal", "Kesadaran Diri", "Berpikir Kritis dan Strategis"]
ASPECTS += ["Menyelesaikan Permasalahan", "Kecerdasan Emosional", "Belajar Cepat dan Mengembangkan Diri"]
ASPECTS += ["Motivasi dan Komitmen"]


def read(header, *rows):
    """Rows of people read as a file: (records, messages of faults)."""
    whole = [[NIP, "Budi Contoh", *row] for row in rows]
    reading = read_files([sheet("a.xlsx", ["NIP", "Nama", *header], *whole)], Limits(), today=TODAY)
    return reading.records, [fault.message for fault in reading.faults]


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        (["Tanggal", *LEVELS], ["12-03-2025", *[0] * 9], "all values are 0"),
        (["Tanggal Penilaian", *ASPECTS], ["12-03-2025", *[0] * 8], "all values are 0"),
        (["Tanggal", *LEVELS], ["12-03-1975", *[3] * 9], "not after the birth"),
        (["Nama Penghargaan", "Tingkat Penghargaan", "Tanggal Penghargaan"], ["X", "Nasional", "17-07-1905"], "birth"),
        (["tahun", "hasilKinerja", "perilakuKerja", "kuadranKinerja"], [2024, "Di atas ekspektasi", "Di atas ekspektasi", "Kurang"], "the two halves"),
        (["Tanggal Penetapan", "Kinerja", "Potensial", "Kotak"], ["30-06-2026", "Di bawah ekspektasi", "Rendah", 9], "are box {expected}"),
        (["Nama Jabatan", "Unit Kerja", "Jenis Penugasan", "TMT Mulai"], ["Plt. Camat", "Kecamatan", "Definitif", "01-02-2020"], "acting capacity"),
        (["Tahun Lulus", "Tingkat Pendidikan", "Bidang Ilmu"], [2035, "S2", "Hukum"], "still to come"),
        (["Tingkat Hukuman", "Tanggal SK", "TMT", "Lama (bulan)", "Berlaku Sampai"], ["Sedang", "10-05-2025", "01-06-2025", "6 bulan", "31-05-2026"], "months from"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(header, row, words):
    records, faults = read(header, row)
    assert records == []
    assert any(words in message for message in faults), faults


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["Tanggal", *LEVELS], ["12-03-2025", *[0] * 8, 1]),
        (["tahun", "hasilKinerja", "perilakuKerja", "kuadranKinerja"], [2024, "Di atas ekspektasi", "Di bawah ekspektasi", "Kurang"]),
        (["Tanggal Penetapan", "Kinerja", "Potensial", "Kotak"], ["30-06-2026", "Di atas ekspektasi", "Tinggi", "IX"]),
        (["Tanggal Penetapan", "Kinerja", "Potensial", "Kotak"], ["30-06-2026", "87,5", "80", "Kotak 9"]),
        (["Nama Jabatan", "Unit Kerja", "Jenis Penugasan", "TMT Mulai"], ["Plt. Camat", "Kecamatan", "Pelaksana Tugas", "01-02-2020"]),
        (["Tahun Lulus", "Tingkat Pendidikan", "Bidang Ilmu"], ["Th 2015", "SLTA/Sederajat", "IPA"]),
        (["Tingkat Hukuman", "Tanggal SK", "TMT", "Lama (bulan)", "Berlaku Sampai"], ["Sedang", "10-05-2025", "01-06-2025", "1 tahun", "31-05-2026"]),
        (["Tingkat Hukuman", "Tanggal SK", "TMT", "Lama (bulan)"], ["Sedang", "10-05-2025", "01-06-2025", 9]),
        (["Tingkat Hukuman", "Tanggal SK"], ["Teguran lisan", "10-05-2025"]),
        (["Nama Diklat", "Tanggal Mulai", "Jumlah JP"], ["PKA", "3 s.d. 7 Maret 2025", "40 JP"]),
        (["Tanggal", *LEVELS], ["12-03-2025", "Level 3", "4 (empat)", "L3", *[3] * 6]),
    ],
)  # fmt: skip
def test_what_can_be_is_read(header, row):
    records, faults = read(header, row)
    assert (len(records), faults) == (1, [])


@pytest.mark.parametrize("cell", ["4 (lima)", "Level 6", "L"])
def test_a_level_that_contradicts_itself_is_refused(cell):
    assert read(["Tanggal", *LEVELS], ["12-03-2025", cell, *[3] * 8])[0] == []


@pytest.mark.parametrize(
    ("said", "taken"), [("Pensiun TMT 01-03-2026", True), ("BUP 01-03-2031", False), ("Pensiun TMT 01-12-2029", False)]
)
def test_a_standing_that_begins_on_a_day_to_come_is_asked_about(said, taken):
    from tests.factories import siasn, siasn_row

    source = siasn(siasn_row(**{"PNS ID": said}))
    del source
    header = ["NIP BARU", "NAMA", "TANGGAL LAHIR", "JABATAN NAMA", "UNOR NAMA", "KEDUDUKAN HUKUM NAMA"]
    row = [NIP, "BUDI CONTOH", "12-03-1975", "Camat", "Kecamatan", said]
    other = [OTHER_NIP, "ANI CONTOH", "05-06-1980", "Camat", "Kecamatan", "Aktif"]
    reading = read_files([sheet("s.xlsx", header, row, other)], Limits(), today=TODAY)
    assert len(reading.records) == 1 + taken
    assert [fault.message[:35] for fault in reading.faults] == (
        [] if taken else ["“{value}” begins on a day to come; "]
    )
