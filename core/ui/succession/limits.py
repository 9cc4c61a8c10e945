"""Pins and bans of a placement: pairs of post and person, in the link."""

from __future__ import annotations

import streamlit as st

from core.talent.errors import MantelError
from core.talent.posts import find_post
from core.talent.review import TalentReview
from core.ui.language import plain, t
from core.ui.links import adopt, publish

_SEPARATOR, _PAIR = "~", "!"


def _pairs_of(key: str) -> tuple[tuple[str, str], ...]:
    adopt(key, lambda text: [pair for pair in text.split(_SEPARATOR) if pair.count(_PAIR) == 1][:50], [])
    pairs = list(st.session_state[key] or [])
    publish(key, pairs, _SEPARATOR.join(pairs))
    return tuple((pair.split(_PAIR)[0], pair.split(_PAIR)[1]) for pair in pairs)


Pairs = tuple[tuple[str, str], ...]


def pins_and_bans(current: TalentReview) -> tuple[Pairs, Pairs]:
    """The pairs that must be and must not be, with the form that changes them."""
    pins, bans = _pairs_of("pin"), _pairs_of("ban")
    names = current.people["full_name"]
    with st.popover(t("Pin or forbid ({count})", count=len(pins) + len(bans)), icon=":material/push_pin:"):
        for key, word, pairs in (("pin", t("Pinned"), pins), ("ban", t("Forbidden"), bans)):
            for post, nip in pairs:
                known = names.get(nip, nip)
                st.button(
                    plain(f"{word}: {known} – {_title(current, post)}"),
                    key=f"let_{key}_{post}_{nip}",
                    icon=":material/close:",
                    type="tertiary",
                    help=t("Remove"),
                    on_click=_drop,
                    args=(key, f"{post}{_PAIR}{nip}"),
                )
        titles = {post.key: post.title for post in current.posts}
        post = st.selectbox(t("Post"), list(titles), key="pin_post", format_func=titles.get)
        people = current.candidates(post)
        person = st.selectbox(
            t("Person"),
            list(people),
            index=None,
            placeholder=t("choose …"),
            key="pin_person",
            format_func=lambda nip: str(names.get(nip, nip)),
        )
        left, right = st.columns(2)
        left.button(t("Pin"), key="pin_add", on_click=add_pair, args=("pin", post, person), disabled=person is None)
        right.button(t("Forbid"), key="ban_add", on_click=add_pair, args=("ban", post, person), disabled=person is None)
    return pins, bans


def _title(current: TalentReview, post: str) -> str:
    try:
        return find_post(current.posts, post).title
    except MantelError:
        return post


def add_pair(key: str, post: str, nip: str) -> None:
    """As a button's callback: pin (``pin``) or forbid (``ban``) a person and post."""
    pairs = [*(st.session_state.get(key) or []), f"{post}{_PAIR}{nip}"]
    st.session_state[key] = list(dict.fromkeys(pairs))


def _drop(key: str, pair: str) -> None:
    st.session_state[key] = [limit for limit in st.session_state.get(key) or [] if limit != pair]


def let_go() -> None:
    """As a button's callback: let go of all pins, bans and the limit of moves."""
    for key in ("pin", "ban"):
        st.session_state[key] = []
    st.session_state["moves"] = ""
