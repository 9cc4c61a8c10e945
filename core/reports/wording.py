"""Gates, steps and facts in words, for the screen, the command line and files alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from core.imports.layouts import LAYOUTS
from core.locales import Language, day, number, translator
from core.talent.context import Step
from core.talent.eligibility.rules import ELIGIBLE, INELIGIBLE, REVIEW, Gate
from core.talent.vocabulary import spelled


class _Shown(float):
    """A number that writes itself in a language, cut to the digits of its format."""

    language: Language = "id"

    def __format__(self, spec: str) -> str:
        if spec.endswith("g") or not spec:
            text = f"{float(self):g}"
            return text.replace(".", ",") if self.language == "id" else text
        return number(float(self), int(spec.strip(".f") or 0), self.language)


def shown(value: object, language: Language) -> object:
    """A value for a template: numbers and dates as the language writes them."""
    if isinstance(value, pd.Timestamp):
        value = value.date()
    if isinstance(value, dt.date):
        return day(value, language)
    if isinstance(value, float):
        made = _Shown(value)
        made.language = language
        return made
    return value


def fact_value(column: str, value: object, language: Language) -> str:
    """What a fact says in a column, as people write it."""
    if isinstance(value, bool):
        return translator(language)("yes" if value else "no")
    if isinstance(value, str):
        return spelled(column, value)
    return f"{shown(value, language)}"


@lru_cache
def field_header(kind: str, field: str) -> str:
    """The header a field goes by in the files."""
    for layout in LAYOUTS:
        for column in layout.columns:
            if layout.kind == kind and column.field == field:
                return column.headers[0]
    return field


def step_words(step: Step, language: Language) -> str:
    """A step in words."""
    values = {key: shown(value, language) for key, value in step.values.items()}
    return translator(language)(step.message).format(**values)


def gate_words(gate: Gate, answer: int, detail: str, language: Language) -> str:
    """A gate's answer with its figure; for a plain yes what it found."""
    completed = gate.parameters.get("reading") == "completed"
    words: Mapping[str, Mapping[int, str]] = {
        "education": {
            ELIGIBLE: "education {detail}",
            INELIGIBLE: "education {detail}, at least {minimum}",
            REVIEW: "education not known",
        },
        "related_experience": {
            ELIGIBLE: "{detail} years in the related family",
            INELIGIBLE: "{detail} years in the related family, at least {years}",
            REVIEW: "{detail} years in the related family known, position history missing",
        },
        "held_level": {
            ELIGIBLE: "{detail} years as administrator, ahli madya or JPT",
            INELIGIBLE: "{detail} years as administrator or ahli madya, at least {years}",
            REVIEW: "{detail} years as administrator or ahli madya known, position history missing",
        },
        "age": {
            ELIGIBLE: "age {detail}",
            INELIGIBLE: "age {detail}, at most {limit}" if completed else "past the {limit}th birthday (age {detail})",
        },
        "competency": {
            ELIGIBLE: "JPM {detail}",
            INELIGIBLE: "JPM {detail}, at least {minimum}",
            REVIEW: "no valid competency assessment",
        },
        "discipline": {
            ELIGIBLE: "no punishment that counts",
            INELIGIBLE: "punished on {detail}, {years} years or still being served",
            REVIEW: "disciplinary register not imported",
        },
        "performance": {
            ELIGIBLE: "rating at least Baik in {years} years",
            INELIGIBLE: "rating below Baik in {detail}",
            REVIEW: "no rating for {detail}",
        },
        "health": {
            ELIGIBLE: "declared fit on {detail}",
            INELIGIBLE: "declared unfit on {detail}",
            REVIEW: "health declaration missing or expired",
        },
        "grade": {
            ELIGIBLE: "grade {detail}",
            INELIGIBLE: "grade {detail}, at least {minimum}",
            REVIEW: "grade not known",
        },
        "leadership_training": {
            ELIGIBLE: "attended: {detail}",
            INELIGIBLE: "no leadership training on record",
            REVIEW: "training register not imported",
        },
        "tenure": {
            ELIGIBLE: "no caution",
            REVIEW: "{detail} years in the JPT post: under {minimum_years} not to be moved, from {evaluation_years} to be evaluated",
        },
    }
    template = words.get(gate.key, {}).get(answer)
    if template is None:
        return f"{gate.key}: {detail}"
    values = {key: shown(value, language) for key, value in gate.parameters.items()}
    detail = detail.replace(".", ",") if language == "id" and detail.replace(".", "").isdigit() else detail
    return translator(language)(template).format(**{**values, "detail": detail})
