"""Mutu data: what is missing, expired, contradictory or hardly right, and whose work it is."""

import streamlit as st

from core.store.accounts import Account
from core.talent.oversight.quality import list_unplaced_studies
from core.talent.review import TalentReview
from core.ui.language import show_number, t
from core.ui.links import choose_one
from core.ui.quality.doubtful import (
    conflicts_table,
    list_conflicts,
    list_suspicions,
    studies_table,
    suspicions_table,
)
from core.ui.quality.missing import list_work, show_missing
from core.ui.quality.people_list import show_people
from core.ui.quality.studies import place_field
from core.ui.shared import review
from core.ui.shell import fragment, serve
from core.ui.widgets import nothing_imported


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    _page(current, account)


@fragment
def _page(current: TalentReview, account: Account) -> None:
    suspicious, conflicting = list_suspicions(current), list_conflicts(current)
    work = list_work(None, None, current)
    people = len(current.people)
    complete = people - work["nip"].nunique()
    for column, (label, value) in zip(
        st.columns(4),
        (
            (t("People with everything known"), f"{show_number(complete)} / {show_number(people)}"),
            (
                t("People with an expired assessment"),
                show_number(work.loc[work["expired"].astype(bool), "nip"].nunique()),
            ),
            (t("Contradictions between sources"), show_number(len(conflicting))),
            (t("Values hardly right"), show_number(len(suspicious))),
        ),
        strict=True,
    ):
        column.metric(label, value)
    names = {
        "missing": t("Missing and expired"),
        "conflicts": t("Contradictions"),
        "suspicious": t("Hardly right"),
        "studies": t("Fields of study not known"),
    }
    view = choose_one(
        st.segmented_control, t("Show"), list(names), "quality", "missing", required=True, format_func=names.get
    )
    if view == "missing":
        show_missing(current)
    elif view == "conflicts":
        st.caption(
            t(
                "A later import wins; within one import the system's export before recaps before templates. Both are kept."
            )
        )
        show_people(current, conflicts_table(conflicting, current.people), conflicting["nip"].tolist(), "conflicts")
    elif view == "studies":
        st.caption(
            t("No discipline knows these fields, so they fit no post; mend how they are written, or place them once.")
        )
        unplaced = list_unplaced_studies(current)
        place_field(current, unplaced, account)
        show_people(current, studies_table(unplaced), unplaced["nip"].tolist(), "studies")
    else:
        show_people(
            current,
            suspicions_table(suspicious, current.people),
            [suspicion.nip for suspicion in suspicious],
            "suspicious",
        )


serve(draw)
