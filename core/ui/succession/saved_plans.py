"""Plans kept by name: keeping one, laying them side by side."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from core.service import placement as placing
from core.service.accounts import Account, may
from core.service.placement import Placement
from core.talent.placement.plans import Plan
from core.talent.review import TalentReview
from core.ui.actions import attempt, entered, refusal
from core.ui.export import downloads
from core.ui.language import plain, show_number, t
from core.ui.shared import engine

#: Where refusals about kept plans are said.
_PLACE = "plans"


def keep(found: Placement, plan: Plan, account: Account) -> None:
    """The field that keeps a plan under a name."""
    refusal(_PLACE)
    if not may(account, "weigh"):
        return

    def keep_now() -> None:
        placing.keep_plan(engine(), found, plan, entered("plan_name"), account)

    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.text_input(t("Keep this plan as"), key="plan_name", max_chars=100)
    right.button(t("Keep"), key="plan_keep", on_click=attempt, args=(_PLACE, keep_now, ["plan_name"]))


def kept(current: TalentReview, account: Account) -> None:
    """All kept plans side by side."""
    plans = placing.kept_plans(engine())
    if not plans:
        return
    with st.expander(t("Kept plans ({count})", count=len(plans))):
        titles = {position.post: position.title for position in current.positions}
        table = {
            f"{one.name} (#{one.id})": {
                titles.get(post, post): f"{name} ({show_number(fit, 1)})" for post, _, name, fit in one.pairs
            }
            for one in plans
        }
        frame = pd.DataFrame(table).fillna("–")
        st.dataframe(frame, height="content", alt=t("Kept plans"))
        downloads("kept_plans", "mantel_rencana", lambda: frame.reset_index(names=t("Post")), t("Kept plans"))
        for one in plans:
            same = (one.data_version, one.rubric_digest) == (current.data_version, current.rubric.digest)
            text, remove = st.columns([8, 1], vertical_alignment="center")
            text.caption(
                f"{plain(one.name)}: {plain(one.username)}. "
                + (t("Data and rubric are the same today.") if same else t("Data or rubric have changed since."))
            )
            if one.username == account.username or may(account, "administer"):
                remove.button(
                    ":material/delete:", key=f"plan_drop_{one.id}", type="tertiary", help=t("Remove"),
                    on_click=attempt, args=(_PLACE, partial(placing.remove_plan, engine(), one.id, account)),
                )  # fmt: skip
