"""What the parameters of a gate may be: a rules file that says something else is refused with what was expected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from core.talent.employee import LEVELS
from core.talent.errors import InvalidRubric, MantelError
from core.talent.messages import N_
from core.talent.scoring.rubric_schema import Place
from core.talent.vocabulary import DISCIPLINE, EDUCATION, GRADE, RATING


@dataclass(frozen=True)
class ParameterKind:
    """A kind of parameter: whether a value is one, and what is expected, as a template with its values."""

    fits: Callable[[object], bool]
    expected: str
    words: str = ""


def _is_number(low: float, high: float) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _is_one_of(codes: Collection[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in codes


def _are_some_of(codes: Collection[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and bool(value) and all(item in codes for item in value)


def _one_of(codes: Collection[str]) -> ParameterKind:
    return ParameterKind(_is_one_of(codes), N_("one of: {words}"), ", ".join(codes))


def _some_of(codes: Collection[str]) -> ParameterKind:
    return ParameterKind(_are_some_of(codes), N_("a list of some of: {words}"), ", ".join(codes))


#: Kinds of parameters by the name a gate asks for them.
PARAMETER_KINDS: dict[str, ParameterKind] = {
    "years": ParameterKind(_is_number(0, 60), N_("a number of years, 0 to 60")),
    "months": ParameterKind(_is_number(1, 120), N_("a number of months, 1 to 120")),
    "age": ParameterKind(_is_number(18, 80), N_("an age in years, 18 to 80")),
    "percent": ParameterKind(_is_number(0, 150), N_("a percentage, 0 to 150")),
    "competency level": ParameterKind(_is_number(1, 5), N_("a level of competency, 1 to 5")),
    "education": _one_of(EDUCATION.codes),
    "grade": _one_of(GRADE.codes),
    "rating": _one_of(RATING.codes),
    "punishments": _some_of(DISCIPLINE.codes),
    "level": _one_of(LEVELS),
    "levels": _some_of(LEVELS),
    "age reading": _one_of(("strict", "completed")),
    "words": ParameterKind(
        lambda value: isinstance(value, list) and bool(value) and all(isinstance(word, str) and word for word in value),
        N_("a list of words"),
    ),
    "yes or no": ParameterKind(lambda value: isinstance(value, bool), N_("true or false")),
}


def check_parameters(
    given: Mapping[str, Any], needs: Mapping[str, str], may: Mapping[str, str], place: Place
) -> dict[str, Any]:
    """The parameters of a gate, each of the kind the gate asks for.

    Raises
    ------
    InvalidRubric
        With the place, for a parameter that is missing, of another kind, or that the gate does not know.
    """
    for name in needs:
        if name not in given:
            raise InvalidRubric(
                N_("the entry “{entry}” is missing or empty; please add it"), entry=name, place=(*place, name)
            )
    for name, value in given.items():
        kind = PARAMETER_KINDS.get(needs.get(name) or may.get(name, ""))
        if kind is None:
            raise InvalidRubric(
                N_("the gate knows no entry “{entry}”; expected: {expected}"),
                entry=name,
                expected=", ".join([*needs, *may]),
                place=(*place, name),
            )
        if not kind.fits(value):
            raise InvalidRubric(
                N_("the entry “{entry}” is {value}; expected {expected}"),
                entry=name,
                value=str(value)[:60],
                expected=MantelError(kind.expected, words=kind.words),
                place=(*place, name),
            )
    return dict(given)
