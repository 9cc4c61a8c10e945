"""Sidang: a committee's session; everyone judges alone, all is opened together, the decision carries its reasons."""

import streamlit as st

from core.service.sessions import records
from core.service.sessions.records import Session, find_parts
from core.service.sessions.seen import Status
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.talent.session.phases import may_do
from core.ui.language import sentence_of, t
from core.ui.session import choice, deciding, desk, judging, leading, preparing, record, room
from core.ui.session.follower import follow, follow_stage
from core.ui.session.frame import show_frame
from core.ui.session.shared import read_status, see_post, session_review
from core.ui.shared import engine, review
from core.ui.shell import fragment, serve
from core.ui.stale import mark_session
from core.ui.widgets import nothing_imported

# What the dispute is about is read from the other end of the table.
_LARGE = """<style>
.st-key-dispute p { font-size: 1.35rem; font-weight: 600; line-height: 1.35; }
</style>"""


def draw(account: Account) -> None:
    """The page."""
    if nothing_imported(review()):
        return
    st.html(_LARGE)
    session = choice.choose(account)
    if session is None:
        choice.show_list(account)
        return
    _room(session.id, account)
    if session.find_own_seat(account):
        _own(session.id, account)


@fragment
def _own(number: int, account: Account) -> None:
    """One's own judgement: a fragment of its own, so that what others do never touches it; a new phase does."""
    session = records.read_session(engine(), number, by=account)
    follow_stage(session)
    parts = find_parts(session, account)
    if may_do(session.phase, parts, "dissent"):
        deciding.draw_dissent(session, account)
    if not may_do(session.phase, parts, "judge"):
        return
    if session.phase == "judging":
        judging.draw(session, account)
        return
    with st.expander(t("Change my own judgement"), icon=":material/tune:", key="own_open", on_change="rerun"):
        if st.session_state.get("own_open"):
            judging.draw(session, account)


@fragment
def _room(number: int, account: Account) -> None:
    """What all see; runs again by itself when there is something new in the session."""
    session = records.read_session(engine(), number, by=account)
    status = read_status(session, account)
    show_frame(session, status)
    follow(session)
    try:
        _draw_phase(session, status, account)
    except MantelError as error:
        st.info(sentence_of(error))


def _draw_phase(session: Session, status: Status, account: Account) -> None:
    parts = find_parts(session, account)
    if session.phase == "preparation":
        if not may_do(session.phase, parts, "prepare"):
            raise preparing.refuse_unopened()
        preparing.draw(session, account)
    elif session.phase == "judging":
        desk.draw(session, status, account)
        if "secretariat" in parts and (member := desk.papers(session, status, account)) is not None:
            judging.draw(session, account, member)
        if session.find_own_seat(account) is None:
            st.info(sentence_of(judging.no_seat()))
    elif session.phase == "closed":
        record.draw(session, status, account)
    else:
        _draw_meeting(session, status, account)


def _draw_meeting(session: Session, status: Status, account: Account) -> None:
    parts = find_parts(session, account)
    record.say_broken_seals(session, account)
    titles = {post.key: post.title for post in session_review(session).posts}
    leading.go_on(session, account)
    mark_session(session, review(), account)
    post = leading.choose_post(session, status, titles, account)
    people = session_review(session).people["full_name"]
    shown = see_post(session, post, account)
    names = {nip: str(people.get(nip, nip)) for nip in session.find_post(post).candidates} if shown else {}
    nip = leading.choose_candidate(session, status, post, names, account)
    if session.phase == "decision":
        deciding.draw(session, post, shown, account)
    room.draw(session, post, shown, nip)
    if session.phase in ("discussion", "decision"):
        record.show_tasks(session, status, account)
    record.show_course(session, status, account)
    if may_do(session.phase, parts, "withdraw"):
        desk.withdraw(session, account)
    leading.draw(session, status, account)


serve(draw)
