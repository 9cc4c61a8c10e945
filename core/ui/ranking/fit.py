"""Fit of the candidates for the post."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.store.accounts import Account
from core.talent.posts import ALL_PEOPLE
from core.talent.ranking.of_post import rank_post
from core.ui.language import show_number, t
from core.ui.ranking.weights_in_session import Simulation
from core.ui.terms import answer_name, scores_or_intervals


def wanted(simulation: Simulation) -> bool:
    """Whether there is a post and the rubric has a rule for its fit."""
    return simulation.post != ALL_PEOPLE and simulation.review.rubric.fit is not None


def draw(simulation: Simulation, account: Account) -> None:
    """Talent value and technical competence, field of study, years in the family."""
    ranked = rank_post(simulation.review, simulation.post, simulation.weights, simulation.rule)
    if "fit" not in ranked:
        st.info(t("The rubric has no rule for the fit at this level."))
        return
    st.caption(t("Fit for this post: talent value and technical competence, field of study, years in the family"))
    st.dataframe(fit_table(ranked), hide_index=True, alt=t("Fit for the post"), height=300)


def fit_table(ranked: pd.DataFrame) -> pd.DataFrame:
    """Candidates of a post by fit, the best known first."""
    fields = {"same_family": t("of the family"), "general": t("general"), "other": t("other")}
    best = ranked.sort_values("fit", ascending=False, na_position="last", kind="stable")
    return pd.DataFrame(
        {
            t("Name"): best["name"],
            t("Fit"): scores_or_intervals(best["fit"], best["fit_low"], best["fit_high"]),
            t("Technical competence"): [
                "–" if pd.isna(value) else show_number(value, 2) for value in best["technical"]
            ],
            t("Field of study"): best["field_fit"].map(fields).fillna("–"),
            t("Years in the family"): [show_number(value, 1) for value in best["family_years"]],
            t("Eligibility"): best["eligibility"].map(answer_name),
        }
    )
