import datetime as dt

import pytest

from core.talent.employee import (
    LEVELS,
    RETIREMENT_AGE,
    compute_age,
    derive_level,
    find_birthday,
    find_retirement_date,
    is_within_age,
    parse_nip,
    write_full_name,
)
from core.talent.errors import InvalidNip


def test_nip_is_taken_apart():
    nip = parse_nip("19750312 200004 1 001")
    assert nip.digits == "197503122000041001"
    assert (nip.birth_date, nip.appointed, nip.sex) == (dt.date(1975, 3, 12), dt.date(2000, 4, 1), "male")


@pytest.mark.parametrize("written", ["'197503122000041001", "19750312.200004.1.001", "197503122000041001 "])
def test_nip_as_people_write_it(written):
    assert parse_nip(written).digits == "197503122000041001"


def test_pppk_has_no_appointment_in_its_nip():
    assert parse_nip("199003122024211001").appointed is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.97503122000041e17, "spreadsheet turned"),
        (197503122000041001, "spreadsheet turned"),
        ("1.97E+17", "spreadsheet turned"),
        ("1,97503E+17", "spreadsheet turned"),
        ("19750312200004100", "has 17 digits; expected 18"),
        ("1975031220000410011", "has 19 digits; expected 18"),
        ("197513122000041001", "date of birth"),
        ("197502302000041001", "date of birth"),
        ("197503122000043001", "15th digit"),
        ("19750312200004100X", "no digits"),
        ("", "digits; expected 18"),
        (None, "empty"),
    ],
)
def test_what_is_no_nip_is_refused_with_the_reason(value, words):
    with pytest.raises(InvalidNip) as refusal:
        parse_nip(value)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("echelon", "title", "level"),
    [
        ("II.b", "Kepala Dinas Contoh", "jpt_pratama"),
        ("II.a", "Sekretaris Daerah", "jpt_pratama"),
        ("III.a", "Camat Contoh", "administrator"),
        ("IV.b", "Kepala Seksi Contoh", "supervisor"),
        (None, "Analis Kebijakan Ahli Madya", "expert_senior"),
        (None, "Dokter Ahli Utama", "expert_main"),
        (None, "Guru Ahli Pertama", "functional"),
        (None, "Sesuatu", "unknown"),
        (None, None, "unknown"),
    ],
)
def test_level_from_echelon_or_title(echelon, title, level):
    assert derive_level(echelon, title) == level


@pytest.mark.parametrize(
    ("birth", "level", "day"),
    [
        (dt.date(1966, 11, 24), "jpt_pratama", dt.date(2026, 12, 1)),
        (dt.date(1966, 12, 24), "jpt_pratama", dt.date(2027, 1, 1)),
        (dt.date(1966, 3, 1), "jpt_pratama", dt.date(2026, 4, 1)),
        (dt.date(1968, 2, 29), "administrator", dt.date(2026, 4, 1)),  # the birthday falls on 1 March
        (dt.date(1968, 2, 29), "jpt_pratama", dt.date(2028, 3, 1)),
        (dt.date(1970, 5, 5), "expert_main", dt.date(2035, 6, 1)),
        (dt.date(1970, 5, 5), "supervisor", dt.date(2028, 6, 1)),
    ],
)
def test_retirement_starts_on_the_first_of_the_month_after_the_birthday(birth, level, day):
    assert find_retirement_date(birth, level) == day


def test_age_counts_completed_years():
    assert compute_age(dt.date(1970, 11, 24), dt.date(2026, 11, 24)) == 56
    assert compute_age(dt.date(1970, 11, 25), dt.date(2026, 11, 24)) == 55
    assert find_birthday(dt.date(1972, 2, 29), 1) == dt.date(1973, 3, 1)


def test_names_are_written_as_people_write_them():
    assert write_full_name("Dr.", "RUDI TAMRIN D'OGAN", "S.E., M.Si.") == "Dr. Rudi Tamrin D'Ogan, S.E., M.Si."
    assert write_full_name(None, "Siti van Contoh", None) == "Siti van Contoh"


@pytest.mark.parametrize(
    ("birth", "level", "day"),
    [
        (dt.date(1966, 12, 1), "jpt_pratama", dt.date(2027, 1, 1)),
        (dt.date(1967, 1, 31), "jpt_pratama", dt.date(2027, 2, 1)),
        (dt.date(1968, 2, 29), "administrator", dt.date(2026, 4, 1)),  # the 58th birthday is 1 March
        (dt.date(1968, 2, 29), "jpt_pratama", dt.date(2028, 3, 1)),
        (dt.date(1968, 3, 1), "administrator", dt.date(2026, 4, 1)),
    ],
)
def test_retirement_begins_the_month_after_the_birthday(birth, level, day):
    assert find_retirement_date(birth, level) == day


def test_retirement_ages_are_those_of_the_law():
    """UU 20/2023 article 55: 60 for high office, 58 below; functional posts 65, 60 and 58 (PP 11/2017 article 239)."""
    assert {level: RETIREMENT_AGE[level] for level in LEVELS} == {
        "jpt_madya": 60,
        "jpt_pratama": 60,
        "expert_main": 65,
        "administrator": 58,
        "expert_senior": 60,
        "supervisor": 58,
        "functional": 58,
        "executive": 58,
        "unknown": 58,
    }


@pytest.mark.parametrize(
    ("middle", "appointed"),
    [
        ("200001", dt.date(2000, 1, 1)),
        ("200012", dt.date(2000, 12, 1)),
        ("200013", None),
        ("200000", None),
        ("190112", dt.date(1901, 12, 1)),
        ("190012", None),
        ("000112", None),
    ],
)
def test_the_month_of_appointment_stands_in_the_middle(middle, appointed):
    assert parse_nip(f"19750312{middle}1001").appointed == appointed


@pytest.mark.parametrize(("digits", "sound"), [("19000101", True), ("18991231", False)])
def test_nobody_was_born_before_1900(digits, sound):
    if sound:
        assert parse_nip(f"{digits}2000041001").birth_date == dt.date(1900, 1, 1)
    else:
        with pytest.raises(InvalidNip, match="date of birth"):
            parse_nip(f"{digits}2000041001")


@pytest.mark.parametrize(
    ("day", "reading", "within"),
    [
        ("2026-11-23", "strict", True),
        ("2026-11-24", "strict", True),
        ("2026-11-25", "strict", False),
        ("2027-11-23", "completed", True),
        ("2027-11-24", "completed", False),
    ],
)
def test_an_age_limit_on_the_day_before_the_day_and_the_day_after(day, reading, within):
    assert is_within_age(dt.date(1970, 11, 24), dt.date.fromisoformat(day), 56, reading) == within
