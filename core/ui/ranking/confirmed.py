"""The first three as the server confirms them."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.reports.workbook import frame_workbook
from core.talent.posts import ALL_PEOPLE
from core.talent.ranking.of_post import ENOUGH, count_eligible, rank_post
from core.talent.takers import find_takers
from core.ui.language import plain, show_day, t, tn
from core.ui.ranking.order_table import ranked_table, shortlist
from core.ui.ranking.weights_in_session import Simulation
from core.ui.terms import say_lacking
from core.ui.widgets import post_labels

#: So many of those who can take the post now are named.
_NAMED = 3


def show_confirmed(simulation: Simulation, above: DeltaGenerator) -> None:
    """The first three in words, and the whole order as a file; ``above`` the panel who can take the post now."""
    ranked = rank_post(simulation.review, simulation.post, simulation.weights, simulation.rule, simulation.basis)
    kind = t("simulation") if simulation.tenths is not None else t("official weights")
    if simulation.post != ALL_PEOPLE:
        above.markdown(_say_takers(simulation, ranked))  # one line: the panel below it must stay in sight
    rules = simulation.review.rule_book.find(simulation.review.post(simulation.post))
    proposal = rules.proposal if simulation.post != ALL_PEOPLE else 3
    left, right = st.columns([4, 1], vertical_alignment="top")
    with left:
        if proposal == 1:
            st.markdown(f"**{t('Proposal: the first alone, confirmed by the server ({kind})', kind=kind)}**")
        else:
            st.markdown(f"**{t('First three, confirmed by the server ({kind})', kind=kind)}**")
        few = count_eligible(ranked) if simulation.post != ALL_PEOPLE else ENOUGH
        if few < ENOUGH:
            st.markdown(
                f"**{tn('Only {count} candidate is eligible.', 'Only {count} candidates are eligible.', few)}**"
            )
        st.text(shortlist(ranked, proposal) or t("nobody has a score yet"))
        if simulation.post != ALL_PEOPLE and (why := _say_first(simulation, ranked)):
            st.markdown(why)
        st.caption(
            t(
                "Rubric {rubric}, data of {day}. For consideration: the decision is the PPK's.",
                rubric=plain(simulation.rubric_name),
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
                f"{simulation.rubric_name} · {kind} · {show_day(simulation.review.as_of)}",
            ],
        ),
        file_name=f"mantel_{simulation.post}.xlsx",
        on_click="ignore",
        icon=":material/download:",
    )


def _say_takers(simulation: Simulation, ranked: pd.DataFrame) -> str:
    """Who can take the post now by the one rule."""
    takers = find_takers(simulation.review, simulation.post, basis=simulation.basis)
    able = ranked.loc[ranked["nip"].isin(takers.nips), "name"].tolist()
    said = tn(
        "{count} of {all} candidates can take the post now",
        "{count} of the {all} candidates can take the post now",
        len(able),
        all=len(ranked),
    )
    more = len(able) - _NAMED
    named = "; ".join(able[:_NAMED]) + (" " + tn("and {count} more", "and {count} more", more) if more > 0 else "")
    # A name may end in the full stop of a degree.
    return f"**{said}**{': ' if able else ''}{plain(named)}" + ("" if named.endswith(".") else ".")


def _say_first(simulation: Simulation, ranked: pd.DataFrame) -> str:
    """Why the first of the order cannot take the post now; empty where they can."""
    takers = find_takers(simulation.review, simulation.post, basis=simulation.basis)
    placed = ranked[ranked["rank"].notna()]
    first = str(placed["nip"].iloc[0]) if len(placed) else ""
    if not first or first in takers.nips:
        return ""
    lacking = say_lacking(simulation.review, simulation.post, first, takers.lacking(first), simulation.basis)
    return t(
        "{name} is first by this order but cannot be placed now: {reasons}.",
        name=plain(str(placed["name"].iloc[0])),
        reasons=plain(lacking),
    )
