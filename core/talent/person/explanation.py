"""The tree under a number: axis, criterion, measure, step, fact.

An explanation runs the very methods and gates that scored everyone, in a context that holds one
person's facts and writes down what it does. Its numbers are those of the score table; a test
compares all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.talent.context import Context, Step
from core.talent.eligibility.gates import GATES
from core.talent.eligibility.rules import Gate
from core.talent.employee import derive_level
from core.talent.fit.parts import score_measure, write_technical_step
from core.talent.posts import ALL_PEOPLE, Post
from core.talent.review import TalentReview
from core.talent.scoring.apportion import apportion_units
from core.talent.scoring.measures import compute_measure
from core.talent.scoring.rubric import Measure


@dataclass(frozen=True)
class Node:
    """A number with what it is made of.

    ``weight`` is its share in the talent value; ``value``, ``low``, ``high`` are 0-100, value None
    where not known. ``points`` (value x weight) of the children sum to the parent's.
    """

    level: str  # talent, axis, criterion, measure
    key: str
    name: Mapping[str, str]
    weight: float
    value: float | None
    low: float
    high: float
    source: str = ""
    standing: str = ""
    steps: tuple[Step, ...] = ()
    children: tuple[Node, ...] = ()

    @property
    def points(self) -> float | None:
        """What it contributes to the talent value."""
        return None if self.value is None else self.value * self.weight


@dataclass(frozen=True)
class GateAnswer:
    """A gate's answer for the person, with what it rests on."""

    gate: Gate
    answer: int
    detail: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class FitAnswer:
    """Fit for the post: talent value and technical competence with their shares."""

    shares: tuple[float, float]
    value: float | None
    low: float
    high: float
    technical: float | None
    field_fit: str | None
    family_years: float
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Missing:
    """A measure that is not assessed, and how many points of the talent value it leaves open."""

    key: str
    name: Mapping[str, str]
    points: float


@dataclass(frozen=True)
class Explanation:
    """Everything a person's numbers rest on."""

    nip: str
    name: str
    post: Post | None
    talent: Node
    box: int
    possible_boxes: tuple[int, ...]
    overall: int
    gates: tuple[GateAnswer, ...]
    missing: tuple[Missing, ...]
    fit: FitAnswer | None
    parts: Node | None

    def uses(self) -> set[tuple[str, int]]:
        """Kind and id of every fact that is named."""
        steps = [step for gate in self.gates for step in gate.steps] + list(self.fit.steps if self.fit else ())
        for tree in (self.talent, self.parts):
            steps += _steps(tree) if tree else []
        return {(use.kind, use.fact_id) for step in steps for use in step.uses if use.fact_id is not None}


def build_explanation(review: TalentReview, context: Context, nip: str, post: Post | None) -> Explanation:
    """Explain one person.

    Parameters
    ----------
    context
        The person's facts alone, each with its ``id``, and the coverage of the review.
    """
    axes = tuple(_axis(review, context, nip, axis) for axis in review.rubric.axes)
    talent = _node(review, nip, "talent", "talent", {"id": "Nilai Talenta", "en": "Talent value"}, 1.0, "talent", axes)
    eligibility = review.eligibility_for(post.key if post else ALL_PEOPLE)
    on_the_day = review.context_for(post)
    judging = context if on_the_day is review.context else context.on(on_the_day.as_of, on_the_day.coverage)
    box = int(str(review.people.at[nip, "box"]))
    return Explanation(
        nip=nip,
        name=str(review.people.at[nip, "full_name"]),
        post=post,
        talent=replace(talent, source=review.rubric.source, standing=review.rubric.standing),
        box=box,
        possible_boxes=() if box else review.possible_boxes(nip),
        overall=int(str(eligibility.overall.at[nip])),
        gates=tuple(_gate(judging, gate, post) for gate in eligibility.gates),
        missing=_missing(axes),
        fit=_fit(review, context, nip, post),
        parts=_parts(review, judging, nip, post),
    )


def _steps(node: Node) -> list[Step]:
    return [*node.steps, *(step for child in node.children for step in _steps(child))]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _node(
    review: TalentReview,
    nip: str,
    level: str,
    key: str,
    name: Mapping[str, str],
    weight: float,
    column: str,
    children: tuple[Node, ...],
) -> Node:
    value, low, high = (float(str(review.people.at[nip, column + end])) for end in ("", "_low", "_high"))
    return Node(level, key, name, weight, _known(value), low, high, children=children)


def _axis(review: TalentReview, context: Context, nip: str, axis: str) -> Node:
    rubric, at = review.rubric, review.people.index.get_loc(nip)
    criteria = []
    for k, criterion in enumerate(rubric.criteria):
        if criterion.axis != axis:
            continue
        measures = tuple(_measure(context, measure, criterion.weight * measure.share) for measure in criterion.measures)
        value, low, high = (
            float(bound[at, k]) for bound in (review.scores.value, review.scores.low, review.scores.high)
        )
        criteria.append(
            Node(
                "criterion",
                criterion.key,
                criterion.name,
                criterion.weight,
                _known(value),
                low,
                high,
                children=measures,
            )
        )
    weight = sum(criterion.weight for criterion in criteria)
    return _node(review, nip, "axis", axis, rubric.axes[axis], weight, axis, tuple(criteria))


