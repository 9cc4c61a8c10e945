"""Numbers of papers: made by a pattern, compared as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.papers.numbers import LONGEST, InvalidNumber, check_pattern, normalise_number, write_number


def test_a_number_follows_the_pattern_of_the_office():
    pattern = check_pattern("{kind}/{number:03}/BKPSDM/{roman}/{year}")
    assert write_number(pattern, number=7, kind="BA", month=11, year=2026) == "BA/007/BKPSDM/XI/2026"


@pytest.mark.parametrize(
    "pattern",
    [
        "{kind}/{year}",
        "{number}",
        "{number}/{year}/{0}",
        "{number}/{year}/{who}",
        "{number.real.imag}{",
        "",
        "{number!r:x}{year",
        "Ä{number}/{year}",
        "{number}/{year}-",
    ],
)
def test_a_pattern_that_lacks_something_or_asks_for_more_is_refused(pattern):
    with pytest.raises(InvalidNumber, match="must name"):
        check_pattern(pattern)


@pytest.mark.parametrize(
    "typed",
    ["800/12/BKPSDM/2026", " 800 / 12 / bkpsdm / 2026 ", "８００/12/BKPSDM/2026"],
)
def test_a_number_is_the_same_however_it_is_typed(typed):
    assert normalise_number(typed) == "800/12/BKPSDM/2026"


def test_long_dashes_are_short_ones():
    assert normalise_number("800–12—A−2026") == "800-12-A-2026"


@pytest.mark.parametrize(
    "typed", ["", "   ", "ABC", "12'34", "<b>1</b>", "1" * (LONGEST + 1), "=1+1", "1\u202e2", "../1?"]
)
def test_what_can_be_no_number_is_refused(typed):
    with pytest.raises(InvalidNumber):
        normalise_number(typed)


@given(st.text(max_size=400))
def test_a_normalised_number_stays_as_it_is(text):
    try:
        key = normalise_number(text)
    except InvalidNumber:
        return
    assert normalise_number(key) == key
    assert len(key) <= LONGEST
