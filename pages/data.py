"""Data: upload files, see what they would change, import them; templates and history."""

import streamlit as st

from core.imports.faults import RefusedImport
from core.imports.layouts import LAYOUTS
from core.imports.parse import Source
from core.imports.plan import ImportPlan
from core.reports.faults import fault_frame
from core.reports.templates import template
from core.reports.workbook import frame_csv, frame_workbook
from core.service import importing
from core.service.accounts import may
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.ui.data import engine
from core.ui.language import named, sentence_of, t
from core.ui.shell import serve
from core.ui.sign_in import current_account
from core.ui.tables import history_table, plan_table, stock_table

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
        st.dataframe(history_table(importing.history(engine())), hide_index=True, alt=t("History of imports"))
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
    if plan.total("new") + plan.total("changed") == 0:
        st.info(t("The files say nothing new; there is nothing to import."))
        return
    if st.button(t("Import now"), type="primary", icon=":material/database_upload:"):
        _import(sources)


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
            t("{count} rows without a NIP were matched by name and unit; please check", count=len(plan.matched_by_name))
        ):
            st.dataframe(
                [{t("Name"): name, "NIP": nip, t("Unit"): unit} for name, nip, unit in plan.matched_by_name],
                hide_index=True,
            )
    if plan.reading.skipped_rows:
        st.caption(
            t("{count} rows outside the tables (remarks, signatures) are left out.", count=plan.reading.skipped_rows)
        )
    for file, sheet in plan.reading.skipped_sheets:
        st.caption(t("The sheet “{sheet}” of {file} has no known layout and is left out.", sheet=sheet, file=file))


def _import(sources: list[Source]) -> None:
    try:
        bar = st.progress(0.0, t("Importing in one transaction …"))
        plan = importing.import_files(
            engine(), sources, _asker(), lambda share: bar.progress(share, t("Importing in one transaction …"))
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
