"""The development plan of a person: gaps towards a post, what is planned, and how it went."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from core.reports.wording import field_header
from core.service import development
from core.service.accounts import has_right
from core.store.accounts import Account
from core.talent.person.development import Gap, find_gaps
from core.talent.review import TalentReview
from core.ui.actions import attempt, entered, refusal
from core.ui.language import plain, show_day, show_number, t
from core.ui.links import switch
from core.ui.shared import engine
from core.ui.terms import post_title

_PLACE = "development"


def develop(current: TalentReview, nip: str, post: str, account: Account) -> None:
    """Gaps with what closing them would do, the steps kept, and the form for a new one."""
    steps = development.list_steps(engine(), nip)
    title = t("Development towards {post}", post=post_title(current, post))
    # Behind a switch: what closing each gap would do takes longer than the rest of the page.
    asked = switch(plain(f"{title} ({len(steps)})" if steps else title), "plan")
    if not asked:
        return
    gaps = find_gaps(current, nip, post)
    with st.container(border=True):
        if gaps:
            st.dataframe(_gaps_table(gaps), hide_index=True, height="content", alt=title)
            st.caption(
                t(
                    "Computed with the rubric in force: the talent value if this gap alone were closed, all else as it is."
                )
            )
        else:
            st.text(t("No gap is known."))
        for step in steps:
            _step(current, step, account)
        if gaps and has_right(account, "weigh"):
            _form(current, nip, post, gaps, account)
        refusal(_PLACE)


def gap_name(key: str) -> str:
    """A gap in words."""
    if key.startswith("competency:"):
        return field_header("competency_assessment", key.split(":", 1)[1])
    return {
        "competencies": t("all competencies below what is asked for"),
        "training": t("training hours (JP) in a year"),
        "assessment": t("competency assessment missing or expired"),
        "potential": t("potential assessment missing or expired"),
        "technical": t("technical competence not assessed"),
    }[key]


def _figure(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:g}"


def _gaps_table(gaps: list[Gap]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Gap"): [gap_name(gap.key) for gap in gaps],
            t("Now"): [_figure(gap.now) for gap in gaps],
            t("Asked for"): [_figure(gap.wanted) for gap in gaps],
            t("Talent value if closed"): [_moved(gap.before, gap.after) for gap in gaps],
        }
    )


def _moved(before: float | None, after: float | None) -> str:
    if before is None or after is None or math.isnan(before) or math.isnan(after):
        return t("cannot be said before it is assessed")
    return f"{show_number(before, 2)} → {show_number(after, 2)} (+{show_number(after - before, 2)})"


def _step(current: TalentReview, step: development.Step, account: Account) -> None:
    words = {"open": t("open"), "done": t("done"), "dropped": t("dropped")}
    late = step.state == "open" and step.due_on < current.as_of
    line = f"{gap_name(step.gap)}: {step.what}. " + t(
        "Until {day}, {state}", day=show_day(step.due_on), state=t("overdue") if late else words[step.state]
    )
    if step.talent_after is not None:
        now = float(str(current.people.at[step.nip, "talent"]))
        line += ". " + t(
            "Planned: {moved}; today {now}",
            moved=_moved(step.talent_before, step.talent_after),
            now=_figure(math.nan) if math.isnan(now) else show_number(now, 2),
        )
    text, done, dropped = st.columns([8, 1.3, 1.3], vertical_alignment="center")
    text.text(("⚠ " if late else "✓ " if step.state == "done" else "") + line)
    if step.state == "open" and has_right(account, "weigh"):
        done.button(
            t("Done"),
            key=f"step_done_{step.id}",
            on_click=attempt,
            args=(_PLACE, lambda: development.close_step(engine(), step.id, "done", by=account)),
        )
        dropped.button(
            t("Drop"),
            key=f"step_drop_{step.id}",
            on_click=attempt,
            args=(_PLACE, lambda: development.close_step(engine(), step.id, "dropped", by=account)),
        )


def _form(current: TalentReview, nip: str, post: str, gaps: list[Gap], account: Account) -> None:
    left, middle, right, add = st.columns([3, 4, 2, 1.4], vertical_alignment="bottom")
    by_key = {gap.key: gap for gap in gaps}
    with left:
        st.selectbox(t("Gap"), list(by_key), key="step_gap", format_func=gap_name)
    with middle:
        st.text_input(t("What shall be done"), key="step_what", max_chars=500)
    with right:
        st.date_input(t("Until"), value=None, min_value=current.as_of, format="DD-MM-YYYY", key="step_due")

    def plan() -> None:
        gap = by_key.get(entered("step_gap")) or gaps[0]
        due = st.session_state.get("step_due")
        development.plan_step(engine(), current, nip, post, gap, entered("step_what"), due, by=account)

    add.button(t("Plan"), key="step_add", on_click=attempt, args=(_PLACE, plan, ["step_what"]))
