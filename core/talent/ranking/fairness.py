"""The fairness monitor: who the first places go to, by groups of people.

It informs and is never part of a score. A ratio below four fifths between the selection rates of
two groups is the usual sign to look closer (US Uniform Guidelines on Employee Selection Procedures,
1978, 29 CFR 1607.4 D); with few people it says little, so small groups are marked.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.talent.arrays import IntArray
from core.talent.people import assign_age_bands

FOUR_FIFTHS = 0.8
#: Groups with fewer people are marked: one person more or less changes everything.
SMALL = 10


def name_unit_types(units: pd.Series) -> pd.Series:
    """The first word of a unit that says what kind it is: Dinas, Badan, Kecamatan, Sekretariat …"""
    return units.fillna("").astype(str).str.strip().str.split().str[0].fillna("").replace("", None)


def tabulate_selection(ranks: IntArray, groups: pd.Series, first: int) -> pd.DataFrame:
    """Selection rate of the first places and mean rank of each group.

    Parameters
    ----------
    ranks
        Place of each person, 0 without a score; those count as people but have no mean rank.
    groups
        Each person's group; people of unknown group form one of their own (``""``).
    first
        How many places.

    Returns
    -------
    Indexed by group, the largest first: people, selected, rate (0-1), mean_rank, ratio (rate over the
    highest rate; NaN where nobody is selected), small (fewer than ``SMALL`` people).
    """
    frame = pd.DataFrame({"group": groups.astype(object).fillna("").to_numpy(), "rank": ranks})
    frame["selected"] = (frame["rank"] > 0) & (frame["rank"] <= first)
    frame["place"] = frame["rank"].where(frame["rank"] > 0).astype(float)
    by = frame.groupby("group")
    table = pd.DataFrame(
        {"people": by.size(), "selected": by["selected"].sum().astype(int), "mean_rank": by["place"].mean()}
    )
    table["rate"] = table["selected"] / table["people"]
    # The measure against is the highest rate among groups large enough to have one.
    large = table.loc[table["people"] >= SMALL, "rate"]
    highest = float(large.max()) if len(large) else float(table["rate"].max()) if len(table) else 0.0
    table["ratio"] = table["rate"] / highest if highest > 0 else np.nan
    table["small"] = table["people"] < SMALL
    return table.sort_values("people", ascending=False, kind="stable")


def monitor_selection(
    people: pd.DataFrame, ranks: Mapping[str, IntArray], first: int, kinds: Mapping[str, pd.Series]
) -> pd.DataFrame:
    """``tabulate_selection`` for each kind of group under each weighting: rows kind x group, columns weighting x figure."""
    tables_of_kinds = {}
    for kind, groups in kinds.items():
        tables = {name: tabulate_selection(order, groups.reindex(people.index), first) for name, order in ranks.items()}
        tables_of_kinds[kind] = pd.concat(tables, axis=1)
    return pd.concat(tables_of_kinds, names=["kind", "group"])


def list_group_kinds(people: pd.DataFrame) -> dict[str, pd.Series]:
    """The groups looked at: sex, age band, kind of unit, place of work."""
    return {
        "sex": people["sex"],
        "age_band": assign_age_bands(people["age"]),
        "unit_type": name_unit_types(people["unit"]),
        "workplace": people["workplace"],
    }
