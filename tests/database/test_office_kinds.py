"""Kinds of what offices send, each in every format it can come in: read right, left out and listed, or refused."""

import datetime as dt
import io
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from core.imports.parse import Reading, Source, read_files
from core.imports.values import Limits
from tests.factories import NIP, OTHER_NIP
from tests.unit.imports.test_parse import COMPETENCIES

FORMS = ("xlsx", "xls", "ods", "csv")
RECAP = ["No", "NIP", "Nama", "Unit Kerja", "Predikat Kinerja", "Tahun"]
BUDI = [1, NIP, "Budi Contoh", "Dinas Contoh", "Baik", 2025]
ANI = [2, OTHER_NIP, "Ani Misal", "Dinas Contoh", "Sangat Baik", 2025]


@dataclass(frozen=True)
class Kind:
    """Rows of a sheet, what is done to it, and what must come of it."""

    rows: list[list[object]]
    records: list[dict[str, object]] = field(default_factory=list)
    refused: str = ""
    left_out: int = 0
    touch: Callable[[Worksheet], None] = lambda sheet: None
    forms: tuple[str, ...] = FORMS


BOTH = [{"nip": NIP, "rating": "good", "year": 2025}, {"nip": OTHER_NIP, "rating": "very_good", "year": 2025}]


def percent(sheet: Worksheet) -> None:
    """Show the last column as a percentage."""
    for row in sheet.iter_rows(min_row=2, min_col=sheet.max_column):
        row[0].number_format = "0.0%"


def merged(*ranges: str) -> Callable[[Worksheet], None]:
    """Merge cells."""

    def touch(sheet: Worksheet) -> None:
        for cells in ranges:
            sheet.merge_cells(cells)

    return touch


ASSESSMENT = ["NIP", "Nama", "Tanggal", *COMPETENCIES, "JPM (%)"]
LEVELS = [3] * 9
TRAINING = ["NIP", "Nama", "Nama Diklat", "Tanggal Mulai", "Jumlah JP"]

