"""Files in the layouts that really arrive, sound and faulty."""

import datetime as dt

import pytest

from core.imports.layouts import LAYOUTS
from core.imports.layouts.skp22 import RATING_FROM
from core.imports.parse import Source, read_files
from core.imports.values import Limits
from core.reports.templates import template
from core.reports.workbook import Table, workbook
from tests.factories import NIP, SIASN_HEADERS, sheet, siasn, siasn_row

COMPETENCIES = [
    "Integritas",
    "Kerja Sama",
    "Komunikasi",
    "Orientasi pada Hasil",
    "Pelayanan Publik",
    "Pengembangan Diri dan Orang Lain",
    "Mengelola Perubahan",
    "Pengambilan Keputusan",
    "Perekat Bangsa",
]


def read(*files: Source):
    return read_files(files, Limits())


def values(*files: Source) -> list[dict]:
    reading = read(*files)
    assert reading.faults == []
    return [record.values for record in reading.records]


def fault(*files: Source):
    (only,) = read(*files).faults
    return only


def test_siasn():
    (row,) = values(siasn(siasn_row("19750312 200004 1 001")))
    assert row["nip"] == NIP
    assert row["birth_date"] == dt.date(1975, 3, 12)
    assert (row["echelon"], row["grade"], row["education_level"], row["sex"]) == ("III.b", "IV/a", "S2", "male")


def test_titles_above_merged_cells_and_a_signature_below():
    source = siasn(
        siasn_row(),
        titles=["DAFTAR PEGAWAI", "Kabupaten Contoh"],
        signature=["Kayuagung, 1 Januari 2026", "Kepala BKPSDM", "", "Nama Pejabat", "19700101 199003 1 001"],
    )
    reading = read(source)
    assert reading.faults == []
    assert len(reading.records) == 1
    assert reading.skipped_rows == 4


def test_columns_that_must_not_be_kept_are_not_even_read():
    source = sheet(
        "s.xlsx",
        [*SIASN_HEADERS, "NIK", "NPWP NOMOR", "BPJS", "NOMOR HP", "ALAMAT", "AGAMA NAMA", "JENIS KAWIN NAMA", "EMAIL"],
        [*siasn_row(), "RAHASIA", "RAHASIA", "RAHASIA", "RAHASIA", "RAHASIA", "RAHASIA", "RAHASIA", "RAHASIA"],
    )
    (row,) = values(source)
    assert "RAHASIA" not in map(str, row.values())


def test_skp22_with_its_mixed_capitals_names_people_by_pns_id():
    headers = [
        "id",
        "tahun",
        "hasilKinerja",
        "hasilKinerjaNilai",
        "perilakuKerja",
        "PerilakuKerjaNilai",
        "kuadranKinerja",
        "KuadranKinerjaNilai",
        "pnsDinilaiId",
        "statusPenilai",
    ]
    (row,) = values(
        sheet(
            "skp.xlsx",
            headers,
            ["1", 2025, "Diatas Ekspektasi", "", "Sesuai Ekspektasi", "", "BAIK", "", "ABC-1", "ASN"],
        )
    )
    assert (row["year"], row["rating"], row["work_result"], row["pns_id"]) == (2025, "good", "above", "ABC-1")


@pytest.mark.parametrize(
    ("work", "behaviour", "rating"),
    [
        ("Diatas Ekspektasi", "Diatas Ekspektasi", "very_good"),
        ("Dibawah Ekspektasi", "Sesuai Ekspektasi", "needs_improvement"),
        ("Sesuai Ekspektasi", "Dibawah Ekspektasi", "poor"),
        ("Dibawah Ekspektasi", "Dibawah Ekspektasi", "very_poor"),
    ],
)
def test_the_rating_follows_from_its_halves(work, behaviour, rating):
    headers = ["tahun", "hasilKinerja", "perilakuKerja", "kuadranKinerja", "pnsDinilaiId"]
    (row,) = values(sheet("skp.xlsx", headers, [2025, work, behaviour, "", "ABC-1"]))
    assert row["rating"] == rating
    assert len(RATING_FROM) == 9


def test_ekinerja_recap_takes_its_year_from_the_title_and_drops_rows_without_data():
    source = sheet(
        "r.xlsx",
        ["nama", "unit_kerja", "kuadran_kinerja", "status_penilaian"],
        ["Budi", "Dinas", "baik", "selesai"],
        ["Ani", "Dinas", "0", ""],
        ["Ida", "Dinas", "tidak ada data", ""],
        titles=["REKAP TAHUN 2025"],
    )
    assert [(row["name"], row["rating"], row["year"]) for row in values(source)] == [("Budi", "good", 2025)]


