"""What a rubric's entries must look like; every refusal names its place and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from core.talent.errors import InvalidRubric
from core.talent.facts import KINDS
from core.talent.messages import N_
from core.talent.scoring.measures import COMPONENTS, METHODS, MethodRule
from core.talent.vocabulary import VOCABULARIES

#: Keys and positions from the top of the file down to an entry.
Place = tuple[str | int, ...]

_T = TypeVar("_T")


def read_entry(row: Mapping[str, Any], name: str, kind: type[_T], place: Place) -> _T:
    """An entry that must be there and of a kind.

    Raises
    ------
    InvalidRubric
    """
    value = row.get(name)
    if not isinstance(value, kind) or not value:
        raise InvalidRubric(
            N_("the entry “{entry}” is missing or empty; please add it"), entry=name, place=(*place, name)
        )
    return value


def read_text(row: Mapping[str, Any], name: str, place: Place) -> str:
    """A text entry."""
    return read_entry(row, name, str, place)


def read_number(row: Mapping[str, Any], name: str, place: Place, low: float, high: float) -> float:
    """A number entry within a range."""
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise InvalidRubric(
            N_("the entry “{entry}” is {value}; expected a number from {low:g} to {high:g}"),
            entry=name,
            value="–" if value is None else str(value),
            low=low,
            high=high,
            place=(*place, name),
        )
    return float(value)


def read_names(row: Mapping[str, Any], place: Place) -> Mapping[str, str]:
    """A name in both languages."""
    names = read_entry(row, "name", dict, place)
    return {language: read_text(names, language, (*place, "name")) for language in ("id", "en")}


def check_measure(method: str, fact: str, parameters: Mapping[str, Any], place: Place) -> None:
    """Check what a method needs.

    Raises
    ------
    InvalidRubric
    """
    rule = METHODS[method]
    needs = dict(rule.needs)
    if isinstance(parameters.get("components"), list):
        for name in parameters["components"]:
            needs |= COMPONENTS[name][1] if name in COMPONENTS else {}
    for name, kind in needs.items():
        here = (*place, name)
        if name not in parameters:
            raise InvalidRubric(N_("the entry “{entry}” is missing or empty; please add it"), entry=name, place=here)
        value = parameters[name]
        if kind == "column" and value not in KINDS[fact].columns:
            raise InvalidRubric(
                N_("the fact “{fact}” has no column “{value}”; expected one of: {expected}"),
                fact=fact,
                value=value,
                expected=", ".join(KINDS[fact].columns),
                place=here,
            )
        if kind == "number":
            read_number(parameters, name, place, 1, 1000)
        if kind == "steps":
            _check_steps(value, here)
        if kind == "components" and (not isinstance(value, list) or not value or set(value) - set(COMPONENTS)):
            raise InvalidRubric(
                N_("the components must be some of: {expected}"), expected=", ".join(COMPONENTS), place=here
            )
        if kind == "table":
            _check_codes(rule, parameters, here)


def _check_steps(value: object, place: Place) -> None:
    pairs = value if isinstance(value, list) else []
    sound = all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(number, int | float) for number in pair)
        for pair in pairs
    )
    if not pairs or not sound or any(not 0 <= pair[1] <= 100 for pair in pairs):
        raise InvalidRubric(N_("expected steps like [[20, 100], [10, 80], [0, 0]]: at least, score"), place=place)
    if min(pair[0] for pair in pairs) > 0:
        raise InvalidRubric(N_("the lowest step must begin at 0, so that every number has a score"), place=place)


def _check_codes(rule: MethodRule, parameters: Mapping[str, Any], place: Place) -> None:
    """Every code that can occur has a score: a code without one would look like a missing record."""
    column = parameters.get("column") if rule.vocabulary == "" else rule.vocabulary
    vocabulary = VOCABULARIES.get(str(column))
    needed = [*(vocabulary.codes if vocabulary else ()), *rule.codes]
    table = parameters["table"]
    lacking = [code for code in needed if code not in table]
    unknown = [code for code in table if code not in needed]
    if lacking or unknown:
        raise InvalidRubric(
            N_("the value table has no score for: {lacking}; unknown codes: {unknown}"),
            lacking=", ".join(lacking) or "–",
            unknown=", ".join(unknown) or "–",
            place=place,
        )