KINDS: dict[str, Kind] = {
    "numbers under the header": Kind([RECAP, [f"({n})" for n in range(1, 7)], BUDI, ANI], BOTH, left_out=1),
    "plain numbers under the header": Kind([RECAP, [1, 2, 3, 4, 5, 6], BUDI, ANI], BOTH, left_out=1),
    "sections": Kind(
        [RECAP, ["DINAS CONTOH"], BUDI, ["", "BIDANG UMUM"], ANI], BOTH, left_out=2, touch=merged("A2:F2")
    ),
    "the header on each page": Kind([RECAP, BUDI, RECAP, ANI], BOTH, left_out=1),
    "totals": Kind([RECAP, BUDI, ANI, ["", "Jumlah", "", "", 2, ""], ["Rata-rata", "", "", "", 4.5]], BOTH, left_out=2),
    "a second table below": Kind(
        [RECAP, BUDI, ANI, [], ["", "", "Predikat", "Banyaknya"], ["", "", "Baik", 1], ["", "", "Sangat Baik", 1]],
        BOTH,
        left_out=3,
    ),
    "signatures": Kind(
        [RECAP, BUDI, ANI, [], ["", "", "", "", "Kayuagung, 5 Januari 2026"], ["", "", "", "", "Kepala BKPSDM"]],
        BOTH,
        left_out=2,
    ),
    "a faulty number below a blank row is a fault": Kind(
        [RECAP, BUDI, [], [2, OTHER_NIP[:-1], "Ani Misal", "Dinas Contoh", "Baik", 2025]], refused="digits"
    ),
    "percent cells": Kind(
        [ASSESSMENT, [NIP, "Budi", dt.date(2025, 3, 12), *LEVELS, 0.855]],
        [{"job_person_match": 85.5, "assessed_on": dt.date(2025, 3, 12)}],
        touch=percent,
    ),
    "a share where the scale is 100": Kind(
        [ASSESSMENT, [NIP, "Budi", "12-03-2025", *LEVELS, 0.855]], refused="scale is 100"
    ),
    "an error in a cell": Kind([RECAP, [1, NIP, "Budi", "#N/A", "Baik", 2025]], refused="error", forms=("csv",)),
    "a formula that fails": Kind([RECAP, [1, NIP, "Budi", "=1/0", "Baik", 2025]], refused="error"),
    "words for nothing": Kind(
        [
            [*TRAINING, "Penyelenggara"],
            *([NIP, "Budi", "PKA", "03-03-2025", 40, word] for word in ("-", "NULL", "n/a", "–")),
        ],
        [{"organiser": None, "hours": 40.0}] * 4,
    ),
    "standard, result and gap": Kind(
        [
            ["NIP", "Nama", "Tanggal", *(text for name in COMPETENCIES for text in (name, "", ""))],
            ["", "", "", *["Standar", "Hasil", "Gap"] * 9],
            [NIP, "Budi", "12-03-2025", *[3, 4, 1] * 9],
        ],
        [{"integrity": 4.0, "unifying_the_nation": 4.0}],
        touch=merged(*(f"{first}1:{last}1" for first, last in (("D", "F"), ("G", "I"), ("J", "L")))),
    ),
    "two years side by side": Kind(
        [["NIP", "Nama", "Predikat 2024", "Predikat 2025"], [NIP, "Budi", "Baik", "Sangat Baik"]],
        [{"year": 2024, "rating": "good"}, {"year": 2025, "rating": "very_good"}],
    ),
    "two years on a row of their own": Kind(
        [["NIP", "Nama", 2024, 2025], ["", "", "Predikat", "Predikat"], [NIP, "Budi", "Baik", "Sangat Baik"]],
        [{"year": 2024, "rating": "good"}, {"year": 2025, "rating": "very_good"}],
    ),
    "quarters beside the year": Kind(
        [
            ["NIP", "Nama", "Tahun", "Triwulan I", "Triwulan II", "Tahunan"],
            ["", "", "", "Predikat", "Predikat", "Predikat"],
            [NIP, "Budi", 2025, "Kurang", "Kurang", "Baik"],
        ],
        [{"year": 2025, "rating": "good"}],
    ),
    "the appraiser's number too": Kind(
        [
            ["Pegawai yang dinilai", "", "Pejabat Penilai", "", "", ""],
            ["NIP", "Nama", "NIP", "Nama", "Predikat", "Tahun"],
            [NIP, "Budi", OTHER_NIP, "Ani", "Baik", 2025],
        ],
        [{"nip": NIP, "name": "Budi", "rating": "good"}],
        touch=merged("A1:B1", "C1:D1"),
    ),
    "one header twice": Kind(
        [[*ASSESSMENT, "JPM (%)"], [NIP, "Budi", "12-03-2025", *LEVELS, 70, 90]], refused="which one is meant"
    ),
    "name and number in one cell": Kind(
        [["No", "Nama / NIP", "Predikat", "Tahun"], [1, f"Budi Contoh\nNIP. {NIP}", "Baik", 2025]],
        [{"nip": NIP, "name": "Budi Contoh"}],
    ),
    "the word NIP before the number": Kind(
        [RECAP, [1, f"NIP. {NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}", *BUDI[2:]]], [{"nip": NIP}]
    ),
    "months as people write them": Kind(
        [
            TRAINING,
            *([NIP, "Budi", f"D{n}", day, 40] for n, day in enumerate(("17 Ags 2024", "2 Peb. 2021", "5 Agust 2022"))),
        ],
        [{"started_on": day} for day in (dt.date(2024, 8, 17), dt.date(2021, 2, 2), dt.date(2022, 8, 5))],
    ),
    "thousands with a point": Kind(
        [TRAINING, [NIP, "Budi", "D", "03-03-2025", "1.080"]], [{"hours": 1080.0}], forms=("xlsx", "xls", "ods")
    ),
    "half converted days": Kind(
        [
            TRAINING,
            [NIP, "Budi", "A", dt.date(2024, 3, 4), 40],
            [NIP, "Budi", "B", dt.date(2024, 5, 1), 40],
            [NIP, "Budi", "C", "25/03/2024", 40],
        ],
        refused="exchanged day and month",
        forms=("xlsx", "xls", "ods"),
    ),
    "days of web exports": Kind(
        [
            TRAINING,
            [NIP, "Budi", "A", "2020-01-12T17:00:00.000Z", 40],
            [NIP, "Budi", "B", dt.datetime(2020, 1, 12, 23, 59, 48), 40],
        ],
        [{"started_on": dt.date(2020, 1, 13)}] * 2,
    ),
    "a header far down": Kind([*[["Keterangan"]] * 40, RECAP, BUDI, ANI], BOTH),
    "a year that is not over": Kind([["REKAP TAHUN 2026"], RECAP[:5], BUDI[:5]], refused="is not over"),
    "two years in the title": Kind([["REKAP TAHUN 2024"], ["TAHUN 2025"], RECAP[:5], BUDI[:5]], refused="2024, 2025"),
    "the year of a rule is none": Kind(
        [["Berdasarkan PermenPANRB Nomor 6 Tahun 2022"], RECAP[:5], BUDI[:5]], refused="year is neither"
    ),
    "a period": Kind([["PERIODE JANUARI–DESEMBER 2025"], ["Nomor 800/12/2026"], RECAP[:5], BUDI[:5]], [{"year": 2025}]),
    "the appraiser's name and number in one cell": Kind(
        [
            ["REKAP TAHUN 2025"],
            ["No", "NIP", "Nama", "Predikat Kinerja", "Nama/NIP Penilai"],
            [1, NIP, "Budi Contoh", "Baik", f"Ani Misal {OTHER_NIP}"],
        ],
        [{"nip": NIP, "name": "Budi Contoh", "rating": "good"}],
    ),
    "a quarter in the title": Kind([["REKAP TRIWULAN II TAHUN 2025"], RECAP[:5], BUDI[:5]], refused="part of a year"),
    "some months in the title": Kind([["PERIODE JANUARI - MARET 2025"], RECAP[:5], BUDI[:5]], refused="part of a year"),
    "a column of quarters": Kind([[*RECAP, "Triwulan"], [*BUDI, "II"]], refused="parts of a year"),
    "a year in the heading and another in the title": Kind(
        [["REKAP TAHUN 2025"], ["NIP", "Nama", "Predikat 2024"], [NIP, "Budi", "Baik"]], refused="one of them is wrong"
    ),
    "a year in the heading": Kind(
        [["NIP", "Nama", "Predikat Kinerja Tahun 2024"], [NIP, "Budi", "Baik"]], [{"year": 2024, "rating": "good"}]
    ),
    "values under no heading": Kind(
        [
            ["NIP", "Nama", "Tanggal", *(text for name in COMPETENCIES for text in (name, "", ""))],
            [NIP, "Budi", "12-03-2025", *[4, 2, -2] * 9],
        ],
        refused="under an empty heading",
    ),
    "standards of posts": Kind(
        [["STANDAR KOMPETENSI JABATAN TAHUN 2025"], ASSESSMENT[:2] + COMPETENCIES, [NIP, "Budi", *LEVELS]],
        refused="standards or gaps",
    ),
    "two columns that say otherwise": Kind(
        [["NIP", "Nama", "Predikat Kinerja", "Predikat", "Tahun"], [NIP, "Budi", "Baik", "Kurang", 2025]],
        refused="which one is meant",
    ),
    "a birth date is no date of an assessment": Kind(
        [["Nama", "Tanggal Lahir", *COMPETENCIES], ["Budi", "12-03-1975", *LEVELS]], refused="date of the assessment"
    ),
    "nobody's rating": Kind(
        [RECAP, BUDI, [2, OTHER_NIP, "Ani Misal", "Dinas Contoh", "Belum dinilai", 2025]], BOTH[:1], left_out=1
    ),
    "an assessment to come": Kind([ASSESSMENT, [NIP, "Budi", "12-03-2062", *LEVELS, 80]], refused="still to come"),
    "a scale of ten": Kind([ASSESSMENT, [NIP, "Budi", "12-03-2025", *LEVELS, 8.5]], refused="scale is 100"),
    "a whole year in words": Kind(
        [["PEMERINTAH SE-KABUPATEN CONTOH", ""], ["PERIODE 1 JANUARI S.D. 31 DESEMBER 2025"], RECAP[:5], BUDI[:5]],
        [{"year": 2025}],
    ),
    "a period in the cell": Kind([RECAP, [*BUDI[:5], "1 Januari 2025 - 31 Desember 2025"]], [{"year": 2025}]),
    "an office's name in the column of names": Kind([RECAP, ["II", "", "DINAS CONTOH"], BUDI, ANI], BOTH, left_out=1),
}
_CASES = [(name, form) for name, kind in KINDS.items() for form in kind.forms]


