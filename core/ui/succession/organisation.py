"""The organisation as a tree, and the door through which posts are edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.succession import organisation as organisation_chart
from core.locales import stamp
from core.service import posts as posts_service
from core.service.accounts import Account, may
from core.talent.posts import Position
from core.talent.review import TalentReview
from core.talent.vocabulary import fold
from core.ui.actions import attempt, entered, refusal
from core.ui.export import chart_with_files, downloads
from core.ui.language import language, plain, t
from core.ui.links import choose_many, choose_one, enter_text, switch
from core.ui.shared import engine, review_token
from core.ui.succession.risk import bench_of

#: Where refusals about posts are said.
_PLACE = "posts"
#: The most posts drawn at once; more could not be read.
_MOST = 300


def organisation(current: TalentReview, account: Account) -> None:
    """The tree down to a level, and the posts as a table to edit."""
    bench = bench_of(current).set_index("post")["now"]
    tree = _tree(review_token(current), language(), bench, current)
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
    words = [fold(word) for word in text.split() if fold(word)]
    match = [False] * len(tree)
    if words:
        heard = [fold(f"{row.title} {row.unit} {row.incumbent}") for row in tree.itertuples()]
        match = [all(word in one for word in words) for one in heard]
    tree = tree.assign(match=match)
    # Who looks for something sees it wherever it hangs, with what is above it.
    wanted = _with_ancestors(tree) if words and len(tree) > _MOST else None
    shown = _visible(tree, int(depth), set(folded)) if wanted is None else _placed(tree[tree["post"].isin(wanted)])
    cut = len(shown) - _MOST
    if cut > 0:
        shown = _placed(shown.head(_MOST))
        st.info(t("{count} posts more are not drawn; fold branches, show fewer levels, or search.", count=cut))
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
    if words:
        st.text(t("{count} posts match and are bold.", count=int(shown["match"].sum())))
    _edit(account)


@st.cache_data(max_entries=8, show_spinner=False)
def _tree(token: str, words: str, bench: pd.Series, _current: TalentReview) -> pd.DataFrame:
    """Posts in the order of the tree with depth and state; whoever stands below nobody known begins a branch."""
    board = _current.board.set_index("post")[["vacant", "months_left", "incumbent"]].to_dict("index")
    ready = bench.to_dict()
    vacant = t("vacant")
    below: dict[str, list[Position]] = {}
    known = {one.post for one in _current.positions}
    for one in _current.positions:
        below.setdefault(one.parent if one.parent in known else "", []).append(one)
    rows: list[dict[str, object]] = []

    def walk(parent: str, depth: int) -> None:
        for one in below.get(parent, []):
            row = board[one.post]
            months = float(row["months_left"]) if pd.notna(row["months_left"]) else 0.0
            state = "vacant" if row["vacant"] else "near" if months <= 12 else "held"
            rows.append(
                {
                    "post": one.post, "title": one.title, "unit": one.unit, "parent": parent, "depth": depth,
                    "incumbent": row["incumbent"] or vacant, "state": state, "ready": int(ready[one.post]),
                }
            )  # fmt: skip
            walk(one.post, depth + 1)

    walk("", 0)
    return pd.DataFrame(rows)


def _visible(tree: pd.DataFrame, depth: int, folded: set[str]) -> pd.DataFrame:
    """The posts down to a depth, without those below folded ones."""
    hidden: set[str] = set()
    keep = []
    for row in tree.itertuples():
        gone = row.parent in hidden or row.parent in folded or row.depth >= depth
        if gone:
            hidden.add(str(row.post))
        keep.append(not gone)
    return _placed(tree[keep])


def _with_ancestors(tree: pd.DataFrame) -> set[str]:
    """Posts that match and all posts above them."""
    above = dict(zip(tree["post"], tree["parent"], strict=True))
    wanted: set[str] = set()
    for post in tree.loc[tree["match"], "post"]:
        at = str(post)
        while at and at not in wanted:
            wanted.add(at)
            at = above.get(at, "")
    return wanted


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows to draw, each with the row of its parent and its words."""
    shown = rows.reset_index(drop=True)
    place = {post: at for at, post in enumerate(shown["post"])}
    ready = {count: t("{count} ready now", count=count) for count in set(shown["ready"])}
    return shown.assign(
        parent_row=[place.get(parent, np.nan) for parent in shown["parent"]],
        label=[f"{row.title} · {row.incumbent} · {ready[row.ready]}" for row in shown.itertuples()],
        words=[f"{row.incumbent}; {ready[row.ready]}" for row in shown.itertuples()],
    )


def _edit(account: Account) -> None:
    # Behind a switch: the table of many posts takes longer than the picture.
    if not switch(t("Posts: list, history and changes"), "org_edit"):
        return
    with st.container(border=True):
        # The posts in force today, whatever date is looked at.
        there = posts_service.current(engine())
        table = pd.DataFrame([asdict(one) for one in there], columns=list(posts_service.COLUMNS))
        allowed = may(account, "import")
        edited = st.data_editor(
            table, num_rows="dynamic" if allowed else "fixed", disabled=not allowed, hide_index=True, key="posts_table",
            height=300,
        )  # fmt: skip
        downloads("posts", "mantel_jabatan", lambda: table, t("Posts: list, history and changes"))
        refusal(_PLACE)
        if allowed:
            _change(edited, account)
        for one in reversed(posts_service.history(engine())[-20:]):
            what = t("abolished") if one.abolished else t("changed")
            st.caption(
                f"{stamp(one.saved_at)} · {plain(one.username)} · {plain(one.position.title)}: {what}. {plain(one.reason)}"
            )


def _change(edited: pd.DataFrame, account: Account) -> None:
    """The buttons that make the posts be those of the table or of a file."""

    def keep(wanted: Callable[[], Sequence[Position]]) -> Callable[[], object]:
        return lambda: posts_service.edit(engine(), wanted(), entered("posts_reason"), account)

    st.text_input(t("Why the posts change"), key="posts_reason", max_chars=2000)
    by_table = keep(lambda: posts_service.from_table(edited))
    st.button(t("Save the posts"), key="posts_save", on_click=attempt, args=(_PLACE, by_table, ["posts_reason"]))
    file = st.file_uploader(t("Or a file with the same columns"), type=["xlsx", "ods", "csv"], key="posts_file")
    if file is not None:
        by_file = keep(partial(posts_service.from_file, file.name, file.getvalue()))
        st.button(t("Take over the file"), key="posts_take", on_click=attempt, args=(_PLACE, by_file, ["posts_reason"]))
