"""A rubric by a form: weights that must sum, tables by rows, years and bounds by numbers, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.service.toml_text import edit_text
from core.talent.scoring.measures import COMBINE
from core.ui.language import named, show_number, t
from core.ui.rubrics.fields import choose_code, code_name, enter_number, enter_steps, enter_table, entry_name

Place = tuple[str | int, ...]

#: Numbers of a measure with their range.
_NUMBERS = {
    "years": (1, 10),
    "window_years": (1, 50),
    "window_months": (1, 120),
    "validity_years": (1, 50),
    "highest": (1, 1000),
    "standard": (1, 5),
}


def rubric_form(text: str, name: str) -> str:
    """The text of a rubric as the form makes it; ``name`` keeps the fields of one rubric apart from another's."""
    data = tomllib.loads(text)
    changes: dict[Place, Any] = {}
    left, right = st.columns(2)
    for column, bound in ((left, "high"), (right, "middle")):
        with column:
            value = data["thresholds"][bound]
            changes["thresholds", bound] = enter_number(entry_name(bound), value, f"{name}_{bound}", 0, 100)
    for at, axis in enumerate(data["axis"]):
        _axis(axis, ("axis", at), name, changes)
    _say_sum([changes["axis", at, "weight"] for at in range(len(data["axis"]))], 100, t("The axes"))
    return edit_text(text, changes)


def _axis(axis: Mapping[str, Any], place: Place, name: str, changes: dict[Place, Any]) -> None:
    head, weight = st.columns([3, 1], vertical_alignment="bottom")
    head.markdown(f"#### {named(axis['name'])}")
    with weight:
        changes[*place, "weight"] = enter_number(entry_name("weight"), axis["weight"], f"{name}_{place}_weight", 0, 100)
    for at, part in enumerate(axis["part"]):
        _part(part, (*place, "part", at), name, changes)
    parts = [changes[*place, "part", at, "weight"] for at in range(len(axis["part"]))]
    _say_sum(parts, 100, named(axis["name"]))


def _part(part: Mapping[str, Any], place: Place, name: str, changes: dict[Place, Any]) -> None:
    with st.expander(f"{named(part['name'])} · {show_number(part['weight'], 1)} %", key=f"{name}_{place}_part"):
        weight = enter_number(entry_name("weight"), part["weight"], f"{name}_{place}_weight", 0, 100)
        changes[*place, "weight"] = weight
        for at, measure in enumerate(part["measure"]):
            _measure(measure, (*place, "measure", at), name, changes)
        _say_sum(
            [changes[*place, "measure", at, "weight"] for at in range(len(part["measure"]))],
            weight,
            named(part["name"]),
        )


def _measure(measure: Mapping[str, Any], place: Place, name: str, changes: dict[Place, Any]) -> None:
    st.markdown(f"**{named(measure['name'])}**")
    st.caption(f"{measure['source']} [{measure['standing']}]")
    if measure["method"] in _TRAINING:
        measure = _choose_training(measure, place, name, changes)
    numbers = {entry: bounds for entry, bounds in _NUMBERS.items() if entry in measure}
    columns = st.columns(len(numbers) + 1 + ("combine" in measure))
    with columns[0]:
        changes[*place, "weight"] = enter_number(
            entry_name("weight"), measure["weight"], f"{name}_{place}_weight", 0, 100
        )
    for column, (entry, (low, high)) in zip(columns[1:], numbers.items(), strict=False):
        with column:
            changes[*place, entry] = enter_number(
                entry_name(entry), measure[entry], f"{name}_{place}_{entry}", low, high
            )
    if "combine" in measure:
        with columns[-1]:
            names = {how: code_name(how) for how in COMBINE}
            changes[*place, "combine"] = choose_code(
                entry_name("combine"), measure["combine"], COMBINE, f"{name}_{place}_combine", names
            )
    if isinstance(measure.get("table"), dict):
        column_name = measure.get("column") or {"education_level": "education_level"}.get(measure["method"], "")
        edited = enter_table(measure["table"], f"{name}_{place}_table", column_name)
        for code, score in edited.items():
            changes[*place, "table", code] = score
    for entry in ("steps", "tenure_steps", "substance_steps"):
        if entry in measure:
            changes[*place, entry] = enter_steps(measure[entry], f"{name}_{place}_{entry}")


#: The two ways in which agencies count training, with what each needs.
_TRAINING_NAMES = {
    "training_hours": {"id": "Pengembangan kompetensi, JP setahun", "en": "Training hours in a year"},
    "training_count": {"id": "Pengembangan kompetensi, sertifikat 5 tahun", "en": "Certificates in five years"},
}
_TRAINING: dict[str, dict[str, Any]] = {
    "training_hours": {"window_months": 12, "steps": [[20, 100], [10, 80], [5, 60], [1, 40], [0, 0]]},
    "training_count": {"window_years": 5, "steps": [[8, 100], [5, 80], [3, 60], [1, 40], [0, 0]]},
}


def _choose_training(
    measure: Mapping[str, Any], place: Place, name: str, changes: dict[Place, Any]
) -> Mapping[str, Any]:
    """Hours a year or certificates in five years; the measure as it is then."""
    ways = {"training_hours": t("hours (JP) in a year"), "training_count": t("certificates in five years")}
    way = choose_code(t("Counted by"), measure["method"], list(ways), f"{name}_{place}_method", ways)
    if way == measure["method"]:
        return measure
    for entry in _TRAINING[measure["method"]]:
        changes[*place, entry] = None
    changes[*place, "method"] = way
    for spoken, name_there in _TRAINING_NAMES[way].items():
        changes[*place, "name", spoken] = name_there
    changes |= {(*place, entry): value for entry, value in _TRAINING[way].items()}
    kept = {entry: value for entry, value in measure.items() if entry not in _TRAINING[measure["method"]]}
    return {**kept, "method": way, **_TRAINING[way]}


def _say_sum(weights: list[float], wanted: float, what: str) -> None:
    total = sum(weights)
    if abs(total - wanted) > 1e-9:
        st.error(
            t(
                "{what}: the weights sum to {total} %; expected {wanted} %.",
                what=what,
                total=show_number(total, 1),
                wanted=show_number(wanted, 1),
            )
        )
