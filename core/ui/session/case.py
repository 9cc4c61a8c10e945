"""The case of each post after the session: what BKN would ask, the letters in their order, the inauguration."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.reports.returning import say_remedy, say_return_fault
from core.service.accounts import has_right
from core.service.cases import packet, steps
from core.service.cases.packet import Answered
from core.service.cases.steps import Case, TakenStep
from core.service.clock import today
from core.service.papers import issuing
from core.service.sessions import judging
from core.service.sessions.records import Session
from core.store.accounts import Account
from core.talent.case.steps import INCOMING, PAIRED, STEP_NAMES, CaseFault, CaseStep, StepKind
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.ui.actions import attempt, entered, outcome, say_done
from core.ui.download import offer_download
from core.ui.language import language, plain, sentence_of, show_day, t, tn
from core.ui.open_cases import UNCONFIRMED
from core.ui.session.papers import offer_paper
from core.ui.session.shared import session_review
from core.ui.shared import engine, review

_PACKET, _CASE = "case_packet", "case_step"
_STANDINGS = {"revoked": N_("the letter was revoked"), "replaced": N_("the letter was replaced")}


def show_cases(session: Session, account: Account) -> None:
    """The cases of a closed session; nothing before anybody is named."""
    if not has_right(account, "weigh"):
        return
    with st.expander(t("After the session"), icon=":material/outgoing_mail:", key="case_open", on_change="rerun"):
        if not st.session_state.get("case_open"):
            return
        cases = steps.list_cases(engine(), session, by=account)
        if not cases:
            st.caption(t("Nobody was named, or a conflict of interest keeps it from you."))
            return
        current = review()
        titles = {post.key: post.title for post in session_review(session).posts}
        waiting = any(case.next == "submission" for case in cases)
        if waiting and has_right(account, "import") and judging.may_check_seals(engine(), session, by=account):
            _show_packet(session, titles, account)
        for case in cases:
            with st.container(border=True):
                _show_case(case, current, titles, account)


def _show_packet(session: Session, titles: dict[str, str], account: Account) -> None:
    """What BKN would send the submission back for, and the packet once everything is answered."""
    outcome(_PACKET)
    st.markdown(f"**{t('Would BKN send it back?')}**")
    try:
        questions = packet.ask_return(engine(), session_review(session), review(), session, by=account)
    except CaseFault as fault:
        st.info(sentence_of(fault))
        return
    if not questions.answered:
        st.success(t("Nothing that a submission comes back for was found."))
    elif questions.open:
        st.warning(
            tn(
                "{count} fault has neither been mended nor answered: nothing leaves before.",
                "{count} faults have neither been mended nor answered: nothing leaves before.",
                len(questions.open),
            )
        )
    names = session_review(session).people["full_name"]
    for each in questions.answered:
        _show_fault(session, each, titles, str(names.get(each.fault.nip, each.fault.nip)), account)
    offer_paper(session, "packet", account, _PACKET, questions.digest, drafts=not questions.open)
    if not questions.open:
        offer_download(
            t("Workbook of the packet"),
            lambda: issuing.write_workbook(engine(), session_review(session), session.id, review(), by=account),
            f"usulan-sidang-{session.id}.xlsx",
            right="import",
            key="packet_workbook",
            icon=":material/table_view:",
        )


def _show_fault(session: Session, each: Answered, titles: dict[str, str], name: str, account: Account) -> None:
    fault = each.fault
    words = say_return_fault(fault, language())
    said = f"{name} {words}" if fault.nip else words
    st.text(f"{'✓' if each.reason else '✗'} {titles.get(fault.post, fault.post)}: {said} ({fault.article})")
    if each.reason:
        st.caption(plain(t("Goes out all the same: {reason} ({name})", reason=each.reason, name=each.username)))
        return
    st.caption(plain(t("Remedy: {remedy}", remedy=say_remedy(fault, language()))))
    key = f"return_reason_{session.id}_{fault.key}"

    def answer() -> None:
        packet.explain_fault(
            engine(), session_review(session), review(), session.id, fault.key, entered(key), by=account
        )

    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.text_input(t("Why it goes out all the same"), key=key, max_chars=1000)
    right.button(t("Keep the reason"), key=f"keep_{key}", on_click=attempt, args=(_PACKET, answer, [key]))


def _show_case(case: Case, current: TalentReview, titles: dict[str, str], account: Account) -> None:
    """A post's letters, what is waited for, and the form of the next step."""
    names = session_review(case.session).people["full_name"]
    st.markdown(f"**{plain(titles.get(case.post, case.post))}**")
    outcome(_place(case))
    for at, taken in enumerate(case.taken, 1):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.text(f"{at}. {_say_step(taken, names)}")
        offer_download(
            t("Letter"),
            lambda number=taken.id: steps.load_letter(engine(), number, by=account),
            f"{at}-{taken.step.kind}-{taken.step.day.isoformat()}.pdf",
            right="import" if taken.step.kind == "submission" else "weigh",
            place=right,
            key=f"letter_{taken.id}",
            icon=":material/download:",
        )
    if case.next is None:
        _say_end(case, current, names)
    else:
        days = (today() - case.since).days
        step = t(STEP_NAMES[case.next])
        st.info(
            plain(
                tn(
                    "Next: {step}; {count} day since the last step.",
                    "Next: {step}; {count} days since the last step.",
                    days,
                    step=step,
                )
            )
        )
    if has_right(account, "import"):
        if case.next is not None:
            _take(case, case.next, titles, account)
        left, right, _ = st.columns([2, 2, 2])
        if case.taken:
            _withdraw(case, case.taken[-1], left, account)
        if case.next is not None:
            _end(case, right, account)


