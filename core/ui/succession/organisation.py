"""The organisation as a tree, and the door through which posts are edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.succession import organisation as organisation_chart
from core.locales import stamp
from core.service import posts as posts_service
from core.service.accounts import has_right
from core.store.accounts import Account
from core.talent.posts import Post
from core.talent.review import TalentReview
from core.talent.succession.organisation import fold_tree, match_posts, select_with_ancestors, tabulate_organisation
from core.ui.actions import attempt, entered, refusal
from core.ui.export import chart_with_files, downloads
from core.ui.language import plain, t, tn
from core.ui.links import choose_many, choose_one, enter_text, switch
from core.ui.shared import copied_result, decided_succession_table, engine
from core.ui.sign_in import current_asker

#: Where refusals about posts are said.
_PLACE = "posts"
#: The table's edits, and the posts they began from.
_TABLE, _BASE = "posts_table", "posts_table_base"
#: The most posts drawn at once; more could not be read.
_MOST = 300


def organisation(current: TalentReview, account: Account) -> None:
    """The tree down to a level, and the posts as a table to edit."""
    tree = _tree(current, decided_succession_table(current))
    left, middle, right = st.columns([2, 3, 3], vertical_alignment="bottom")
    with left:
        depths = [str(depth) for depth in range(1, int(tree["depth"].max()) + 2)]
        depth = choose_one(
            st.segmented_control, t("Levels shown"), depths, "org_depth", depths[min(2, len(depths) - 1)], required=True
        )
    with middle:
        above = set(tree["parent"])
        parents = [post for post in tree["post"] if post in above]
        titles = dict(zip(tree["post"], tree["title"], strict=True))
        folded = choose_many(
            st.multiselect, t("Folded"), parents, "org_folded", format_func=titles.get, placeholder=t("none")
        )
    with right:
        text = enter_text(t("Search"), "org_q", placeholder=t("post, unit, name"))
    tree = tree.assign(match=match_posts(tree, text))
    # Who looks for something sees it wherever it hangs, with what is above it.
    if tree["match"].any() and len(tree) > _MOST:
        shown = _placed(select_with_ancestors(tree, tree["match"]))
    else:
        shown = _placed(fold_tree(tree, int(depth), folded))
    cut = len(shown) - _MOST
    if cut > 0:
        shown = _placed(shown.head(_MOST))
        st.info(
            tn(
                "{count} post more is not drawn; fold branches, show fewer levels, or search.",
                "{count} posts more are not drawn; fold branches, show fewer levels, or search.",
                cut,
            )
        )
    counts = shown["state"].value_counts()
    title = t(
        "{all} posts: {vacant} vacant, {near} fall vacant within a year",
        all=len(shown),
        vacant=int(counts.get("vacant", 0)),
        near=int(counts.get("near", 0)),
    )
    names = {"vacant": t("vacant"), "near": t("falls vacant within a year"), "held": t("held")}
    shown = shown.assign(state_name=shown["state"].map(names))
    picture = organisation_chart(shown, {"post": t("Post"), "state": t("State"), **names})
    columns = ["title", "unit", "incumbent", "state_name", "ready", "depth"]
    chart_with_files("organisation", "mantel_organisasi", picture, shown[columns], title)
    if text.strip():
        st.text(tn("{count} post matches and is bold.", "{count} posts match and are bold.", int(shown["match"].sum())))
    _edit(account)


@copied_result(max_entries=8)
def _tree(current: TalentReview, table: pd.DataFrame) -> pd.DataFrame:
    return tabulate_organisation(current, table)


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows to draw, each with the row of its parent and its words."""
    shown = rows.reset_index(drop=True)
    place = {post: at for at, post in enumerate(shown["post"])}
    names = shown["incumbent"].fillna(t("vacant")).tolist()
    ready = {count: t("{count} ready now", count=count) for count in set(shown["ready"])}
    return shown.assign(
        parent_row=[place.get(parent, np.nan) for parent in shown["parent"]],
        incumbent=names,
        label=[
            f"{row.title} · {name} · {ready[row.ready]}" for row, name in zip(shown.itertuples(), names, strict=True)
        ],
        words=[f"{name}; {ready[row.ready]}" for row, name in zip(shown.itertuples(), names, strict=True)],
    )


def _edit(account: Account) -> None:
    # Behind a switch: the table of many posts takes longer than the picture.
    if not switch(t("Posts: list, history and changes"), "org_edit"):
        return
    with st.container(border=True):
        # The posts in force today, whatever date is looked at; while somebody edits them, as they were when that began.
        current = posts_service.list_posts(engine())
        edits = st.session_state.get(_TABLE) or {}
        there = st.session_state.get(_BASE, current) if any(edits.values()) else current
        st.session_state[_BASE] = there
        if there != current:
            st.warning(
                t("Others have changed posts since this table was opened; what they changed stays when you save.")
            )
        table = pd.DataFrame([posts_service.to_row(post) for post in there], columns=list(posts_service.COLUMNS))
        allowed = has_right(account, "import")
        edited = st.data_editor(
            table,
            num_rows="dynamic" if allowed else "fixed",
            disabled=not allowed,
            hide_index=True,
            key=_TABLE,
            height=300,
        )
        downloads("posts", "mantel_jabatan", lambda: table, t("Posts: list, history and changes"))
        refusal(_PLACE)
        if allowed:
            _change(edited, there)
        for edit in reversed(posts_service.list_edits(engine())[-20:]):
            what = t("abolished") if edit.abolished else t("changed")
            st.caption(
                f"{stamp(edit.saved_at)} · {plain(edit.username)} · {plain(edit.post.title)}: {what}. {plain(edit.reason)}"
            )


def _begin_anew() -> None:
    """Let the table show the posts in force again, without what was typed into it."""
    for key in (_BASE, _TABLE):
        st.session_state.pop(key, None)


def _change(edited: pd.DataFrame, shown: Sequence[Post]) -> None:
    """The buttons that make the posts be those of the table or of a file."""

    def keep(wanted: Callable[[], Sequence[Post]]) -> Callable[[], object]:
        def act() -> None:
            posts_service.edit_posts(engine(), wanted(), entered("posts_reason"), shown, by=current_asker())
            _begin_anew()

        return act

    st.text_input(t("Why the posts change"), key="posts_reason", max_chars=2000)
    by_table = keep(lambda: posts_service.read_table(edited))
    st.button(t("Save the posts"), key="posts_save", on_click=attempt, args=(_PLACE, by_table, ["posts_reason"]))
    file = st.file_uploader(t("Or a file with the same columns"), type=["xlsx", "ods", "csv"], key="posts_file")
    if file is not None:
        by_file = keep(partial(posts_service.read_file, file.name, file.getvalue()))
        st.button(t("Take over the file"), key="posts_take", on_click=attempt, args=(_PLACE, by_file, ["posts_reason"]))
