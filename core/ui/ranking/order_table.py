"""An order as a table and as a line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import pandas as pd

from core.talent.arrays import IntArray
from core.ui.language import show_number, t
from core.ui.people_table import people_doors
from core.ui.ranking.weights_in_session import Simulation
from core.ui.terms import answer_name, scores_or_intervals


def candidate_doors(simulation: Simulation, table: pd.DataFrame, rows: IntArray, key: str, **more: Any) -> None:
    """A table of some candidates (``rows`` of the matrix), whose names are doors to them as seen for the post."""
    people_doors(simulation.review, table, simulation.view.candidates[rows], key, simulation.post, **more)


def ranked_table(ranked: pd.DataFrame) -> pd.DataFrame:
    """A ranking for screen and download."""
    return pd.DataFrame(
        {
            t("Rank"): ranked["rank"],
            t("Name"): ranked["name"],
            "NIP": ranked["nip"],
            t("Unit"): ranked["unit"],
            t("Score"): scores_or_intervals(ranked["score"], ranked["score_low"], ranked["score_high"]),
            t("Not separable from"): ranked["inseparable"],
            t("Box"): ranked["box"],
            t("Eligibility"): ranked["eligibility"].map(answer_name),
        }
    )


#: Of a place that many share so many are named.
_MOST_SHORTLISTED = 8


def shortlist(places: Iterable[tuple[int, str, float, int]]) -> str:
    """Rank, name, score and answer over the gates of the first in order, as a line: ``1. Nama (93,61)``; who is not eligible is marked."""
    return "   ".join(
        f"{rank}. {name} ({show_number(score, 2)}{f'; {answer_name(answer)}' if answer else ''})"
        for rank, name, score, answer in islice(places, _MOST_SHORTLISTED)
    )
