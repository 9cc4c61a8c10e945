"""The smallest changes of weights that bring somebody in: sought only where somebody looks at them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.reports.robustness import change_words
from core.store.accounts import Account
from core.talent.ranking.robustness import find_first_rows
from core.talent.ranking.smallest_change import Change, round_change
from core.ui.language import language, t
from core.ui.ranking import weights_in_session
from core.ui.ranking.order_table import candidate_doors
from core.ui.ranking.weights_in_session import Simulation

_SHOWN = 40


def draw(simulation: Simulation, account: Account) -> None:
    """For the first in order the way to first place and into the first three, to be tried out."""
    matrix = simulation.matrix
    if not len(matrix):
        st.info(t("This post has no candidates."))
        return
    to_first, into_three = weights_in_session.changes(simulation)
    names, criteria, words = simulation.names, simulation.criterion_names, language()
    rows = find_first_rows(matrix, simulation.weights)[:_SHOWN]
    table = pd.DataFrame(
        {
            t("Name"): [names[row] for row in rows],
            t("Smallest change into the first three"): [
                change_words(change, simulation.weights, criteria, names, words) for change in into_three[: len(rows)]
            ],
            t("Smallest change to first place"): [
                change_words(change, simulation.weights, criteria, names, words) for change in to_first[: len(rows)]
            ],
        }
    )
    candidate_doors(
        simulation,
        table,
        rows,
        "change_people",
        alt=t("Smallest changes, name by name"),
        height=330,
    )
    st.caption(
        t("Percentage points that weights move; of all weightings in which the name enters, the one that moves least.")
    )
    _try(simulation, [change for change in into_three if change.state == "possible"], names)
    _chances(simulation, to_first)


def _try(simulation: Simulation, possible: list[Change], names: list[str]) -> None:
    """Try out the weights that bring somebody in."""
    if simulation.readonly or not possible:
        return
    by_name = {f"{names[change.row]}": change for change in possible}
    left, right, _ = st.columns([3, 2, 3], vertical_alignment="bottom")
    chosen = left.selectbox(t("Weights that bring in"), list(by_name), key="bring_in")
    if right.button(t("Try them out"), key="try_change") and chosen:
        tenths = round_change(simulation.matrix, by_name[chosen], simulation.weights)
        if tenths is None:
            st.info(t("No weighting in steps of 0.1 % is near enough; the way in is too narrow."))
            return
        weights_in_session.use_weights(tenths)


def _chances(simulation: Simulation, to_first: list[Change]) -> None:
    """Who can be first at all."""
    assessed = [change for change in to_first if change.state != "not_assessed"]
    possible = sum(change.state in ("there", "possible") for change in assessed)
    st.text(
        t(
            "{possible} of {count} assessed candidates can come first under some weighting; for the others none does.",
            possible=possible,
            count=len(assessed),
        )
    )
