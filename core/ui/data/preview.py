"""What an import would do, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.imports.plan import ImportPlan, NameMatch
from core.reports.imports import import_notes, tabulate_changes, tabulate_left_out, tabulate_sheets
from core.service import importing
from core.ui.language import language, plain, t, tn
from core.ui.plain_table import show_table
from core.ui.shared import engine
from core.ui.terms import fact_name

#: Lists of people to look at stand open up to so many.
_OPEN = 20


@dataclass
class Preview:
    """A plan, and who would change box by it once that was asked for: two reviews, worked out once."""

    plan: ImportPlan
    boxes: pd.DataFrame | None = None


def plan_table(plan: ImportPlan) -> pd.DataFrame:
    """What an import would do, by file and kind of fact."""
    return pd.DataFrame(
        [
            {
                t("File"): plan.reading.files[number].name,
                t("Layout"): plan.reading.layout_names(number, language()),
                t("Fact"): fact_name(kind),
                t("new"): counter["new"],
                t("changed"): counter["changed"],
                t("unchanged"): counter["unchanged"],
            }
            for (number, kind), counter in sorted(plan.counts.items())
        ]
    )


def matches_table(matches: Sequence[NameMatch]) -> pd.DataFrame:
    """Rows without a NIP and the person each was taken for."""
    return pd.DataFrame(
        {
            t("Name in the file"): [match.name for match in matches],
            t("Unit or birth date in the file"): [match.place for match in matches],
            t("Taken for"): [match.known_name for match in matches],
            "NIP": [match.nip for match in matches],
            t("Unit"): [match.known_unit for match in matches],
            t("File"): [match.file for match in matches],
            t("Row"): [match.row for match in matches],
        }
    )


def written_table(matches: Sequence[NameMatch]) -> pd.DataFrame:
    """People whose names the files write in another way."""
    return pd.DataFrame(
        {
            t("Name in the file"): [match.name for match in matches],
            t("Known as"): [match.known_name for match in matches],
            "NIP": [match.nip for match in matches],
            t("File"): [match.file for match in matches],
            t("Row"): [match.row for match in matches],
        }
    )


def missing_table(people: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """People whom an export of everybody does not name any more."""
    return pd.DataFrame({t("Name"): [name for _, name in people], "NIP": [nip for nip, _ in people]})


def show_summary(plan: ImportPlan) -> None:
    """What would happen, in a glance: counts, what is to be known, whom to look at."""
    for column, (label, state) in zip(
        st.columns(3), ((t("new"), "new"), (t("changed"), "changed"), (t("unchanged"), "unchanged")), strict=True
    ):
        column.metric(label, plan.total(state))
    if len(plan.counts) > 1:
        st.dataframe(plan_table(plan), hide_index=True, alt=t("What the import would do"))
    st.caption("  \n".join(plain(line) for line in import_notes(plan, language(), with_matches=False)))
    if plan.matched_by_name:
        label = tn(
            "{count} row without a NIP was matched by name; please check",
            "{count} rows without a NIP were matched by name; please check",
            len(plan.matched_by_name),
        )
        people = matches_table(plan.matched_by_name)
        _offer_table(label, people, t("People found by name"), expanded=len(people) <= _OPEN)
    if plan.gone_back:
        label = tn(
            "{count} person would hold another post, since an earlier day; an older file? Please check",
            "{count} people would hold another post, since an earlier day; an older file? Please check",
            len(plan.gone_back),
        )
        _offer_table(
            label,
            missing_table(plan.gone_back),
            t("People whose post goes back"),
            expanded=len(plan.gone_back) <= _OPEN,
        )
    if plan.not_in_export:
        label = tn(
            "{count} person who is known is missing in this export; please check",
            "{count} people who are known are missing in this export; please check",
            len(plan.not_in_export),
        )
        advice = t(
            "Whoever has left: import the person's row of SIASN main data with KEDUDUKAN HUKUM (pensiun, pindah, meninggal, …)."
        )
        people = missing_table(plan.not_in_export)
        _offer_table(label, people, t("People missing in this export"), expanded=len(people) <= _OPEN, advice=advice)


def show_details(preview: Preview) -> None:
    """Everything else that the preview knows, to open."""
    plan = preview.plan
    if plan.written_otherwise:
        label = tn(
            "{count} name is written otherwise than known",
            "{count} names are written otherwise than known",
            len(plan.written_otherwise),
        )
        _offer_table(label, written_table(plan.written_otherwise), t("Names written otherwise"))
    if plan.total("changed"):
        changes = tabulate_changes(plan, language())
        _offer_table(t("Values that would change, the most telling first"), changes, t("Values that would change"))
    if plan.says_something:
        with st.expander(t("Who would change box")):
            if st.toggle(t("Work it out"), key="upload_boxes"):
                _show_boxes(preview)
    if plan.reading.left_out or plan.skipped:
        left_out = tabulate_left_out(plan, language())
        label = tn("{count} row is left out", "{count} rows are left out", len(left_out))
        _offer_table(label, left_out, t("Rows that are left out"))
    with st.expander(t("Which column is read as what")):
        show_table(tabulate_sheets(plan, language()))


def _offer_table(label: str, table: pd.DataFrame, alt: str, *, expanded: bool = False, advice: str = "") -> None:
    """A table to open, with a line of advice below."""
    with st.expander(label, expanded=expanded):
        st.dataframe(table, hide_index=True, alt=alt)
        if advice:
            st.caption(advice)


def _show_boxes(preview: Preview) -> None:
    """Who would stand in another box after the import."""
    if preview.boxes is None:
        preview.boxes = importing.preview_boxes(engine(), preview.plan)
    if preview.boxes.empty:
        st.text(t("Nobody would change box."))
        return
    st.dataframe(
        preview.boxes.rename(
            columns={"name": t("Name"), "nip": "NIP", "before": t("Box until now"), "after": t("Box from now on")}
        ),
        hide_index=True,
        alt=t("Who would change box"),
    )
