"""Data: upload files, see what they would change, import them; templates and history."""

import streamlit as st

from core.service import importing
from core.service.accounts import has_right
from core.store.accounts import Account
from core.ui.data.history import show_history
from core.ui.data.stock import offer_facts, offer_templates, stock_table
from core.ui.data.upload import upload_files
from core.ui.language import t
from core.ui.plain_table import show_table
from core.ui.shared import engine
from core.ui.shell import serve


def draw(account: Account) -> None:
    """The page."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        if has_right(account, "import"):
            upload_files()
        else:
            st.info(t("Only the secretariat imports files."))
        st.subheader(t("History of imports"), anchor=False)
        show_history(has_right(account, "import"))
    with right:
        st.subheader(t("What is known"), anchor=False)
        counts = importing.count_facts(engine())
        show_table(stock_table(counts))
        if has_right(account, "import") and any(counts.values()):
            offer_facts()
        offer_templates()


serve(draw)
