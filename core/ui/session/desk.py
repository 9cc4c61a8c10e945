"""The table of chair and secretariat while members judge: presence, papers, later data, withdrawals, the opening."""

from __future__ import annotations

import streamlit as st

from core.service.sessions import judging, meeting, preparing
from core.service.sessions.records import Session, find_parts
from core.service.sessions.seen import Status
from core.store.accounts import Account
from core.talent.session.phases import may_do
from core.ui.actions import ask_first, attempt, entered, outcome
from core.ui.language import plain, t, tn
from core.ui.session.sentences import seat_name
from core.ui.session.shared import session_review
from core.ui.shared import engine, review

_PLACE, _WITHDRAWAL, _RETURN = "session_desk", "session_withdrawal", "session_return"


def draw(session: Session, status: Status, account: Account) -> None:
    """Who is there and who has sealed; for the chair the opening, for the secretariat the rest."""
    parts = find_parts(session, account)
    st.session_state.pop(f"_prepared_{session.id}", None)  # what the forms began with before the opening
    outcome(_PLACE)
    if may_do(session.phase, parts, "attend"):
        _presence(session, status, account)
    if may_do(session.phase, parts, "reveal"):
        _reveal(session, status, account)
    if may_do(session.phase, parts, "update"):
        say_later_data(session, account)
    if may_do(session.phase, parts, "withdraw"):
        withdraw(session, account)
    if may_do(session.phase, parts, "return") and not status.sealed:
        with st.expander(t("Prepared wrongly: back to the preparation"), icon=":material/undo:"):
            outcome(_RETURN)
            st.text_input(t("Reason (obligatory)"), key="return_reason", max_chars=2000)
            ask_first(
                st.container(),
                t("Back to the preparation"),
                t("What members have judged so far is taken back. Go back?"),
                f"return_{session.event}",
                _RETURN,
                lambda: preparing.return_to_preparation(engine(), session.id, entered("return_reason"), by=account),
            )


def _presence(session: Session, status: Status, account: Account) -> None:
    with st.expander(t("Who is there"), icon=":material/groups:"):
        for member in session.members:
            left, middle, right = st.columns([3, 2, 3], vertical_alignment="center")
            key, present = f"present_{session.id}_{member.id}_{session.event}", member.id in status.present
            left.checkbox(
                plain(f"{member.full_name} ({seat_name(member.seat)})"),
                value=present,
                key=key,
                on_change=_note,
                args=(session, member.id, key, present, account),
            )
            middle.caption(t("sealed") if member.id in status.sealed else t("judging"))
            if not member.username:
                right.caption(t("enters by paper"))


def _note(session: Session, member: int, key: str, drawn: bool, account: Account) -> None:
    present = bool(st.session_state.get(key))
    if present == drawn:  # a field of the run before, which Streamlit takes for changed; see ``leading``
        return
    attempt(_PLACE, lambda: judging.note_presence(engine(), session.id, member, present, by=account))


def _reveal(session: Session, status: Status, account: Account) -> None:
    waiting = [member for member in status.present if member not in status.sealed]
    names = ", ".join(session.find_member(member).full_name for member in waiting)
    question = (
        t("Open without the judgement of {names}? They are named in the record.", names=names)
        if waiting
        else t("Open all judgements together?")
    )
    ask_first(
        st.container(),
        t("Open together"),
        question,
        f"reveal_{session.event}",
        _PLACE,
        lambda: meeting.reveal(engine(), session.id, waiting, by=account),
        icon=":material/lock_open:",
    )


def say_later_data(session: Session, account: Account) -> None:
    """What was imported of candidates since the session froze its data, and the step that takes it over."""
    changed = preparing.find_changed_people(engine(), session)
    if not changed:
        return
    people = session_review(session).people["full_name"]
    names = "; ".join(str(people.get(nip, nip)) for nip in changed[:6])
    st.warning(
        tn(
            "{count} of these people has changed by an import since the opening: {names}",
            "{count} of these people have changed by an import since the opening: {names}",
            len(changed),
            names=plain(names),
        )
    )
    with st.expander(t("Judge by the newer data")):
        st.text_input(t("Reason (obligatory)"), key="update_reason", max_chars=2000)
        ask_first(
            st.container(),
            t("Take over"),
            t("Every seal is broken, as what was judged has changed. Take over?"),
            "update_session",
            _PLACE,
            lambda: preparing.take_over_data(engine(), review(), session.id, entered("update_reason"), by=account),
        )


def withdraw(session: Session, account: Account) -> None:
    """The form that takes a candidate off a post."""
    with st.expander(t("A candidate withdraws"), icon=":material/person_remove:"):
        outcome(_WITHDRAWAL)
        current = session_review(session)
        titles = {post.key: post.title for post in current.posts}
        people = current.people["full_name"]
        left, middle, right = st.columns([2, 2, 3], vertical_alignment="bottom")
        post = left.selectbox(
            t("Post"), [each.post for each in session.posts], format_func=titles.get, key="withdraw_post"
        )
        nip = middle.selectbox(
            t("Candidate"),
            list(session.find_post(post).candidates),
            format_func=lambda nip: f"{people.get(nip, nip)} · {nip}",  # what is chosen goes by its label
            key="withdraw_nip",
        )
        right.text_input(t("Reason (obligatory)"), key="withdraw_reason", max_chars=2000)
        ask_first(
            st.container(),
            t("Take off the list"),
            t(
                "{name} stands no longer for this post. What was said stays in the record.",
                name=f"{people.get(nip, nip)} ({nip})",
            ),
            f"withdraw_{session.event}",
            _WITHDRAWAL,
            lambda: preparing.withdraw_candidate(
                engine(), session.id, post, nip or "", entered("withdraw_reason"), by=account
            ),
        )


def papers(session: Session, status: Status, account: Account) -> int | None:
    """For the secretariat: which member's paper is entered just now, with its confirmation; None for none."""
    without = {member.id: member.full_name for member in session.members if not member.username}
    if not without or session.find_own_seat(account) is not None:
        return None
    st.markdown(f"**{t('Papers of members without a laptop')}**")
    chosen = st.selectbox(
        t("Member"), list(without), format_func=without.get, key="paper_member", index=None, placeholder=t("choose …")
    )
    if chosen is None:
        return None
    if chosen in status.sealed:
        ask_first(
            st.container(),
            t("Take the seal back"),
            t("The paper was entered wrongly: enter it again and have it confirmed again?"),
            f"reopen_paper_{chosen}",
            _PLACE,
            lambda: judging.reopen_paper(engine(), session.id, chosen, by=account),
        )
    elif chosen in status.papers:
        st.caption(t("Somebody else of the secretariat compares with the paper and confirms; that seals it."))
        st.button(
            t("Confirm and seal"),
            key=f"confirm_{chosen}",
            on_click=attempt,
            args=(_PLACE, lambda: judging.confirm_paper(engine(), session.id, chosen, by=account)),
        )
    return chosen
