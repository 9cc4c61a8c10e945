"""Tests of core/talent/eligibility/parameters.py: what a rules file may say of a gate."""

import pytest

from core.talent.eligibility.gates import GATES
from core.talent.eligibility.parameters import PARAMETER_KINDS, check_parameters
from core.talent.errors import InvalidRubric


def check(gate, **given):
    return check_parameters(given, GATES[gate].needs, GATES[gate].may, ("gate", 0))


def test_every_parameter_of_every_gate_has_a_kind():
    for gate in GATES.values():
        assert {*gate.needs.values(), *gate.may.values()} <= set(PARAMETER_KINDS)


@pytest.mark.parametrize(
    ("gate", "given", "words"),
    [
        ("age", {"limit": 56, "reading": "strct"}, "“reading” is strct; expected one of: strict, completed"),
        ("age", {"limit": "56", "reading": "strict"}, "“limit” is 56; expected an age in years, 18 to 80"),
        ("age", {"limit": 17, "reading": "strict"}, "expected an age"),
        ("age", {"limit": 56}, "“reading” is missing"),
        ("age", {"limit": 56, "reading": "strict", "limitt": 58}, "knows no entry “limitt”; expected: limit, reading"),
        ("age", {"limit": 56, "reading": "strict", "raised_levels": ["raja"]}, "a list of some of: jpt_madya"),
        ("education", {"minimum": "S4"}, "one of: SD"),
        ("related_experience", {"years": -1}, "a number of years, 0 to 60"),
        ("related_experience", {"years": True}, "a number of years"),
        ("held_level", {"levels": [], "years": 2}, "a list of some of"),
        ("held_level", {"levels": ["administrator"], "years": 2, "jpt_passes": "ya"}, "true or false"),
        ("competency", {"minimum": 68, "standard": 6, "validity_years": 3}, "a level of competency, 1 to 5"),
        ("competency", {"minimum": 151, "standard": 4, "validity_years": 3}, "a percentage, 0 to 150"),
        ("discipline", {"levels": ["ringan"], "years": 2}, "a list of some of: light"),
        ("performance", {"minimum": "baik", "years": 2}, "one of: very_good"),
        ("grade", {"minimum": "IV/f"}, "one of: I/a"),
        ("leadership_training", {"words": []}, "a list of words"),
        ("leadership_training", {"words": [1]}, "a list of words"),
    ],
)
def test_what_a_gate_cannot_be_given_is_refused_with_what_was_expected(gate, given, words):
    with pytest.raises(InvalidRubric) as refusal:
        check(gate, **given)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("gate", "given"),
    [
        ("age", {"limit": 18, "reading": "completed"}),
        ("age", {"limit": 80, "reading": "strict", "raised_limit": 58, "raised_levels": ["jpt_pratama"]}),
        ("competency", {"minimum": 0, "standard": 1, "validity_years": 0}),
        ("competency", {"minimum": 150, "standard": 5, "validity_years": 60}),
        ("held_level", {"levels": ["supervisor"], "years": 2.5, "jpt_passes": False}),
    ],
)
def test_values_up_to_their_bounds_are_taken(gate, given):
    assert check(gate, **given) == given
