"""Suksesi: every post and its bench, and the best placement of everyone."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.store.accounts import Account
from core.talent.review import TalentReview
from core.ui.language import t
from core.ui.links import choose_one
from core.ui.review_choice import choose_review
from core.ui.shared import review, succession_table
from core.ui.shell import fragment, serve
from core.ui.succession.views import VIEWS
from core.ui.widgets import nothing_imported


def draw(account: Account) -> None:
    """The page."""
    if nothing_imported(review()):
        return
    columns = st.columns([2, 2, 2, 2, 2.4])
    with columns[-1]:
        asked = st.toggle(t("Other rubric, date"), key="other_view")
    current = choose_review(asked)
    _headline(succession_table(current), columns)
    view = choose_one(
        st.segmented_control,
        t("View"),
        list(VIEWS),
        "look",
        next(iter(VIEWS)),
        required=True,
        format_func=lambda key: t(VIEWS[key].title),
        label_visibility="collapsed",
    )
    _view(view, current, account)


@fragment
def _view(view: str, current: TalentReview, account: Account) -> None:
    VIEWS[view].draw(current, account)


def _headline(table: pd.DataFrame, columns: Sequence[DeltaGenerator]) -> None:
    for column, (label, count) in zip(
        columns[:4],
        (
            (t("Posts"), len(table)),
            (t("Vacant"), table["vacant"].sum()),
            (t("Vacant without a ready candidate"), table["uncovered"].sum()),
            (t("High risk"), (table["risk"] == "high").sum()),
        ),
        strict=True,
    ):
        column.metric(label, count)


serve(draw)
