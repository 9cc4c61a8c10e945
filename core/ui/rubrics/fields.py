"""Fields of the forms for rubrics and rules: each shows what an entry is and gives back a value of the same kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.vocabulary import spell_code
from core.ui.language import sentence_of, t


def say_fault(error: MantelError) -> str:
    """What is wrong with a form, without the line of the file that nobody sees."""
    problem = error.values.get("problem")
    return sentence_of(problem if isinstance(problem, MantelError) else error)


#: Entries of rubrics and rules in words.
_ENTRIES = {
    "weight": N_("Weight"),
    "years": N_("Years"),
    "window_years": N_("Years looked back"),
    "window_months": N_("Months looked back"),
    "validity_years": N_("Valid for years"),
    "evaluation_years": N_("Evaluation after years"),
    "minimum_years": N_("At least years in the post"),
    "check_months": N_("Checked within months"),
    "highest": N_("Highest value"),
    "standard": N_("Level of competency asked for"),
    "minimum": N_("At least"),
    "limit": N_("Age limit"),
    "raised_limit": N_("Raised age limit"),
    "raised_levels": N_("Levels with the raised limit"),
    "reading": N_("Reading of the age limit"),
    "levels": N_("Levels"),
    "level": N_("Level"),
    "words": N_("Words, several behind semicolons"),
    "fields": N_("Fields of study, several behind semicolons"),
    "jpt_passes": N_("A present JPT passes"),
    "combine": N_("Years are combined by"),
    "high": N_("High from"),
    "middle": N_("Middle from"),
    "full_years": N_("Years that count as full"),
    "acting_percent": N_("Share of acting years in percent"),
}
#: Codes of value tables that no vocabulary spells.
_CODES = {
    "none": N_("none"),
    "serving": N_("being served"),
    "same_family": N_("as asked"),
    "general": N_("related"),
    "other": N_("other"),
    "met": N_("met"),
    "below": N_("below"),
    "cross_agency": N_("several agencies"),
    "cross_unit": N_("several units"),
    "one_unit": N_("one unit"),
    "acting_higher": N_("acting, higher post"),
    "acting_same": N_("acting, same level"),
    "daily_acting": N_("daily acting"),
    "strict": N_("the birthday has not passed"),
    "completed": N_("completed years"),
    "mean": N_("mean of the years"),
    "last": N_("the last year"),
    "worst": N_("the worst year"),
}


def entry_name(entry: str) -> str:
    """An entry in words."""
    return t(_ENTRIES[entry]) if entry in _ENTRIES else entry


def code_name(code: str, column: str = "") -> str:
    """A code of a table or choice in words."""
    if code in _CODES:
        return t(_CODES[code])
    return spell_code(column, code) if column else code


def enter_number(label: str, value: float, key: str, low: float, high: float, help: str = "") -> float:
    """A number that stays whole where it was."""
    whole = isinstance(value, int)
    entered = st.number_input(
        label,
        int(low) if whole else float(low),
        int(high) if whole else float(high),
        value,
        1 if whole else 0.5,
        key=key,
        help=help or None,
    )
    # A weight such as 32.5 may become 33: written as the whole number it is.
    return int(entered) if float(entered).is_integer() else float(entered)


def enter_table(values: Mapping[str, float], key: str, column: str = "") -> dict[str, float]:
    """A value table, one row a code."""
    frame = pd.DataFrame({t("What"): [code_name(code, column) for code in values], t("Score"): list(values.values())})
    edited = st.data_editor(
        frame,
        key=key,
        hide_index=True,
        disabled=[t("What")],
        column_config={t("Score"): st.column_config.NumberColumn(min_value=0, max_value=100, required=True)},
    )
    return {code: _plain(score) for code, score in zip(values, edited[t("Score")], strict=True)}


def enter_steps(steps: Sequence[Sequence[float]], key: str) -> list[list[float]]:
    """Steps: at least so much, so many points; rows may be added and taken away."""
    least, score = t("From"), t("Score")
    frame = pd.DataFrame({least: [float(step[0]) for step in steps], score: [float(step[1]) for step in steps]})
    edited = st.data_editor(
        frame,
        key=key,
        hide_index=True,
        num_rows="dynamic",
        column_config={score: st.column_config.NumberColumn(min_value=0, max_value=100)},
    ).dropna()
    return [[_plain(step), _plain(points)] for step, points in zip(edited[least], edited[score], strict=True)]


def enter_words(label: str, words: Sequence[str], key: str) -> list[str]:
    """Words behind semicolons."""
    text = st.text_input(label, "; ".join(words), key=key, max_chars=500)
    return [word.strip() for word in text.split(";") if word.strip()]


def choose_codes(
    label: str, chosen: Collection[str], codes: Sequence[str], key: str, names: Mapping[str, str]
) -> list[str]:
    """Some of several codes."""
    picked = st.multiselect(
        label, list(codes), list(chosen), key=key, format_func=lambda code: names.get(code, code), placeholder=t("none")
    )
    return list(picked)


def choose_code(label: str, chosen: str, codes: Sequence[str], key: str, names: Mapping[str, str]) -> str:
    """One of several codes."""
    return str(
        st.selectbox(label, list(codes), list(codes).index(chosen), key=key, format_func=lambda c: names.get(c, c))
    )


def _plain(number: Any) -> float:
    return int(number) if float(number).is_integer() else float(number)
