"""A set of people chosen on one page and looked at on another: ranked, compared, exported."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.talent.review import TalentReview, narrow_review
from core.ui.language import t, tn
from core.ui.links import adopt, publish
from core.ui.shared import shared_result

_KEY = "set"
#: More people than this do not go into the link; the set then lives in the session.
_IN_LINK = 60


def people_set() -> list[str]:
    """NIP of the set of the link or of the session; empty without one."""
    adopt(_KEY, lambda text: [nip for nip in text.split("~") if nip][:_IN_LINK], [])
    return list(st.session_state[_KEY] or [])


def keep_set(nips: Sequence[str]) -> None:
    """Make these people the set."""
    st.session_state[_KEY] = list(nips)
    _publish(nips)


def _publish(nips: Sequence[str]) -> None:
    publish(_KEY, list(nips), "~".join(nips) if len(nips) <= _IN_LINK else "")


@shared_result(max_entries=8)
def _narrowed(nips: tuple[str, ...], current: TalentReview) -> TalentReview:
    return narrow_review(current, nips)


def only_the_set(current: TalentReview) -> TalentReview:
    """The review with the people of the set alone and a band that says so; the whole review without a set."""
    nips = people_set()
    known = [nip for nip in nips if nip in current.people.index]
    if len(known) < len(nips):
        st.warning(
            tn(
                "{count} person of the set is not known here any more.",
                "{count} people of the set are not known here any more.",
                len(nips) - len(known),
            )
        )
    if not known:
        return current
    _publish(known)
    left, right = st.columns([6, 1], vertical_alignment="center")
    left.info(
        tn(
            "Only {count} person chosen on the talent grid is looked at.",
            "Only a set of {count} people chosen on the talent grid is looked at.",
            len(known),
        )
    )
    right.button(t("Show everyone"), key="let_go_of_set", on_click=keep_set, args=([],))
    return _narrowed(tuple(known), current)
