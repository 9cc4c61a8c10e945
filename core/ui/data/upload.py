"""Upload files, say what is meant in them, import them; what they would change is shown by ``preview``."""

from __future__ import annotations

import streamlit as st

from core.imports.faults import RefusedImport
from core.imports.layouts import BY_KEY, LAYOUTS
from core.imports.parse import Source
from core.imports.plan import UNKNOWN_PERSON, ImportPlan
from core.reports.faults import fault_frame, group_faults
from core.reports.wording import field_header
from core.reports.workbook import frame_csv, frame_workbook
from core.service import importing
from core.talent.errors import MantelError
from core.ui.data.preview import Preview, show_details, show_summary
from core.ui.download import offer_download
from core.ui.language import named, plain, sentence_of, t, tn
from core.ui.plain_table import show_table
from core.ui.shared import engine
from core.ui.sign_in import current_asker

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
    options = _options()
    identity = (tuple((file.file_id, file.name) for file in uploaded), repr(options))
    try:
        with st.spinner(
            tn("Reading and checking {count} file …", "Reading and checking {count} files …", len(sources))
        ):
            preview = _preview(identity, sources, options)
    except MantelError as error:
        _say(error)
        return
    plan = preview.plan
    show_summary(plan)
    if plan.says_something:
        _ask_to_import(plan, sources, options)
    else:
        st.info(t("The files say nothing new; there is nothing to import."))
    _ask_for_erasing(plan)
    show_details(preview)


def _ask_to_import(plan: ImportPlan, sources: list[Source], options: importing.Options) -> None:
    """The reason, the ticks for people found by name and for those missing, and the button."""
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
    if plan.gone_back:
        confirmed &= st.checkbox(
            tn(
                "I have looked at the {count} person whose post goes back: the file is right",
                "I have looked at the {count} people whose post goes back: the file is right",
                len(plan.gone_back),
            )
        )
    if plan.not_in_export:
        confirmed &= st.checkbox(
            tn(
                "I have looked at the {count} person missing in this export: nothing changes for this person",
                "I have looked at the {count} people missing in this export: nothing changes for them",
                len(plan.not_in_export),
            )
        )
    if st.button(t("Import now"), type="primary", icon=":material/database_upload:", disabled=not confirmed):
        _import(sources, reason, confirmed, options)


def _options() -> importing.Options:
    """What was ticked for the files in the uploader; new files begin without."""
    state = st.session_state
    return importing.Options(
        dict(state.get(_key("columns"), {})),
        bool(state.get(_key("skip"), False)),
        frozenset(state.get(_key("erase"), ())),
    )


def _key(name: str) -> str:
    return f"upload_{name}_{st.session_state.get(_ROUND, 0)}"


def _keep(name: str, widget: str) -> None:
    """Keep what a widget says beyond its own life: the preview is drawn anew without it."""
    st.session_state[_key(name)] = st.session_state[widget]


def _preview(identity: object, sources: list[Source], options: importing.Options) -> Preview:
    """The preview of exactly these uploads; kept for the session, so that a click does not read them again."""
    planned = st.session_state.get("import_plan")
    if planned and planned[0] == identity:
        if isinstance(planned[1], RefusedImport):
            raise planned[1]
        return planned[1]
    try:
        preview = Preview(importing.preview_import(engine(), sources, by=current_asker(), options=options))
    except RefusedImport as refusal:
        st.session_state["import_plan"] = (identity, refusal)
        raise
    st.session_state["import_plan"] = (identity, preview)
    return preview


def _ask_for_erasing(plan: ImportPlan) -> None:
    """Offer, column by column, that empty cells take away what is known; nothing is taken away unasked."""
    counts = plan.could_erase + plan.erased
    if not counts:
        return
    st.multiselect(
        t("Empty cells that take away what is known"),
        sorted(counts),
        default=sorted(plan.erased),
        format_func=lambda column: f"{field_header('employee', column)} ({counts[column]})",
        key=_key("erase_choice"),
        on_change=_keep,
        args=("erase", _key("erase_choice")),
        placeholder=t("none: what is known stays"),
    )


def _import(sources: list[Source], reason: str, confirmed: bool, options: importing.Options) -> None:
    try:
        bar = st.progress(0.0, t("Importing in one transaction …"))
        plan = importing.import_files(
            engine(),
            sources,
            lambda share: bar.progress(share, t("Importing in one transaction …")),
            by=current_asker(),
            reason=reason,
            confirmed=confirmed,
            options=options,
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
    grouped = group_faults(error.faults, t)
    # A table, not a grid: its text wraps, so that what is wrong is never cut off.
    show_table(grouped.head(_GROUPS))
    if len(grouped) > _GROUPS:
        st.caption(t("{count} further kinds of faults are in the report.", count=len(grouped) - _GROUPS))
    _offer_skipping(error)
    _offer_choice(error)
    _offer_mapping(error)
    left, right = st.columns(2)
    offer_download(
        t("Report (XLSX)"),
        lambda: frame_workbook(t("Faults"), frame),
        "mantel_faults.xlsx",
        place=left,
    )
    offer_download(
        t("Report (CSV)"),
        lambda: frame_csv(frame).encode("utf-8-sig"),
        "mantel_faults.csv",
        place=right,
    )


#: Kinds of faults shown on screen; the report has them all.
_GROUPS = 20


def _offer_skipping(error: RefusedImport) -> None:
    """Offer to leave rows about people who are not known out."""
    unknown = sum(fault.message in UNKNOWN_PERSON for fault in error.faults)
    if unknown:
        st.checkbox(
            tn(
                "Leave {count} row about a person who is not known out",
                "Leave {count} rows about people who are not known out",
                unknown,
            ),
            key=_key("skip_choice"),
            on_change=_keep,
            args=("skip", _key("skip_choice")),
        )


def _offer_choice(error: RefusedImport) -> None:
    """Ask which of several columns is meant; the answer counts for these files."""
    for fault in error.faults:
        if fault.offer is None or not fault.offer.is_choice:
            continue
        field = fault.offer.lacking[0]
        chosen = st.selectbox(
            t("Which column of “{sheet}” is “{column}”?", sheet=plain(fault.sheet), column=fault.column),
            fault.offer.headers,
            index=None,
            placeholder=t("choose a column"),
            key=_key(f"choice_{field}"),
        )
        if chosen:
            st.session_state[_key("columns")] = {**st.session_state.get(_key("columns"), {}), field: chosen}
            st.rerun()


def _offer_mapping(error: RefusedImport) -> None:
    """Let a person say once which header means which missing column; it is remembered for the layout."""
    fault = next(
        (fault for fault in error.faults if fault.offer and fault.offer.headers and not fault.offer.is_choice), None
    )
    if fault is None or fault.offer is None:
        return
    offer = fault.offer
    with st.expander(
        t("Say which columns of “{sheet}” are meant", sheet=plain(fault.sheet)), expanded=bool(offer.layout)
    ):
        titles = {layout.key: named(layout.title) for layout in LAYOUTS}
        layout = offer.layout or st.selectbox(
            t("Layout"), list(titles), format_func=titles.get, index=None, placeholder=t("choose …")
        )
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
