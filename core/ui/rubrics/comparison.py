"""A rubric beside the one in force: what differs, and who changes box."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.service import rubrics
from core.store.rubrics import SavedRubric
from core.talent.oversight.official import rescore_people
from core.talent.review import TalentReview
from core.talent.scoring.score_table import ScoreTable
from core.ui.actions import ask_first, refusal
from core.ui.language import t
from core.ui.links import choose_one
from core.ui.people_table import people_doors
from core.ui.shared import engine, review
from core.ui.sign_in import current_asker


def rubrics_table(known: Sequence[SavedRubric], in_force: str) -> pd.DataFrame:
    """The rubrics there are."""
    return pd.DataFrame(
        {
            t("Rubric"): [rubric.name for rubric in known],
            t("Key"): [f"{rubric.key}@{rubric.version}" for rubric in known],
            t("In force"): [rubric.digest == in_force for rubric in known],
            t("Shipped"): [rubric.shipped for rubric in known],
            t("Retired"): [rubric.retired_at is not None for rubric in known],
            t("Kept by"): [rubric.username for rubric in known],
            t("Note"): [rubric.note for rubric in known],
            t("Content hash"): [rubric.digest[:12] for rubric in known],
        }
    )


def differences_table(differences: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """What differs between two rubrics."""
    return pd.DataFrame(differences, columns=[t("Entry"), t("In force"), t("Other")])


def moved_table(review: TalentReview, other: ScoreTable) -> pd.DataFrame:
    """People whose box is another one under another rubric."""
    people, boxes = review.people, other.axes["box"]
    moved = people[people["box"] != boxes]
    return pd.DataFrame(
        {
            t("Name"): moved["full_name"],
            t("In force"): [str(box) if box else "–" for box in moved["box"]],
            t("Other"): [str(box) if box else "–" for box in boxes.loc[moved.index]],
            t("Unit"): moved["unit"],
        }
    )


def label_rubrics(known: Sequence[SavedRubric]) -> dict[str, str]:
    """Each rubric's name with key and version, by digest."""
    return {rubric.digest: f"{rubric.name} · {rubric.key}@{rubric.version}" for rubric in known}


def retire_form(offered: Sequence[SavedRubric], in_force: str) -> None:
    """Retire an own version: it is offered no more, and stays for what was decided by it; nothing without one."""
    refusal("retire_rubric")
    own = {
        rubric.digest: f"{rubric.name} · {rubric.key}@{rubric.version}"
        for rubric in offered
        if not rubric.shipped and rubric.digest != in_force
    }
    if not own:
        return
    left, right, _ = st.columns([3, 1, 3], vertical_alignment="bottom")
    chosen = left.selectbox(t("Own version"), list(own), format_func=own.get, key="retire_which")
    ask_first(
        right,
        t("Retire"),
        t("Retire {rubric}? It is offered no more, and stays for what was decided by it.", rubric=own.get(chosen, "–")),
        f"retire_rubric_{chosen}",
        "retire_rubric",
        lambda: rubrics.retire_rubric(engine(), str(chosen), by=current_asker()),
    )


def compare_rubrics(known: Sequence[SavedRubric]) -> None:
    """Another rubric beside the one in force."""
    st.subheader(t("Compare with the rubric in force"), anchor=False)
    current, labels = review(), label_rubrics(known)
    in_force = next((rubric for rubric in known if rubric.digest == current.rubric.digest), None)
    if in_force is None:
        return
    others = [rubric.digest for rubric in known if rubric.digest != in_force.digest]
    if not others:
        return
    chosen = choose_one(st.selectbox, t("Rubric"), others, "rubric", others[0], format_func=labels.get)
    other = next(rubric for rubric in known if rubric.digest == chosen)
    table = rescore_people(current, rubrics.parse_rubric(other.content, other.key))
    moved = moved_table(current, table)
    st.markdown(f"**{t('{count} of {all} people change box', count=len(moved), all=len(current.people))}**")
    people_doors(current, moved, moved.index, "compared_people", height=240, alt=t("People who change box"))
    differences = rubrics.compare_texts(in_force.content, other.content)
    st.dataframe(differences_table(differences), hide_index=True, height=300, alt=t("What differs"))
