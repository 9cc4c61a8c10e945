"""Applicants of a post chosen by name, or the first of the official order, instead of typing their NIP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from core.service.sessions.records import SessionPost
from core.talent.ranking.of_post import rank_candidates
from core.talent.review import TalentReview
from core.ui.language import t


def choose_applicants(
    current: TalentReview, posts: Sequence[SessionPost], key: str, save: Callable[[list[SessionPost]], None]
) -> None:
    """The form: a post, names, or how many of the first; what is chosen is saved at once with all else that was entered."""
    known = {post.key: post.title for post in current.posts}
    chosen = [each for each in posts if each.post in known]
    if not chosen:
        return
    with st.expander(t("Choose applicants by name"), icon=":material/person_search:", key=f"applicants_{key}"):
        post = st.selectbox(
            t("Post"), [each.post for each in chosen], format_func=known.get, key=f"applicants_of_{key}"
        )
        each = next(one for one in chosen if one.post == post)
        names = current.people["full_name"]
        nips, first = f"applicants_nips_{key}_{post}", f"applicants_first_{key}_{post}"
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        left.multiselect(
            t("Names"),
            list(current.people.index),
            default=[nip for nip in each.candidates if nip in names.index],
            format_func=lambda nip: f"{names[nip]} ({nip})",
            key=nips,
            placeholder=t("choose …"),
        )
        right.button(
            t("Take these"),
            key=f"applicants_take_{key}",
            on_click=lambda: save(_put(posts, post, st.session_state.get(nips) or [])),
            width="stretch",
        )
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        left.number_input(
            t("Or the first of the official order, by number"), min_value=1, max_value=50, value=6, key=first
        )
        right.button(
            t("Take the first"),
            key=f"applicants_take_first_{key}",
            on_click=lambda: save(_put(posts, post, _list_first(current, each, int(st.session_state.get(first) or 6)))),
            width="stretch",
        )


def _put(posts: Sequence[SessionPost], post: str, nips: Sequence[str]) -> list[SessionPost]:
    return [replace(each, candidates=tuple(nips), by_list=bool(nips)) if each.post == post else each for each in posts]


def _list_first(current: TalentReview, post: SessionPost, count: int) -> list[str]:
    view = current.view(post.post)
    order = rank_candidates(view, np.array(current.rubric.weights), post.rule).order
    return [str(view.candidates[row]) for row in order[:count]]
