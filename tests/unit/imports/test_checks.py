"""Tests of core/imports/checks.py: what tells that values are not what their place says."""

import datetime as dt

import pytest

from core.imports.cells import date, status
from core.imports.parse import Source, read_files
from core.imports.values import Limits
from core.talent.errors import InvalidValue
from tests.factories import NIP, OTHER_NIP, sheet

TODAY = dt.date(2026, 11, 24)
HEADER = ["Nama", "NIP", "Unit Kerja", "Predikat Kinerja"]
ONE, TWO = ["Budi Contoh", NIP, "Dinas Contoh", "Baik"], ["Ani Contoh", OTHER_NIP, "Dinas Contoh", "Sangat Baik"]


def read(*rows, titles=()):
    """Rows under a title, read as a file: (records, messages of faults)."""
    width = max(len(row) for row in rows)
    lines = [[text] for text in titles] + [list(row) for row in rows]
    whole = [[*line, *[""] * (width - len(line))] for line in lines]
    reading = read_files([sheet("a.xlsx", whole[0], *whole[1:])], Limits(), today=TODAY)
    return reading.records, [fault.message for fault in reading.faults]


TITLE = "REKAP PREDIKAT KINERJA TAHUN 2024"


def test_one_table_is_read():
    records, faults = read(HEADER, ONE, TWO, titles=[TITLE, ""])
    assert faults == []
    assert [record.values["year"] for record in records] == [2024, 2024]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([HEADER, ONE, ["TAHUN 2023"], TWO], "the row names the year"),
        ([HEADER, ONE, [""], ["REKAP TAHUN 2023"], HEADER, TWO], "the row names the year"),
        ([HEADER, ONE, ["NIP", "Nama", "Unit Kerja", "Predikat Kinerja"], TWO], "in another order"),
        ([HEADER, ONE, [""], [*HEADER, "Tahun"], [*TWO, 2023]], "people stand above the header"),
        ([[*HEADER, "Periode Penilaian"], [*ONE, "Triwulan III"], [*TWO, "Triwulan III"]], "parts of a year"),
        ([["", "", "", "Desember"], HEADER, ONE, TWO], "parts of a year"),
    ],
)
def test_what_belongs_to_another_year_or_table_is_not_read(rows, words):
    records, faults = read(*rows, titles=[TITLE, ""])
    assert records == []
    assert any(words in message for message in faults), faults


@pytest.mark.parametrize(
    "above",
    [
        [["Pejabat Penilai", ":", "Ani Contoh"], ["NIP", ":", OTHER_NIP]],
        [["NIP Penilai", OTHER_NIP, "", "Kayuagung, 31 Desember 2025"]],
    ],
)
def test_who_appraised_and_when_may_stand_above_the_table(above):
    records, faults = read(*above, HEADER, ONE, TWO, titles=[TITLE, ""])
    assert faults == []
    assert len(records) == 2


def test_a_title_that_touches_the_header_does_not_tell_columns_apart():
    header = ["NIP", "Nama", "Tahun", "Kategori", "Kategori"]
    title = ["UMPAN BALIK 360 TAHUN 2024", "", "", "", ""]
    records, faults = read(title, header, [NIP, "Budi Contoh", 2024, "Baik", "Kurang"])
    assert records == []
    assert any("columns could be" in message for message in faults), faults


@pytest.mark.parametrize(
    "words",
    [
        "Aktif (Pensiun TMT 01-05-2028)",
        "Belum Pensiun",
        "Aktif Kembali setelah CLTN",
        "CLTN selesai",
        "Mutasi Masuk",
        "PNS Pindahan dari Provinsi",
        "Aktif, Pindah Antar OPD",
        "Mutasi antar unit kerja",
        "Diberhentikan dari Jabatan",
        "PPPK Kontrak Berakhir",
        "Non PNS",
        "Eks PNS",
    ],
)
def test_a_standing_whose_words_contradict_is_asked_for(words):
    with pytest.raises(InvalidValue):
        status(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Pensiun PNS", "retired"),
        ("PNS Aktif", "active"),
        ("Pensiun karena meninggal dunia", "died"),
        ("PPPK", "active"),
    ],
)
def test_a_standing_told_by_one_word(words, code):
    assert status(words) == code


def test_an_hour_written_by_a_person_moves_no_day():
    assert date("12-03-2024 17:00") == dt.date(2024, 3, 12)
    assert date("12-03-2024 23:59:48") == dt.date(2024, 3, 13)
    assert date("masih menjabat") is None


