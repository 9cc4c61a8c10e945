"""What a rubric's entries must look like; every refusal names its place and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from core.talent.errors import InvalidRubric
from core.talent.facts import KINDS
from core.talent.vocabulary import VOCABULARIES

#: Keys and positions from the top of the file down to an entry.
Place = tuple[str | int, ...]

_T = TypeVar("_T")

#: Parameters each method needs: ``column`` and ``date`` are columns of its fact, ``table`` a value
#: table, ``steps`` a list of [at least, score], ``number`` a number above zero, ``list`` a list.
_NEEDS: dict[str, dict[str, str]] = {
    "yearly_category": {"column": "column", "table": "table", "years": "number"},
    "best_event": {"column": "column", "date": "column", "table": "table", "window_years": "number"},
    "worst_event": {"column": "column", "date": "column", "until": "column", "table": "table"},
    "latest_score": {"column": "column", "validity_years": "number"},
    "aspect_sum": {"validity_years": "number", "highest": "number"},
    "training_hours": {"window_months": "number", "steps": "steps"},
    "experience": {"components": "list", "table": "table", "tenure_steps": "steps"},
    "education_level": {"table": "table"},
    "field_fit": {"table": "table"},
}

#: Codes a table needs beside those of its column's vocabulary.
_EXTRA_CODES: dict[str, tuple[str, ...]] = {
    "best_event": ("none",),
    "worst_event": ("none", "serving"),
    "field_fit": ("same_family", "general", "other"),
    "experience": ("cross_agency", "cross_unit", "one_unit", "acting_higher", "acting_same", "daily_acting", "none"),
}
_COMPONENTS = ("tenure", "variety", "acting", "substance")


def entry(row: Mapping[str, Any], name: str, kind: type[_T], place: Place) -> _T:
    """An entry that must be there and of a kind.

    Raises
    ------
    InvalidRubric
    """
    value = row.get(name)
    if not isinstance(value, kind) or not value:
        raise InvalidRubric("the entry “{entry}” is missing or empty; please add it", entry=name, place=(*place, name))
    return value


def text(row: Mapping[str, Any], name: str, place: Place) -> str:
    """A text entry."""
    return entry(row, name, str, place)


def number(row: Mapping[str, Any], name: str, place: Place, low: float, high: float) -> float:
    """A number entry within a range."""
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise InvalidRubric(
            "the entry “{entry}” is {value}; expected a number from {low:g} to {high:g}",
            entry=name,
            value="–" if value is None else str(value),
            low=low,
            high=high,
            place=(*place, name),
        )
    return float(value)


def words(row: Mapping[str, Any], place: Place) -> Mapping[str, str]:
    """A name in both languages."""
    names = entry(row, "name", dict, place)
    return {language: text(names, language, (*place, "name")) for language in ("id", "en")}


def check_measure(method: str, fact: str, parameters: Mapping[str, Any], place: Place) -> None:
    """Check what a method needs.

    Raises
    ------
    InvalidRubric
    """
    for name, kind in _NEEDS[method].items():
        here = (*place, name)
        if name not in parameters:
            raise InvalidRubric("the entry “{entry}” is missing or empty; please add it", entry=name, place=here)
        value = parameters[name]
        if kind == "column" and value not in KINDS[fact].columns:
            raise InvalidRubric(
                "the fact “{fact}” has no column “{value}”; expected one of: {expected}",
                fact=fact,
                value=value,
                expected=", ".join(KINDS[fact].columns),
                place=here,
            )
        if kind == "number":
            number(parameters, name, place, 1, 1000)
        if kind == "steps":
            _check_steps(value, here)
        if kind == "list" and (not isinstance(value, list) or not value or set(value) - set(_COMPONENTS)):
            raise InvalidRubric(
                "the components must be some of: {expected}", expected=", ".join(_COMPONENTS), place=here
            )
    if "substance" in parameters.get("components", ()):
        _check_steps(parameters.get("substance_steps"), (*place, "substance_steps"))
    if "table" in _NEEDS[method]:
        _check_codes(method, parameters, (*place, "table"))


def _check_steps(value: object, place: Place) -> None:
    pairs = value if isinstance(value, list) else []
    sound = all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, int | float) for one in pair)
        for pair in pairs
    )
    if not pairs or not sound or any(not 0 <= pair[1] <= 100 for pair in pairs):
        raise InvalidRubric("expected steps like [[20, 100], [10, 80], [0, 0]]: at least, score", place=place)
    if min(pair[0] for pair in pairs) > 0:
        raise InvalidRubric("the lowest step must begin at 0, so that every number has a score", place=place)


def _check_codes(method: str, parameters: Mapping[str, Any], place: Place) -> None:
    """Every code that can occur has a score: a code without one would look like a missing record."""
    column = "education_level" if method == "education_level" else parameters.get("column")
    vocabulary = VOCABULARIES.get(str(column)) if method != "experience" else None
    needed = [*(vocabulary.codes if vocabulary else ()), *_EXTRA_CODES.get(method, ())]
    table = parameters["table"]
    lacking = [code for code in needed if code not in table]
    unknown = [code for code in table if code not in needed]
    if lacking or unknown:
        raise InvalidRubric(
            "the value table has no score for: {lacking}; unknown codes: {unknown}",
            lacking=", ".join(lacking) or "–",
            unknown=", ".join(unknown) or "–",
            place=place,
        )
