"""What is missing or expired of whom, by unit and criterion."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.charts.completeness import completeness_map
from core.charts.style import Picture
from core.talent.oversight.quality import list_missing, tabulate_completeness
from core.talent.review import TalentReview
from core.ui.export import downloads, show_picture
from core.ui.language import language, named, show_number, t
from core.ui.links import choose_one
from core.ui.quality.people_list import show_people
from core.ui.shared import shared_result


def worklist_table(work: pd.DataFrame, measures: Mapping[str, str]) -> pd.DataFrame:
    """What is missing of whom."""
    return pd.DataFrame(
        {
            t("Name"): work["name"],
            t("Missing"): work["measure"].map(measures),
            t("State"): [t("expired") if expired else t("not there") for expired in work["expired"]],
            t("Open points"): [show_number(points, 2) for points in work["open_points"]],
            t("Unit"): work["unit"],
            "NIP": work["nip"],
        }
    )


_ALL = "semua"


@shared_result(max_entries=16)
def list_work(unit: str | None, measure: str | None, current: TalentReview) -> pd.DataFrame:
    """What is missing of whom; looked for once a unit and measure."""
    return list_missing(current, unit, measure)


@shared_result(max_entries=4)
def _map(words: str, current: TalentReview) -> Picture:
    names = {measure.key: named(measure.name) for measure in current.rubric.measures.values()}
    table = tabulate_completeness(current)
    table = table.assign(
        measure=table["measure"].map(names), label=[f"{show_number(share)} %" for share in table["share"]]
    )
    text = {"unit": t("Unit"), "measure": t("Criterion"), "known": t("known"), "people": t("people")}
    return completeness_map(table, list(names.values()), text)


def show_missing(current: TalentReview) -> None:
    """The worklist with its filters, and the map of completeness."""
    measures = {measure.key: named(measure.name) for measure in current.rubric.measures.values()}
    units = sorted(current.people["unit"].fillna("–").unique())
    left, right = st.columns(2)
    with left:
        unit = choose_one(
            st.selectbox,
            t("Unit"),
            [_ALL, *units],
            "quality_unit",
            _ALL,
            format_func=lambda choice: t("all") if choice == _ALL else choice,
        )
    with right:
        measure = choose_one(
            st.selectbox,
            t("Criterion"),
            [_ALL, *measures],
            "quality_measure",
            _ALL,
            format_func=lambda choice: t("all") if choice == _ALL else measures[choice],
        )
    work = list_work(None if unit == _ALL else unit, None if measure == _ALL else measure, current)
    st.markdown(f"**{t('{people} people, {count} missing records', people=work['nip'].nunique(), count=len(work))}**")
    table = worklist_table(work, measures)
    show_people(current, table, work["nip"].tolist(), "worklist")
    st.subheader(t("Completeness by unit and criterion, in percent of people"), anchor=False)
    show_picture(
        _map(language(), current),
        key="completeness",
        on_select=lambda: _cell_clicked(measures),
        alt=t("Completeness by unit and criterion, in percent of people"),
    )
    title = t("Completeness by unit and criterion, in percent of people")
    downloads("completeness", "mantel_kelengkapan", lambda: table, title, lambda: _map(language(), current))


def _cell_clicked(measures: dict[str, str]) -> None:
    """A click on a cell narrows the worklist to it."""
    picked = st.session_state["completeness"]["selection"].get("cell", [])
    if picked and "unit" in picked[0]:
        st.session_state["quality_unit"] = picked[0]["unit"]
        named = [key for key, name in measures.items() if name == picked[0].get("measure")]
        if named:
            st.session_state["quality_measure"] = named[0]
