"""One post changed from the post itself, in words: its planned inauguration, what it asks for, how critical it is."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from core.reports.wording import field_header
from core.service import posts as posts_service
from core.service.accounts import has_right
from core.store.accounts import Account
from core.talent.facts import COMPETENCIES
from core.talent.posts import Post
from core.talent.review import TalentReview
from core.talent.vocabulary import EDUCATION, GRADE
from core.ui.actions import attempt, entered, outcome, say_done
from core.ui.language import named, plain, t
from core.ui.shared import engine
from core.ui.sign_in import current_asker

_PLACE = "post_form"
#: Golongan and levels of education that a post may ask for above its level.
_GRADES = tuple(code for code in GRADE.codes if "/" in code)


def criticality_name(criticality: int) -> str:
    """How critical a post is, in words."""
    return (t("low"), t("medium"), t("high"))[criticality - 1]


def post_form(current: TalentReview, key: str, account: Account) -> None:
    """The form of a post, for who may change posts; nothing for others."""
    if not has_right(account, "import"):
        return
    post = next((post for post in posts_service.list_posts(engine()) if post.key == key), None)
    if post is None:
        return
    with st.expander(t("Change this post"), key=f"post_form_{key}"), st.form(_name(post, "form"), border=False):
        _fields(current, post)
        _competencies(post)
        st.text_input(t("Why the post changes"), key=_name(post, "reason"), max_chars=2000)
        # Above the button, where the eye is: what stands below it may be below the screen.
        outcome(_PLACE)
        st.form_submit_button(t("Save the post"), on_click=attempt, args=(_PLACE, lambda: _save(post), (), True))


def _name(post: Post, field: str) -> str:
    """The key of a field; a post that was changed, here or by another, gets new fields that show what it is now."""
    return f"post_{post.key}_{zlib.crc32(repr(post).encode()):08x}_{field}"


def _fields(current: TalentReview, post: Post) -> None:
    own = post.own_requirements
    none = t("as the level asks")
    left, right = st.columns(2)
    left.date_input(
        t("Planned inauguration"),
        value=post.day,
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 12, 31),
        format="DD/MM/YYYY",
        key=_name(post, "day"),
        help=t("Age, ratings, punishments and validity are judged on this day; without one on today's."),
    )
    left.selectbox(
        t("Education at least"),
        ["", *EDUCATION.codes],
        ["", *EDUCATION.codes].index(own.get("education", ("",))[0]),
        format_func=lambda code: code or none,
        key=_name(post, "education"),
    )
    left.selectbox(
        t("Grade at least"),
        ["", *_GRADES],
        ["", *_GRADES].index(own.get("grade", ("",))[0]),
        format_func=lambda code: code or none,
        key=_name(post, "grade"),
    )
    left.text_input(
        t("Certificate or training, several behind semicolons"),
        "; ".join(own.get("training", ())),
        key=_name(post, "training"),
        max_chars=200,
    )
    left.text_input(
        t("Fields of study that must be, several behind semicolons"),
        "; ".join(own.get("field", ())),
        key=_name(post, "field"),
        max_chars=200,
    )
    families = {family.key: named(family.name) for family in current.families}
    right.selectbox(
        t("Job family"),
        list(families),
        list(families).index(post.family),
        format_func=families.get,
        key=_name(post, "family"),
    )
    right.text_input(
        t("Fields of study that fit best, several behind semicolons"),
        _spread(post.required_field),
        key=_name(post, "fields"),
        max_chars=300,
        help=t("For the score of the fit; without any the disciplines of the job family."),
    )
    right.text_input(
        t("Subject of the technical assessment, several behind semicolons"),
        _spread(post.technical_subject),
        key=_name(post, "subject"),
        max_chars=200,
        help=t("Without any the assessments in the job family count."),
    )
    right.number_input(
        t("Years in the field that count as full experience"),
        0,
        40,
        post.experience_years,
        key=_name(post, "years"),
        help=t("0: as the rubric of the fit says."),
    )
    levels = {0: none, **{level: str(level) for level in range(1, 6)}}
    right.selectbox(
        t("Level of competency"),
        list(levels),
        post.required_level,
        format_func=levels.get,
        key=_name(post, "level"),
    )
    right.radio(
        t("Criticality"),
        [1, 2, 3],
        post.criticality - 1,
        format_func=criticality_name,
        horizontal=True,
        key=_name(post, "criticality"),
    )
    right.text_input(
        t("Why it is highly critical"), post.criticality_reason, key=_name(post, "critical_reason"), max_chars=300
    )


def _competencies(post: Post) -> None:
    """The level asked for of single competencies."""
    usual = t("as above")
    levels = {0: usual, **{level: str(level) for level in range(1, 6)}}
    st.markdown(f"**{t('Single competencies')}**")
    columns = st.columns(3)
    asked = post.asked
    for at, key in enumerate(COMPETENCIES):
        columns[at % 3].selectbox(
            field_header("competency_assessment", key),
            list(levels),
            asked.get(key, 0),
            format_func=levels.get,
            key=_name(post, key),
        )


def read_requirements(given: Mapping[str, str]) -> str:
    """The text of a post's own requirements out of the fields of the form, empty ones left out."""
    pieces = []
    for name, value in given.items():
        words = [word.strip() for word in value.split(";") if word.strip()]
        if words:
            pieces.append(f"{name}={';'.join(words)}")
    return "|".join(pieces)


def _spread(words: str) -> str:
    """The words of a post as they stand in a field; ``_joined`` takes them back."""
    return "; ".join(words.split("|"))


def _joined(words: str) -> str:
    return "|".join(filter(None, (word.strip() for word in words.split(";"))))


def _save(post: Post) -> None:
    state = st.session_state
    day = state.get(_name(post, "day"))
    changed = replace(
        post,
        reference_date=day.isoformat() if isinstance(day, dt.date) else "",
        requirements=read_requirements(
            {name: entered(_name(post, name)) for name in ("education", "grade", "training", "field")}
        ),
        family=state[_name(post, "family")],
        required_level=int(state[_name(post, "level")]),
        competencies="|".join(
            f"{key}={level}" for key in COMPETENCIES if (level := int(state.get(_name(post, key)) or 0))
        ),
        required_field=_joined(entered(_name(post, "fields"))),
        technical_subject=_joined(entered(_name(post, "subject"))),
        experience_years=int(state[_name(post, "years")]),
        criticality=int(state[_name(post, "criticality")]),
        criticality_reason=entered(_name(post, "critical_reason")),
    )
    posts_service.edit_post(engine(), post, changed, entered(_name(post, "reason")), by=current_asker())
    say_done(_PLACE, t("{post} was changed.", post=plain(post.title)))