@pytest.mark.parametrize("line", ["Martapura, 12 Januari 2026", "Tanggal : 20 Januari 2026"])
def test_a_day_in_another_year_than_the_title_is_asked_for(line):
    header = ["NIP", "Nama", "Integritas", "Kerja Sama", "Komunikasi", "Orientasi pada Hasil", "Pelayanan Publik"]
    header += ["Pengembangan Diri dan Orang Lain", "Mengelola Perubahan", "Pengambilan Keputusan", "Perekat Bangsa"]
    row = [NIP, "Budi Contoh", *[3] * 9]
    records, faults = read(header, row, titles=["REKAP PENILAIAN KOMPETENSI TAHUN 2024", line, ""])
    assert records == []
    assert any("the titles name the year" in message for message in faults), faults


@pytest.mark.parametrize("end", [",", ""])
def test_a_decimal_comma_that_a_csv_has_cut_is_told(end):
    text = (
        f"NIP,Nama,Urusan,Tanggal Penilaian,Nilai Teknis,Keterangan\n{NIP},Budi Contoh,Kesehatan,12-03-2024,85,5{end}\n"
    )
    reading = read_files([Source("a.csv", text.encode())], Limits(), today=TODAY)
    assert reading.records == []
    assert len(reading.faults) == 1
    whole = text.replace("85,5", '"85,5",')
    reading = read_files([Source("a.csv", whole.encode())], Limits(), today=TODAY)
    assert [record.values["score"] for record in reading.records] == [85.5]


def test_feedback_of_a_semester_is_none_of_the_year():
    header = ["NIP", "Nama", "Tahun", "Kategori", "Semester"]
    records, faults = read(header, [NIP, "Budi Contoh", 2024, "Baik", "I"])
    assert records == []
    assert any("parts of a year" in message for message in faults)


@pytest.mark.parametrize(
    ("state", "taken"),
    [("Belum Dinilai", False), ("Draft", False), ("Sedang proses", False), ("Selesai", True), ("", True)],
)
def test_a_rating_that_is_not_final_is_not_read(state, taken):
    records, faults = read([*HEADER, "Status Penilaian"], [*ONE, state], [*TWO, "Selesai"], titles=[TITLE, ""])
    assert len(records) == (2 if taken else 0)
    assert any("ratings that are final" in message for message in faults) is not taken
    unrated = [*ONE[:3], "tidak ada data"]
    records, faults = read([*HEADER, "Status Penilaian"], [*unrated, state], [*TWO, "Selesai"], titles=[TITLE, ""])
    assert (len(records), faults) == (1, [])


@pytest.mark.parametrize(("mental", "taken"), [("Sehat", True), ("Tidak Sehat", False), ("", True), ("dr. Ani", True)])
def test_a_second_column_of_health_that_says_something_else_is_asked_about(mental, taken):
    header = ["NIP", "Nama", "Tanggal Keterangan", "Keterangan Sehat", "Kesehatan Jiwa"]
    records, faults = read(header, [NIP, "Budi Contoh", "02-03-2026", "Sehat", mental])
    assert len(records) == taken
    assert any("one column for both" in message for message in faults) is not taken


@pytest.mark.parametrize("score", [4.8, 9, 0.85])
def test_a_score_on_another_scale_than_a_hundred_is_refused(score):
    header = ["NIP", "Nama", "Urusan", "Tanggal Penilaian", "Nilai Teknis"]
    records, faults = read(header, [NIP, "Budi Contoh", "Kesehatan", "12-03-2025", score])
    assert records == []
    assert any("where the scale is 100" in message for message in faults)


def test_a_header_with_a_slip_of_the_pen_is_told_with_the_one_meant():
    reading = read_files(
        [sheet("a.xlsx", ["Nama", "NIP", "Unit Kerja", "Perdikat Kinerja"], ONE)], Limits(), today=TODAY
    )
    (fault,) = reading.faults
    assert (fault.values["written"], fault.row) == ("Perdikat Kinerja", 1)
    assert fault.values["meant"] == "predikat kinerja"
    assert fault.offer.lacking


def test_a_quarter_over_the_ratings_is_told_even_where_no_other_rating_stands():
    rows = [[*HEADER[:3], "TW4"], ["", "", "", "Predikat Kinerja"], ONE]
    records, faults = read(*rows, titles=[TITLE, ""])
    assert records == []
    assert any("parts of a year" in message for message in faults), faults