def _measure(context: Context, measure: Measure, weight: float) -> Node:
    traced, steps = context.traced()
    row = compute_measure(traced, measure.method, measure.fact, measure.parameters).iloc[0]
    return Node(
        "measure",
        measure.key,
        measure.name,
        weight,
        _known(row["value"]),
        float(row["low"]),
        float(row["high"]),
        measure.source,
        measure.standing,
        tuple(steps),
    )


def _gate(context: Context, gate: Gate, post: Post | None) -> GateAnswer:
    traced, steps = context.traced()
    row = GATES[gate.function].judge(traced, gate.parameters, post.family if post else None).iloc[0]
    return GateAnswer(gate, int(row["answer"]), str(row["detail"]), tuple(steps))


def _missing(axes: Sequence[Node]) -> tuple[Missing, ...]:
    """Measures that are not known, the one that leaves most open first."""
    unknown = [
        Missing(measure.key, measure.name, (measure.high - measure.low) * measure.weight)
        for axis in axes
        for criterion in axis.children
        for measure in criterion.children
        if measure.value is None
    ]
    return tuple(sorted(unknown, key=lambda node: -node.points))


def _fit(review: TalentReview, context: Context, nip: str, post: Post | None) -> FitAnswer | None:
    table = review.fit(post.key, pd.Index([nip])) if post else None
    if table is None or post is None or review.rubric.fit is None:
        return None
    row = table.iloc[0]
    traced, steps = context.traced()
    write_technical_step(traced, post, review.rubric.fit.validity_years)
    return FitAnswer(
        review.rubric.fit.shares_at(derive_level(post.echelon, post.title)),
        _known(row["fit"]),
        float(row["fit_low"]),
        float(row["fit_high"]),
        _known(row["technical"]),
        None if pd.isna(row["field_fit"]) else str(row["field_fit"]),
        float(row["family_years"]),
        tuple(steps),
    )


def _parts(review: TalentReview, context: Context, nip: str, post: Post | None) -> Node | None:
    """The fit for the post in three parts, down to the facts; None without a post or a rubric for it."""
    if post is None or review.fit_rubric is None:
        return None
    rubric, standard = review.fit_rubric, review.standard(post)
    scores = review.fit_parts(post.key, pd.Index([nip]))
    parts = []
    for k, criterion in enumerate(rubric.criteria):
        measures = []
        for measure in criterion.measures:
            traced, steps = context.traced()
            if measure.key == "talent_value":
                value, low, high = (review.number(nip, f"talent{end}") for end in ("", "_low", "_high"))
            else:
                scored = score_measure(traced, standard, measure.key, measure.parameters)
                value, low, high = (float(bound[0]) for bound in (scored.value, scored.low, scored.high))
            weight = criterion.weight * measure.share
            source = (measure.source, measure.standing)
            measures.append(
                Node("measure", measure.key, measure.name, weight, _known(value), low, high, *source, tuple(steps))
            )
        value, low, high = (float(bound[0, k]) for bound in (scores.value, scores.low, scores.high))
        own = (criterion.key, criterion.name, criterion.weight, _known(value), low, high)
        parts.append(Node("criterion", *own, children=tuple(measures)))
    carrying = [part for part in parts if part.weight]
    known = [part.points for part in carrying if part.points is not None]
    value = sum(known) if len(known) == len(carrying) else np.nan
    low, high = (sum(getattr(part, bound) * part.weight for part in parts) for bound in ("low", "high"))
    return Node(
        "fit",
        rubric.key,
        rubric.name,
        1.0,
        _known(value),
        low,
        high,
        rubric.source,
        rubric.standing,
        children=tuple(carrying),
    )


def apportion_points(total: float, points: Sequence[float], digits: int = 2) -> tuple[float, list[float]]:
    """Numbers as shown: cut to some decimals, yet the addends sum to the total to the last digit."""
    scale = 10**digits
    whole = int(total * scale + 1e-6)
    units = apportion_units(whole, np.array(points, dtype=np.float64) * scale)
    return whole / scale, [int(unit) / scale for unit in units]


def round_points(node: Node, total: float | None = None) -> dict[tuple[str, str], float]:
    """Points of a tree as shown, by level and key; children sum to their parent at every level."""
    if node.points is None:
        return {key: points for child in node.children for key, points in round_points(child).items()}
    shown, criteria = apportion_points(
        node.points if total is None else total, [child.points or 0.0 for child in node.children]
    )
    shown_by_node = {(node.level, node.key): shown}
    for child, points in zip(node.children, criteria, strict=True):
        shown_by_node |= round_points(child, points)
    return shown_by_node
