"""A rubric: two axes of criteria of measures, with weights, value tables and thresholds.

A rubric is data (``data/rubrics/*.toml``); this module checks it and gives it a shape. Weights
are read as in the decree (a criterion's measures sum to the criterion's weight, an axis' criteria to 100, the
axes to 100) and offered as shares that sum to 1.

A value table stands in its measure, or under ``[tables]`` and is named by the measure. An entry of
``[tables]`` may be the name of another one: so ``rating = "rating_b"`` is the choice among the
tables ``options.rating`` offers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.talent.errors import InvalidRubric
from core.talent.facts import KINDS
from core.talent.messages import N_
from core.talent.scoring.measures import COMBINE, METHODS
from core.talent.scoring.nine_box import Thresholds
from core.talent.scoring.rubric_schema import Place, check_measure, read_entry, read_names, read_number, read_text

#: Standing of a rule: S read in its own text, M from good secondary sources, L local practice.
STANDINGS = ("S", "M", "L")
AXES = ("performance", "potential")


@dataclass(frozen=True)
class Measure:
    """The smallest scored thing: a method applied to one kind of fact, 0-100."""

    key: str
    name: Mapping[str, str]
    share: float  # within its criterion, sums to 1
    method: str
    fact: str
    parameters: Mapping[str, Any]
    source: str
    standing: str


@dataclass(frozen=True)
class Criterion:
    """A criterion: what the committee weighs, a weighted mean of its measures."""

    key: str
    name: Mapping[str, str]
    axis: str
    share: float  # within its axis, sums to 1
    weight: float  # within the talent value, sums to 1 over all criteria
    measures: tuple[Measure, ...]


class Weighing:
    """What a committee weighs: criteria with their weights, of whatever kind of rubric."""

    criteria: tuple[Criterion, ...]

    @property
    def weights(self) -> tuple[float, ...]:
        """Official weights of the criteria, in order, summing to 1."""
        return tuple(criterion.weight for criterion in self.criteria)

    @property
    def criterion_keys(self) -> tuple[str, ...]:
        """Keys of the criteria, in order."""
        return tuple(criterion.key for criterion in self.criteria)

    @property
    def measures(self) -> dict[str, Measure]:
        """All measures by key."""
        return {measure.key: measure for criterion in self.criteria for measure in criterion.measures}


@dataclass(frozen=True)
class Fit:
    """Fit for a target post: shares of talent value and technical competence by level."""

    shares: Mapping[str, tuple[float, float]]
    validity_years: int
    source: str
    standing: str

    def shares_at(self, level: str) -> tuple[float, float]:
        """Shares of talent value and technical competence for posts of a level; talent alone where it has none."""
        return self.shares.get(level, (1.0, 0.0))


@dataclass(frozen=True)
class Rubric(Weighing):
    """How facts become scores; ``digest`` names this very content."""

    key: str
    name: str
    version: int
    source: str
    standing: str
    thresholds: Thresholds
    axes: Mapping[str, Mapping[str, str]]  # key -> names
    criteria: tuple[Criterion, ...]
    fit: Fit | None
    choices: Mapping[str, tuple[str, tuple[str, ...]]]  # table -> chosen, offered
    tables: Mapping[str, Mapping[str, float]]
    digest: str


def digest_rubric(data: Mapping[str, Any]) -> str:
    """A name of this very content, 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def build_rubric(data: Mapping[str, Any]) -> Rubric:
    """Build a rubric from the content of its file.

    Raises
    ------
    InvalidRubric
        With the place (keys and positions from the top) and the remedy: weights do not sum, a
        method, fact or column is unknown, a table is empty, tables name one another in a circle.
    """
    axes = read_entry(data, "axis", list, ())
    if [axis.get("key") for axis in axes] != list(AXES):
        raise InvalidRubric(
            N_("a rubric has exactly the axes performance and potential, in this order"), place=("axis",)
        )
    require_sum(axes, 100, ("axis",))
    tables = {name: _table(data, name) for name in data.get("tables", {})}
    criteria = tuple(criterion for at, axis in enumerate(axes) for criterion in _parts(axis, ("axis", at), tables))
    require_own_keys(criteria, "criterion")
    if len(criteria) > 8:
        raise InvalidRubric(N_("there are {count} criteria; expected at most eight"), count=len(criteria))
    limits = read_entry(data, "thresholds", dict, ())
    high, middle = (read_number(limits, name, ("thresholds",), 0, 100) for name in ("high", "middle"))
    if not 0 < middle < high:
        raise InvalidRubric(N_("the threshold middle must be below high"), place=("thresholds", "middle"))
    return Rubric(
        key=read_text(data, "key", ()),
        name=read_text(data, "name", ()),
        version=int(read_number(data, "version", (), 1, 10_000)),
        source=read_text(data, "source", ()),
        standing=read_standing(data, ()),
        thresholds=Thresholds(high, middle),
        axes={axis["key"]: read_names(axis, ("axis", at)) for at, axis in enumerate(axes)},
        criteria=criteria,
        fit=_fit(data["fit"]) if "fit" in data else None,
        choices=_choices(data, tables),
        tables=tables,
        digest=digest_rubric(data),
    )