def test_a_word_for_nothing_where_a_value_is_needed_is_called_so():
    header = ["NIP", "Nama", "Tanggal SK", "Tingkat Hukuman", "Berlaku Sampai"]
    records, faults = read(header, [NIP, "Budi Contoh", "-", "Nihil", "-"])
    assert records == []
    assert any("says that there is nothing" in message for message in faults), faults


def test_a_column_that_counts_the_quarters_is_told():
    records, faults = read([*HEADER, "Triwulan ke-"], [*ONE, 4], titles=[TITLE, ""])
    assert records == []
    assert any("parts of a year" in message for message in faults)


@pytest.mark.parametrize(
    ("header", "word"),
    [("Status Kawin", "Belum Kawin"), ("Status Proses", "Proses selesai"), ("Status", "Sudah final")],
)
def test_other_states_say_nothing_of_a_rating(header, word):
    records, faults = read([*HEADER, header], [*ONE, word], titles=[TITLE, ""])
    assert (len(records), faults) == (1, [])


COMPETENCIES = ["Integritas", "Kerja Sama", "Komunikasi", "Orientasi pada Hasil", "Pelayanan Publik", "Pengembangan Diri dan Orang Lain", "Mengelola Perubahan", "Pengambilan Keputusan", "Perekat Bangsa"]  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "taken"),
    [
        (["BIDANG PENILAIAN KINERJA", "STANDAR KOMPETENSI JABATAN", "TAHUN 2025"], False),
        (["HASIL PENILAIAN KOMPETENSI", "BERDASARKAN STANDAR KOMPETENSI JABATAN", "TAHUN 2025"], True),
    ],
)
def test_standards_of_posts_are_not_levels_of_people(titles, taken):
    rows = [["NIP", "Nama", *COMPETENCIES], [NIP, "Budi Contoh", *[4] * 9]]
    records, faults = read(*rows, titles=titles)
    assert len(records) == taken
    assert any("standards or gaps" in message for message in faults) is not taken


def test_figures_with_decimals_under_no_heading_are_told():
    rows = [["NIP", "Nama", *COMPETENCIES, ""], [NIP, "Budi Contoh", *["3,5"] * 10]]
    records, faults = read(*rows, titles=["HASIL PENILAIAN KOMPETENSI TAHUN 2025"])
    assert records == []
    assert any("under an empty heading" in message for message in faults)


@pytest.mark.parametrize(
    ("day", "taken"), [("24-11-2026", True), ("25-11-2027", True), ("26-11-2027", False), ("03-03-2062", False)]
)
def test_something_may_begin_within_a_year_and_not_in_forty(day, taken):
    header = ["NIP", "Nama", "Nama Diklat", "Tanggal Mulai", "Jumlah JP"]
    records, faults = read(header, [NIP, "Budi Contoh", "PKN II", day, 40])
    assert len(records) == taken
    assert any("still to come" in message for message in faults) is not taken


@pytest.mark.parametrize(("year", "taken"), [(2026, True), (2027, False)])
def test_nobody_has_graduated_in_a_year_to_come(year, taken):
    header = ["NIP", "Nama", "Tingkat Pendidikan", "Bidang Ilmu", "Tahun Lulus"]
    records, faults = read(header, [NIP, "Budi Contoh", "S2", "Ilmu Pemerintahan", year])
    assert len(records) == taken
    assert any("still to come" in message for message in faults) is not taken


@pytest.mark.parametrize(("year", "taken"), [(2024, True), (2025, False)])
def test_a_row_without_a_year_takes_the_titles_only_where_other_rows_agree(year, taken):
    records, faults = read([*HEADER, "Tahun"], [*ONE, year], [*TWO, ""], titles=[TITLE, ""])
    assert [record.values["year"] for record in records] == ([2024, 2024] if taken else [])
    assert any("another one than all other rows" in message for message in faults) is not taken


@pytest.mark.parametrize(
    ("header", "first"),
    [
        (["NIP", "Nama", "Unit Kerja", "Predikat", "Nama"], [NIP, "Rahmat Contoh", "Setda", "Baik", "I Made Contoh"]),
        (["Nama", "Unit Kerja", "Predikat", "Nama"], ["Rahmat Contoh", "Setda", "Baik", "I Made Contoh"]),
        (["NIP", "Nama", "Unit Kerja", "Predikat", "Predikat"], [NIP, "Rahmat Contoh", "Setda", "Baik", "Kurang"]),
    ],
)
def test_no_person_is_taken_for_a_second_row_of_the_header(header, first):
    second = [OTHER_NIP if cell == NIP else cell for cell in first]
    records, faults = read(header, first, second, titles=[TITLE, ""])
    assert records == []
    assert any("columns could be" in message for message in faults), faults


