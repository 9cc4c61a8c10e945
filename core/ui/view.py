"""Looking with another rubric, or at a past date: the choice, the review, and the band that says so."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.service import reviewing, rubrics
from core.talent.errors import MantelError
from core.talent.review import TalentReview
from core.ui.data import engine, review
from core.ui.language import plain, sentence_of, show_day, t
from core.ui.links import adopt, choose_day, choose_one, day_between


def viewed_review(band: DeltaGenerator) -> tuple[TalentReview, str]:
    """Let the user choose a rubric and a past date; the review seen with them, and its token.

    ``band`` is where it is said that this is not today's official state. A choice that cannot be followed is told and the official review of today returned.
    """
    today = review()
    known = {f"{one.key}@{one.version}": one for one in rubrics.known(engine())}
    in_force = next(name for name, one in known.items() if one.digest == today.rubric.digest)
    first = reviewing.first_day(engine())
    with band:
        adopt("seen_rubric", lambda text: text if text in known else None, in_force)
        adopt("as_of", day_between(first, today.as_of), None)
    with st.popover(t("Rubric, date"), icon=":material/tune:", width="stretch"):
        names = {name: f"{one.name} · {name}" for name, one in known.items()}
        wanted = choose_one(st.selectbox, t("Rubric"), list(known), "seen_rubric", in_force, format_func=names.get)
        day = choose_day(t("As of a past date"), "as_of", first, today.as_of)
        st.caption(t("A past date shows what had been recorded by its evening; ages and periods count from it."))
    rubric = "" if wanted == in_force else known[wanted].digest
    past = day if day != today.as_of else None
    if not rubric and past is None:
        return today, token(today)
    try:
        seen = review(rubric, past)
    except MantelError as error:
        band.error(sentence_of(error))
        return today, token(today)
    band.warning(
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
