import datetime as dt

import pytest

from core.imports import cells
from core.imports.layouts import BY_KEY
from core.talent.errors import InvalidValue


@pytest.mark.parametrize(
    "cell",
    [
        "12-03-1975",
        "12/03/1975",
        "12.3.1975",
        "1975-03-12",
        "12 Maret 1975",
        "12 March 1975",
        "12-Mar-1975",
        dt.datetime(1975, 3, 12),
        dt.date(1975, 3, 12),
        "1975-03-12 00:00:00",
    ],
)
def test_dates_as_they_arrive(cell):
    assert cells.date(cell) == dt.date(1975, 3, 12)


@pytest.mark.parametrize("cell", ["31-02-2020", "13-13-2020", "kemarin", 45000.0, "12-03-75"])
def test_what_is_no_date(cell):
    with pytest.raises(InvalidValue, match="dd-mm-yyyy"):
        cells.date(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("87,05", 87.05), ("87.05", 87.05), ("1.250,5", 1250.5), ("80 %", 80), (80, 80), ("", None), ("-", None)],
)
def test_numbers_with_decimal_comma(cell, value):
    assert cells.number(0, 2000)(cell) == value


@pytest.mark.parametrize("cell", ["abc", "1,2,3", True, "101", -1, float("nan")])
def test_what_is_no_number_of_the_range(cell):
    with pytest.raises(InvalidValue):
        cells.number(0, 100)(cell)


def test_whole_numbers():
    assert cells.whole(2000, 2100)("2025") == cells.whole(2000, 2100)(2025.0) == 2025
    with pytest.raises(InvalidValue, match="whole"):
        cells.whole(0, 10)(2.5)


@pytest.mark.parametrize(("cell", "value"), [("Ya", True), ("tidak", False), ("", None)])
def test_yes_and_no(cell, value):
    assert cells.yes_no(cell) is value


def test_text_is_trimmed_and_bounded():
    assert cells.text("  Budi   Contoh ") == "Budi Contoh"
    assert cells.text(2025.0) == "2025"
    with pytest.raises(InvalidValue, match="at most 300"):
        cells.text("x" * 301)


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("Aktif", "active"),
        ("PNS Kena Hukuman Disiplin", "active"),
        ("Pensiun TMT 01-03-2026", "retired"),
        ("Masa Persiapan Pensiun (MPP)", "retired"),
        ("Mencapai BUP", "retired"),
        ("Perpanjangan CLTN", "unpaid_leave"),
        ("Pensiun karena meninggal dunia", "died"),
        ("Pindah Instansi ke Provinsi", "moved"),
        ("", None),
    ],
)
def test_a_standing_in_service_by_the_word_that_tells_it(cell, status):
    assert cells.status(cell) == status


@pytest.mark.parametrize("cell", ["Pejabat Negara", "Tidak aktif", "x"])
def test_a_standing_that_tells_nothing_is_asked_for(cell):
    with pytest.raises(InvalidValue):
        cells.status(cell)


@pytest.mark.parametrize(
    "cell", ["Tahun 2025", "1 Januari 2025 - 31 Desember 2025", "Januari s.d. Desember 2025", 2025.0, "2025"]
)
def test_years(cell):
    assert cells.year(cell) == 2025


def test_a_name_holds_letters():
    assert cells.words("Budi") == "Budi"
    with pytest.raises(InvalidValue, match="no letter"):
        cells.words(12)


@pytest.mark.parametrize("cell", ["Selasa, 12 Maret 2024", "selasa 12-03-2024"])
def test_a_day_may_be_named(cell):
    assert cells.date(cell) == dt.date(2024, 3, 12)


@pytest.mark.parametrize("cell", ["Rabu, 12 Maret 2024", "Jum'at, 12-03-2024"])
def test_a_day_named_wrongly_is_refused(cell):
    with pytest.raises(InvalidValue, match="another day of the week"):
        cells.date(cell)


@pytest.mark.parametrize(
    ("cell", "value"), [("40 JP", 40), ("40JP", 40), ("40 jam", 40), ("40 jam pelajaran", 40), ("1.080 JP", 1080)]
)
def test_hours_may_name_their_unit(cell, value):
    parse = next(column.parse for column in BY_KEY["diklat"].columns if column.field == "hours")
    assert parse(cell) == value
    for wrong in ("40 hari", "40 %", "JP", "40 JP 2"):
        with pytest.raises(InvalidValue):
            parse(wrong)
    with pytest.raises(InvalidValue):
        cells.number(0, 100)("40 JP")


@pytest.mark.parametrize("cell", ["16 24", "16\n24", "1 2"])
def test_two_numbers_in_one_cell_are_no_number(cell):
    with pytest.raises(InvalidValue, match="not a number"):
        cells.number(0, 5000)(cell)


@pytest.mark.parametrize(("cell", "value"), [("1 080", 1080), ("1 080,5", 1080.5), ("- 5", -5)])
def test_a_blank_may_separate_thousands(cell, value):
    assert cells.number(-10, 5000)(cell) == value


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3 s.d. 7 Maret 2025", dt.date(2025, 3, 3)),
        ("28 Februari s/d 4 Maret 2025", dt.date(2025, 2, 28)),
        ("3 Maret 2025 s/d 7 Maret 2025", dt.date(2025, 3, 3)),
        ("03-03-2025", dt.date(2025, 3, 3)),
        ("", None),
    ],
)
def test_the_first_day_of_a_span(cell, day):
    assert cells.first_day(cell) == day


@pytest.mark.parametrize("cell", ["9 s.d. 7 Maret 2025", "3 s.d. 7", "kemarin"])
def test_what_is_no_span(cell):
    with pytest.raises(InvalidValue):
        cells.first_day(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "Usul Pensiun",
        "Mutasi ke Dinas PUPR",
        "PNS Pindah Jabatan",
        "Pindah Tugas ke Kec. Lempuing",
        "Batal Pindah",
        "Proses PTDH",
        "PNS (Suami Meninggal)",
        "Cerai Meninggal",
    ],
)
def test_a_standing_of_others_or_of_a_wish_is_asked_for(cell):
    with pytest.raises(InvalidValue):
        cells.status(cell)
