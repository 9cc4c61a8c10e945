"""Streamlit's own words in the language of the screen: the one place that knows them.

Streamlit 1.67 writes some words of its own in English and has no setting for them. Each is listed here with the
elements it stands in; a component replaces it in the browser. After an update of Streamlit a test says which are left.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.talent.messages import N_
from core.ui.language import language, t

_words = st.components.v2.component("mantel.words", js=(Path(__file__).parent / "words.js").read_text(encoding="utf-8"))

#: Where Streamlit writes words of its own.
PLACES = ", ".join(
    (
        '[data-testid="stSkipToContent"] *, [data-testid="stSkipToContent"]',
        '[data-testid="stBaseButton-elementToolbar"]',
        '[data-testid="stTooltipHoverTarget"]',
        '[data-testid="stTooltipHoverTarget"] *',
        '[data-testid="stTooltipContent"] *',
        '[data-testid="stMultiSelect"] button, [data-testid="stMultiSelect"] input, [data-testid="stMultiSelect"] div',
        '[data-testid="stSelectbox"] button, [data-testid="stSelectbox"] input',
        '[data-testid="stMultiSelectDropdown"] *, [data-testid="stSelectboxVirtualDropdown"] *',
        '[data-testid="stHeaderActionElements"] *',
        '[data-testid="stDialog"] button, [data-testid="stDialog"] p, [data-testid="stDialog"] h2, [data-testid="stDialog"] div',
        '[data-testid="stFileUploader"] *',
        '[data-testid="InputInstructions"], [data-testid="InputInstructions"] *',
        '[data-live-announcer] *, [role="log"], [role="status"]',
        '[data-testid="stDateInput"] *, [data-testid="stNumberInput"] button',
    )
)

#: "#" stands for a number; the longer ones come first.
ENGLISH = (
    N_("The page that you have requested does not seem to exist. Running the app's main page."),
    N_("Page not found"),
    N_("Skip to main content"),
    N_("Press Ctrl+Enter to submit form"),
    N_("Press ⌘+Enter to submit form"),
    N_("Press Enter to submit form"),
    N_("Press Ctrl+Enter to apply"),
    N_("Press Enter to apply"),
    N_("Copy Vega-Lite spec"),
    N_("Download as PNG"),
    N_("Show/hide columns"),
    N_("Close fullscreen"),
    N_("Choose an option"),
    N_("Choose options"),
    N_("Link to heading"),
    N_("#MB per file"),
    N_("# options available."),
    N_("# option available."),
    N_("Drag and drop files here"),
    N_("Drag and drop file here"),
    N_("Browse files"),
    N_("file upload"),
    N_("Show data"),
    N_("Show chart"),
    N_("Select all"),
    N_("Clear all"),
    N_("Clear value"),
    N_("No results"),
    N_("Fullscreen"),
    N_("Help for"),
    N_("Upload"),
    N_("Search"),
    N_("Close"),
    N_("Open"),
    N_("Help"),
)


def say_in_own_words() -> None:
    """Make Streamlit's own words those of the language; English needs nothing."""
    words = [] if language() == "en" else [[english, t(english)] for english in ENGLISH]
    _words(key="streamlit_words", data={"places": PLACES, "words": words})
