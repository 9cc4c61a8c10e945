"""What stands around the people of a table changes nothing about them."""

import random

import pytest

from core.imports.parse import read_files
from core.imports.values import Limits
from tests.factories import sheet

HEADER = ["No", "NIP", "Nama", "Unit Kerja", "Predikat Kinerja", "Tahun"]
PEOPLE = [
    [str(n), f"1975{n:02d}122000041{n:03d}", f"Budi Contoh {n}", "Dinas Contoh", "Baik", 2025] for n in range(1, 10)
]
NUMBERS = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]
FILLERS = [
    [],
    ["DINAS CONTOH"],
    ["DINAS CONTOH"] * 6,
    HEADER,
    NUMBERS,
    ["", "Jumlah", "", "", 3],
    ["", "", "Rata-rata", "", 4.5],
]


def records(header, rows, titles=()):
    reading = read_files([sheet("x.xlsx", header, *rows, titles=titles)], Limits())
    assert reading.faults == []
    return sorted((tuple(sorted(record.values.items(), key=str)) for record in reading.records), key=str), reading


@pytest.mark.parametrize("seed", range(25))
def test_order_fillers_titles_and_further_columns_change_nothing(seed):
    rng = random.Random(seed)
    plain, _ = records(HEADER, PEOPLE)
    rows = list(PEOPLE)
    rng.shuffle(rows)
    for _ in range(rng.randint(1, 6)):
        rows.insert(rng.randint(0, len(rows)), rng.choice(FILLERS))
    order = list(range(len(HEADER)))
    rng.shuffle(order)
    extra = rng.randint(0, 2)

    def move(row):
        """A row under the header in its new order; the numbers of columns count from the left in any order."""
        if row is NUMBERS:
            return row
        cells = [(row[at] if at < len(row) else "") for at in order]
        return cells + ["catatan"] * (extra if row in PEOPLE else 0)

    moved = [move(row) for row in rows]
    header = [HEADER[at] for at in order] + [f"Keterangan {n}" for n in range(extra)]
    again, reading = records(header, moved, ["REKAP PREDIKAT KINERJA", "PEMERINTAH KABUPATEN"][: rng.randint(0, 2)])
    assert again == plain
    assert len(reading.left_out) == sum(bool(row) and row not in PEOPLE for row in rows)


def test_a_row_that_names_somebody_is_a_person_or_a_fault():
    for row in (
        ["1", "", "Budi Contoh", "Dinas", "Baik", 2025],
        ["1", "19750312", "Budi Contoh", "Dinas", "Baik", 2025],
        ["1", "", "", "Dinas", "Baik", 2025],
    ):
        reading = read_files([sheet("x.xlsx", HEADER, PEOPLE[0], row, PEOPLE[1])], Limits())
        assert len(reading.records) + len(reading.faults) == 3, row
        assert reading.left_out == []


def test_what_is_left_out_is_listed_with_its_row_and_reason():
    reading = read_files(
        [sheet("x.xlsx", HEADER, PEOPLE[0], ["", "Jumlah", "", "", 1], [], ["Catatan kaki"])], Limits()
    )
    assert [(row.row, row.reason) for row in reading.left_out] == [(3, "a total"), (5, "below the table")]
    assert "Jumlah" in reading.left_out[0].text


def test_a_person_of_a_merged_unit_below_a_blank_row_is_one():
    header = ["Unit Kerja", "Nama", "Predikat Kinerja"]
    title = ["REKAP PREDIKAT KINERJA TAHUN 2024", "", ""]
    rows = [["Dinas A", "Budi Contoh", "Baik"], ["", "", ""], ["", "Ani Contoh", "Baik"], ["", "", ""]]
    signature = [
        ["", "Kepala Badan", ""],
        ["", "Rahmat Contoh, S.E.", ""],
        ["", "Kayuagung, 5 Januari 2025", "Sekretaris"],
    ]
    reading = read_files([sheet("x.xlsx", title, header, *rows, *signature)], Limits())
    assert [(record.values["unit"], record.values["name"]) for record in reading.records] == [
        ("Dinas A", "Budi Contoh"),
        ("Dinas A", "Ani Contoh"),
    ]
    assert [left.reason for left in reading.left_out] == ["below the table"] * 3


def test_a_unit_ends_with_its_section():
    header = ["Nama", "Unit Kerja", "Predikat Kinerja", "Tahun"]
    rows = [["Budi Contoh", "Dinas A", "Baik", 2024], ["DINAS B", "", "", ""], ["Ani Contoh", "", "Baik", 2024]]
    reading = read_files([sheet("x.xlsx", header, *rows)], Limits())
    assert [(record.values["name"], record.values["unit"]) for record in reading.records] == [
        ("Budi Contoh", "Dinas A"),
        ("Ani Contoh", None),
    ]


@pytest.mark.parametrize("around", [[], [["", "", "", ""]]])
def test_a_section_between_blank_rows_ends_the_unit_too(around):
    header = ["Nama", "Unit Kerja", "Predikat Kinerja", "Tahun"]
    rows = [["Budi Contoh", "Dinas Kesehatan", "Baik", 2024], *around, ["DINAS PENDIDIKAN", "", "", ""], *around]
    reading = read_files([sheet("x.xlsx", header, *rows, ["Ani Contoh", "", "Baik", 2024])], Limits())
    assert [record.values["unit"] for record in reading.records] == ["Dinas Kesehatan", None]
    assert [left.reason for left in reading.left_out] == ["the heading of a section"]


@pytest.mark.parametrize(
    ("row", "person"),
    [
        (["Budi Contoh", "Jumlah Dinas", "Baik", 2024], True),
        (["Jumlah", "", "", 12], False),
        (["", "Jumlah", "", 12], False),
        (["Rata-rata", "Dinas", "", 80], False),
    ],
)
def test_a_total_names_nobody(row, person):
    header = ["Nama", "Unit Kerja", "Predikat Kinerja", "Tahun"]
    reading = read_files([sheet("x.xlsx", header, ["Ani Contoh", "Dinas", "Baik", 2024], row)], Limits())
    assert len(reading.records) == 1 + person
    assert [left.reason for left in reading.left_out] == ([] if person else ["a total"])
