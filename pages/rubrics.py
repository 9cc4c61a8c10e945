"""Rubrik: what the scores are made by; copy, edit, compare, and see who changes box."""

import streamlit as st

from core.service import rubrics
from core.store.accounts import Account
from core.store.rubrics import KeptRubric
from core.talent.errors import MantelError
from core.talent.oversight.official import rescored
from core.ui.language import sentence_of, t
from core.ui.links import choose_one
from core.ui.shared import engine, review
from core.ui.shell import serve
from core.ui.tables import differences_table, moved_table, rubrics_table

_DONE = "rubric_done"


def draw(account: Account) -> None:
    """The page."""
    known = rubrics.known(engine())
    if done := st.session_state.pop(_DONE, None):
        st.success(done)
    st.dataframe(rubrics_table(known, review().rubric.digest), hide_index=True, alt=t("Rubrics"))
    st.caption(t("Shipped rubrics never change; an edit is a new version, and every version is kept."))
    left, right = st.columns(2, gap="large")
    with left:
        _compare(known)
    with right:
        _edit(account, known)


def _label(known: list[KeptRubric]) -> dict[str, str]:
    return {one.digest: f"{one.name} · {one.key}@{one.version}" for one in known}


def _compare(known: list[KeptRubric]) -> None:
    st.subheader(t("Compare with the rubric in force"), anchor=False)
    current, labels = review(), _label(known)
    in_force = next(one for one in known if one.digest == current.rubric.digest)
    others = [one.digest for one in known if one.digest != in_force.digest]
    if not others:
        return
    chosen = choose_one(st.selectbox, t("Rubric"), others, "rubric", others[0], format_func=labels.get)
    other = next(one for one in known if one.digest == chosen)
    table = rescored(current, rubrics.parsed(other.content, other.key))
    moved = moved_table(current, table)
    st.markdown(f"**{t('{count} of {all} people change box', count=len(moved), all=len(current.people))}**")
    st.dataframe(moved, hide_index=True, height=240, alt=t("People who change box"))
    differences = rubrics.differences(in_force.content, other.content)
    st.dataframe(differences_table(differences), hide_index=True, height=300, alt=t("What differs"))


def _edit(account: Account, known: list[KeptRubric]) -> None:
    st.subheader(t("Copy and edit"), anchor=False)
    labels = _label(known)
    digest = st.selectbox(t("Start from"), list(labels), format_func=labels.get)
    kept = next(one for one in known if one.digest == digest)
    text = kept.content
    if kept.shipped:
        name = st.text_input(t("Name of the copy"), f"{kept.name} OKI", max_chars=100)
        key = st.text_input(t("Key of the copy"), f"{kept.key}-oki"[:60], max_chars=60)
        text = rubrics.copy_of(kept, key, name)
    text = _settings(kept, text)
    with st.form("edit_rubric"):
        edited = st.text_area(t("Rubric (TOML)"), text, height=420, key=f"rubric_text_{digest}_{hash(text)}")
        note = st.text_input(t("What is changed and why"), max_chars=300)
        if st.form_submit_button(t("Check and keep"), type="primary"):
            try:
                saved = rubrics.save(engine(), edited, note, account)
            except MantelError as error:
                st.error(sentence_of(error))
            else:
                st.session_state[_DONE] = t("Kept as {rubric}.", rubric=f"{saved.key}@{saved.version}")
                st.rerun()


def _settings(kept: KeptRubric, text: str) -> str:
    """What no rule fixes, as choices: value tables and how years are combined."""
    rubric = rubrics.parsed(kept.content, kept.key)
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
                label, offered, offered.index(chosen), format_func=values.get, key=f"table_{name}_{kept.digest}"
            )
    how = rubrics.combining(text)
    if how:
        words = {"mean": t("mean of the years"), "last": t("the last year"), "worst": t("the worst year")}
        with right:
            how = st.selectbox(
                t("Years are combined by"),
                list(words),
                list(words).index(how),
                format_func=words.get,
                key=f"years_{kept.digest}",
            )
    return rubrics.with_settings(text, tables, how)


serve(draw, "administer")