def _say_step(taken: TakenStep, names: pd.Series) -> str:
    step = taken.step
    people = ", ".join(_name(names, nip) for nip in step.nips)
    said = [t(STEP_NAMES[step.kind]), step.number, show_day(step.day), people, step.reason]
    if taken.paper_standing in _STANDINGS:
        said.append(t(_STANDINGS[taken.paper_standing]))
    return " · ".join(filter(None, said))


def _name(names: pd.Series, nip: str) -> str:
    """How somebody is called; ``names`` by NIP."""
    return str(names.get(nip, nip))


def _say_end(case: Case, current: TalentReview, names: pd.Series) -> None:
    """How a case ended, and whether the imported data show the new holder already."""
    last = case.steps[-1]
    if last.kind == "ended":
        st.info(plain(t("Ended without inauguration: {reason}", reason=last.reason)))
        return
    nip = last.nips[0]
    told = {"name": _name(names, nip), "day": show_day(last.day)}
    open_one = next((each for each in current.unconfirmed if each.appointment.post == case.post), None)
    if open_one is not None and open_one.appointment.nip == nip:
        other = str(current.people["full_name"].get(open_one.other, open_one.other))
        show = st.success if open_one.why == "waits" else st.warning
        show(plain(t(UNCONFIRMED[open_one.why], **told, other=other)))
    elif current.holders.get(case.post) == nip:
        st.success(plain(t("{name} was inaugurated on {day}; the imported data show it.", **told)))
    else:
        st.info(
            plain(t("{name} was inaugurated on {day} and does not hold the post any more by the data of now.", **told))
        )


def _take(case: Case, kind: StepKind, titles: dict[str, str], account: Account) -> None:
    """The form of the next step."""
    key, suggested = _key(case), _suggest(case, kind, account)
    with st.form(f"{key}_form", border=False, enter_to_submit=False):
        _ask_letter(key, kind, suggested)
        _ask_names(case, kind, titles, key)
        words = t("Note: {step}", step=t(STEP_NAMES[kind]))
        note = _noting(case, kind, key, account)
        st.form_submit_button(words, key=f"{key}_take", on_click=attempt, args=(_place(case), note), type="primary")


def _end(case: Case, column: DeltaGenerator, account: Account) -> None:
    """End a case without anybody being inaugurated."""
    key = f"{_key(case)}_end"
    asks = column.popover(t("End without inauguration"), icon=":material/block:", key=f"{key}_asks")
    with asks, st.form(f"{key}_form", border=False, enter_to_submit=False):
        _ask_letter(key, "ended", "")
        st.text_input(t("Reason (obligatory)"), key=f"{key}_reason", max_chars=1000)
        note = _noting(case, "ended", key, account)
        st.form_submit_button(t("End the case"), key=f"{key}_take", on_click=attempt, args=(_place(case), note))


def _ask_letter(key: str, kind: StepKind, suggested: str) -> None:
    """Number, day and file of a letter."""
    left, right = st.columns([2, 1])
    left.text_input(t("Number of the letter"), key=f"{key}_number", max_chars=80, placeholder=suggested)
    right.date_input(t("Day of the letter"), value=None, format="DD-MM-YYYY", key=f"{key}_day")
    needed = kind in INCOMING
    words = (
        t("File of the letter (PDF)") if needed else t("File of the letter (PDF; not needed where the register has it)")
    )
    st.file_uploader(words, type="pdf", key=f"{key}_file")


