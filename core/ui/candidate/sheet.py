"""Lembar pegawai: issuing the sheet that one person may be given of themselves."""

from __future__ import annotations

import streamlit as st

from core.service.accounts import has_right
from core.service.papers import issuing, register
from core.service.trail import digest_content
from core.store.accounts import Account
from core.talent.review import TalentReview
from core.ui.actions import ask_first, outcome, say_done
from core.ui.download import offer_download
from core.ui.language import plain, t
from core.ui.shared import engine

_PLACE = "person_sheet"


def offer_sheet(current: TalentReview, nip: str, account: Account) -> None:
    """The sheet with its number and code, for whoever gives it to the person."""
    if not has_right(account, "import"):
        return
    key = f"sheet_{nip}_{current.cache_key}"

    def issue() -> None:
        made = issuing.issue_sheet(engine(), current, nip, by=account)
        st.session_state[key] = (
            made.number,
            digest_content(made.content),
            issuing.name_file(made.number, made.issued_on),
        )
        say_done(_PLACE, t("The sheet stands in the register under {number}.", number=made.number))

    outcome(_PLACE)
    left, right, _ = st.columns([2, 2, 3])
    ask_first(
        left,
        t("Sheet for this person"),
        t(
            "Box, parts, records, what is missing and how to object; nobody else's values. It gets a number and a signed code. Issue it?"
        ),
        f"sheet_issue_{nip}",
        _PLACE,
        issue,
        icon=":material/contact_page:",
    )
    if issued := st.session_state.get(key):
        number, digest, name = issued
        offer_download(
            t("PDF of {number}", number=plain(number)),
            lambda: register.load_file(engine(), digest, by=account),
            name,
            right="import",
            place=right,
            key=f"sheet_{digest}",
            icon=":material/download:",
        )
