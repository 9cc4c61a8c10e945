"""Surat: the register of papers that were issued, and whether they still hold."""

import streamlit as st

from core.service.accounts import has_right
from core.service.papers import register
from core.service.papers.issuing import find_verification_address
from core.store.accounts import Account
from core.ui.language import plain, t
from core.ui.papers import changing, entering, listing
from core.ui.shared import engine
from core.ui.shell import serve


def draw(account: Account) -> None:
    """The page."""
    papers = register.list_papers(engine(), by=account)
    st.caption(
        plain(
            t(
                "Anybody verifies a paper at {address}: by its QR code, its PDF, or its number and day.",
                address=find_verification_address(),
            )
        )
    )
    listing.say_unpublished(account)
    if not papers:
        st.info(t("No paper has been issued yet. Minutes and announcement are issued from a closed session."))
    else:
        chosen = listing.choose_paper(papers)
        if chosen is not None:
            with st.container(border=True):
                listing.show_paper(chosen, account)
                if has_right(account, "import"):
                    changing.change_paper(chosen, account)
    if has_right(account, "import"):
        entering.enter_outside(account)
        entering.change_template(account)


serve(draw)
