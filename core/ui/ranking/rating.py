"""How much the order hangs on the superior's rating."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.store.accounts import Account
from core.talent.ranking.rating_share import find_rating, list_smaller_shares, measure_share, tabulate_rating
from core.talent.ranking.robustness import find_first_rows
from core.ui.language import named, show_number, t
from core.ui.ranking.order_table import candidate_doors
from core.ui.ranking.weights_in_session import Simulation

_SHOWN = 15


def wanted(simulation: Simulation) -> bool:
    """Whether the talent value is ordered by, and the rubric scores the rating."""
    return simulation.basis == "talent" and find_rating(simulation.review.rubric) is not None


def draw(simulation: Simulation, account: Account) -> None:
    """Places as they are and as they would be; what is other is marked."""
    matrix = simulation.matrix
    rating = find_rating(simulation.review.rubric)
    if not len(matrix) or rating is None:
        st.info(t("This post has no candidates."))
        return
    rows = find_first_rows(matrix, simulation.weights)[:_SHOWN]
    table = tabulate_rating(simulation.review, matrix, simulation.weights, simulation.people.index, rows)
    shares = list_smaller_shares(matrix, simulation.weights, rating)
    present = show_number(100 * measure_share(matrix, simulation.weights, rating))
    if shares:
        moved = int((table[[str(share) for share in shares]].le(3).any(axis=1) != table["place"].le(3)).sum())
        st.markdown(
            f"**{t('The rating is {share} % of performance. {count} of the first names enter or leave the first three if it counts less.', share=present, count=moved)}**"
        )
    else:
        st.markdown(
            f"**{t('The rating is {share} % of performance; no smaller share is asked about.', share=present)}**"
        )
    candidate_doors(
        simulation,
        pd.DataFrame(
            {
                t("Name"): [simulation.names[row] for row in table["row"]],
                t("Place"): table["place"],
                **{
                    t("Rating {share} %", share=show_number(100 * share)): _beside(table["place"], table[str(share)])
                    for share in shares
                },
                t("Own rating one step lower"): _beside(table["place"], table["down"]),
                t("Own rating one step higher"): _beside(table["place"], table["up"]),
            }
        ),
        table["row"].to_numpy(),
        "rating_people",
        alt=t("Places if the rating counted otherwise"),
    )
    st.caption(
        t(
            "{rating}: share of the axis of performance, the other criteria of the axis follow in proportion and boxes are assigned anew. One step: only this person's rating of the last year.",
            rating=named(rating.measure.name),
        )
    )


def _beside(place: pd.Series, other: pd.Series) -> list[str]:
    """A place, with how far it is from the one as it is."""
    return [
        "–"
        if not after
        else f"{after}"
        if after == before
        else f"{after} ({'▲' if after < before else '▼'}{abs(after - before)})"
        for before, after in zip(place, other, strict=True)
    ]
