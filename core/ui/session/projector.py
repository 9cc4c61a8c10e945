"""The session on the wall, as its chair leads it: large, names behind numbers until the chair shows them."""

from __future__ import annotations

import streamlit as st

from core.service.sessions import records, seen
from core.service.sessions.records import Session
from core.service.sessions.seen import Status
from core.store.accounts import Account
from core.talent.person.anonymised import number_anonymously
from core.talent.session.phases import is_sealed
from core.ui.export import show_shared_picture
from core.ui.language import plain, t
from core.ui.session.deciding import say_votes
from core.ui.session.follower import follow
from core.ui.session.frame import say_waiting
from core.ui.session.room import candidate_names, draw_orders, seat_members, show_agreement
from core.ui.session.sentences import dispute_details, dispute_sentence, phase_name
from core.ui.session.shared import Seen, read_status, see_post, session_review
from core.ui.shared import engine

_LARGE = """<style>
.st-key-dispute p, .st-key-votes p { font-size: 1.5rem; font-weight: 650; line-height: 1.3; }
</style>"""


def draw(number: int, account: Account) -> None:
    """The wall."""
    session = records.read_session(engine(), number, by=account)
    status = read_status(session, account)
    follow(session)
    st.html(_LARGE)
    if session.phase == "preparation":
        st.title(plain(session.name), anchor=False)
        return
    if is_sealed(session.phase):
        st.title(plain(session.name), anchor=False)
        st.subheader(plain(say_waiting(session, status)), anchor=False)
        return
    posts = [each.post for each in session.posts]
    led = status.agenda.get("post")
    _draw_post(session, status, str(led) if led in posts else posts[0], account)


def _draw_post(session: Session, status: Status, post: str, account: Account) -> None:
    titles = {each.key: each.title for each in session_review(session).posts}
    st.title(f"{plain(titles[post])} · {phase_name(session.phase)}", anchor=False)
    shown = see_post(session, post, account)
    if shown is None:
        st.subheader(t("Nobody has judged this post, or it is kept from this screen."), anchor=False)
        return
    names = _names(session, status, shown, post)
    with st.container(key="dispute"):
        st.markdown(plain(dispute_sentence(shown.dispute, session_review(session), names)))
    if details := dispute_details(shown.dispute, session_review(session), names):
        st.markdown(plain(details))
    decided = seen.read_decided(engine(), session, post, by=account)
    if decided is not None and decided.choices:
        rows = {nip: at for at, nip in enumerate(shown.room.candidates)}
        for place, choice in enumerate(decided.choices, 1):
            st.subheader(
                f"{place}. {plain(names[rows[choice.nip]] if choice.nip in rows else choice.nip)}", anchor=False
            )
        with st.container(key="votes"):
            st.markdown(say_votes(decided))
        return
    show_agreement(session, shown)
    members = seat_members(session, shown.room.members)
    show_shared_picture(
        f"{shown.room.cache_key}|wall|{members}|{names}",
        lambda: draw_orders(shown, names, members),
        key=f"wall_{post}",
        alt=t("Orders of each member"),
    )


def _names(session: Session, status: Status, shown: Seen, post: str) -> list[str]:
    if status.agenda.get("show_names"):
        return candidate_names(session, shown)
    numbers = number_anonymously(list(shown.room.candidates), post)
    return [t("Candidate {number}", number=f"{numbers[nip]:02d}") for nip in shown.room.candidates]
