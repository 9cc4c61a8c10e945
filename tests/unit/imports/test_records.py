"""Columns read at once: each distinct cell once, each row for itself."""

import pytest

from core.imports.cells import number, yes_no
from core.imports.layout import Column, Layout, Match
from core.imports.layouts import BY_KEY
from core.imports.parse import read_files
from core.imports.records import SheetRows, read_records
from core.imports.values import CellProblem, Limits, Percent
from tests.factories import NIP, OTHER_NIP, sheet


def columns_of(layout: Layout, *fields: str) -> Match:
    by_field = {column.field: column for column in layout.columns}
    return Match(layout, 0, 1, {at: by_field[name] for at, name in enumerate(fields)}, ())


def read(rows, parse=None):
    """Rows of NIP, year and category of the 360-degree feedback template."""
    match = columns_of(BY_KEY["umpan_balik_360"], "nip", "year", "category")
    if parse is not None:
        match = Match(match.layout, 0, 1, {**match.columns, 2: Column("category", ("KATEGORI",), parse)}, ())
    table = SheetRows(0, "a.xlsx", "S", list(enumerate(rows, start=2)))
    read_records(table, match, None, None, {})
    return table


def test_a_text_in_many_rows_is_read_once():
    asked = []

    def parse(cell: object) -> object:
        asked.append(cell)
        return cell

    table = read([[NIP, 2024, "baik"], [NIP, 2025, "baik"], [OTHER_NIP, 2025, "baik"]], parse)
    assert [record.values["category"] for record in table.records] == ["baik"] * 3
    assert asked == ["baik"]


def test_cells_that_are_equal_and_not_the_same_are_read_each():
    rows = [[NIP, 2023, 1.0], [NIP, 2024, True], [NIP, 2025, Percent(1.0)]]
    table = read(rows, number(0, 100))
    assert [(type(record.values["category"]), record.row) for record in table.records] == [(float, 2), (float, 4)]
    assert [fault.row for fault in table.faults] == [3]
    assert read([[NIP, 2024, "1"], [NIP, 2025, 1.0]], yes_no).records[0].values["category"] is True


def test_a_cell_that_cannot_be_read_is_a_fault_in_each_of_its_rows():
    table = read([[NIP, 2024, "apa"], [NIP, 2025, "apa"], [NIP, 2023, "baik"], [NIP, "apa", "apa"]])
    assert [(fault.row, fault.column.split()[0]) for fault in table.faults] == [(5, "B"), (2, "C"), (3, "C"), (5, "C")]
    assert [record.row for record in table.records] == [4]
    assert len({id(fault.values) for fault in table.faults}) == 4


def test_an_error_of_a_formula_is_one_wherever_it_is_written_out():
    table = read([[NIP, 2024, " #N/A"], [NIP, 2025, CellProblem("=A1", False)], [NIP, 2023, "#1"]])
    assert [fault.message.split(";")[0] for fault in table.faults[:2]] == [
        "the cell holds the error {value} of a formula",
        "the cell holds the formula {value} without its result",
    ]
    assert len(table.faults) == 3
    assert table.records == []


@pytest.mark.parametrize("nip", ["", "-", " ", "tidak ada"])
def test_a_word_for_nothing_is_no_nip_where_name_and_unit_name_the_person(nip):
    header = ["NIP", "Nama", "Unit Kerja", "Predikat Kinerja", "Tahun"]
    reading = read_files([sheet("x.xlsx", header, [nip, "Budi Contoh", "Dinas", "Baik", 2024])], Limits())
    assert reading.faults == []
    assert [record.values["nip"] for record in reading.records] == [None]


def test_years_side_by_side_say_what_is_wrong_with_a_person_once():
    header = ["NIP", "Nama", "Predikat 2023", "Predikat 2024"]
    rows = [["19750312", "Budi Contoh", "Baik", "Baik"], [OTHER_NIP, "Ani Contoh", "", "Baik"]]
    rows += [["197701012003121004", "Zul Contoh", "", ""]]
    reading = read_files([sheet("x.xlsx", header, *rows)], Limits())
    assert len(reading.faults) == 1
    assert [(record.values["nip"], record.values["year"]) for record in reading.records] == [(OTHER_NIP, 2024)]
    assert [left.row for left in reading.left_out] == [4]
