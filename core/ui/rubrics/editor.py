"""Copy a rubric, choose what no rule fixes, edit, save."""

from __future__ import annotations

import streamlit as st

from core.service import rubrics
from core.store.accounts import Account
from core.store.rubrics import SavedRubric
from core.talent.errors import MantelError
from core.talent.oversight.official import rescore_people
from core.ui.language import sentence_of, t
from core.ui.links import choose_one
from core.ui.people_table import people_doors
from core.ui.rubrics.comparison import label_rubrics, moved_table
from core.ui.rubrics.fields import say_fault
from core.ui.rubrics.form import rubric_form
from core.ui.shared import engine, review
from core.ui.sign_in import current_asker

DONE = "rubric_done"


def edit_rubric(account: Account, known: list[SavedRubric]) -> None:
    """The form that saves an own rubric."""
    st.subheader(t("Copy and edit"), anchor=False)
    labels = label_rubrics(known)
    in_force = review().rubric.digest
    left, middle, right = st.columns(3)
    at = list(labels).index(in_force) if in_force in labels else 0
    digest = left.selectbox(t("Start from"), list(labels), at, format_func=labels.get)
    start = next(rubric for rubric in known if rubric.digest == digest)
    text = start.content
    if start.shipped:
        name = middle.text_input(t("Name of the copy"), f"{start.name} OKI", max_chars=100)
        key = right.text_input(t("Key of the copy"), f"{start.key}-oki"[:60], max_chars=60)
        text = rubrics.copy_rubric(start, key, name)
    text = _settings(start, text)
    ways = {"form": t("Form"), "toml": t("Text (TOML), for experts")}
    way = choose_one(
        st.segmented_control, t("Edit by"), list(ways), "edit_by", "form", required=True, format_func=ways.get
    )
    if way == "form":
        # Who changes box stands above the fields, which are many.
        seen = st.container()
        edited = rubric_form(text, f"form_{digest}_{abs(hash(text))}")
        with seen:
            _preview(edited)
    else:
        edited = st.text_area(t("Rubric (TOML)"), text, height=420, key=f"rubric_text_{digest}_{hash(text)}")
        _say_faults(edited)
    with st.form("edit_rubric", border=False):
        note = st.text_input(t("What is changed and why"), max_chars=300)
        if st.form_submit_button(t("Check and keep"), type="primary"):
            try:
                saved = rubrics.save_rubric(engine(), edited, note, by=current_asker())
            except MantelError as error:
                st.error(say_fault(error) if way == "form" else sentence_of(error))
            else:
                st.session_state[DONE] = t("Kept as {rubric}.", rubric=f"{saved.key}@{saved.version}")
                st.rerun()


def _say_faults(text: str) -> None:
    """What is wrong with a text, with its lines numbered beside it; nothing where it is a rubric."""
    try:
        rubrics.parse_rubric(text, t("Rubric"))
    except MantelError as error:
        st.error(sentence_of(error))
        st.code(text, language="toml", line_numbers=True, height=300)


def _preview(text: str) -> None:
    """Who changes box by what the form says, at once; or why it is no rubric yet."""
    try:
        other = rubrics.parse_rubric(text, "rubric")
    except MantelError as error:
        st.info(say_fault(error))
        return
    current = review()
    moved = moved_table(current, rescore_people(current, other))
    st.markdown(f"**{t('{count} of {all} people change box', count=len(moved), all=len(current.people))}**")
    if len(moved):
        people_doors(current, moved, moved.index, "edited_people", height=180, alt=t("People who change box"))


def _settings(saved: SavedRubric, text: str) -> str:
    """What no rule fixes, as choices: value tables and how years are combined."""
    rubric = rubrics.parse_rubric(saved.content, saved.key)
    left, right = st.columns(2)
    tables = {}
    for name, (chosen, offered) in rubric.choices.items():
        values = {
            option: f"{option}: {' · '.join(f'{score:g}' for score in rubric.tables[option].values())}"
            for option in offered
        }
        with left:
            label = t("Value table “{name}”", name=name)
            tables[name] = st.selectbox(
                label, offered, offered.index(chosen), format_func=values.get, key=f"table_{name}_{saved.digest}"
            )
    how = rubrics.get_combination(text)
    if how:
        words = {"mean": t("mean of the years"), "last": t("the last year"), "worst": t("the worst year")}
        with right:
            how = st.selectbox(
                t("Years are combined by"),
                list(words),
                list(words).index(how),
                format_func=words.get,
                key=f"years_{saved.digest}",
            )
    return rubrics.choose_settings(text, tables, how)
