"""A rubric: two axes of parts of measures, with weights, value tables and thresholds.

A rubric is data (``data/rubrics/*.toml``); this module checks it and gives it a shape. Weights
are read as in the decree (a part's measures sum to the part's weight, an axis' parts to 100, the
axes to 100) and offered as shares that sum to 1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.talent.errors import InvalidRubric
from core.talent.facts import KINDS
from core.talent.measures import METHODS
from core.talent.nine_box import Thresholds


@dataclass(frozen=True)
class Measure:
    """The smallest scored thing: a method applied to one kind of fact, 0-100."""

    key: str
    name: Mapping[str, str]
    share: float  # within its part, sums to 1
    method: str
    fact: str
    parameters: Mapping[str, Any]
    source: str


@dataclass(frozen=True)
class Part:
    """A criterion: what the committee weighs, a weighted mean of its measures."""

    key: str
    name: Mapping[str, str]
    axis: str
    share: float  # within its axis, sums to 1
    weight: float  # within the talent value, sums to 1 over all parts
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Rubric:
    """How facts become scores; ``digest`` names this very content."""

    key: str
    name: str
    version: int
    source: str
    standing: str
    thresholds: Thresholds
    axes: Mapping[str, Mapping[str, str]]  # key -> names
    parts: tuple[Part, ...]
    digest: str

    @property
    def weights(self) -> tuple[float, ...]:
        """Official weights of the parts in the talent value, in order, summing to 1."""
        return tuple(part.weight for part in self.parts)

    @property
    def part_keys(self) -> tuple[str, ...]:
        """Keys of the parts, in order."""
        return tuple(part.key for part in self.parts)


def rubric_from(data: Mapping[str, Any]) -> Rubric:
    """Build a rubric from the content of its file.

    Raises
    ------
    InvalidRubric
        When weights do not sum, a method or fact is unknown, or a table is empty.
    """
    try:
        axes = data["axis"]
        _require_sum(axes, 100, str(data["key"]))
        parts = tuple(part for axis in axes for part in _parts(axis))
        keys = [part.key for part in parts]
        if len(set(keys)) != len(keys):
            raise InvalidRubric("rubric “{rubric}” names a part twice", rubric=data["key"])
        if len(parts) > 8:
            raise InvalidRubric("rubric “{rubric}” has more than eight parts", rubric=data["key"])
        return Rubric(
            key=data["key"],
            name=data["name"],
            version=int(data["version"]),
            source=data["source"],
            standing=data["standing"],
            thresholds=Thresholds(float(data["thresholds"]["high"]), float(data["thresholds"]["middle"])),
            axes={axis["key"]: axis["name"] for axis in axes},
            parts=parts,
            digest=hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest(),
        )
    except KeyError as error:
        raise InvalidRubric("the rubric file lacks the entry “{entry}”", entry=error.args[0]) from None


def _require_sum(rows: list[Mapping[str, Any]], total: float, place: str) -> None:
    weights = [float(row["weight"]) for row in rows]
    if any(weight < 0 for weight in weights) or abs(sum(weights) - total) > 1e-9:
        raise InvalidRubric(
            "the weights under “{place}” sum to {sum}; expected {total}", place=place, sum=sum(weights), total=total
        )


def _parts(axis: Mapping[str, Any]) -> list[Part]:
    _require_sum(axis["part"], 100, axis["key"])
    return [
        Part(
            key=part["key"],
            name=part["name"],
            axis=axis["key"],
            share=part["weight"] / 100,
            weight=axis["weight"] * part["weight"] / 10_000,
            measures=_measures(part),
        )
        for part in axis["part"]
    ]


def _measures(part: Mapping[str, Any]) -> tuple[Measure, ...]:
    _require_sum(part["measure"], part["weight"], part["key"])
    measures = []
    for row in part["measure"]:
        if row["method"] not in METHODS:
            raise InvalidRubric(
                "measure “{measure}” uses the unknown method “{method}”", measure=row["key"], method=row["method"]
            )
        if row["fact"] not in KINDS:
            raise InvalidRubric(
                "measure “{measure}” uses the unknown fact “{fact}”", measure=row["key"], fact=row["fact"]
            )
        if "table" in row and not row["table"]:
            raise InvalidRubric("measure “{measure}” has an empty value table", measure=row["key"])
        fixed = {"key", "name", "weight", "method", "fact", "source", "standing"}
        measures.append(
            Measure(
                key=row["key"],
                name=row["name"],
                share=row["weight"] / part["weight"],
                method=row["method"],
                fact=row["fact"],
                parameters={key: value for key, value in row.items() if key not in fixed},
                source=row["source"],
            )
        )
    return tuple(measures)
