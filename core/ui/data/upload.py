"""Upload files, see what they would change, import them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.imports.faults import RefusedImport
from core.imports.layouts import BY_KEY, LAYOUTS
from core.imports.parse import Source
from core.imports.plan import ImportPlan, NameMatch
from core.reports.faults import fault_frame
from core.reports.imports import import_notes
from core.reports.workbook import frame_csv, frame_workbook
from core.service import importing
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.ui.language import language, named, plain, sentence_of, t, tn
from core.ui.shared import engine
from core.ui.sign_in import current_account
from core.ui.terms import fact_name


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


_ROUND = "upload_round"


DONE = "import_done"


def upload_files() -> None:
    """The whole way of an import: choose files, look at what they would change, import."""
    if done := st.session_state.pop(DONE, None):
        st.success(done)
    uploaded = st.file_uploader(
        t("Files (xlsx, xls, ods, csv), together and in any order"),
        accept_multiple_files=True,
        key=f"files_{st.session_state.setdefault(_ROUND, 0)}",
        help=t("Each file is recognised by its headers, not by its name."),
    )
    if not uploaded:
        return
    sources = [Source(file.name, file.getvalue()) for file in uploaded]
    try:
        with st.spinner(
            tn("Reading and checking {count} file …", "Reading and checking {count} files …", len(sources))
        ):
            plan = _preview(tuple((file.file_id, file.name) for file in uploaded), sources)
    except MantelError as error:
        _say(error)
        return
    _show_plan(plan)
    if not plan.says_something:
        st.info(t("The files say nothing new; there is nothing to import."))
        return
    reason = ""
    if plan.total("changed"):
        reason = st.text_input(
            t("Why do known facts change?"), t("regular update"), max_chars=300, help=t("Kept with every changed fact.")
        )
    confirmed = not plan.matched_by_name or st.checkbox(
        tn(
            "I have looked at the {count} person found by name: it is the right one",
            "I have looked at the {count} people found by name: they are the right ones",
            len(plan.matched_by_name),
        )
    )
    if st.button(t("Import now"), type="primary", icon=":material/database_upload:", disabled=not confirmed):
        _import(sources, reason, confirmed)


def _preview(identity: tuple[tuple[str, str], ...], sources: list[Source]) -> ImportPlan:
    """The plan of exactly these uploads; kept for the session, so that a click does not read them again."""
    planned = st.session_state.get("import_plan")
    if planned and planned[0] == identity:
        if isinstance(planned[1], RefusedImport):
            raise planned[1]
        return planned[1]
    try:
        plan = importing.preview_import(engine(), sources, by=current_asker())
    except RefusedImport as refusal:
        st.session_state["import_plan"] = (identity, refusal)
        raise
    st.session_state["import_plan"] = (identity, plan)
    return plan


def current_asker() -> Account:
    """Whoever is signed in at this very moment; a stranger may do nothing."""
    return current_account() or Account("", "", "", False)


def _show_plan(plan: ImportPlan) -> None:
    for column, (label, state) in zip(
        st.columns(3), ((t("new"), "new"), (t("changed"), "changed"), (t("unchanged"), "unchanged")), strict=True
    ):
        column.metric(label, plan.total(state))
    st.dataframe(plan_table(plan), hide_index=True, alt=t("What the import would do"))
    if plan.matched_by_name:
        with st.expander(
            tn(
                "{count} row without a NIP was matched by name; please check",
                "{count} rows without a NIP were matched by name; please check",
                len(plan.matched_by_name),
            ),
            expanded=len(plan.matched_by_name) <= 20,
        ):
            st.dataframe(matches_table(plan.matched_by_name), hide_index=True, alt=t("People found by name"))
    for line in import_notes(plan, language(), with_matches=False):
        st.caption(plain(line))


def _import(sources: list[Source], reason: str, confirmed: bool) -> None:
    try:
        bar = st.progress(0.0, t("Importing in one transaction …"))
        plan = importing.import_files(
            engine(),
            sources,
            lambda share: bar.progress(share, t("Importing in one transaction …")),
            by=current_asker(),
            reason=reason,
            confirmed=confirmed,
        )
    except MantelError as error:
        _say(error)
        return
    st.session_state[DONE] = t(
        "Imported: {new} new, {changed} changed, {unchanged} unchanged facts.",
        **{state: plan.total(state) for state in ("new", "changed", "unchanged")},
    )
    st.session_state.pop("import_plan", None)
    st.session_state[_ROUND] += 1
    st.rerun()


def _say(error: MantelError) -> None:
    """The sentence; for a refused import also its report, on screen and to download."""
    st.error(sentence_of(error))
    if not isinstance(error, RefusedImport):
        return
    frame = fault_frame(error.faults, t)
    st.dataframe(frame, hide_index=True, alt=t("Faults found"))
    _offer_mapping(error)
    left, right = st.columns(2)
    left.download_button(
        t("Report (XLSX)"),
        data=lambda: frame_workbook(t("Faults"), frame),
        file_name="mantel_faults.xlsx",
        on_click="ignore",
    )
    right.download_button(
        t("Report (CSV)"),
        data=lambda: frame_csv(frame).encode("utf-8-sig"),
        file_name="mantel_faults.csv",
        on_click="ignore",
    )


def _offer_mapping(error: RefusedImport) -> None:
    """Let a person say once which header means which missing column; it is remembered for the layout."""
    fault = next((fault for fault in error.faults if fault.offer and fault.offer.headers), None)
    if fault is None or fault.offer is None:
        return
    offer = fault.offer
    with st.expander(
        t("Say which columns of “{sheet}” are meant", sheet=plain(fault.sheet)), expanded=bool(offer.layout)
    ):
        titles = {layout.key: named(layout.title) for layout in LAYOUTS}
        layout = offer.layout or st.selectbox(t("Layout"), list(titles), format_func=titles.get, index=None)
        if not layout:
            return
        columns = {column.field: column.headers[0] for column in BY_KEY[layout].columns}
        wanted = offer.lacking or tuple(column.field for column in BY_KEY[layout].columns if column.required)
        with st.form("mapping", border=False):
            chosen = {
                field: st.selectbox(columns[field], offer.headers, index=None, placeholder=t("not in this file"))
                for field in wanted
            }
            if st.form_submit_button(t("Remember for this layout")):
                try:
                    headers = {header: field for field, header in chosen.items() if header}
                    importing.remember_columns(engine(), layout, headers, by=current_asker())
                except MantelError as problem:
                    st.error(sentence_of(problem))
                else:
                    st.session_state.pop("import_plan", None)
                    st.rerun()
