"""The meeting as it went: steps with their times, who was there, conflicts, decisions, tasks."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from core.locales import stamp
from core.service.accounts import has_right
from core.service.clock import today
from core.service.decisions import list_of_session
from core.service.sessions import deciding, judging, meeting, seen
from core.service.sessions.evidence import export_evidence
from core.service.sessions.records import Session, find_parts
from core.service.sessions.replay import Replay, ReplayProblem, replay_session, replay_uploaded
from core.service.sessions.seen import Status
from core.store.accounts import Account
from core.talent.messages import N_
from core.talent.session.phases import may_do
from core.ui.actions import ask_first, attempt, entered, outcome
from core.ui.download import offer_download
from core.ui.language import plain, sentence_of, show_day, t
from core.ui.plain_table import show_table
from core.ui.session.case import show_cases
from core.ui.session.choice import basis_name
from core.ui.session.deciding import show_decided
from core.ui.session.papers import show_papers
from core.ui.session.sentences import ground_name, phase_name, proposal_name, seat_name
from core.ui.session.shared import list_broken_seals, session_review
from core.ui.shared import engine

_TASKS, _REOPENING, _REPLAYING = "session_tasks", "session_reopening", "session_replaying"


def draw(session: Session, status: Status, account: Account) -> None:
    """The whole record."""
    say_broken_seals(session, account)
    titles = {post.key: post.title for post in session_review(session).posts}
    for each in session.posts:
        st.subheader(plain(titles.get(each.post, each.post)), anchor=False)
        decided = seen.read_decided(engine(), session, each.post, by=account)
        if decided is None:
            st.caption(t("Nothing was decided, or a conflict of interest keeps it from you."))
        else:
            show_decided(session, decided)
    show_tasks(session, status, account)
    show_course(session, status, account)
    show_papers(session, account)
    show_cases(session, account)
    _show_replay(session, account)
    if may_do(session.phase, find_parts(session, account), "reopen"):
        reopen(session, account)


def _show_replay(session: Session, account: Account) -> None:
    """Compute the orders again from today's database, and take the file with which others can; for whoever sees it all."""
    if not has_right(account, "weigh") or not judging.may_check_seals(engine(), session, by=account):
        return
    key = f"replayed_{session.id}_{session.event}"

    def again() -> None:
        st.session_state[key] = replay_session(engine(), session_review(session), session.id, by=account)

    with st.expander(t("Replay"), icon=":material/replay:", key="replay_open"):
        outcome(_REPLAYING)
        st.caption(
            t(
                "The orders are computed again out of facts, rules and judgements and compared to the last bit with what the audit trail kept at the closing."
            )
        )
        left, right, _ = st.columns([2, 3, 3])
        left.button(t("Replay now"), key="replay_now", on_click=attempt, args=(_REPLAYING, again), width="stretch")
        with right:
            offer_download(
                t("File for replay and verification (JSON)"),
                lambda: export_evidence(engine(), session_review(session), session.id, by=account),
                f"sidang-{session.id}.json",
                right="weigh",
                key="replay_file",
            )
        _say_replay(st.session_state.get(key))
        _replay_file(account)


def _replay_file(account: Account) -> None:
    """Compute a session's orders again from a file alone, whichever installation it comes from."""
    file = st.file_uploader(t("Or replay from a file (JSON)"), type="json", key="replay_from")

    def again() -> None:
        given, own = st.session_state.get("replay_from"), bool(st.session_state.get("replay_own"))
        if given is None:
            raise ReplayProblem(N_("choose the file first"))
        st.session_state["replayed_file"] = given.file_id, own, replay_uploaded(given.getvalue(), own=own, by=account)

    st.checkbox(t("The file comes from this installation: check its signature"), value=True, key="replay_own")
    st.button(t("Replay the file"), key="replay_file_now", on_click=attempt, args=(_REPLAYING, again))
    found = st.session_state.get("replayed_file")
    asked = file and (file.file_id, bool(st.session_state.get("replay_own")))
    if found and found[:2] == asked:  # never the answer to an earlier question
        _say_replay(found[2])


def _say_replay(replay: object) -> None:
    """What a replay found; nothing before one."""
    if not isinstance(replay, Replay):
        return
    for fault in replay.faults:
        st.error(sentence_of(fault))
    if replay.same:
        st.success(t("Everything comes out again to the last bit (digest {digest})", digest=replay.digest[:16]))


def say_broken_seals(session: Session, account: Account) -> None:
    """Tell of judgements that somebody changed in the database after they were sealed."""
    for member in list_broken_seals(session, account):
        st.error(
            t(
                "The sealed judgement of {name} was changed in the database after it was sealed.",
                name=plain(session.find_member(member).full_name),
            )
        )