def test_ekinerja_recap_without_a_year_anywhere():
    assert (
        "year is neither"
        in fault(sheet("r.xlsx", ["nama", "unit_kerja", "kuadran_kinerja"], ["Budi", "Dinas", "baik"])).message
    )


def assessment(*rows, titles=("REKAP", "Tanggal: 12 Maret 2025"), name="a.xlsx") -> Source:
    headers = [
        "Nama",
        "Jabatan",
        "Perangkat Daerah",
        *COMPETENCIES,
        "Total",
        "JPM (%)",
        "Saran Pengembangan 1",
        "Saran Pengembangan 2",
    ]
    return Source(name, workbook([Table("Rekap", headers, rows, titles, groups=[("Kompetensi", 3, 11)])]))


def test_assessment_recap_under_a_two_row_merged_header_with_decimal_comma():
    (row,) = values(assessment(["Budi", "Camat", "Dinas", *[4] * 9, 36, "87,05", "Diklat", ""]))
    assert row["job_person_match"] == 87.05
    assert row["assessed_on"] == dt.date(2025, 3, 12)
    assert row["unifying_the_nation"] == 4


def test_assessment_recap_one_row_a_person_with_nip_first():
    (row,) = values(
        sheet("a.xlsx", ["NIP", "Nama", "Tanggal", *COMPETENCIES, "JPM"], [NIP, "Budi", "12-03-2025", *[3] * 9, 75])
    )
    assert (row["nip"], row["assessed_on"], row["job_person_match"]) == (NIP, dt.date(2025, 3, 12), 75)


def test_a_recap_that_names_only_its_year_counts_from_its_first_day():
    (row,) = values(assessment(["Budi", "Camat", "Dinas", *[4] * 9, 36, 90, "", ""], titles=["REKAP TAHUN 2025"]))
    assert row["assessed_on"] == dt.date(2025, 1, 1)


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout.is_template], ids=lambda layout: layout.key)
def test_every_template_is_read_back_as_what_it_is(layout):
    reading = read(Source("x.xlsx", template(layout)))
    assert reading.layouts[0] == [layout]
    assert [record.kind for record in reading.records] == [layout.kind]
    assert reading.faults == []


BAD_CELLS = [
    ({"NIP BARU": 1.97503122000041e17}, "NIP BARU", "spreadsheet turned"),
    ({"NIP BARU": "1.97E+17"}, "NIP BARU", "spreadsheet turned"),
    ({"NIP BARU": "19750312"}, "NIP BARU", "has {count} digits"),
    ({"TANGGAL LAHIR": "12-03-1976"}, "NIP BARU", "says born on"),
    ({"JENIS KELAMIN": "F"}, "NIP BARU", "15th digit"),
    ({"TANGGAL LAHIR": "31-02-1975"}, "TANGGAL LAHIR", "is not a date"),
    ({"GOL AKHIR NAMA": "V/z"}, "GOL AKHIR NAMA", "not a known"),
    ({"NAMA": ""}, "NAMA", "cell is empty"),
]


@pytest.mark.parametrize(("cells", "column", "words"), BAD_CELLS)
def test_a_faulty_cell_is_reported_with_its_place(cells, column, words):
    refusal = fault(siasn(siasn_row(**cells), titles=["Judul"]))
    assert (refusal.sheet, refusal.row) == ("Data", 4)
    assert column in refusal.column
    assert words in refusal.message


def test_every_fault_is_reported_not_just_the_first():
    rows = [siasn_row(**cells) for cells, _, _ in BAD_CELLS]
    assert len(read(siasn(*rows)).faults) == len(BAD_CELLS)


def test_a_missing_nip_column():
    headers = [header for header in SIASN_HEADERS if header != "NIP BARU"]
    row = [cell for header, cell in zip(SIASN_HEADERS, siasn_row(), strict=True) if header != "NIP BARU"]
    refusal = fault(sheet("s.xlsx", headers, row))
    assert refusal.values == {"layout": "SIASN data utama", "columns": "NIP BARU"}


def test_an_unknown_rating():
    refusal = fault(
        sheet("r.xlsx", ["nama", "unit_kerja", "kuadran_kinerja", "tahun"], ["Budi", "Dinas", "hebat", 2025])
    )
    assert "not a known" in refusal.message


def test_a_score_outside_its_range():
    assert "outside its range" in fault(assessment(["Budi", "Camat", "Dinas", 9, *[4] * 8, 36, 90, "", ""])).message


