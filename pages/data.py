"""Data: upload files, see what they would change, import them; templates and history."""

import pandas as pd
import streamlit as st

from core.imports.faults import RefusedImport
from core.imports.layouts import BY_KEY, LAYOUTS
from core.imports.parse import Source
from core.imports.plan import ImportPlan
from core.reports.faults import fault_frame
from core.reports.imports import import_notes
from core.reports.templates import template
from core.reports.workbook import frame_csv, frame_workbook
from core.service import importing
from core.service.accounts import may
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.ui.language import language, named, plain, sentence_of, t
from core.ui.shared import engine
from core.ui.shell import serve
from core.ui.sign_in import current_account
from core.ui.tables import history_table, matches_table, plan_table, stock_table

_ROUND = "upload_round"
_DONE = "import_done"


def draw(account: Account) -> None:
    """The page."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        if may(account, "import"):
            _upload()
        else:
            st.info(t("Only the secretariat imports files."))
        st.subheader(t("History of imports"), anchor=False)
        _history(may(account, "import"))
    with right:
        st.subheader(t("What is known"), anchor=False)
        st.table(stock_table(importing.fact_counts(engine())), border="horizontal")
        _templates()


def _upload() -> None:
    if done := st.session_state.pop(_DONE, None):
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
        with st.spinner(t("Reading and checking {count} files …", count=len(sources))):
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
        t("I have looked at the {count} people found by name: they are the right ones", count=len(plan.matched_by_name))
    )
    if st.button(t("Import now"), type="primary", icon=":material/database_upload:", disabled=not confirmed):
        _import(sources, reason, confirmed)


def _preview(identity: tuple[tuple[str, str], ...], sources: list[Source]) -> ImportPlan:
    """The plan of exactly these uploads; kept for the session, so that a click does not read them again."""
    kept = st.session_state.get("import_plan")
    if kept and kept[0] == identity:
        if isinstance(kept[1], RefusedImport):
            raise kept[1]
        return kept[1]
    try:
        plan = importing.preview(engine(), sources, _asker())
    except RefusedImport as refusal:
        st.session_state["import_plan"] = (identity, refusal)
        raise
    st.session_state["import_plan"] = (identity, plan)
    return plan


def _asker() -> Account:
    """Whoever is signed in at this very moment; a stranger may do nothing."""
    return current_account() or Account("", "", "", "", False, 0, None)


def _show_plan(plan: ImportPlan) -> None:
    for column, (label, state) in zip(
        st.columns(3), ((t("new"), "new"), (t("changed"), "changed"), (t("unchanged"), "unchanged")), strict=True
    ):
        column.metric(label, plan.total(state))
    st.dataframe(plan_table(plan), hide_index=True, alt=t("What the import would do"))
    if plan.matched_by_name:
        with st.expander(
            t("{count} rows without a NIP were matched by name; please check", count=len(plan.matched_by_name)),
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
            _asker(),
            lambda share: bar.progress(share, t("Importing in one transaction …")),
            reason=reason,
            confirmed=confirmed,
        )
    except MantelError as error:
        _say(error)
        return
    st.session_state[_DONE] = t(
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
                    importing.remember_columns(engine(), layout, headers, _asker())
                except MantelError as problem:
                    st.error(sentence_of(problem))
                else:
                    st.session_state.pop("import_plan", None)
                    st.rerun()


def _history(may_undo: bool) -> None:
    history = importing.history(engine())
    event = st.dataframe(
        history_table(history),
        hide_index=True,
        on_select="rerun" if may_undo else "ignore",
        selection_mode="single-row",
        key="imports",
        alt=t("History of imports"),
    )
    rows = event["selection"]["rows"] if may_undo else []
    if not rows:
        return
    chosen = history.iloc[rows[0]]
    if chosen[["batch_id"]].isna().any() or pd.notna(chosen["undoes"]) or pd.notna(chosen["undone_by"]):
        st.caption(t("There is nothing to undo in this row."))
        return
    number = int(chosen["batch_id"])
    with st.form("undo"):
        reason = st.text_input(t("Why is import number {number} undone?", number=number), max_chars=300)
        if st.form_submit_button(t("Undo this import"), icon=":material/undo:"):
            try:
                importing.undo(engine(), number, _asker(), reason)
            except MantelError as error:
                st.error(sentence_of(error))
            else:
                st.session_state[_DONE] = t("Import number {number} is undone.", number=number)
                st.rerun()


def _templates() -> None:
    st.subheader(t("Templates"), anchor=False)
    st.caption(t("For what no system exports; each with an example row to be replaced."))
    templates = {layout.key: layout for layout in LAYOUTS if layout.is_template}
    key = st.selectbox(
        t("Template"), list(templates), format_func=lambda one: named(templates[one].title), key="template"
    )
    st.download_button(
        t("Download template"),
        data=lambda: template(templates[key]),
        file_name=f"templat_{key}.xlsx",
        on_click="ignore",
        icon=":material/download:",
    )


serve(draw)
