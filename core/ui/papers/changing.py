"""Replacing and revoking a paper, and taking in its signed file."""

from __future__ import annotations

import streamlit as st

from core.service.papers import register, signatures
from core.service.papers.register import RegisteredPaper
from core.store.accounts import Account
from core.talent.messages import N_
from core.ui.actions import ask_first, attempt, entered, outcome, say_done
from core.ui.language import t
from core.ui.shared import engine

PLACE = "paper_changing"


def change_paper(paper: RegisteredPaper, account: Account) -> None:
    """What may be done with a paper that holds."""
    outcome(PLACE)
    if paper.standing != "valid":
        return
    with st.expander(t("Replace or revoke"), icon=":material/undo:"):
        st.text_input(t("Reason (obligatory)"), key=f"paper_reason_{paper.id}", max_chars=1000)
        st.text_input(t("Number of the paper in its place (only to replace)"), key=f"paper_by_{paper.id}", max_chars=80)
        left, right, _ = st.columns([1, 1, 2])

        def revoke() -> None:
            register.revoke_paper(engine(), paper.id, entered(f"paper_reason_{paper.id}"), by=account)
            say_done(
                PLACE,
                t(
                    "{number} is revoked; whoever verifies it here is told so, on the published page after the next publication.",
                    number=paper.number,
                ),
            )

        def replace() -> None:
            by_number, reason = entered(f"paper_by_{paper.id}"), entered(f"paper_reason_{paper.id}")
            register.replace_paper(engine(), paper.id, by_number, reason, by=account)
            say_done(
                PLACE,
                t(
                    "{number} is replaced; whoever verifies it here is told so, on the published page after the next publication.",
                    number=paper.number,
                ),
            )

        ask_first(
            left,
            t("Replace"),
            t(
                "Replace {number} by {other}? This cannot be taken back.",
                number=paper.number,
                other=entered(f"paper_by_{paper.id}") or "…",
            ),
            f"paper_replace_{paper.id}",
            PLACE,
            replace,
        )
        ask_first(
            right,
            t("Revoke"),
            t("Revoke {number}? This cannot be taken back.", number=paper.number),
            f"paper_revoke_{paper.id}",
            PLACE,
            revoke,
        )
    with st.expander(t("Take in the signed PDF (BSrE)"), icon=":material/signature:"):
        file = st.file_uploader(t("The PDF as it came back"), type="pdf", key=f"paper_signed_{paper.id}")

        def take_in() -> None:
            if file is None:
                raise register.PaperProblem(N_("choose the file first"))
            signer = signatures.take_in_signed(engine(), paper.id, file.getvalue(), by=account)
            say_done(PLACE, t("Signed by {name}; the file stands in the register.", name=signer))

        st.button(t("Check and take in"), key=f"paper_take_in_{paper.id}", on_click=attempt, args=(PLACE, take_in))