def _noting(case: Case, kind: StepKind, key: str, account: Account) -> Callable[[], None]:
    """What the button of a form does."""

    def note() -> None:
        day, file = st.session_state.get(f"{key}_day"), st.session_state.get(f"{key}_file")
        if not isinstance(day, dt.date):
            raise CaseFault(N_("choose the day of the letter"))
        named = st.session_state.get(f"{key}_post") or ""
        step = CaseStep(kind, entered(f"{key}_number"), day, _names(kind, key), named, entered(f"{key}_reason"))
        steps.take_step(
            engine(),
            session_review(case.session),
            review(),
            case.session.id,
            step,
            case.post,
            file.getvalue() if file else None,
            after=case.last,
            by=account,
        )
        say_done(_place(case), t("{step} is noted.", step=t(STEP_NAMES[kind])))

    return note


def _ask_names(case: Case, kind: StepKind, titles: dict[str, str], key: str) -> None:
    """Whom the letter names, and for which post."""
    names = session_review(case.session).people["full_name"]

    def name(nip: str) -> str:
        return f"{_name(names, nip)} · {nip}"  # two may have one name, and what is chosen goes by its label

    if kind == "approval":
        agreed = t("Names BKN agrees to")
        st.multiselect(agreed, case.open_names, case.open_names, format_func=name, key=f"{key}_names")
    elif kind == "choice":
        left, right = st.columns([1, 2])
        left.selectbox(t("Name the PPK chose"), case.open_names, index=None, format_func=name, key=f"{key}_name")
        right.text_input(t("Reason, where it is not the first of the list"), key=f"{key}_reason", max_chars=1000)
    elif kind in PAIRED:
        left, right = st.columns([1, 2])
        left.text_input(t("NIP in the letter"), key=f"{key}_nip", max_chars=40)
        right.selectbox(
            t("Post in the letter"), list(titles), index=None, format_func=_tell_apart(titles).get, key=f"{key}_post"
        )
        if kind == "inauguration":
            reason = t("What made the post vacant, where the data still have somebody in it")
            st.text_input(reason, key=f"{key}_reason", max_chars=1000)


def _tell_apart(titles: dict[str, str]) -> dict[str, str]:
    """What posts are called in a list to choose from: what is chosen goes by its label, so none may stand twice."""
    several = Counter(titles.values())
    return {post: title if several[title] == 1 else f"{title} ({post})" for post, title in titles.items()}


def _key(case: Case) -> str:
    """What the fields of the next step are called; another after every step."""
    return f"case_{case.session.id}_{case.post}_{case.last}"


def _place(case: Case) -> str:
    return f"{_CASE}_{case.session.id}_{case.post}"


def _names(kind: StepKind, key: str) -> tuple[str, ...]:
    """Whom the form names (NIP)."""
    if kind == "approval":
        return tuple(st.session_state.get(f"{key}_names") or ())
    chosen = st.session_state.get(f"{key}_name") if kind == "choice" else "".join(entered(f"{key}_nip").split())
    return (chosen,) if chosen else ()


def _suggest(case: Case, kind: StepKind, account: Account) -> str:
    """The number of the office's own paper that this step sends, where it was issued."""
    wanted = steps.OWN_PAPERS.get(kind)
    return issuing.find_issued_number(engine(), case.session.id, wanted, by=account) if wanted else ""


def _withdraw(case: Case, taken: TakenStep, column: DeltaGenerator, account: Account) -> None:
    """Withdraw the last step, with a reason."""
    key = f"withdraw_{taken.id}"

    def withdraw() -> None:
        steps.withdraw_step(engine(), taken.id, entered(f"{key}_reason"), by=account)
        say_done(
            _place(case), t("{step} is withdrawn; it stays in the audit trail.", step=t(STEP_NAMES[taken.step.kind]))
        )

    with column.popover(t("Withdraw the last step"), icon=":material/undo:", key=f"{key}_asks"):
        st.text_input(t("Reason (obligatory)"), key=f"{key}_reason", max_chars=1000)
        st.button(t("Withdraw"), key=key, on_click=attempt, args=(_place(case), withdraw))
