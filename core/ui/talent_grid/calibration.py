"""Moving a box by decision of the committee, its history, and hints at bias in the ratings."""

from __future__ import annotations

import streamlit as st

from core.locales import stamp
from core.service.accounts import has_right
from core.service.decisions import Decision, decide_box, list_decisions, revoke_decision
from core.service.sessions.records import find_parts, list_sessions
from core.store.accounts import Account
from core.talent.grid.bias import count_same_ratings, find_units_apart
from core.talent.review import TalentReview
from core.talent.session.phases import may_do
from core.ui.actions import attempt, entered, outcome, say_done
from core.ui.language import plain, show_day, show_number, t, tn
from core.ui.shared import copied_result, engine
from core.ui.terms import box_name

_PLACE = "calibration"


def calibrate(current: TalentReview, nip: str, account: Account) -> None:
    """The decisions on a person and, for who may, the form for a new one."""
    history = list_decisions(engine(), "box", nip)
    allowed = has_right(account, "calibrate")
    if not history and not allowed:
        return
    standing = next((decision for decision in history if decision.revoked_at is None), None)
    title = t("Decision of the committee")
    if standing:
        title += f": {box_name(int(standing.value))} ({t('computed: {box}', box=_box(current, nip))})"
    # Only who looks at it closes it: it stays open while somebody writes, after a refusal and after a decision.
    with st.expander(title, key=f"decisions_open_{nip}", on_change="rerun"):
        outcome(_PLACE)
        for decision in history:
            line = t(
                "{session}: box {before} → {box}, {who}, {when}. Reason: {reason}",
                session=decision.session,
                before=decision.computed.replace("0", "–"),
                box=decision.value,
                who=decision.username,
                when=stamp(decision.decided_at),
                reason=decision.reason,
            )
            if decision.revoked_at:
                line += " " + t(
                    "Taken back by {who}, {when}: {reason}",
                    who=decision.revoked_by,
                    when=stamp(decision.revoked_at),
                    reason=decision.revoked_reason,
                )
            st.text(line)
        if allowed:
            _form(current, nip, standing, account)
        st.caption(t("Facts and computed boxes stay as they are; order and gates keep to the computed box."))


def _form(current: TalentReview, nip: str, standing: Decision | None, account: Account) -> None:
    left, right = st.columns([1, 2])
    with left:
        st.selectbox(
            t("Box decided on"), list(range(9, 0, -1)), index=None, placeholder=t("choose …"), key="decide_box"
        )
    sitting = [
        each.name
        for each in list_sessions(engine(), by=account)
        if may_do(each.phase, find_parts(each, account), "calibrate")
    ]
    if len(sitting) == 1:
        st.session_state.setdefault("decide_session", sitting[0])
    with right:
        st.text_input(
            t("Session"),
            key="decide_session",
            max_chars=100,
            placeholder=t("e.g. Talent committee, {day}", day=show_day(current.as_of)),
        )
    st.text_area(t("Reason (obligatory)"), key="decide_reason", max_chars=2000, height=80)

    def decide() -> None:
        st.session_state[f"decisions_open_{nip}"] = True
        box = st.session_state.get("decide_box") or 0
        session, reason = entered("decide_session"), entered("decide_reason")
        decide_box(engine(), current, nip, box, session, reason, by=account)
        say_done(_PLACE, t("The decision was written down: box {box}.", box=box))

    st.button(t("Move by decision"), key="decide", on_click=attempt, args=(_PLACE, decide, ["decide_reason"]))
    if standing:

        def revoke() -> None:
            st.session_state[f"decisions_open_{nip}"] = True
            revoke_decision(engine(), standing.id, entered("decide_reason"), by=account)
            say_done(_PLACE, t("The decision was taken back; the computed box counts again."))

        st.button(t("Take the decision back"), key="revoke", on_click=attempt, args=(_PLACE, revoke, ["decide_reason"]))


def _box(current: TalentReview, nip: str) -> str:
    return str(int(current.number(nip, "box")) or "–")


@copied_result(max_entries=4)
def _hints(words: str, current: TalentReview) -> list[str]:
    lines = [
        t(
            "{unit}: median performance {median} of {people} people, {others} elsewhere (by accident in {chance} % of cases)",
            unit=apart.unit,
            median=show_number(apart.median, 1),
            people=apart.people,
            others=show_number(apart.others, 1),
            chance=show_number(apart.chance * 100, 2),
        )
        for apart in find_units_apart(current)
    ]
    same = count_same_ratings(current)
    if same.people:
        share = show_number(same.unchanged / same.people * 100)
        lines.append(
            t(
                "{count} of {all} people rated in several years ({share} %) have the same rating every year",
                count=same.unchanged,
                all=same.people,
                share=share,
            )
        )
    lines += [
        t("{unit}: all {people} people have the same rating every year", unit=unit, people=people)
        for unit, people in same.units
    ]
    return lines


def bias_hints(current: TalentReview, words: str) -> None:
    """Figures that ask for a second look at the ratings."""
    lines = _hints(words, current)
    if not lines:
        return
    with st.expander(tn("Are the ratings even? {count} note", "Are the ratings even? {count} notes", len(lines))):
        for line in lines:
            st.markdown(f"- {plain(line)}")
        st.caption(t("Notes with figures, not judgements: a unit may really be better. Nothing is corrected by them."))
