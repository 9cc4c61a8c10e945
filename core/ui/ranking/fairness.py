"""The fairness monitor: who the first places go to, official beside present weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from core.store.accounts import Account
from core.talent.ranking.fairness import FOUR_FIFTHS, SMALL, list_group_kinds, monitor_selection
from core.talent.ranking.order import rank_rows
from core.ui.language import show_number, t
from core.ui.links import choose_one
from core.ui.ranking.weights_in_session import Simulation

_FIRST = ("3", "5", "10", "20", "50")


def draw(simulation: Simulation, account: Account) -> None:
    """Selection rate, mean rank and ratio of each group."""
    people = simulation.people
    if people.empty:
        st.info(t("This post has no candidates."))
        return
    kinds = {"sex": t("Sex"), "age_band": t("Age band"), "unit_type": t("Unit type"), "workplace": t("Place of work")}
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        kind = choose_one(
            st.segmented_control, t("Group"), list(kinds), "group_by", "sex", required=True, format_func=kinds.get
        )
    with right:
        first = choose_one(st.segmented_control, t("First places"), list(_FIRST), "first_n", "10", required=True)
    matrix = simulation.matrix
    ranks = {
        name: rank_rows(matrix.value, weights, matrix.groups).rank
        for name, weights in (("official", simulation.official), ("present", simulation.weights))
    }
    table = monitor_selection(people, ranks, int(first), {kind: list_group_kinds(people)[kind]}).loc[kind]
    st.dataframe(_shown(table), hide_index=True, alt=t("Selection by group"))
    st.caption(
        t(
            "To inform, never part of a score. Ratio: selection rate over the highest one among groups of {small} or more; below {limit} is the usual sign to look closer. In groups marked * one person more or less changes everything.",
            small=SMALL,
            limit=show_number(FOUR_FIFTHS, 2),
        )
    )


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    words = {"male": t("men"), "female": t("women"), "": t("not known")}
    small = table[("official", "small")]
    columns = {
        t("Group"): [f"{words.get(group, group)}{' *' if is_small else ''}" for group, is_small in small.items()],
        t("People"): table[("official", "people")],
    }
    for name, title in (("official", t("official weights")), ("present", t("present weights"))):
        columns[f"{t('Chosen')}, {title}"] = table[(name, "selected")]
        columns[f"{t('Rate')}, {title}"] = [f"{show_number(100 * value, 1)} %" for value in table[(name, "rate")]]
        columns[f"{t('Mean rank')}, {title}"] = [_number(value, 1) for value in table[(name, "mean_rank")]]
        columns[f"{t('Ratio')}, {title}"] = [_ratio(value) for value in table[(name, "ratio")]]
    return pd.DataFrame(columns)


def _number(value: float, digits: int) -> str:
    return "–" if np.isnan(value) else show_number(value, digits)


def _ratio(value: float) -> str:
    mark = "" if np.isnan(value) or value >= FOUR_FIFTHS else "▼ "
    return mark + _number(value, 2)
