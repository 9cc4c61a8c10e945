"""An explanation as rows for the screen and a table, and as plain data for JSON."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from core.locales import Language, day, number, stamp, translator
from core.reports.wording import ANSWER_NAMES, fact_value, field_header, gate_sentence, step_words
from core.talent.context import Step, Use
from core.talent.eligibility.rules import ANSWERS
from core.talent.person.explanation import Explanation, Node, round_points
from core.talent.review import TalentReview


class Origin(Protocol):
    """Where a fact came from."""

    file: str
    sheet: str
    row: int
    imported_at: dt.datetime
    username: str
    matched_by_name: bool
    reason: str

    def columns_of(self, use: Use) -> list[str]:
        """Columns that filled the fields looked at."""
        ...


Origins = Mapping[tuple[str, int], Any]


@dataclass(frozen=True)
class Row:
    """One line of the tree: ``depth`` 0 is the total; texts are as shown."""

    depth: int
    what: str
    weight: str = ""
    score: str = ""
    points: str = ""
    record: str = ""


def score_rows(explanation: Explanation, origins: Origins, language: Language) -> list[Row]:
    """The talent value with all it is made of; points of the lines under a line sum to its points."""
    points = round_points(explanation.talent)
    return list(_node_rows(explanation.talent, 0, points, origins, language))


def fit_rows(explanation: Explanation, origins: Origins, language: Language) -> list[Row]:
    """The fit for the post in three parts with all it is made of; nothing without a post."""
    if explanation.parts is None:
        return []
    return list(_node_rows(explanation.parts, 0, round_points(explanation.parts), origins, language))


def _node_rows(
    node: Node, depth: int, points: Mapping[tuple[str, str], float], origins: Origins, language: Language
) -> Iterator[Row]:
    t = translator(language)
    name = node.name[language]
    if node.source:
        name = f"{name} · {node.source} [{node.standing}]"
    known = node.value is not None
    score = number(node.value, 2, language) if node.value is not None else _interval(node.low, node.high, language)
    shown = points.get((node.level, node.key))
    yield Row(
        depth,
        name,
        f"{number(node.weight * 100, 2, language)} %",
        score,
        number(shown, 2, language) if known and shown is not None else t("open"),
    )
    for child in node.children:
        yield from _node_rows(child, depth + 1, points, origins, language)
    for step in node.steps:
        yield from step_rows(step, depth + 1, origins, language)


def _interval(low: float, high: float, language: Language) -> str:
    return f"{number(low, 2, language)}–{number(high, 2, language)}"


def step_rows(step: Step, depth: int, origins: Origins, language: Language) -> Iterator[Row]:
    """A step in words, then the facts it rests on with file, sheet, row, column, who and when."""
    score = "" if step.score is None else number(step.score, 2, language)
    yield Row(depth, step_words(step, language), score=score)
    for use in step.uses:
        facts = ", ".join(
            f"{field_header(use.kind, column)}: {fact_value(column, value, language)}"
            for column, value in use.given.items()
        )
        record = record_words(use, origins, language)
        yield Row(depth + 1, facts, score="" if use.score is None else number(use.score, 2, language), record=record)


def record_words(use: Use, origins: Origins, language: Language) -> str:
    """Where a fact stands and who brought it when."""
    origin = origins.get((use.kind, use.fact_id or 0))
    if origin is None:
        return ""
    t = translator(language)
    columns = ", ".join(origin.columns_of(use))
    text = t("{file}, sheet {sheet}, row {row}").format(file=origin.file, sheet=origin.sheet, row=origin.row)
    if columns:
        text += ", " + t("column {columns}").format(columns=columns)
    text += " · " + t("imported {when} WIB by {who}").format(when=stamp(origin.imported_at), who=origin.username)
    if origin.matched_by_name:
        text += " · " + t("person matched by name")
    return text


def gate_rows(explanation: Explanation, origins: Origins, language: Language) -> list[tuple[str, str, str, str, str]]:
    """Each gate: name, answer, reason, article with standing, the records it rests on."""
    rows = []
    t = translator(language)
    answers = [t(word) for word in ANSWER_NAMES]
    effects = {"gate": "", "shown": t("shown only"), "warning": t("caution only")}
    for gate in explanation.gates:
        records = [
            record for step in gate.steps for use in step.uses if (record := record_words(use, origins, language))
        ]
        name = gate.gate.name[language]
        effect = effects[gate.gate.effect]
        rows.append(
            (
                f"{name} ({effect})" if effect else name,
                answers[gate.answer],
                gate_sentence(gate.gate, gate.answer, gate.detail, language),
                f"{gate.gate.article} [{gate.gate.standing}]",
                "; ".join(dict.fromkeys(records)) or "–",
            )
        )
    return rows


def as_data(explanation: Explanation, origins: Origins, language: Language) -> dict[str, Any]:
    """The explanation as plain data, numbers unrounded."""
    asked = explanation.post
    return {
        "nip": explanation.nip,
        "name": explanation.name,
        "post": asked.key if asked else None,
        "talent": _node_data(explanation.talent, origins, language),
        "box": explanation.box or None,
        "possible_boxes": list(explanation.possible_boxes),
        "eligible": ANSWERS[explanation.overall],
        "gates": [
            {
                "gate": gate.gate.key,
                "name": gate.gate.name[language],
                "effect": gate.gate.effect,
                "answer": ANSWERS[gate.answer],
                "reason": gate_sentence(gate.gate, gate.answer, gate.detail, language),
                "article": gate.gate.article,
                "standing": gate.gate.standing,
                "steps": [_step_data(step, origins, language) for step in gate.steps],
            }
            for gate in explanation.gates
        ],
        "missing": [
            {"measure": missing.key, "name": missing.name[language], "open_points": missing.points}
            for missing in explanation.missing
        ],
        "fit": None
        if explanation.fit is None
        else {
            "value": explanation.fit.value,
            "low": explanation.fit.low,
            "high": explanation.fit.high,
            "talent_share": explanation.fit.shares[0],
            "technical_share": explanation.fit.shares[1],
            "technical": explanation.fit.technical,
            "field_of_study": explanation.fit.field_fit,
            "family_years": explanation.fit.family_years,
            "steps": [_step_data(step, origins, language) for step in explanation.fit.steps],
        },
    }


def _node_data(node: Node, origins: Origins, language: Language) -> dict[str, Any]:
    return {
        "level": node.level,
        "key": node.key,
        "name": node.name[language],
        "weight": node.weight,
        "value": node.value,
        "low": node.low,
        "high": node.high,
        "points": node.points,
        "source": node.source,
        "standing": node.standing,
        "steps": [_step_data(step, origins, language) for step in node.steps],
        "children": [_node_data(child, origins, language) for child in node.children],
    }


def _step_data(step: Step, origins: Origins, language: Language) -> dict[str, Any]:
    return {
        "formula": step_words(step, language),
        "score": step.score,
        "facts": [_use_data(use, origins) for use in step.uses],
    }


def _use_data(use: Use, origins: Origins) -> dict[str, Any]:
    origin = origins.get((use.kind, use.fact_id or 0))
    given = {
        column: value.date().isoformat() if hasattr(value, "date") else value for column, value in use.given.items()
    }
    data: dict[str, Any] = {"fact": use.kind, "id": use.fact_id, "says": given, "score": use.score}
    if origin is not None:
        data |= {
            "file": origin.file,
            "sheet": origin.sheet,
            "row": origin.row,
            "columns": origin.columns_of(use),
            "imported_at": origin.imported_at.isoformat() + "Z",
            "imported_by": origin.username,
            "matched_by_name": origin.matched_by_name,
        }
    return data


def explanation_lines(
    explanation: Explanation, origins: Origins, place: Mapping[str, Any], review: TalentReview, language: Language
) -> Iterator[str]:
    """The explanation as lines of text."""
    t = translator(language)
    rubric = review.rubric
    yield f"{explanation.name} · NIP {explanation.nip}"
    yield t("Rubric {rubric}, reference date {day}, data version {version}").format(
        rubric=f"{rubric.name} v{rubric.version} ({rubric.digest[:12]})",
        day=day(review.as_of, language),
        version=review.data_version,
    )
    box = t("Box {box}").format(box=explanation.box) if explanation.box else t("not assessed")
    rank = place["rank"] or "–"
    yield f"{box} · " + t("rank {rank} of {of}").format(rank=rank, of=place["of"])
    yield ""
    for row in score_rows(explanation, origins, language):
        numbers = "  ".join(text for text in (row.weight, row.score, row.points) if text)
        yield f"{'  ' * row.depth}{row.what}   {numbers}".rstrip() + (f"   <- {row.record}" if row.record else "")
    yield ""
    for name, answer, reason, article, records in gate_rows(explanation, origins, language):
        yield f"{name}: {answer}; {reason} ({article}) <- {records}"
    if explanation.fit is not None:
        yield ""
        yield fit_words(explanation, language)
    for row in fit_rows(explanation, origins, language):
        numbers = "  ".join(text for text in (row.weight, row.score, row.points) if text)
        yield f"{'  ' * row.depth}{row.what}   {numbers}".rstrip() + (f"   <- {row.record}" if row.record else "")
    for missing in explanation.missing:
        yield t("missing: {name} leaves {points} points open").format(
            name=missing.name[language], points=number(missing.points, 2, language)
        )


def fit_words(explanation: Explanation, language: Language) -> str:
    """Fit for the post in one line."""
    t, fit = translator(language), explanation.fit
    if fit is None or explanation.post is None:
        return ""
    value = number(fit.value, 2, language) if fit.value is not None else _interval(fit.low, fit.high, language)
    technical = "–" if fit.technical is None else number(fit.technical, 2, language)
    fields = {"same_family": t("as asked"), "general": t("related"), "other": t("other"), None: "–"}
    return t(
        "Official figure for {post}: {value} = {a:g} % talent value + {b:g} % technical competence ({technical}); "
        "field of study: {field}; {years} years in the family"
    ).format(
        post=explanation.post.title,
        value=value,
        a=fit.shares[0] * 100,
        b=fit.shares[1] * 100,
        technical=technical,
        field=fields.get(fit.field_fit, "–"),
        years=number(fit.family_years, 1, language),
    )


def plain_number(value: Any) -> Any:
    """A numpy or pandas scalar as JSON knows it; NaN is null."""
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value
