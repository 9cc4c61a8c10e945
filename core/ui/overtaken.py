"""An answer that a newer question has overtaken is not worked out to its end."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType


def give_way() -> None:
    """In a fragment, between two stages of an answer: begin anew where this browser has asked for something newer.

    Streamlit itself lets a fragment run to its end before it hears of the next release. What is on screen
    stays until the newer answer replaces it. Only for a run that a value began: a button's click belongs to its run and
    would be lost with it. Whether somebody waits is nothing Streamlit tells by a public name; where the
    private one is gone, nothing is given up.
    """
    context = get_script_run_ctx()
    requests = getattr(context, "script_requests", None)
    if getattr(requests, "_state", None) == ScriptRequestType.RERUN:
        st.rerun(scope="fragment")
