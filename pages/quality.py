"""Mutu data: what is missing, expired, contradictory or hardly right, and whose work it is."""

import pandas as pd
import streamlit as st

from core.charts.completeness import completeness_map
from core.charts.style import Picture
from core.reports.workbook import frame_workbook
from core.service import quality
from core.store.accounts import Account
from core.talent.oversight.quality import Suspicion, completeness, lacking
from core.talent.review import TalentReview
from core.ui.explaining import explain_button
from core.ui.export import downloads
from core.ui.language import language, named, show_number, t
from core.ui.links import choose_one
from core.ui.shared import engine, review, review_token
from core.ui.shell import part, serve
from core.ui.tables import conflicts_table, suspicions_table, worklist_table
from core.ui.widgets import nothing_imported

_ALL = "semua"


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    _page(current)


@part
def _page(current: TalentReview) -> None:
    token = review_token(current)
    suspicious, conflicting = _suspicions(token, current), _conflicts(token)
    work = _work(token, None, None, current)
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
    }
    view = choose_one(
        st.segmented_control, t("Show"), list(names), "quality", "missing", required=True, format_func=names.get
    )
    if view == "missing":
        _missing(current, token)
    elif view == "conflicts":
        st.caption(
            t(
                "A later import wins; within one import the system's export before recaps before templates. Both are kept."
            )
        )
        _people_list(current, conflicts_table(conflicting, current.people), conflicting["nip"].tolist(), "conflicts")
    else:
        _people_list(
            current, suspicions_table(suspicious, current.people), [one.nip for one in suspicious], "suspicious"
        )


@st.cache_resource(max_entries=2, show_spinner=False)
def _suspicions(token: str, _current: TalentReview) -> list[Suspicion]:
    return quality.suspicious_values(engine(), _current)


@st.cache_resource(max_entries=2, show_spinner=False)
def _conflicts(token: str) -> pd.DataFrame:
    return quality.conflicts(engine())


@st.cache_resource(max_entries=16, show_spinner=False)
def _work(token: str, unit: str | None, measure: str | None, _current: TalentReview) -> pd.DataFrame:
    return lacking(_current, unit, measure)


@st.cache_resource(max_entries=4, show_spinner=False)
def _map(token: str, words: str, _current: TalentReview) -> Picture:
    names = {measure.key: named(measure.name) for measure in _current.rubric.measures.values()}
    table = completeness(_current)
    table = table.assign(
        measure=table["measure"].map(names), label=[f"{show_number(share)} %" for share in table["share"]]
    )
    text = {"unit": t("Unit"), "measure": t("Criterion"), "known": t("known"), "people": t("people")}
    return completeness_map(table, list(names.values()), text)


def _missing(current: TalentReview, token: str) -> None:
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
            format_func=lambda one: t("all") if one == _ALL else one,
        )
    with right:
        measure = choose_one(
            st.selectbox, t("Criterion"), [_ALL, *measures], "quality_measure", _ALL,
            format_func=lambda one: t("all") if one == _ALL else measures[one],
        )  # fmt: skip
    work = _work(token, None if unit == _ALL else unit, None if measure == _ALL else measure, current)
    st.markdown(f"**{t('{people} people, {count} missing records', people=work['nip'].nunique(), count=len(work))}**")
    table = worklist_table(work, measures)
    _people_list(current, table, work["nip"].tolist(), "worklist")
    st.subheader(t("Completeness by unit and criterion, in percent of people"), anchor=False)
    st.altair_chart(
        _map(token, language(), current), key="completeness", on_select=lambda: _cell_clicked(measures),
        alt=t("Completeness by unit and criterion, in percent of people"),
    )  # fmt: skip
    title = t("Completeness by unit and criterion, in percent of people")
    downloads("completeness", "mantel_kelengkapan", lambda: table, title, _map(token, language(), current))


def _cell_clicked(measures: dict[str, str]) -> None:
    """A click on a cell narrows the worklist to it."""
    picked = st.session_state["completeness"]["selection"].get("cell", [])
    if picked and "unit" in picked[0]:
        st.session_state["quality_unit"] = picked[0]["unit"]
        st.session_state["quality_measure"] = next(
            key for key, name in measures.items() if name == picked[0]["measure"]
        )


def _people_list(current: TalentReview, table: pd.DataFrame, nips: list[str], key: str) -> None:
    if table.empty:
        st.success(t("Nothing to do here."))
        return
    rows = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"list_{key}",
        height=300,
        alt=t("People concerned"),
    )["selection"]["rows"]
    left, right = st.columns([1, 3])
    left.download_button(
        t("Worklist (XLSX)"),
        data=lambda: frame_workbook(t("Worklist"), table),
        file_name=f"mantel_{key}.xlsx",
        on_click="ignore",
        icon=":material/download:",
    )
    with right:
        if rows and nips[rows[0]] in current.people.index:
            explain_button(current, nips[rows[0]], place=key)
        else:
            st.caption(t("Choose a row, then open where the numbers come from."))


serve(draw)
