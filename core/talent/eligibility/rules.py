"""Eligibility: three answers to each gate, never two, and one answer over all.

PP 11/2017 jo PP 17/2020 article 107(1)c for JPT Pratama. Parameters and articles come from
``data/rules/*.toml``; each gate is the function of the same name in ``core.talent.eligibility.gates``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args

import pandas as pd

from core.talent.context import Context
from core.talent.eligibility.gates import ELIGIBLE, GATES, INELIGIBLE, REVIEW
from core.talent.eligibility.order_rule import ORDER_RULES, OrderRule
from core.talent.errors import InvalidRubric
from core.talent.messages import N_
from core.talent.people import PER_PERSON
from core.talent.scoring.rubric_schema import read_entry, read_names, read_text

__all__ = [
    "ANSWERS",
    "ELIGIBLE",
    "INELIGIBLE",
    "REVIEW",
    "Eligibility",
    "Gate",
    "Rules",
    "build_rules",
    "judge_everyone",
]

#: Answers in the words of commands and files, from best to worst.
ANSWERS = ("memenuhi", "perlu ditinjau", "tidak memenuhi")

#: ``gate`` decides, ``shown`` is shown only, ``warning`` is shown as a caution.
Effect = Literal["gate", "shown", "warning"]


@dataclass(frozen=True)
class Gate:
    """One requirement with its article, standing and parameters."""

    key: str
    name: Mapping[str, str]
    article: str
    standing: str
    effect: Effect
    parameters: Mapping[str, Any]

    def sentence(self, answer: int, detail: str) -> tuple[str, dict[str, object]]:
        """An answer to this gate as an English template and its values."""
        return GATES[self.key].sentence(self.parameters, answer, detail)


@dataclass(frozen=True)
class Rules:
    """The gates of a level of posts and the order of candidates unless chosen otherwise."""

    key: str
    gates: tuple[Gate, ...]
    order: OrderRule


def build_rules(data: Mapping[str, Any]) -> Rules:
    """Build the rules from the content of their file.

    Raises
    ------
    InvalidRubric
        With the place and the remedy, for a gate without a function or an entry that is missing.
    """
    gates = []
    fixed = {"key", "name", "article", "standing", "effect"}
    for at, row in enumerate(read_entry(data, "gate", list, ())):
        place = ("gate", at)
        key, effect = read_text(row, "key", place), read_text(row, "effect", place)
        if key not in GATES:
            raise InvalidRubric(
                N_("the gate “{gate}” is unknown; expected one of: {expected}"),
                gate=key,
                expected=", ".join(GATES),
                place=(*place, "key"),
            )
        if effect not in get_args(Effect):
            raise InvalidRubric(
                N_("the effect is “{value}”; expected gate, shown or warning"), value=effect, place=(*place, "effect")
            )
        parameters = {name: value for name, value in row.items() if name not in fixed}
        lacking = [name for name in GATES[key].needs if name not in parameters]
        if lacking:
            raise InvalidRubric(
                N_("the entry “{entry}” is missing or empty; please add it"),
                entry=lacking[0],
                place=(*place, lacking[0]),
            )
        gates.append(
            Gate(
                key,
                read_names(row, place),
                read_text(row, "article", place),
                read_text(row, "standing", place),
                cast(Effect, effect),
                parameters,
            )
        )
    order = data.get("order", "box")
    if order not in ORDER_RULES:
        raise InvalidRubric(N_("the order is “{value}”; expected box or score"), value=str(order), place=("order",))
    return Rules(read_text(data, "key", ()), tuple(gates), order)


@dataclass(frozen=True)
class Eligibility:
    """Answers of everyone: the overall one, and answer and detail of each gate."""

    gates: tuple[Gate, ...]
    overall: pd.Series = field(metadata=PER_PERSON)
    answers: Mapping[str, pd.DataFrame] = field(metadata=PER_PERSON)

    def gate(self, key: str) -> Gate:
        """A gate by its key."""
        return next(gate for gate in self.gates if gate.key == key)


def judge_everyone(context: Context, gates: tuple[Gate, ...]) -> dict[str | None, Eligibility]:
    """Put everyone through all gates: for posts of each family, and (None) without a post in view."""
    common = {gate.key: GATES[gate.key].judge(context, gate.parameters, None) for gate in gates}
    views: dict[str | None, Eligibility] = {None: _overall(context, gates, common)}
    of_post = [gate for gate in gates if GATES[gate.key].depends_on_post]
    for family in context.families:
        special = {gate.key: GATES[gate.key].judge(context, gate.parameters, family.key) for gate in of_post}
        views[family.key] = _overall(context, gates, common | special)
    return views


def _overall(context: Context, gates: tuple[Gate, ...], answers: dict[str, pd.DataFrame]) -> Eligibility:
    deciding = {gate.key: answers[gate.key]["answer"] for gate in gates if gate.effect == "gate"}
    worst = pd.DataFrame(deciding, index=context.nips).max(axis=1) if deciding else pd.Series(0, index=context.nips)
    return Eligibility(gates, worst.fillna(REVIEW).astype("int64"), answers)
