"""An order as a table and as a line."""

from __future__ import annotations

import pandas as pd

from core.ui.language import show_number, t
from core.ui.terms import answer_name, scores_or_intervals


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


def shortlist(ranked: pd.DataFrame, count: int = 3) -> str:
    """The first ranks in one line: ``1. Nama (93,61)``; ties at the last place are all named, who is not eligible is marked."""
    placed = ranked[ranked["rank"].notna()].iloc[: count + 5]
    placed = placed[placed["rank"] <= count]
    return "   ".join(
        f"{rank}. {name} ({show_number(score, 2)}{f'; {answer_name(answer)}' if answer else ''})"
        for rank, name, score, answer in placed[["rank", "name", "score", "eligibility"]].itertuples(index=False)
    )
