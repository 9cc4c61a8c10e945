"""What is known so far, and templates for what no system exports."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.imports.layouts import LAYOUTS
from core.reports.facts import write_facts
from core.reports.templates import template
from core.service import importing
from core.ui.download import offer_download
from core.ui.language import named, t
from core.ui.shared import engine
from core.ui.sign_in import later_asker
from core.ui.terms import fact_name


def stock_table(counts: Mapping[str, int]) -> pd.DataFrame:
    """How many facts there are of each kind."""
    return pd.DataFrame({t("Fact"): [fact_name(kind) for kind in counts], t("Count"): list(counts.values())})


def offer_facts() -> None:
    """Everything that is known as a file; rights are asked again when it is made."""
    asker = later_asker()
    offer_download(
        t("Download all of it (XLSX)"),
        lambda: write_facts(importing.load_facts(engine(), by=asker()[0])),
        "mantel_data.xlsx",
        icon=":material/download:",
        right="import",
        help=t("One sheet for each kind; imported again it changes nothing."),
    )


def offer_templates() -> None:
    """The templates, each to download."""
    st.subheader(t("Templates"), anchor=False)
    st.caption(t("For what no system exports; each with an example row to be replaced."))
    templates = {layout.key: layout for layout in LAYOUTS if layout.is_template}
    key = st.selectbox(
        t("Template"), list(templates), format_func=lambda key: named(templates[key].title), key="template"
    )
    offer_download(
        t("Download template"),
        lambda: template(templates[key]),
        f"templat_{key}.xlsx",
        icon=":material/download:",
    )
