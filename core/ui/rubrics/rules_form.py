"""The rules of a level by a form: what each gate asks, whether it decides, from where people may be promoted, with history."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import pandas as pd
import streamlit as st

from core.service import rules as service
from core.service.toml_text import edit_text
from core.store.accounts import Account
from core.talent.eligibility.gates import GATES
from core.talent.eligibility.order_rule import ORDER_RULES
from core.talent.eligibility.rules import Effect, Rules, judge_everyone
from core.talent.employee import LEVEL_NAMES, LEVELS
from core.talent.errors import MantelError
from core.talent.review import TalentReview
from core.talent.vocabulary import DISCIPLINE, EDUCATION, GRADE, RATING, spell_code
from core.ui.actions import ask_first, attempt, entered, outcome, say_done
from core.ui.language import language, named, plain, show_number, t
from core.ui.links import choose_one
from core.ui.rubrics.fields import (
    choose_code,
    choose_codes,
    code_name,
    enter_number,
    enter_words,
    entry_name,
    say_fault,
)
from core.ui.shared import engine, review
from core.ui.sign_in import current_asker
from core.ui.terms import answer_name

_PLACE, _RETIRING = "rules_form", "retire_rules"
Place = tuple[str | int, ...]
_RANGES = {"years": (0, 60), "months": (1, 120), "age": (18, 80), "percent": (0, 150), "competency level": (1, 5)}


def rules_form(account: Account) -> None:
    """Choose a level, change its rules, see who is judged otherwise, keep them; and the versions kept so far."""
    texts = service.read_texts(engine())
    known = {key: service.parse_rules(text, f"{key}.toml") for key, text in texts.items()}
    names = {key: named(rules.name) for key, rules in known.items()}
    key = choose_one(st.selectbox, t("Rules for"), list(known), "rules", "jpt-pratama", format_func=names.get)
    text, version = texts[key], abs(hash(texts[key]))
    st.caption(
        t("Each requirement with its article; S: the rule's own text, M: good secondary sources, L: local practice.")
    )
    edited = _fields(text, f"rules_{key}_{version}")
    try:
        changed = service.parse_rules(edited, f"{key}.toml")
    except MantelError as error:
        st.error(say_fault(error))
        return
    if tomllib.loads(edited) == tomllib.loads(text):
        outcome(_PLACE)
        st.info(t("Nothing is changed yet. Change a requirement to see at once who is judged otherwise."))
    else:
        _preview(review(), known[key], changed)
        st.text_input(t("What is changed and why"), key=f"{_PLACE}_note", max_chars=2000)
        # Above the button, where the eye is: the form is longer than a screen.
        outcome(_PLACE)
        st.button(
            t("Keep these rules"),
            type="primary",
            key="keep_rules",
            on_click=attempt,
            args=(_PLACE, lambda: _save(key, text, edited), [f"{_PLACE}_note"]),
        )
    _history()


def _fields(text: str, name: str) -> str:
    data = tomllib.loads(text)
    changes: dict[Place, Any] = {}
    left, middle, right = st.columns(3)
    with left:
        orders = {"box": t("By box"), "eligible": t("Eligible first"), "score": t("Score alone")}
        changes["order",] = choose_code(t("Order"), data.get("order", "box"), ORDER_RULES, f"{name}_order", orders)
    with middle:
        boxes = st.multiselect(
            t("Boxes that may be promoted"),
            list(range(1, 10)),
            data.get("promote_boxes", []),
            key=f"{name}_boxes",
            placeholder=t("all"),
            help=t("None chosen: people of any box."),
        )
        changes["promote_boxes",] = sorted(boxes)
    with right:
        proposals = {3: t("three names"), 1: t("the first alone")}
        changes["proposal",] = st.radio(
            t("Proposal"),
            [3, 1],
            [3, 1].index(data.get("proposal", 3)),
            format_func=proposals.get,
            key=f"{name}_proposal",
        )
    for at, row in enumerate(data["gate"]):
        _gate(row, ("gate", at), name, changes)
    return edit_text(text, changes)


def _gate(row: Mapping[str, Any], place: Place, name: str, changes: dict[Place, Any]) -> None:
    effects = {"gate": t("decides"), "shown": t("shown only"), "warning": t("caution only")}
    title = f"{named(row['name'])} · {effects[row['effect']]} · {row['article']} [{row['standing']}]"
    with st.expander(plain(title), key=f"{name}_{place}"):
        changes[*place, "effect"] = st.radio(
            t("Effect"),
            list(get_args(Effect)),
            list(get_args(Effect)).index(row["effect"]),
            format_func=effects.get,
            horizontal=True,
            key=f"{name}_{place}_effect",
        )
        function = GATES[row.get("function", row["key"])]
        kinds = {**function.needs, **function.may}
        entries = [entry for entry in kinds if entry in row]
        columns = st.columns(max(1, min(3, len(entries))))
        for at, entry in enumerate(entries):
            with columns[at % len(columns)]:
                changes[*place, entry] = _enter(entry, kinds[entry], row[entry], f"{name}_{place}_{entry}")


def _enter(entry: str, kind: str, value: Any, key: str) -> Any:
    label = entry_name(entry)
    if kind in _RANGES:
        return enter_number(label, value, key, *_RANGES[kind])
    if kind == "yes or no":
        return st.toggle(label, value, key=key)
    if kind == "words":
        return enter_words(label, value, key)
    if kind in ("levels", "level"):
        chooser = choose_codes if kind == "levels" else choose_code
        return chooser(label, value, LEVELS, key, LEVEL_NAMES)
    if kind == "punishments":
        return choose_codes(label, value, DISCIPLINE.codes, key, _spelled("punishment", DISCIPLINE.codes))
    if kind == "age reading":
        readings = ("strict", "completed")
        return choose_code(label, value, readings, key, {code: code_name(code) for code in readings})
    codes = {"education": EDUCATION.codes, "grade": GRADE.codes, "rating": RATING.codes}[kind]
    return choose_code(label, value, codes, key, _spelled(kind, codes) if kind == "rating" else {})


def _spelled(column: str, codes: Sequence[str]) -> dict[str, str]:
    return {code: spell_code(column, code) for code in codes}


def _preview(current: TalentReview, before: Rules, after: Rules) -> None:
    """Who is judged otherwise, among all people without a post in view."""
    was, now = (judge_everyone(current.context, rules, None).overall for rules in (before, after))
    moved = was.index[was != now]
    st.markdown(
        f"**{t('{count} of {all} people are judged otherwise', count=show_number(len(moved)), all=show_number(len(was)))}**"
    )
    if before.boxes != after.boxes:
        counts = [
            int(current.people["box"].isin(rules.boxes).sum()) if rules.boxes else len(current.people)
            for rules in (before, after)
        ]
        st.text(
            t(
                "In a box that may be promoted: {before} people before, {after} after.",
                before=counts[0],
                after=counts[1],
            )
        )
    if len(moved):
        people = current.people.loc[moved]
        st.dataframe(
            pd.DataFrame(
                {
                    t("Name"): people["full_name"],
                    t("In force"): [answer_name(int(was[nip])) for nip in moved],
                    t("Changed"): [answer_name(int(now[nip])) for nip in moved],
                    t("Unit"): people["unit"],
                }
            ),
            hide_index=True,
            height=220,
            alt=t("People who are judged otherwise"),
        )


def _save(key: str, shown: str, text: str) -> None:
    kept = service.save_rules(engine(), key, shown, text, entered(f"{_PLACE}_note"), by=current_asker())
    say_done(_PLACE, t("The rules for {rules} are in force.", rules=kept.name[language()]))


def _retire(number: int) -> None:
    service.retire_rules(engine(), number, by=current_asker())
    say_done(_RETIRING, t("Version {number} is retired; what was in force before it is so again.", number=number))


def _history() -> None:
    edits = service.list_edits(engine())
    if not edits:
        return
    st.markdown(f"**{t('Versions kept')}**")
    outcome(_RETIRING)
    newest = {edit.key: edit.id for edit in reversed(edits) if edit.retired_at is None}
    for edit in edits[:20]:
        left, right = st.columns([6, 1], vertical_alignment="center")
        state = t("kept") if newest.get(edit.key) != edit.id else t("in force")
        if edit.retired_at is not None:
            state = t("retired by {who}", who=edit.retired_by)
        left.text(f"{edit.id} · {edit.key} · {edit.username} · {edit.kept_at:%d-%m-%Y} · {state} · {edit.note}")
        if edit.retired_at is None:
            ask_first(
                right,
                t("Retire"),
                t(
                    "Retire version {number} of {rules}? What was in force before it will be so again.",
                    number=edit.id,
                    rules=edit.key,
                ),
                f"retire_rules_{edit.id}",
                _RETIRING,
                lambda number=edit.id: _retire(number),
            )
