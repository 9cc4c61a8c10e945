"""Up to four people side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.talent.eligibility.rules import Eligibility
from core.talent.person import profile
from core.talent.review import TalentReview
from core.ui.language import named, show_number, t
from core.ui.terms import (
    answer_name,
    say_rules,
)


def compared_table(review: TalentReview, figures: pd.DataFrame, eligibility: Eligibility) -> pd.DataFrame:
    """Figures of several people side by side (from ``compare_people``), with box, gates and who they are."""
    nips = figures.columns
    people = review.people.loc[nips]
    names = {f"criterion:{criterion.key}": named(criterion.name) for criterion in review.rubric.criteria}
    names |= {f"axis:{axis}": named(words) for axis, words in review.rubric.axes.items()}
    names["axis:talent"] = t("Talent value")
    rows: dict[str, list[str]] = {
        t("Post"): people["position_title"].fillna("–").astype(str).tolist(),
        t("Unit"): people["unit"].fillna("–").astype(str).tolist(),
        t("Box"): [str(box) if box else "–" for box in people["box"]],
        t("Eligibility"): [answer_name(int(eligibility.overall.at[nip])) for nip in nips],
    }
    for key, line in figures.iterrows():
        apart = line.max() - line.min() >= 3
        rows[names[str(key)]] = [
            "–"
            if pd.isna(value)
            else ("▲ " if apart and value == line.max() else "▼ " if apart and value == line.min() else "")
            + show_number(value, 2)
            for value in line
        ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=people["full_name"].tolist())


def compare_people(current: TalentReview, nips: list[str], post: str) -> None:
    """Figures of several people side by side, the best and the least of each line marked."""
    table = profile.compare_people(current, nips)
    eligibility = current.eligibility_for(post)
    st.dataframe(compared_table(current, table, eligibility), alt=t("People side by side"), height="content")
    st.caption(t("▲ best and ▼ least of each line where they differ by three points or more."))
    st.caption(say_rules(eligibility))
