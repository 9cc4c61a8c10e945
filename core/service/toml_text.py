"""Rubric and rules texts: read, edited, and on which line an entry stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import tomlkit

from core.talent.errors import InvalidRubric, InvalidRubricFile
from core.talent.messages import N_

_T = TypeVar("_T")
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?")


def build_from_text(text: str, name: str, build: Callable[[Mapping[str, Any]], _T]) -> _T:
    """Build something from a TOML text.

    Raises
    ------
    InvalidRubricFile
        When it is no TOML or is refused; one sentence with file, line and remedy.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidRubricFile(N_("{file} is not valid TOML: {reason}"), file=name, reason=str(error)) from None
    try:
        return build(data)
    except InvalidRubric as error:
        raise InvalidRubricFile(
            N_("{file}, line {line}: {problem}"), file=name, line=find_line(text, error.place), problem=error
        ) from None


def edit_text(text: str, changes: Mapping[tuple[str | int, ...], Any]) -> str:
    """A TOML text with entries put otherwise; its comments and order stay.

    Parameters
    ----------
    changes
        Values by place: keys and positions from the top, as in ``InvalidRubric.place``; None takes the entry out.
    """
    document: Any = tomlkit.parse(text)
    for place, value in changes.items():
        *way, last = place
        at = document
        for step in way:
            at = at[step]
        if value is None:
            at.pop(last, None)
        elif last not in at or at[last] != value or type(at[last]) is not type(value):
            at[last] = value
    return tomlkit.dumps(document)


def find_line(text: str, place: tuple[str | int, ...]) -> int:
    """The line (from 1) of an entry, or of the nearest entry above it that is written down.

    A place is the keys and positions from the top: ``("axis", 0, "part", 2, "weight")``.
    """
    best, best_depth = 1, 0
    table: list[str | int] = []
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _HEADER.match(line):
            table = _table(match[2].split("."), match[1] == "[[", counts)
            here: list[str | int] = table
        elif match := re.match(r"\s*([\w\-]+)\s*=", line):
            here = [*table, match[1]]
        else:
            continue
        depth = next(
            (at for at, (here_key, other) in enumerate(zip(here, place, strict=False)) if here_key != other), len(here)
        )
        # The longest beginning of the place that a line stands for; a line beyond it is elsewhere.
        if depth == len(here) and depth > best_depth and depth <= len(place):
            best, best_depth = number, depth
    return best


def _table(names: list[str], is_array: bool, counts: dict[tuple[str | int, ...], int]) -> list[str | int]:
    """The place of a table header: each name that is an array of tables with its present position."""
    place: list[str | int] = []
    for at, name in enumerate(names):
        place.append(name)
        key = tuple(place)
        if is_array and at == len(names) - 1:
            counts[key] = counts.get(key, -1) + 1
            # Arrays further in begin anew.
            for other in [place for place in counts if place[: len(key)] == key and len(place) > len(key)]:
                if other[len(key)] == counts[key]:
                    del counts[other]
        if key in counts:
            place.append(counts[key])
    return place
