"""The case of each post after the session: what BKN would ask, the letters in their order, the inauguration."""

from __future__ import annotations

import datetime as dt

import streamlit as st

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
from core.talent.case.steps import INCOMING, PAIRED, STEP_NAMES, STEPS, CaseFault, CaseStep, StepKind
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.ui.actions import attempt, entered, outcome, say_done
from core.ui.download import offer_download
from core.ui.language import language, plain, show_day, t, tn
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
        if any(case.next == "submission" for case in cases):
            _show_packet(session, titles, account)
        for case in cases:
            with st.container(border=True):
                _show_case(case, current, titles, account)


def _show_packet(session: Session, titles: dict[str, str], account: Account) -> None:
    """What BKN would send the submission back for, and the packet once everything is answered; for whoever sees it all."""
    if not judging.may_check_seals(engine(), session, by=account):
        return
    outcome(_PACKET)
    st.markdown(f"**{t('Would BKN send it back?')}**")
    listed = packet.list_return_faults(engine(), session_review(session), review(), session, by=account)
    without = [each for each in listed if not each.reason]
    if not listed:
        st.success(t("Nothing that a submission comes back for was found."))
    elif without:
        st.warning(
            tn(
                "{count} fault has neither been mended nor answered: nothing leaves before.",
                "{count} faults have neither been mended nor answered: nothing leaves before.",
                len(without),
            )
        )
    names = session_review(session).people["full_name"]
    for each in listed:
        _show_fault(session, each, titles, str(names.get(each.fault.nip, each.fault.nip)), account)
    offer_paper(session, "packet", account, _PACKET)
    if has_right(account, "import") and not without:
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
    if not has_right(account, "import"):
        return
    key = f"return_reason_{session.id}_{fault.key}"

    def answer() -> None:
        packet.explain_fault(engine(), session.id, fault.key, entered(key), by=account)

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
        if taken.has_file:
            offer_download(
                t("Letter"),
                lambda number=taken.id: steps.load_letter(engine(), number, by=account),
                f"{STEPS.index(taken.step.kind) + 1}-{taken.step.kind}-{taken.step.day.isoformat()}.pdf",
                right="weigh",
                place=right,
                key=f"letter_{taken.id}",
                icon=":material/download:",
            )
    if case.next is None:
        st.success(_say_end(case, current, names))
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
        if case.taken:
            _withdraw(case, case.taken[-1], account)


def _say_step(taken: TakenStep, names: object) -> str:
    step = taken.step
    people = ", ".join(_name(names, nip) for nip in step.nips)
    said = [t(STEP_NAMES[step.kind]), step.number, show_day(step.day), people, step.reason]
    if taken.paper_standing in _STANDINGS:
        said.append(t(_STANDINGS[taken.paper_standing]))
    return " · ".join(filter(None, said))


def _name(names: object, nip: str) -> str:
    return str(names.get(nip, nip))  # type: ignore[attr-defined]  # a Series by NIP


def _say_end(case: Case, current: TalentReview, names: object) -> str:
    """Whether the imported data show the new holder already."""
    holder, day = _name(names, case.steps[-1].nips[0]), show_day(case.steps[-1].day)
    waits = next((each for each in current.unconfirmed if each.appointment.post == case.post), None)
    if waits is None:
        return plain(t("{name} was inaugurated on {day}; the imported data show it.", name=holder, day=day))
    if waits.other:
        other = str(current.people["full_name"].get(waits.other, waits.other))
        return plain(
            t(
                "{name} was inaugurated on {day}; the imported data have {other} in the post since then: look which is wrong.",
                name=holder,
                day=day,
                other=other,
            )
        )
    return plain(
        t(
            "{name} was inaugurated on {day} and counts as the holder; the imported data do not show it yet.",
            name=holder,
            day=day,
        )
    )


def _take(case: Case, kind: StepKind, titles: dict[str, str], account: Account) -> None:
    """The form of the next step."""
    key = f"case_{case.session.id}_{case.post}_{len(case.taken)}"

    def take() -> None:
        day, file = st.session_state.get(f"{key}_day"), st.session_state.get(f"{key}_file")
        if not isinstance(day, dt.date):
            raise CaseFault(N_("choose the day of the letter"))
        named = st.session_state.get(f"{key}_post") or ""
        step = CaseStep(kind, entered(f"{key}_number"), day, _names(kind, key), named, entered(f"{key}_reason"))
        content = file.getvalue() if file else None
        steps.take_step(
            engine(), session_review(case.session), review(), case.session.id, step, case.post, content, by=account
        )
        say_done(_place(case), t("{step} is noted.", step=t(STEP_NAMES[kind])))

    with st.form(f"{key}_form", border=False, enter_to_submit=False):
        left, right = st.columns([2, 1])
        suggested = _suggest(case, kind, account)
        left.text_input(t("Number of the letter"), key=f"{key}_number", max_chars=80, placeholder=suggested)
        right.date_input(t("Day of the letter"), value=None, format="DD-MM-YYYY", key=f"{key}_day")
        _ask_names(case, kind, titles, key)
        needed = kind in INCOMING
        words = t("File of the letter") if needed else t("File of the letter (not needed where the register has it)")
        st.file_uploader(words, key=f"{key}_file")
        st.form_submit_button(
            t("Note: {step}", step=t(STEP_NAMES[kind])),
            key=f"{key}_take",
            on_click=attempt,
            args=(_place(case), take),
            type="primary",
        )


def _ask_names(case: Case, kind: StepKind, titles: dict[str, str], key: str) -> None:
    """Whom the letter names, and for which post."""
    names = session_review(case.session).people["full_name"]

    def name(nip: str) -> str:
        return _name(names, nip)

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
        right.selectbox(t("Post in the letter"), list(titles), index=None, format_func=titles.get, key=f"{key}_post")


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
    wanted = {"submission": "packet", "announcement": "announcement"}.get(kind)
    return issuing.find_issued_number(engine(), case.session.id, wanted, by=account) if wanted else ""


def _withdraw(case: Case, taken: TakenStep, account: Account) -> None:
    """Withdraw the last step, with a reason."""
    key = f"withdraw_{taken.id}"

    def withdraw() -> None:
        steps.withdraw_step(engine(), taken.id, entered(f"{key}_reason"), by=account)
        say_done(
            _place(case), t("{step} is withdrawn; it stays in the audit trail.", step=t(STEP_NAMES[taken.step.kind]))
        )

    with st.popover(t("Withdraw the last step"), icon=":material/undo:", key=f"{key}_asks"):
        st.text_input(t("Reason (obligatory)"), key=f"{key}_reason", max_chars=1000)
        st.button(t("Withdraw"), key=key, on_click=attempt, args=(_place(case), withdraw))
