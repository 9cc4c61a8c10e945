"""Eligibility: three answers to each gate, never two, and one answer over all.

The law is data: a rules file a level of posts (``data/rules/*.toml``), each requirement with its article, how sure it is,
its parameters and, where it does not hold for ever, the days from and to which it holds. A post is judged by the rules
of its level and by what it asks for itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any, Literal, cast, get_args

import pandas as pd

from core.talent.context import Context
from core.talent.eligibility.gates import ELIGIBLE, GATES, INELIGIBLE, REVIEW
from core.talent.eligibility.order_rule import ORDER_RULES, OrderRule
from core.talent.eligibility.parameters import check_parameters
from core.talent.employee import LEVELS, derive_level
from core.talent.errors import InvalidRubric
from core.talent.messages import N_
from core.talent.people import PER_PERSON
from core.talent.posts import Post
from core.talent.scoring.rubric import digest_rubric
from core.talent.scoring.rubric_schema import Place, read_entry, read_names, read_text

__all__ = [
    "ANSWERS",
    "ELIGIBLE",
    "INELIGIBLE",
    "REVIEW",
    "Eligibility",
    "Gate",
    "RuleBook",
    "Rules",
    "add_own_requirements",
    "build_rule_book",
    "build_rules",
    "judge_everyone",
    "judge_gate",
]

#: Answers in the words of commands and files, from best to worst.
ANSWERS = ("memenuhi", "perlu ditinjau", "tidak memenuhi")

#: ``gate`` decides, ``shown`` is shown only, ``warning`` is shown as a caution.
Effect = Literal["gate", "shown", "warning"]


@dataclass(frozen=True)
class Gate:
    """One requirement with its article, standing and parameters.

    ``key`` tells it from the others of its rules, ``function`` names the gate that judges it. It holds from
    ``valid_from`` to ``valid_to``, both days included; None is without bound.
    """

    key: str
    function: str
    name: Mapping[str, str]
    article: str
    standing: str
    effect: Effect
    parameters: Mapping[str, Any]
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def sentence(self, answer: int, detail: str) -> tuple[str, dict[str, object]]:
        """An answer to this gate as an English template and its values."""
        return GATES[self.function].sentence(self.parameters, answer, detail)


@dataclass(frozen=True)
class Rules:
    """The gates of a level of posts and the order of candidates unless chosen otherwise.

    They hold for posts of the ``echelons``, if any are named, else for those of the ``levels``. ``boxes`` are those out of
    which people may be promoted, none for any; ``proposal`` is how many names are proposed, the first alone or three;
    ``digest`` names this very content.
    """

    key: str
    name: Mapping[str, str]
    levels: tuple[str, ...]
    echelons: tuple[str, ...]
    gates: tuple[Gate, ...]
    order: OrderRule
    boxes: tuple[int, ...] = ()
    proposal: int = 3
    digest: str = ""

    def in_force(self, day: dt.date) -> Rules:
        """The rules with the gates that hold on a day."""
        return replace(self, gates=tuple(gate for gate in self.gates if gate.holds_on(day)))


@dataclass(frozen=True)
class RuleBook:
    """All rules; those of key ``default`` hold without a post in view, and for posts of a level without rules."""

    rules: tuple[Rules, ...]
    default: str

    @property
    def key(self) -> str:
        """What tells the book from others: the default, and key and content of its rules."""
        return "+".join([self.default, *(f"{rules.key}:{rules.digest[:16]}" for rules in self.rules)])

    def find(self, post: Post | None) -> Rules:
        """The rules by which a post is judged; the default ones without a post."""
        if post is not None:
            level = derive_level(post.echelon or None, post.title)
            for rules in self.rules:
                if post.echelon in rules.echelons:
                    return rules
            for rules in self.rules:
                if not rules.echelons and level in rules.levels:
                    return rules
        return next(rules for rules in self.rules if rules.key == self.default)


#: What a row of a rules file says of a gate besides its parameters.
_FIXED = frozenset({"key", "function", "name", "article", "standing", "effect", "valid_from", "valid_to"})


def build_rules(data: Mapping[str, Any]) -> Rules:
    """Build the rules from the content of their file.

    Raises
    ------
    InvalidRubric
        With the place and the remedy, for a gate without a function, an entry that is missing or cannot be, or one
        requirement with two meanings on the same day.
    """
    rows = read_entry(data, "gate", list, ())
    gates = [_build_gate(row, ("gate", at)) for at, row in enumerate(rows)]
    for (_, one), (at, other) in combinations(enumerate(gates), 2):
        if one.key == other.key and _overlap(one, other):
            raise InvalidRubric(
                N_("the requirement “{gate}” is there twice for the same days; let one end before the other begins"),
                gate=one.key,
                place=("gate", at, "key"),
            )
    order = data.get("order", "box")
    if order not in ORDER_RULES:
        raise InvalidRubric(N_("the order is “{value}”; expected box or score"), value=str(order), place=("order",))
    levels = tuple(data.get("levels", ()))
    unknown = [level for level in levels if level not in LEVELS]
    if unknown:
        raise InvalidRubric(
            N_("the level “{value}” is unknown; expected one of: {expected}"),
            value=str(unknown[0]),
            expected=", ".join(LEVELS),
            place=("levels",),
        )
    return Rules(
        read_text(data, "key", ()),
        read_names(data, ()),
        levels,
        tuple(map(str, data.get("echelons", ()))),
        tuple(gates),
        order,
        _read_boxes(data),
        _read_proposal(data),
        digest_rubric(data),
    )


def _read_boxes(data: Mapping[str, Any]) -> tuple[int, ...]:
    boxes = data.get("promote_boxes", [])
    if not isinstance(boxes, list) or any(type(box) is not int or not 1 <= box <= 9 for box in boxes):
        raise InvalidRubric(
            N_("the boxes to be promoted are {value}; expected a list of numbers from 1 to 9, empty for any"),
            value=str(boxes)[:60],
            place=("promote_boxes",),
        )
    return tuple(sorted(set(boxes)))


def _read_proposal(data: Mapping[str, Any]) -> int:
    proposal = data.get("proposal", 3)
    if type(proposal) is not int or proposal not in (1, 3):
        raise InvalidRubric(
            N_("the proposal is {value}; expected 3 for three names, or 1 for the first alone"),
            value=str(proposal)[:60],
            place=("proposal",),
        )
    return proposal


def _build_gate(row: Mapping[str, Any], place: Place) -> Gate:
    key, effect = read_text(row, "key", place), read_text(row, "effect", place)
    function = str(row.get("function", key))
    if function not in GATES:
        raise InvalidRubric(
            N_("the gate “{gate}” is unknown; expected one of: {expected}"),
            gate=function,
            expected=", ".join(GATES),
            place=(*place, "function" if "function" in row else "key"),
        )
    if effect not in get_args(Effect):
        raise InvalidRubric(
            N_("the effect is “{value}”; expected gate, shown or warning"), value=effect, place=(*place, "effect")
        )
    given = {name: value for name, value in row.items() if name not in _FIXED}
    first, last = (_read_day(row, name, place) for name in ("valid_from", "valid_to"))
    if first and last and last < first:
        raise InvalidRubric(N_("the requirement “{gate}” ends before it begins"), gate=key, place=(*place, "valid_to"))
    return Gate(
        key,
        function,
        read_names(row, place),
        read_text(row, "article", place),
        read_text(row, "standing", place),
        cast(Effect, effect),
        check_parameters(given, GATES[function].needs, GATES[function].may, place),
        first,
        last,
    )


def _read_day(row: Mapping[str, Any], name: str, place: Place) -> dt.date | None:
    value = row.get(name)
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    raise InvalidRubric(
        N_("the entry “{entry}” is {value}; expected {expected}"),
        entry=name,
        value=str(value)[:60],
        expected="2026-01-31",
        place=(*place, name),
    )


def _overlap(one: Gate, other: Gate) -> bool:
    first = max(gate.valid_from or dt.date.min for gate in (one, other))
    last = min(gate.valid_to or dt.date.max for gate in (one, other))
    return first <= last


def build_rule_book(rules: Sequence[Rules], default: str) -> RuleBook:
    """A book of rules.

    Raises
    ------
    InvalidRubric
        When the default is not among them, or two of them hold for the same posts.
    """
    if default not in {each.key for each in rules}:
        raise InvalidRubric(
            N_("there are no rules “{value}”; expected one of: {expected}"),
            value=default,
            expected=", ".join(each.key for each in rules),
            place=(),
        )
    for one, other in combinations(rules, 2):
        same = {*one.echelons} & {*other.echelons}
        if not one.echelons and not other.echelons:
            same |= {*one.levels} & {*other.levels}
        if same or one.key == other.key:
            raise InvalidRubric(
                N_("the rules “{one}” and “{other}” hold for the same posts; each post needs one"),
                one=one.key,
                other=other.key,
                place=("levels",),
            )
    return RuleBook(tuple(rules), default)


_OWN_ARTICLE = "Persyaratan jabatan"
#: Requirements that a post may add, by the name its text gives them: the function, its parameter, its name.
_OWN: dict[str, tuple[str, str, Mapping[str, str]]] = {
    "education": ("education", "minimum", {"id": "Pendidikan (syarat jabatan)", "en": "Education (asked by the post)"}),
    "grade": ("grade", "minimum", {"id": "Golongan (syarat jabatan)", "en": "Grade (asked by the post)"}),
    "training": ("leadership_training", "words", {"id": "Sertifikat/diklat (syarat jabatan)", "en": "Certificate or training (asked by the post)"}),
    "field": ("study_field", "fields", {"id": "Bidang ilmu (syarat jabatan)", "en": "Field of study (asked by the post)"}),
}  # fmt: skip


def add_own_requirements(gates: tuple[Gate, ...], post: Post) -> tuple[Gate, ...]:
    """The gates with those that a post adds above its level."""
    own = []
    for name, value in post.own_requirements.items():
        function, parameter, words = _OWN[name]
        given: dict[str, Any] = {parameter: list(value) if parameter in ("words", "fields") else value[0]}
        own.append(Gate(f"own_{name}", function, words, _OWN_ARTICLE, "S", "gate", given))
    return (*gates, *own)


@dataclass(frozen=True)
class Eligibility:
    """Answers of everyone: the overall one, and answer and detail of each gate.

    ``rules`` are those by which they were judged, on ``day``.
    """

    rules: Rules
    day: dt.date
    gates: tuple[Gate, ...]
    overall: pd.Series = field(metadata=PER_PERSON)
    answers: Mapping[str, pd.DataFrame] = field(metadata=PER_PERSON)

    def gate(self, key: str) -> Gate:
        """A gate by its key."""
        return next(gate for gate in self.gates if gate.key == key)


def judge_everyone(context: Context, rules: Rules, post: Post | None) -> Eligibility:
    """Put everyone through the gates that hold for a post on the context's day; without a post through those of the rules."""
    day = context.as_of.date()
    gates = rules.in_force(day).gates
    if post is not None:
        gates = add_own_requirements(gates, post)
    answers = {gate.key: judge_gate(context, rules, gate, post) for gate in gates}
    deciding = {gate.key: answers[gate.key]["answer"] for gate in gates if gate.effect == "gate"}
    worst = pd.DataFrame(deciding, index=context.nips).max(axis=1) if deciding else pd.Series(0, index=context.nips)
    return Eligibility(rules, day, gates, worst.fillna(REVIEW).astype("int64"), answers)


def judge_gate(context: Context, rules: Rules, gate: Gate, post: Post | None) -> pd.DataFrame:
    """A gate's answers and details for everyone; what does not depend on the post is judged once."""
    function = GATES[gate.function]
    family = post.family if post is not None and function.depends_on_post else None
    own = post.key if post is not None and gate.key.startswith("own_") else ""
    # Named by what is asked, so that levels that ask the same share the answer, and edited rules never get an old one.
    asked = sorted((key, repr(value)) for key, value in gate.parameters.items())
    name = f"gate {gate.function} {asked} {family or ''} {own}"
    return context.once(name, lambda: function.judge(context, gate.parameters, family))