def show_course(session: Session, status: Status, account: Account) -> None:
    """Steps, members, conflicts and settings: what the minutes need."""
    title, key, closed = t("How the meeting went"), f"course_open_{session.phase}", session.phase == "closed"
    with st.expander(title, icon=":material/history:", expanded=closed, key=key, on_change="rerun"):
        if not st.session_state.get(key):
            return
        members = pd.DataFrame(
            [
                (
                    member.full_name,
                    seat_name(member.seat),
                    t("inside") if member.inside else t("outside"),
                    t("yes") if member.id in status.present else t("no"),
                    t("yes") if member.id in status.sealed else t("no"),
                )
                for member in session.members
            ],
            columns=[t("Name"), t("Seat"), t("Comes from"), t("There"), t("Sealed")],
        )
        show_table(members.set_index(t("Name")))
        for step in status.steps:
            line = f"{stamp(step.at)} · {phase_name(step.before)} → {phase_name(step.after)} · {step.username}"
            if step.without:
                names = ", ".join(session.find_member(member).full_name for member in step.without)
                line += " · " + t("without {names}", names=names)
            if step.absent:
                names = ", ".join(session.find_member(member).full_name for member in step.absent)
                line += " · " + t("not there: {names}", names=names)
            if step.reason:
                line += f" · {step.reason}"
            st.text(line)
        people = session_review(session).people["full_name"]
        for member, said in seen.read_recusals(engine(), session, by=account).items():
            for each in said:
                st.text(
                    t(
                        "Conflict of interest: {member} with {name} ({ground}: {reason})",
                        member=session.find_member(member).full_name,
                        name=str(people.get(each.nip, each.nip)),
                        ground=ground_name(each.ground),
                        reason=each.reason,
                    )
                )
        for post, nip, reason in status.withdrawn:
            st.text(
                t("Withdrawn from {post}: {name} ({reason})", post=post, name=str(people.get(nip, nip)), reason=reason)
            )
        for box in list_of_session(engine(), session.id):
            taken_back = f" ({t('taken back')})" if box.revoked_at else ""
            line = t(
                "Box of {name}: {before} → {after}: {reason}",
                name=str(people.get(box.nip, box.nip)),
                before=box.computed.replace("0", "–"),
                after=box.value,
                reason=box.reason,
            )
            st.text(line + taken_back)
        for text in status.parked:
            st.text(t("Put aside for later: {what}", what=text))
        for before, after, reason in status.updates:
            st.text(
                t("Later data taken over ({before} → {after}): {reason}", before=before, after=after, reason=reason)
            )
        _show_settings(session)


def _show_settings(session: Session) -> None:
    settings, freeze = session.settings, session.freeze
    said = [
        f"{t('Basis')}: {basis_name(settings.basis)} {settings.basis_number}".strip(),
        t("Quorum: {count}", count=settings.count_quorum(len(session.members))),
        t("Majority: more than {share} % of votes for and against", share=round(settings.majority * 100)),
        t("Secret vote") if settings.secret_votes else t("Open vote"),
        t("Decisions are held beside: {proposal}", proposal=proposal_name(settings.consensus)),
    ]
    if freeze:
        said.append(t("Data version {version} of {day}", version=freeze.data_version, day=show_day(freeze.as_of)))
    st.caption(plain(" · ".join(said)))


def show_tasks(session: Session, status: Status, account: Account) -> None:
    """What is to be done by whom until when."""
    parts = find_parts(session, account)
    if not status.tasks and not may_do(session.phase, parts, "assign"):
        return
    with st.expander(t("Tasks"), icon=":material/task_alt:", expanded=bool(status.tasks)):
        outcome(_TASKS)
        for task in status.tasks:
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.text(f"{task.what} · {task.owner} · {show_day(task.due)}")
            if task.done_at:
                right.caption(t("done {day}", day=show_day(dt.date.fromisoformat(task.done_at))))
            elif may_do(session.phase, parts, "finish"):
                right.button(
                    t("Done"),
                    key=f"task_{session.id}_{task.key}",
                    on_click=attempt,
                    args=(_TASKS, lambda key=task.key: deciding.finish_task(engine(), session.id, key, by=account)),
                )
        if may_do(session.phase, parts, "assign"):
            _new_task(session, account)


def _new_task(session: Session, account: Account) -> None:
    what, owner, due, button = st.columns([4, 2, 2, 1], vertical_alignment="bottom")
    what.text_input(t("What"), key="task_what", max_chars=500)
    owner.text_input(t("By whom"), key="task_owner", max_chars=200)
    due.date_input(t("Until"), value=None, format="DD-MM-YYYY", key="task_due")

    def assign() -> None:
        day = st.session_state.get("task_due")
        deciding.assign_task(
            engine(),
            session.id,
            entered("task_what"),
            entered("task_owner"),
            day if isinstance(day, dt.date) else today(),
            by=account,
        )

    button.button(
        t("Add"), key="task_add", on_click=attempt, args=(_TASKS, assign, ["task_what", "task_owner"]), width="stretch"
    )


def reopen(session: Session, account: Account) -> None:
    """Back to the discussion, with a reason."""
    with st.expander(t("Back to the discussion"), icon=":material/undo:"):
        outcome(_REOPENING)
        st.text_input(t("Reason (obligatory)"), key="reopen_reason", max_chars=2000)
        ask_first(
            st.container(),
            t("Reopen"),
            t("Everybody sees that and why the session was reopened. Reopen?"),
            f"reopen_{session.event}",
            _REOPENING,
            lambda: meeting.reopen(engine(), session.id, entered("reopen_reason"), by=account),
        )
