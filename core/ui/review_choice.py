"""Looking with another rubric, or at a past date: the choice, the review, and the band that says so."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.service import review as reviewing
from core.service import rubrics
from core.store.rubrics import SavedRubric
from core.talent.errors import MantelError
from core.talent.review import TalentReview
from core.ui.language import plain, sentence_of, show_day, t
from core.ui.links import adopt, choose_day, choose_one, day_between
from core.ui.shared import engine, review


def choose_review(asked: bool) -> TalentReview:
    """The review as seen with a rubric and a past date; says so where it is not today's official one.

    ``asked``: show the choice; it also stays while something else than the official state is seen. A
    choice that cannot be followed is told, and the official review of today returned.
    """
    today = review()

    # Both are looked up only for a link or when asked; most runs need neither.
    def rubric_of_link(text: str) -> str | None:
        saved = _rubrics().get(text)
        return None if saved is None else "" if saved.digest == today.rubric.digest else text

    def day_of_link(text: str) -> dt.date | None:
        return day_between(reviewing.find_first_day(engine()), today.as_of)(text)

    adopt("seen_rubric", rubric_of_link, "")
    adopt("as_of", day_of_link, None)
    if not asked and not st.session_state["seen_rubric"] and st.session_state["as_of"] is None:
        return today
    known = _rubrics()
    in_force = next(name for name, rubric in known.items() if rubric.digest == today.rubric.digest)
    labels = {"" if name == in_force else name: f"{rubric.name} · {name}" for name, rubric in known.items()}
    left, middle, right = st.columns([4, 2, 6], vertical_alignment="bottom")
    with left:
        wanted = choose_one(
            st.selectbox, t("Rubric"), sorted(labels, key=bool), "seen_rubric", "", format_func=labels.get
        )
    with middle:
        day = choose_day(t("As of a past date"), "as_of", reviewing.find_first_day(engine()), today.as_of)
    rubric = known[wanted].digest if wanted else ""
    past = day if day != today.as_of else None
    if not rubric and past is None:
        right.caption(t("A past date shows what had been recorded by its evening; ages and periods count from it."))
        return today
    try:
        seen = review(rubric, past)
    except MantelError as error:
        right.error(sentence_of(error))
        return today
    right.warning(
        t(
            "Seen with “{rubric}” as of {day}: not today's official state.",
            rubric=plain(seen.rubric.name),
            day=show_day(seen.as_of),
        )
    )
    return seen


def _rubrics() -> dict[str, SavedRubric]:
    return {
        f"{rubric.key}@{rubric.version}": rubric
        for rubric in rubrics.list_rubrics(engine())
        if rubric.retired_at is None
    }
