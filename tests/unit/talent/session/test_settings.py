"""What a committee sets itself."""

from dataclasses import replace

import pytest

from core.talent.session.settings import ScoredPart, SessionSettings, check_settings, read_settings, write_settings

FINE = SessionSettings(basis_number="123/KEP/2026", parts=(ScoredPart("wawancara", 300), ScoredPart("makalah", 200)))


def test_settings_survive_being_written():
    assert read_settings(write_settings(FINE)) == FINE
    assert check_settings(FINE) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"basis": "lottery"}, "lottery"),
        ({"basis_number": " "}, "BKN"),
        ({"quorum": -1}, "quorum"),
        ({"majority": 1.0}, "majority"),
        ({"consensus": "chair"}, "chair"),
        ({"recusal": "never"}, "never"),
        ({"parts": (ScoredPart("", 100),)}, "name of its own"),
        ({"parts": (ScoredPart("a", 100), ScoredPart("A ", 100))}, "name of its own"),
        ({"parts": (ScoredPart("a", 901),)}, "at most"),
        ({"parts": (ScoredPart("a", 0),)}, "above 0"),
    ],
)
def test_what_cannot_be_is_told(changes, words):
    (problem,) = check_settings(replace(FINE, **changes))
    assert words in str(problem)


def test_an_open_selection_needs_no_number_of_bkn():
    assert check_settings(replace(FINE, basis="open", basis_number="")) == []


@pytest.mark.parametrize(("quorum", "members", "count"), [(0, 5, 4), (0, 9, 6), (0, 3, 2), (3, 5, 3), (9, 5, 5)])
def test_two_thirds_are_a_quorum_unless_another_is_set(quorum, members, count):
    assert replace(FINE, quorum=quorum).count_quorum(members) == count
