"""Fit of the candidates for the post."""

from __future__ import annotations

import streamlit as st

from core.store.accounts import Account
from core.talent.posts import ALL_PEOPLE
from core.talent.review import rank_post
from core.ui.language import t
from core.ui.ranking.weights_in_session import Simulation
from core.ui.tables import fit_table


def wanted(now: Simulation) -> bool:
    """Whether there is a post and the rubric has a rule for its fit."""
    return now.post != ALL_PEOPLE and now.review.rubric.fit is not None


def draw(now: Simulation, account: Account) -> None:
    """Talent value and technical competence, field of study, years in the family."""
    ranked = rank_post(now.review, now.post, now.weights, now.rule)
    if "fit" not in ranked:
        st.info(t("The rubric has no rule for the fit at this level."))
        return
    st.caption(t("Fit for this post: talent value and technical competence, field of study, years in the family"))
    st.dataframe(fit_table(ranked), hide_index=True, alt=t("Fit for the post"), height=300)
