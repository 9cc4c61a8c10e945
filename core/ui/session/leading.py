"""The chair's lead: which post every screen shows, what is put aside, going on to the next phase, closing."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.service.sessions import deciding, meeting
from core.service.sessions.records import Session, find_parts
from core.service.sessions.seen import Status
from core.store.accounts import Account
from core.talent.session.phases import NEXT, Phase, may_do
from core.ui.actions import ask_first, attempt, entered, outcome
from core.ui.language import plain, t
from core.ui.session import record
from core.ui.session.sentences import phase_name
from core.ui.session.shared import session_review
from core.ui.shared import engine
from core.ui.shell import page

_PLACE, _PLACE_BELOW = "session_leading", "session_aside"


def choose_post(session: Session, status: Status, titles: Mapping[str, str], account: Account) -> str:
    """The post that is looked at: the chair's, which every screen follows until somebody looks at another one themselves."""
    posts = [each.post for each in session.posts]
    led = status.agenda.get("post")
    at = led if isinstance(led, str) and led in posts else posts[0]
    leads = may_do(session.phase, find_parts(session, account), "lead")
    key, seen = f"room_post_{session.id}", f"_led_{session.id}"
    if not leads:
        # A new item of the agenda is a new choice: a page that was just sending the old one does not hold it back.
        key += f"_{status.agenda.get('item', 0)}"
    if st.session_state.get(seen) != status.agenda or st.session_state.get(key) not in posts:
        st.session_state[seen] = status.agenda
        if st.session_state.get(key) != at:  # to say the same once more would undo what was pressed meanwhile
            st.session_state[key] = at

    def turn() -> None:
        chosen = st.session_state.get(key)
        if leads and chosen in posts:
            named = bool(status.agenda.get("show_names", False))
            attempt(_PLACE, lambda: meeting.set_agenda(engine(), session.id, chosen, "", named, by=account))

    st.segmented_control(
        t("Post"),
        posts,
        format_func=lambda post: plain(titles[post]),
        key=key,
        required=True,
        on_change=turn,
        label_visibility="collapsed",
        help=t("Every screen turns with the chair's.") if leads else None,
    )
    return str(st.session_state[key] or at)


def choose_candidate(session: Session, status: Status, post: str, names: Mapping[str, str], account: Account) -> str:
    """The candidate of a post that the chair has come to; empty for none. The chair chooses, and whether the wall shows names."""
    agenda = status.agenda if status.agenda.get("post") == post else {}
    nip, shown = str(agenda.get("nip") or ""), bool(agenda.get("show_names", False))
    if not may_do(session.phase, find_parts(session, account), "lead"):
        return nip
    key = f"room_nip_{session.id}_{post}_{session.event}"

    def turn() -> None:
        chosen, named = st.session_state.get(key) or "", bool(st.session_state.get(f"{key}_names"))
        # A browser that has not drawn the last run yet sends the fields of the one before; Streamlit, which has dropped
        # them, takes them for changed.
        if (chosen, named) == (nip, shown):
            return
        attempt(_PLACE, lambda: meeting.set_agenda(engine(), session.id, post, chosen, named, by=account))

    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    left.selectbox(
        t("Candidate being discussed"),
        list(names),
        index=list(names).index(nip) if nip in names else None,
        format_func=lambda nip: f"{names[nip]} · {nip}",  # what is chosen goes by its label
        key=key,
        on_change=turn,
        placeholder=t("all candidates"),
    )
    middle.toggle(t("Names on the wall"), value=shown, key=f"{key}_names", on_change=turn)
    right.page_link(
        page("presentation"),
        label=t("Screen for the wall"),
        icon=":material/tv:",
        query_params={"session": str(session.id)},
    )
    return nip


def go_on(session: Session, account: Account) -> None:
    """For the chair the way on, above all that moves while it is drawn."""
    if not may_do(session.phase, find_parts(session, account), "lead"):
        return
    outcome(_PLACE)
    if session.phase == "decision":
        ask_first(
            st.container(),
            t("Close the session"),
            t("Nothing in it changes any more. Close?"),
            f"close_{session.event}",
            _PLACE,
            lambda: deciding.close(engine(), session_review(session), session.id, by=account),
            icon=":material/lock:",
        )
        return
    to: Phase = NEXT[session.phase, "lead"]
    st.button(
        t("On to: {phase}", phase=phase_name(to)),
        key=f"on_{session.phase}",
        type="primary",
        icon=":material/arrow_forward:",
        on_click=attempt,
        args=(_PLACE, lambda: meeting.move_on(engine(), session.id, session.phase, by=account)),
    )


def draw(session: Session, status: Status, account: Account) -> None:
    """What is put aside, who has withdrawn, and for the chair the way back."""
    outcome(_PLACE_BELOW)
    leads = may_do(session.phase, find_parts(session, account), "lead")
    if status.parked or (leads and session.phase != "revealed"):
        with st.expander(t("Put aside for later"), icon=":material/local_parking:", expanded=bool(status.parked)):
            for text in status.parked:
                st.text(f"• {text}")
            if leads:
                left, right = st.columns([5, 1], vertical_alignment="bottom")
                left.text_input(t("What"), key="park_text", max_chars=500)
                right.button(
                    t("Put aside"),
                    key="park",
                    width="stretch",
                    on_click=attempt,
                    args=(
                        _PLACE_BELOW,
                        lambda: meeting.park(engine(), session.id, entered("park_text"), by=account),
                        ["park_text"],
                    ),
                )
    if len(status.withdrawn):
        st.caption(plain(t("{count} candidates have withdrawn.", count=len(status.withdrawn))))
    if may_do(session.phase, find_parts(session, account), "reopen"):
        record.reopen(session, account)
