"""Moving a box by decision of the committee, its history, and hints at bias in the ratings."""

from __future__ import annotations

import streamlit as st

from core.locales import stamp
from core.service import calibration
from core.service.accounts import Account, may
from core.talent.grid.bias import same_ratings, units_apart
from core.talent.review import TalentReview
from core.ui.actions import attempt, entered, refusal, refused
from core.ui.language import plain, show_day, show_number, t
from core.ui.shared import engine
from core.ui.terms import box_name

_PLACE = "calibration"


def decided_boxes() -> dict[str, int]:
    """The box by NIP wherever a decision stands."""
    return {nip: one.box for nip, one in calibration.standing(engine()).items()}


def calibrate(current: TalentReview, nip: str, account: Account) -> None:
    """The decisions on a person and, for who may, the form for a new one."""
    kept = calibration.history(engine(), nip)
    allowed = may(account, "calibrate")
    if not kept and not allowed:
        return
    standing = next((one for one in kept if one.revoked_at is None), None)
    title = t("Decision of the committee")
    if standing:
        title += f": {box_name(standing.box)} ({t('computed: {box}', box=_box(current, nip))})"
    with st.expander(title, expanded=refused(_PLACE)):
        refusal(_PLACE)
        for one in kept:
            line = t(
                "{session}: box {before} → {box}, {who}, {when}. Reason: {reason}",
                session=one.session,
                before=one.computed_box or "–",
                box=one.box,
                who=one.username,
                when=stamp(one.decided_at),
                reason=one.reason,
            )
            if one.revoked_at:
                line += " " + t(
                    "Taken back by {who}, {when}: {reason}",
                    who=one.revoked_by,
                    when=stamp(one.revoked_at),
                    reason=one.revoked_reason,
                )
            st.text(line)
        if allowed:
            _form(current, nip, standing, account)
        st.caption(t("Facts and computed boxes stay as they are; order and gates keep to the computed box."))


def _form(current: TalentReview, nip: str, standing: calibration.Decision | None, account: Account) -> None:
    left, right = st.columns([1, 2])
    with left:
        st.selectbox(t("Box decided on"), list(range(9, 0, -1)), index=None, key="decide_box")
    with right:
        st.text_input(
            t("Session"),
            key="decide_session",
            max_chars=100,
            placeholder=t("e.g. Talent committee, {day}", day=show_day(current.as_of)),
        )
    st.text_area(t("Reason (obligatory)"), key="decide_reason", max_chars=2000, height=80)

    def decide() -> None:
        box = st.session_state.get("decide_box") or 0
        session, reason = entered("decide_session"), entered("decide_reason")
        calibration.decide(engine(), current, nip, box, session, reason, account)

    st.button(t("Move by decision"), key="decide", on_click=attempt, args=(_PLACE, decide, ["decide_reason"]))
    if standing:

        def revoke() -> None:
            calibration.revoke(engine(), standing.id, entered("decide_reason"), account)

        st.button(t("Take the decision back"), key="revoke", on_click=attempt, args=(_PLACE, revoke, ["decide_reason"]))


def _box(current: TalentReview, nip: str) -> str:
    return str(int(current.people.at[nip, "box"]) or "–")


@st.cache_data(max_entries=4, show_spinner=False)
def _hints(token: str, words: str, _current: TalentReview) -> list[str]:
    lines = [
        t(
            "{unit}: median performance {median} of {people} people, {others} elsewhere (by accident in {chance} % of cases)",
            unit=one.unit,
            median=show_number(one.median, 1),
            people=one.people,
            others=show_number(one.others, 1),
            chance=show_number(one.chance * 100, 2),
        )
        for one in units_apart(_current)
    ]
    same = same_ratings(_current)
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


def bias_hints(current: TalentReview, token: str, words: str) -> None:
    """Figures that ask for a second look at the ratings."""
    lines = _hints(token, words, current)
    if not lines:
        return
    with st.expander(t("Are the ratings even? {count} notes", count=len(lines))):
        for line in lines:
            st.markdown(f"- {plain(line)}")
        st.caption(t("Notes with figures, not judgements: a unit may really be better. Nothing is corrected by them."))
