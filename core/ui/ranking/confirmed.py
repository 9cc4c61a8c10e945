"""The first three as the server confirms them."""

from __future__ import annotations

import streamlit as st

from core.reports.workbook import frame_workbook
from core.talent.posts import ALL_PEOPLE
from core.talent.ranking.of_post import ENOUGH, count_eligible, rank_post
from core.ui.language import show_day, t, tn
from core.ui.ranking.order_table import ranked_table, shortlist
from core.ui.ranking.weights_in_session import Simulation
from core.ui.widgets import post_labels


def show_confirmed(simulation: Simulation) -> None:
    """The first three in words, and the whole order as a file."""
    ranked = rank_post(simulation.review, simulation.post, simulation.weights, simulation.rule, simulation.basis)
    kind = t("simulation") if simulation.tenths is not None else t("official weights")
    left, right = st.columns([4, 1], vertical_alignment="top")
    with left:
        st.markdown(f"**{t('First three, confirmed by the server ({kind})', kind=kind)}**")
        few = count_eligible(ranked) if simulation.post != ALL_PEOPLE else ENOUGH
        if few < ENOUGH:
            st.markdown(
                f"**{tn('Only {count} candidate is eligible.', 'Only {count} candidates are eligible.', few)}**"
            )
        st.text(shortlist(ranked) or t("nobody has a score yet"))
        st.caption(
            t(
                "Rubric {rubric}, reference date {day}. For consideration: the decision is the PPK's.",
                rubric=simulation.review.rubric.name,
                day=show_day(simulation.review.as_of),
            )
        )
    right.download_button(
        t("Download all (XLSX)"),
        data=lambda: frame_workbook(
            t("Ranking"),
            ranked_table(ranked),
            [
                post_labels(simulation.review)[simulation.post],
                f"{simulation.review.rubric.name} · {kind} · {show_day(simulation.review.as_of)}",
            ],
        ),
        file_name=f"mantel_{simulation.post}.xlsx",
        on_click="ignore",
        icon=":material/download:",
    )
