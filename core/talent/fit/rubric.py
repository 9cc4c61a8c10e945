"""The rubric of the fit for a post: parts with weights, measures, settings and sources, as data.

It is of its own kind beside the talent rubric (``data/rubrics/fit/*.toml``): what it weighs depends on the post. Weights
are percentages; a part's measures sum to the part's weight, the parts to 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.talent.errors import InvalidRubric
from core.talent.messages import N_
from core.talent.scoring.rubric import (
    Criterion,
    Measure,
    Weighing,
    check_table,
    digest_rubric,
    read_standing,
    require_own_keys,
    require_sum,
)
from core.talent.scoring.rubric_schema import Place, read_entry, read_names, read_number, read_text

#: What each measure must be told, by its key: a table of these codes, or a number from, to; and the kind of fact it
#: rests on.
NEEDS: Mapping[str, tuple[str, Mapping[str, tuple[str, ...] | tuple[float, float]]]] = {
    "field_of_study": ("education", {"table": ("same_family", "general", "other")}),
    "level_of_study": ("education", {"table": ("met", "below")}),
    "competency_match": ("competency_assessment", {"validity_years": (1, 50)}),
    "technical_competence": ("technical_assessment", {"validity_years": (1, 50)}),
    "years_in_field": ("position_history", {"full_years": (1, 40), "acting_percent": (0, 100)}),
    "years_at_level": ("position_history", {"full_years": (1, 40), "acting_percent": (0, 100)}),
    "talent_value": ("", {}),
}
_FIXED = frozenset({"key", "name", "weight", "source", "standing"})


@dataclass(frozen=True)
class FitRubric(Weighing):
    """How a person is held against a post; ``criteria`` are its parts, ``digest`` names this very content."""

    key: str
    name: Mapping[str, str]
    version: int
    source: str
    standing: str
    criteria: tuple[Criterion, ...]
    digest: str


def build_fit_rubric(data: Mapping[str, Any]) -> FitRubric:
    """Build the rubric of the fit from the content of its file.

    Raises
    ------
    InvalidRubric
        With the place and the remedy: weights do not sum, a measure is unknown or there twice, a setting is missing,
        unknown or out of its range.
    """
    rows = read_entry(data, "part", list, ())
    require_sum(rows, 100, ("part",))
    criteria = tuple(_part(row, ("part", at)) for at, row in enumerate(rows))
    require_own_keys(criteria, "part")
    return FitRubric(
        read_text(data, "key", ()),
        read_names(data, ()),
        int(read_number(data, "version", (), 1, 10_000)),
        read_text(data, "source", ()),
        read_standing(data, ()),
        criteria,
        digest_rubric(data),
    )


def _part(row: Mapping[str, Any], place: Place) -> Criterion:
    measures = read_entry(row, "measure", list, place)
    require_sum(measures, row["weight"], (*place, "measure"))
    weight = row["weight"] / 100
    return Criterion(
        key=read_text(row, "key", place),
        name=read_names(row, place),
        axis="fit",
        share=weight,
        weight=weight,
        measures=tuple(
            _measure(measure, (*place, "measure", at), row["weight"], len(measures))
            for at, measure in enumerate(measures)
        ),
    )


def _measure(row: Mapping[str, Any], place: Place, whole: float, count: int) -> Measure:
    key = read_text(row, "key", place)
    if key not in NEEDS:
        raise InvalidRubric(
            N_("the measure “{value}” is unknown; expected one of: {expected}"),
            value=key,
            expected=", ".join(NEEDS),
            place=(*place, "key"),
        )
    fact, needs = NEEDS[key]
    given = {name: value for name, value in row.items() if name not in _FIXED}
    unknown = [name for name in given if name not in needs]
    if unknown:
        raise InvalidRubric(
            N_("the measure “{measure}” knows no entry “{entry}”; expected: {expected}"),
            measure=key,
            entry=unknown[0],
            expected=", ".join(needs) or "–",
            place=(*place, unknown[0]),
        )
    parameters: dict[str, Any] = {}
    for name, need in needs.items():
        if name == "table":
            table = check_table(row.get(name), (*place, name))
            if set(table) != set(need):
                raise InvalidRubric(
                    N_("the value table has the codes {given}; expected: {expected}"),
                    given=", ".join(table),
                    expected=", ".join(map(str, need)),
                    place=(*place, name),
                )
            parameters[name] = table
        else:
            low, high = (float(bound) for bound in need)
            parameters[name] = read_number(row, name, place, low, high)
    # A part that does not weigh still has to be made of something.
    share = row["weight"] / whole if whole else 1 / count
    source, standing = read_text(row, "source", place), read_standing(row, place)
    return Measure(key, read_names(row, place), share, key, fact, parameters, source, standing)