#: One worker makes the files, for LibreOffice takes as long as all tests of them.
pytestmark = pytest.mark.xdist_group("office kinds")


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
    """Every kind as a workbook of openpyxl, recalculated and saved by LibreOffice in every format."""
    folder = tmp_path_factory.mktemp("kinds")
    sources = folder / "in"
    sources.mkdir()
    for number, kind in enumerate(KINDS.values()):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Data"
        for row in kind.rows:
            sheet.append(row)
        kind.touch(sheet)
        buffer = io.BytesIO()
        book.save(buffer)
        (sources / f"kind{number}.xlsx").write_bytes(buffer.getvalue())
    for form in FORMS:
        done = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        what = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true" if form == "csv" else form
        subprocess.run(
            [*done, what, "--outdir", folder / form, *sources.glob("*.xlsx")],
            check=True,
            capture_output=True,
            timeout=220,
        )
    return folder


def read(saved: Path, name: str, form: str) -> Reading:
    number = list(KINDS).index(name)
    file = saved / form / f"kind{number}.{form}"
    return read_files([Source(file.name, file.read_bytes())], Limits(), today=dt.date(2026, 11, 24))


@pytest.mark.parametrize(("name", "form"), _CASES)
def test_a_kind_of_office_file(name, form, saved):
    kind, reading = KINDS[name], read(saved, name, form)
    said = [fault.message.format(**{"value": fault.value, **fault.values}) for fault in reading.faults]
    if kind.refused:
        assert any(kind.refused in words for words in said), said
        return
    assert said == []
    assert len(reading.records) == len(kind.records)
    for record, wanted in zip(reading.records, kind.records, strict=True):
        assert {column: record.values.get(column) for column in wanted} == wanted
    assert len(reading.left_out) == kind.left_out