@pytest.mark.parametrize(
    ("header", "lower"),
    [
        ([*HEADER, "", "", ""], ["", "", "", "TW I", "TW II", "TW III", "TW IV"]),
        ([*HEADER, ""], ["", "", "", "Usulan", "Penetapan"]),
        ([*HEADER, ""], ["", "", "", "Th. 23", "Th. 24"]),
    ],
)
def test_a_second_row_of_a_header_that_is_not_merged_is_told(header, lower):
    row = [*ONE, *["Baik"] * (len(header) - 4)]
    records, faults = read(header, lower, row, titles=[TITLE, ""])
    assert records == []
    assert faults, faults


def test_a_section_right_below_the_header_is_none():
    records, faults = read(["No", *HEADER], ["A", "DINAS CONTOH", "", "", ""], [1, *ONE], titles=[TITLE, ""])
    assert (len(records), faults) == (1, [])


def test_a_day_below_place_and_day_of_birth_is_no_day_of_an_assessment():
    rows = [["NIP", "Nama", "Tempat, Tanggal Lahir", "", *COMPETENCIES], ["", "", "Tempat", "Tanggal", *[""] * 9]]
    rows += [[NIP, "Budi Contoh", "Kayuagung", "12-03-1975", *[3] * 9]]
    records, _ = read(*rows, titles=["HASIL PENILAIAN KOMPETENSI TAHUN 2025"])
    assert [record.values["assessed_on"] for record in records] in ([], [dt.date(2025, 1, 1)])


@pytest.mark.parametrize("cell", ["Baik*", "Baik ?", "Sangat Baik (?)"])
def test_a_mark_of_doubt_is_not_dropped(cell):
    records, faults = read(HEADER, [*ONE[:3], cell], titles=[TITLE, ""])
    assert records == []
    assert any("mark of doubt" in message for message in faults)


@pytest.mark.parametrize(
    ("remark", "taken"),
    [("nilai sementara, belum ditetapkan", False), ("SK DICABUT", False), ("Kepala Seksi", True), ("", True)],
)
def test_a_remark_that_a_row_does_not_count_is_heard(remark, taken):
    records, faults = read([*HEADER, "Keterangan"], [*ONE, remark], titles=[TITLE, ""])
    assert len(records) == taken
    assert any("does not count" in message for message in faults) is not taken


@pytest.mark.parametrize(
    ("name", "two"),
    [
        ("Rahmat Contoh, Agus Contoh", True),
        ("Rahmat Contoh, S.E., M.Si.", False),
        ("Rahmat Contoh, SKM", False),
        ("Rahmat Contoh, Sarjana Ekonomi", False),
    ],
)
def test_two_names_in_one_cell_are_told(name, two):
    records, faults = read(HEADER, [name, *ONE[1:]], titles=[TITLE, ""])
    assert len(records) == (not two)
    assert any("two people" in message for message in faults) is two


def test_numbers_in_a_column_that_is_not_read_are_told():
    records, faults = read(["Nama", "No. Induk", "Unit Kerja", "Predikat Kinerja"], ONE, TWO, titles=[TITLE, ""])
    assert records == []
    assert any("holds NIP" in message for message in faults)


@pytest.mark.parametrize(
    ("columns", "cells", "taken"),
    [
        (["Periode Awal", "Periode Akhir"], ["01-01-2024", "31-12-2024"], True),
        (["Periode Awal", "Periode Akhir"], ["01-01-2024", "30-06-2024"], False),
        (["Masa Penilaian", "X"], ["Triwulan III", ""], False),
        (["Periode Penilaian", "X"], ["Jan-Jun 2024", ""], False),
    ],
)
def test_periods_beside_a_rating_are_those_of_a_year(columns, cells, taken):
    records, faults = read([*HEADER, *columns], [*ONE, *cells], titles=[TITLE, ""])
    assert len(records) == taken, faults


def test_two_years_in_one_heading_are_asked_about():
    records, faults = read([*HEADER[:3], "Predikat Kinerja 2023/2024"], ONE, titles=[TITLE, ""])
    assert records == []
    assert faults