def test_an_unknown_layout_says_what_was_taken_for_its_header():
    refusal = fault(sheet("u.xlsx", ["Warna", "Ukuran"], ["merah", 3]))
    assert "no layout has these columns" in refusal.message
    assert refusal.values == {"row": 1, "headers": "Warna, Ukuran"}
    assert refusal.offer.headers == ("Warna", "Ukuran")


def test_an_unknown_layout_names_the_nearest_and_what_it_lacks():
    refusal = fault(sheet("u.xlsx", ["NIP", "Nama", "Warna"], [NIP, "Budi", "merah"], titles=["DAFTAR"]))
    assert "nearest to" in refusal.message
    assert refusal.values["row"] == 3
    assert refusal.values["layout"] in {layout.title["id"] for layout in LAYOUTS}
    assert refusal.values["columns"]


def test_an_empty_workbook():
    assert "no filled sheet" in fault(Source("e.xlsx", workbook([Table("Data", [], [])]))).message


def test_a_remark_sheet_beside_a_known_one_is_told_and_left_out():
    content = workbook([Table("Data", SIASN_HEADERS, [siasn_row()]), Table("Petunjuk", ["Isi dengan benar"], [["ya"]])])
    reading = read(Source("s.xlsx", content))
    assert reading.faults == []
    assert reading.skipped_sheets == [("s.xlsx", "Petunjuk")]


def test_csv_with_a_leading_apostrophe():
    text = ";".join(SIASN_HEADERS) + "\n" + ";".join(str(cell) for cell in siasn_row(f"'{NIP}")) + "\n"
    assert values(Source("s.csv", text.encode()))[0]["nip"] == NIP


def test_a_recap_dated_only_in_its_signature_block():
    source = Source(
        "a.xlsx",
        workbook(
            [
                Table(
                    "Rekap",
                    ["Nama", "Perangkat Daerah", *COMPETENCIES, "JPM (%)"],
                    [["Budi", "Dinas", *[4] * 9, 90]],
                    ["REKAP HASIL"],
                    ["Kayuagung, 12 Maret 2025", "Kepala BKPSDM"],
                )
            ]
        ),
    )
    (row,) = values(source)
    assert row["assessed_on"] == dt.date(2025, 3, 12)


def test_a_date_column_with_an_empty_cell_takes_the_title_or_is_a_fault():
    headers = ["NIP", "Nama", "Tanggal", *COMPETENCIES, "JPM"]
    rows = [[NIP, "Budi", "", *[3] * 9, 75]]
    (row,) = values(sheet("a.xlsx", headers, *rows, titles=["Tanggal 12 Maret 2025"]))
    assert row["assessed_on"] == dt.date(2025, 3, 12)
    refusal = fault(sheet("a.xlsx", headers, *rows, titles=["REKAP"]))
    assert (refusal.row, refusal.column) == (4, "Tanggal")


def test_of_two_columns_for_one_field_the_better_one_counts():
    headers = ["TMT ESELON", *SIASN_HEADERS]
    (row,) = values(sheet("s.xlsx", headers, ["01-01-1999", *siasn_row()]))
    assert row["position_since"] == dt.date(2020, 1, 1)


@pytest.mark.parametrize(
    ("titles", "header", "cell", "level"),
    [
        (["REKAP PENILAIAN KOMPETENSI JPT PRATAMA TAHUN 2025"], [], [], "jpt_pratama"),
        (["REKAP PENILAIAN KOMPETENSI JABATAN ADMINISTRATOR TAHUN 2025"], [], [], "administrator"),
        (["REKAP PENILAIAN KOMPETENSI ADMINISTRATOR DAN PENGAWAS TAHUN 2025"], [], [], None),
        (["REKAP PENILAIAN KOMPETENSI TAHUN 2025"], [], [], None),
        (["REKAP PENILAIAN KOMPETENSI TAHUN 2025"], ["Jenjang Asesmen"], ["JPT Pratama"], "jpt_pratama"),
        (["REKAP PENILAIAN KOMPETENSI ADMINISTRATOR TAHUN 2025"], ["Jenjang Asesmen"], ["Pengawas"], "supervisor"),
    ],
)
def test_the_level_an_assessment_was_made_for_stands_in_a_column_or_in_the_title(titles, header, cell, level):
    columns = ["NIP", "Nama", *COMPETENCIES, *header]
    rows = [[titles[0], *[""] * (len(columns) - 1)], columns, [NIP, "Budi Contoh", *[3] * 9, *cell]]
    reading = read_files([sheet("a.xlsx", *rows)], Limits())
    assert reading.faults == []
    assert [record.values.get("made_for") for record in reading.records] == [level]
