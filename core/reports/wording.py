"""Gates, steps and facts in words, for the screen, the command line and files alike."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import pandas as pd

from core.imports.layouts import LAYOUTS
from core.locales import Language, day, number, translator
from core.talent.context import Step
from core.talent.eligibility.rules import Gate
from core.talent.messages import N_
from core.talent.vocabulary import spell_code

#: An answer over a gate, or over all, in words: 0 eligible, 1 to be reviewed, 2 not eligible.
ANSWER_NAMES = (N_("eligible"), N_("to be reviewed"), N_("not eligible"))


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
        return spell_code(column, value)
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


def gate_sentence(gate: Gate, answer: int, detail: str, language: Language) -> str:
    """A gate's answer with its figure; for a plain yes what it found."""
    decimal = language == "id" and detail.replace(".", "").isdigit()
    template, values = gate.sentence(answer, detail.replace(".", ",") if decimal else detail)
    return translator(language)(template).format(**{key: shown(value, language) for key, value in values.items()})
