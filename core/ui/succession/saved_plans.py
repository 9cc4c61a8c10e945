"""Plans kept by name: keeping one, laying them side by side."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from core.service import placement as plan_service
from core.service.accounts import has_right
from core.service.placement import Placement
from core.service.saved import may_remove
from core.store.accounts import Account
from core.talent.placement.plans import Plan
from core.talent.review import TalentReview
from core.ui.actions import attempt, entered, refusal, removal_button
from core.ui.export import downloads
from core.ui.language import plain, show_number, t
from core.ui.shared import engine
from core.ui.stale import find_marks, say_mark

#: Where refusals about kept plans are said.
_PLACE = "plans"


def save_form(placement: Placement, plan: Plan, account: Account) -> None:
    """The field that keeps a plan under a name."""
    refusal(_PLACE)
    if not has_right(account, "weigh"):
        return

    def save_now() -> None:
        plan_service.save_plan(engine(), placement, plan, entered("plan_name"), by=account)

    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.text_input(t("Keep this plan as"), key="plan_name", max_chars=100)
    right.button(t("Keep"), key="plan_keep", on_click=attempt, args=(_PLACE, save_now, ["plan_name"]))


def saved_plans(current: TalentReview, account: Account) -> None:
    """All kept plans side by side."""
    plans = plan_service.list_plans(engine())
    if not plans:
        return
    with st.expander(t("Kept plans ({count})", count=len(plans))):
        titles = {post.key: post.title for post in current.posts}
        table = {
            f"{plan.name} (#{plan.id})": {
                titles.get(post, post): f"{name} ({show_number(fit, 1)})" for post, _, name, fit in plan.pairs
            }
            for plan in plans
        }
        frame = pd.DataFrame(table).fillna("–")
        st.dataframe(frame, height="content", alt=t("Kept plans"))
        downloads("kept_plans", "mantel_rencana", lambda: frame.reset_index(names=t("Post")), t("Kept plans"))
        marks = find_marks("plan", current)
        for plan in plans:
            now = (current.data_version, current.rubric.digest, current.rubric_of(plan.basis).digest)
            same = (plan.data_version, plan.rubric_digest, plan.weighed_digest) == now
            by = t("fit in three parts") if plan.basis == "fit" else t("official figure of the fit")
            text, remove = st.columns([8, 1], vertical_alignment="center")
            text.caption(
                f"{plain(plan.name)}: {plain(plan.username)}, {by}. "
                + (t("Data and rubric are the same today.") if same else t("Data or rubric have changed since."))
            )
            say_mark(marks.get(plan.id))
            if may_remove(plan.username, account):
                act = partial(plan_service.remove_plan, engine(), plan.id, by=account)
                removal_button(remove, f"plan_drop_{plan.id}", _PLACE, plan.name, act)
