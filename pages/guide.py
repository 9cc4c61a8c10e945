"""Panduan: ten minutes for each role, with pictures; works without the internet."""

import streamlit as st

from core.service.accounts import has_right
from core.store.accounts import Account
from core.ui.guide import read_guide
from core.ui.language import language, t
from core.ui.links import choose_one
from core.ui.shell import fragment, serve


def draw(account: Account) -> None:
    """The page."""
    _guide("administrator" if has_right(account, "administer") else "import" if has_right(account, "import") else "")


@fragment
def _guide(right: str) -> None:
    parts = read_guide(language())
    titles = {part.key: part.title for part in parts}
    usual = {"administrator": "2", "import": "1"}.get(right, "0")
    key = choose_one(
        st.segmented_control, t("For whom"), list(titles), "part", usual, required=True, format_func=titles.get
    )
    place, _ = st.columns([3, 1])
    with place:
        for block in next(part for part in parts if part.key == key).blocks:
            if block.picture is None:
                st.markdown(block.text)
            else:
                st.image(block.picture, caption=block.text, alt=block.text)


serve(draw)
