"""Official results beside ours, with what makes the difference."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.service.quality import compare_with_official
from core.talent.review import TalentReview
from core.ui.language import show_number, t
from core.ui.people_table import people_doors
from core.ui.shared import shared_result


def official_table(both: pd.DataFrame) -> pd.DataFrame:
    """Official results beside ours, with what makes the difference."""
    axes = {
        "performance": t("performance"),
        "potential": t("potential"),
        "both": t("performance and potential"),
        "open": t("ours is not assessed"),
        "": "",
    }
    settings = {
        "rating_a": t("rating table A"),
        "rating_b": t("rating table B"),
        "rating_c": t("rating table C"),
        "mean": t("mean of the years"),
        "last": t("last year only"),
        "worst": t("worst year"),
    }

    def reason(row: Any) -> str:
        words = [axes[row.axis]] if row.axis else []
        if row.possible:
            words.append(t("among the boxes our missing records leave open"))
        same = [settings.get(name, name) for name in row.settings.split(", ") if name]
        if same:
            words.append(t("the same with: {settings}", settings=", ".join(same)))
        return "; ".join(words)

    def number(values: pd.Series) -> list[str]:
        return ["–" if pd.isna(value) else show_number(value, 2) for value in values]

    return pd.DataFrame(
        {
            t("Name"): both["name"],
            t("Ours"): [str(box) if box else "–" for box in both["box"]],
            "SIMATA": both["official_box"].astype(str),
            t("What makes the difference"): [reason(row) for row in both.itertuples()],
            t("Performance"): number(both["performance"]),
            t("Potential"): number(both["potential"]),
            "ProASN": [
                " / ".join(number(pd.Series([a, b, c])))
                for a, b, c in both[["managerial", "sociocultural", "potential_score"]].itertuples(index=False)
            ],
            t("Unit"): both["unit"],
        }
    )


@shared_result(max_entries=2)
def _official(current: TalentReview) -> pd.DataFrame:
    return compare_with_official(current)


def show_official(current: TalentReview, shown: pd.DataFrame) -> None:
    """Official results beside ours, where there are any."""
    both = _official(current)
    if len(shown) < len(current.people):
        both = both.loc[shown.index.intersection(both.index)]
    if both.empty:
        return
    different = both[both["differs"]]
    title = t("SIMATA beside ours: {differ} of {all} differ", differ=len(different), all=len(both))
    opened = st.expander(title, key="official", on_change="rerun")
    if not opened.open:  # thousands of rows are not written before somebody looks at them
        return
    with opened:
        people_doors(current, official_table(different), different.index, "official_people", height=260, alt=title)
        st.caption(
            t(
                "Official results are shown beside ours and never mixed with them. ProASN: managerial / sociocultural / potential."
            )
        )
