"""Second opinions: the same people by other methods, and why they differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from core.store.accounts import Account
from core.talent.ranking.order import rank_rows
from core.talent.ranking.second_opinions import correlate_ranks, find_furthest, rank_by_methods
from core.ui.language import show_number, t
from core.ui.links import switch
from core.ui.ranking.weights_in_session import Simulation

_SHOWN = 40


def draw(simulation: Simulation, account: Account) -> None:
    """Ranks side by side, correlation, words."""
    matrix = simulation.matrix
    whole = np.flatnonzero(~matrix.open)
    if len(whole) < 2:
        st.info(t("Fewer than two candidates are fully assessed; there is nothing to compare."))
        return
    titles, why = _methods()
    names = np.array(simulation.names)[whole]
    groups = matrix.groups[whole]
    scores_alone = switch(t("Without boxes and gates"), "scores_alone")
    ranks = rank_by_methods(matrix.value[whole], simulation.weights, None if scores_alone else groups)
    official = rank_rows(matrix.value[whole], simulation.weights, groups)
    st.caption(_said(scores_alone, len(whole)))
    correlation = correlate_ranks(ranks)
    order = official.order[:_SHOWN]
    table = pd.DataFrame(
        {
            t("Name"): names[order],
            t("Official order"): official.rank[order],
            **{titles[key]: ranks[key].to_numpy()[order] for key in ranks},
        }
    )
    left, right = st.columns([3, 2])
    left.dataframe(table, hide_index=True, alt=t("Ranks by each method"), height=360)
    with right:
        st.markdown(f"**{t('Likeness to the weighted sum')}**")
        for key in correlation.index:
            rho, tau = correlation.loc[key]
            far = int(find_furthest(ranks, key)[0])
            moved = int(ranks["weighted_sum"].iloc[far]), int(ranks[key].iloc[far])
            figures = "–" if np.isnan(rho) else f"ρ {show_number(rho, 2)}, τ {show_number(tau, 2)}"
            st.text(f"{titles[key]}: {figures}")
            st.caption(why[key])
            if moved[0] != moved[1]:
                st.text(
                    t(
                        "Furthest apart: {name}, {sum} by weighted sum, {other} here.",
                        name=names[far],
                        sum=moved[0],
                        other=moved[1],
                    )
                )


def _said(scores_alone: bool, count: int) -> str:
    """What decides in the table, and who takes part."""
    if scores_alone:
        return t(
            "The official order stays the rubric's. In the other columns boxes and gates do not count, and only the {count} fully assessed people take part.",
            count=count,
        )
    return t(
        "The official order stays the rubric's. Every method keeps its boxes and gates and orders anew within them; only the {count} fully assessed people take part.",
        count=count,
    )


def _methods() -> tuple[dict[str, str], dict[str, str]]:
    """Name of each method, and why it may differ."""
    titles = {
        "weighted_sum": t("Weighted sum"),
        "topsis": "TOPSIS",
        "weighted_product": t("Weighted product"),
        "profile_matching": t("Profile matching"),
        "vikor": "VIKOR",
    }
    why = {
        "topsis": t(
            "Nearness to the best and distance from the worst value of each criterion: a criterion in which all are alike counts less."
        ),
        "weighted_product": t("Scores are multiplied: a weak criterion cannot be made up for by a strong one."),
        "profile_matching": t(
            "Gaps to level 4 of 5 in steps of 20 points; the heaviest criteria are core factors (60 %), the others secondary (40 %). Coarse, and more than asked for counts slightly less."
        ),
        "vikor": t("A compromise between the sum of all regrets and the greatest single one."),
    }
    return titles, why
