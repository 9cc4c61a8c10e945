"""Looking with another rubric, or at a past date: the choice, the review, and the band that says so."""

from __future__ import annotations

import streamlit as st

from core.service import reviewing, rubrics
from core.talent.errors import MantelError
from core.talent.review import TalentReview
from core.ui.data import engine, review
from core.ui.language import plain, sentence_of, show_day, t
from core.ui.links import adopt, choose_day, choose_one, day_between


def viewed_review(asked: bool) -> tuple[TalentReview, str]:
    """The review as seen with a rubric and a past date, and its token; says so where it is not today's official one.

    ``asked``: show the choice; it also stays while something else than the official state is seen. A
    choice that cannot be followed is told, and the official review of today returned.
    """
    today = review()
    known = {f"{one.key}@{one.version}": one for one in rubrics.known(engine())}
    in_force = next(name for name, one in known.items() if one.digest == today.rubric.digest)
    first = reviewing.first_day(engine())
    adopt("seen_rubric", lambda text: text if text in known else None, in_force)
    adopt("as_of", day_between(first, today.as_of), None)
    other = (st.session_state["seen_rubric"], st.session_state["as_of"]) != (in_force, None)
    if not asked and not other:
        return today, token(today)
    left, middle, right = st.columns([4, 2, 6], vertical_alignment="bottom")
    with left:
        names = {name: f"{one.name} · {name}" for name, one in known.items()}
        wanted = choose_one(st.selectbox, t("Rubric"), list(known), "seen_rubric", in_force, format_func=names.get)
    with middle:
        day = choose_day(t("As of a past date"), "as_of", first, today.as_of)
    rubric = "" if wanted == in_force else known[wanted].digest
    past = day if day != today.as_of else None
    if not rubric and past is None:
        right.caption(t("A past date shows what had been recorded by its evening; ages and periods count from it."))
        return today, token(today)
    try:
        seen = review(rubric, past)
    except MantelError as error:
        right.error(sentence_of(error))
        return today, token(today)
    right.warning(
        t(
            "Seen with “{rubric}” as of {day}: not today's official state.",
            rubric=plain(seen.rubric.name),
            day=show_day(seen.as_of),
        )
    )
    return seen, token(seen)


def token(seen: TalentReview) -> str:
    """A short text that differs whenever the review does."""
    return f"{seen.data_version}|{seen.rubric.digest}|{seen.rules.key}|{seen.as_of}"
