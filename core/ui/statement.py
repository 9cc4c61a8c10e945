"""One statement of Beranda: a sentence that is the way to where it is dealt with."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.talent.oversight.alerts import PostAlert
from core.ui.language import plain, tn
from core.ui.shell import page

#: So many posts are named under a statement.
_NAMED = 6


def show_statement(
    key: str, words: str, target: str, query: dict[str, str], icon: str, posts: Sequence[PostAlert] = ()
) -> None:
    """One statement as a link to a page, and the posts it is about, each a link to its ranking."""
    with st.container(border=True, key=f"now_{key}", gap="small"):
        st.page_link(page(target), label=plain(words), icon=icon, query_params=query)
        if not posts:
            return
        with st.container(horizontal=True, gap="small", key=f"named_{key}"):
            for post in posts[:_NAMED]:
                st.page_link(page("ranking"), label=plain(post.title), query_params={"post": post.key})
            if len(posts) > _NAMED:
                more = len(posts) - _NAMED
                st.text(tn("and {count} more", "and {count} more", more))
