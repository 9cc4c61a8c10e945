"""Entering a paper typed outside Mantel, and the office's template of papers as Word files."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.service.papers import register, templates
from core.store.accounts import Account
from core.talent.messages import N_
from core.ui.actions import attempt, entered, outcome, say_done
from core.ui.download import offer_download
from core.ui.language import t
from core.ui.shared import engine

_PLACE, _TEMPLATE = "paper_entering", "paper_template"
_ROUND = "paper_file_round"


def enter_outside(account: Account) -> None:
    """The form of a paper typed outside."""
    outcome(_PLACE)
    with st.expander(t("Enter a paper typed outside"), icon=":material/post_add:"):
        st.caption(
            t(
                "A letter that Mantel did not make is verified as well, once its number, day and file stand here. The file itself is not kept."
            )
        )
        left, middle = st.columns([2, 1])
        left.text_input(t("Number, as printed"), key="paper_number", max_chars=80)
        middle.date_input(t("Day of the paper"), value=None, format="DD-MM-YYYY", key="paper_day")
        st.text_input(t("Concerning"), key="paper_subject", max_chars=300)
        file = st.file_uploader(
            t("Its file (PDF, as it is sent)"), key=f"paper_file_{st.session_state.setdefault(_ROUND, 0)}"
        )

        def enter() -> None:
            day = st.session_state.get("paper_day")
            if not isinstance(day, dt.date):
                raise register.PaperProblem(N_("choose the day of the paper"))
            number, subject = entered("paper_number"), entered("paper_subject")
            register.enter_paper(engine(), number, day, subject, file.getvalue() if file else None, by=account)
            st.session_state[_ROUND] += 1
            st.session_state["paper_day"] = None  # the next letter is of its own day
            say_done(_PLACE, t("{number} stands in the register.", number=number))

        st.button(
            t("Enter in the register"),
            type="primary",
            key="paper_enter",
            on_click=attempt,
            args=(_PLACE, enter, ["paper_number", "paper_subject"]),
        )


def change_template(account: Account) -> None:
    """The template of papers as Word files: take it, edit it in Word, give it back."""
    with st.expander(t("Template of papers (Word)"), icon=":material/description:"):
        outcome(_TEMPLATE)
        st.caption(
            t(
                "Edit the template in Word and give it back; what stands in double braces is filled in by Mantel, ${…} stays for SRIKANDI."
            ).replace("$", "\\$")
        )
        offer_download(
            t("Take the template"),
            lambda: templates.load_template(engine()),
            "templat-surat.docx",
            right="import",
            key="template_taken",
        )
        file = st.file_uploader(t("The edited template"), type="docx", key="template_file")

        def keep() -> None:
            if file is None:
                raise register.PaperProblem(N_("choose the file first"))
            templates.keep_template(engine(), file.getvalue(), by=account)
            say_done(_TEMPLATE, t("The template is in use from now on."))

        st.button(t("Use this template"), key="template_keep", on_click=attempt, args=(_TEMPLATE, keep))