def read_standing(row: Mapping[str, Any], place: Place) -> str:
    """How sure an entry's source is.

    Raises
    ------
    InvalidRubric
    """
    standing = read_text(row, "standing", place)
    if standing not in STANDINGS:
        raise InvalidRubric(
            N_("the standing is “{value}”; expected S, M or L"), value=standing, place=(*place, "standing")
        )
    return standing


def require_own_keys(criteria: Sequence[Criterion], kind: str) -> None:
    """Refuse criteria, called ``kind`` in their file, or measures that share a key.

    Raises
    ------
    InvalidRubric
    """
    for what, keys in (
        (kind, [criterion.key for criterion in criteria]),
        ("measure", [measure.key for criterion in criteria for measure in criterion.measures]),
    ):
        twice = [key for key in keys if keys.count(key) > 1]
        if twice:
            raise InvalidRubric(
                N_("the key “{key}” names two entries; give each {kind} its own"), key=twice[0], kind=what
            )


def require_sum(rows: Sequence[Mapping[str, Any]], total: float, place: Place) -> None:
    """Refuse weights that do not sum to a total.

    Raises
    ------
    InvalidRubric
    """
    weights = [read_number(row, "weight", (*place, at), 0, 100) for at, row in enumerate(rows)]
    if abs(sum(weights) - total) > 1e-9:
        raise InvalidRubric(
            N_("the weights {weights} sum to {sum:g}; they must sum to {total:g}"),
            weights=" + ".join(f"{weight:g}" for weight in weights),
            sum=sum(weights),
            total=total,
            place=(*place, 0, "weight"),
        )


def _table(data: Mapping[str, Any], name: str) -> Mapping[str, float]:
    """A named table, following names to the values they stand for."""
    seen = [name]
    value = data.get("tables", {}).get(name)
    while isinstance(value, str):
        if value in seen:
            raise InvalidRubric(
                N_("the tables {names} name one another in a circle; give one of them values"),
                names=" → ".join([*seen, value]),
                place=("tables", name),
            )
        seen.append(value)
        value = data.get("tables", {}).get(value)
    if value is None:
        raise InvalidRubric(N_("there is no table “{name}” under [tables]"), name=seen[-1], place=("tables", name))
    return check_table(value, ("tables", seen[-1]))


def check_table(value: object, place: Place) -> Mapping[str, float]:
    """A value table: not empty, scores from 0 to 100."""
    if not isinstance(value, dict) or not value:
        raise InvalidRubric(N_("the value table is empty; expected code = score"), place=place)
    return {key: read_number(value, key, place, 0, 100) for key in value}


