"""A field of study that no discipline knows, placed in one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.service.accounts import has_right
from core.service.studies import assign_field, list_assignments
from core.store.accounts import Account
from core.talent.review import TalentReview
from core.ui.actions import attempt, entered, refusal
from core.ui.language import named, t
from core.ui.shared import engine
from core.ui.sign_in import current_asker

_PLACE = "place_field"


def place_field(current: TalentReview, unplaced: pd.DataFrame, account: Account) -> None:
    """Choose a field and its discipline; below, what was placed so far, each of which can be taken back."""
    if not has_right(account, "import"):
        return
    refusal(_PLACE)
    disciplines = {each.key: named(each.name) for each in current.families[0].studies.disciplines}
    counts = unplaced["field"].value_counts()
    if len(counts):
        left, right, button = st.columns([4, 3, 1.3], vertical_alignment="bottom")
        left.selectbox(
            t("Field of study"),
            list(counts.index),
            key="unplaced_field",
            format_func=lambda field: f"{field} ({counts.get(field, 0)})",
        )
        right.selectbox(
            t("Belongs to"),
            list(disciplines),
            index=None,
            placeholder=t("choose …"),
            key="unplaced_discipline",
            format_func=disciplines.get,
        )
        button.button(t("Place it"), key="place_field", on_click=attempt, args=(_PLACE, _place, (), True))
    placed = dict(current.families[0].studies.assigned)
    for each in list_assignments(engine())[:20]:
        words, back = st.columns([6, 1], vertical_alignment="center")
        name = disciplines.get(each.discipline, t("taken back"))
        words.text(f"{each.field} → {name} · {each.username} · {each.saved_at:%d-%m-%Y}")
        if each.discipline and placed.get(each.field) == each.discipline:
            back.button(
                t("Take back"),
                key=f"unplace_{each.field}",
                on_click=attempt,
                args=(_PLACE, lambda field=each.field: assign_field(engine(), field, "", by=current_asker()), (), True),
            )


def _place() -> None:
    assign_field(engine(), entered("unplaced_field"), entered("unplaced_discipline") or "-", by=current_asker())