def _choices(
    data: Mapping[str, Any], tables: Mapping[str, Mapping[str, float]]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    choices = {}
    for name, offered in data.get("options", {}).items():
        chosen = data.get("tables", {}).get(name)
        unknown = [option for option in offered if option not in tables]
        if unknown or chosen not in offered:
            raise InvalidRubric(
                N_("the table “{name}” must be the name of one of its options: {options}"),
                name=name,
                options=", ".join(offered),
                place=("options", name),
            )
        choices[name] = (chosen, tuple(offered))
    return choices


def _fit(row: Mapping[str, Any]) -> Fit:
    shares = {}
    for level, pair in read_entry(row, "shares", dict, ("fit",)).items():
        if not isinstance(pair, list) or len(pair) != 2 or abs(sum(pair) - 100) > 1e-9 or min(pair) < 0:
            raise InvalidRubric(
                N_("the shares of “{level}” must be two percentages that sum to 100"),
                level=level,
                place=("fit", "shares", level),
            )
        shares[level] = (pair[0] / 100, pair[1] / 100)
    years = int(read_number(row, "validity_years", ("fit",), 1, 50))
    return Fit(shares, years, read_text(row, "source", ("fit",)), read_standing(row, ("fit",)))


def _parts(axis: Mapping[str, Any], place: Place, tables: Mapping[str, Mapping[str, float]]) -> list[Criterion]:
    rows = read_entry(axis, "part", list, place)
    require_sum(rows, 100, (*place, "part"))
    return [
        Criterion(
            key=read_text(criterion, "key", (*place, "part", at)),
            name=read_names(criterion, (*place, "part", at)),
            axis=axis["key"],
            share=criterion["weight"] / 100,
            weight=axis["weight"] * criterion["weight"] / 10_000,
            measures=_measures(criterion, (*place, "part", at), tables),
        )
        for at, criterion in enumerate(rows)
    ]


def _measures(
    criterion: Mapping[str, Any], place: Place, tables: Mapping[str, Mapping[str, float]]
) -> tuple[Measure, ...]:
    rows = read_entry(criterion, "measure", list, place)
    require_sum(rows, criterion["weight"], (*place, "measure"))
    measures = []
    fixed = {"key", "name", "weight", "method", "fact", "source", "standing"}
    for at, row in enumerate(rows):
        here = (*place, "measure", at)
        key, method, fact = (read_text(row, name, here) for name in ("key", "method", "fact"))
        if method not in METHODS:
            raise InvalidRubric(
                N_("the method “{value}” is unknown; expected one of: {expected}"),
                value=method,
                expected=", ".join(METHODS),
                place=(*here, "method"),
            )
        if fact not in KINDS:
            raise InvalidRubric(
                N_("the source fact “{value}” is unknown; expected one of: {expected}"),
                value=fact,
                expected=", ".join(KINDS),
                place=(*here, "fact"),
            )
        parameters = {name: value for name, value in row.items() if name not in fixed}
        if isinstance(parameters.get("table"), str):
            if parameters["table"] not in tables:
                raise InvalidRubric(
                    N_("there is no table “{name}” under [tables]"), name=parameters["table"], place=(*here, "table")
                )
            parameters |= {"table_name": parameters["table"], "table": tables[parameters["table"]]}
        elif "table" in parameters:
            parameters["table"] = check_table(parameters["table"], (*here, "table"))
        if parameters.get("combine", "mean") not in COMBINE:
            raise InvalidRubric(
                N_("the years are combined by “{value}”; expected one of: {expected}"),
                value=parameters["combine"],
                expected=", ".join(COMBINE),
                place=(*here, "combine"),
            )
        check_measure(method, fact, parameters, here)
        measures.append(
            Measure(
                key=key,
                name=read_names(row, here),
                share=row["weight"] / criterion["weight"] if criterion["weight"] else 1 / len(rows),
                method=method,
                fact=fact,
                parameters=parameters,
                source=read_text(row, "source", here),
                standing=read_standing(row, here),
            )
        )
    return tuple(measures)
