"""Kelompok rencana suksesi: who belongs to it, proposed, reviewed and fixed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.locales import stamp
from core.service import pools
from core.service.accounts import has_right
from core.service.decisions import get_decided_boxes
from core.service.saved import may_remove
from core.store.accounts import Account
from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import TALENT_POOL
from core.talent.succession.pool import select_pool
from core.ui.actions import attempt, entered, refusal, removal_button
from core.ui.export import downloads
from core.ui.language import plain, show_day, show_number, t
from core.ui.links import choose_many, choose_one
from core.ui.people_table import people_doors
from core.ui.shared import engine
from core.ui.stale import find_marks, say_mark
from core.ui.succession.terms import class_name
from core.ui.terms import post_title, say_article
from core.ui.widgets import post_labels

#: Where refusals about groups are said.
_PLACE = "pools"
_BOXES = [str(box) for box in range(9, 0, -1)]


def succession_pools(current: TalentReview, account: Account) -> None:
    """The group as it would be now, and those that were frozen."""
    left, right = st.columns([3, 3], vertical_alignment="bottom")
    with left:
        posts = [ALL_PEOPLE, *current.post_table["post"]]
        post = choose_one(
            st.selectbox,
            t("For the agency or a post"),
            posts,
            "pool_post",
            ALL_PEOPLE,
            format_func=lambda scope: t("the agency") if scope == ALL_PEOPLE else post_labels(current)[scope],
        )
    with right:
        usual = [str(box) for box in TALENT_POOL]
        boxes = choose_many(
            st.pills,
            t("Boxes ({usual} unless chosen)", usual=", ".join(usual)),
            _BOXES,
            "pool_boxes",
            selection_mode="multi",
        )
    wanted = [int(box) for box in boxes or usual]
    members = select_pool(current, post, wanted, get_decided_boxes(engine()))
    title = t(
        "{count} people in box {boxes} with at least Baik in both of the last two years",
        count=len(members),
        boxes=", ".join(str(box) for box in sorted(wanted, reverse=True)),
    )
    st.markdown(f"**{title}**", help=say_article("krs"))
    table = pd.DataFrame(
        {
            t("Name"): members["full_name"],
            "NIP": members.index,
            t("Box"): members["box"],
            t("Computed box"): members["computed_box"].replace(0, pd.NA),
            t("Talent value"): members["talent"].round(2),
            t("Readiness"): [class_name(readiness) if readiness else "–" for readiness in members["readiness"]],
            t("Post"): members["position_title"],
            t("Unit"): members["unit"],
        }
    )
    words = {t("Talent value"): ["–" if value != value else show_number(value, 2) for value in members["talent"]]}
    people_doors(current, table.assign(**words), members.index, "pool_people", post, height=300, alt=title)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        downloads("pool", "mantel_krs", lambda: table, title)
        if has_right(account, "weigh"):
            st.text_input(t("Propose this group as"), key="pool_name", max_chars=100, width=320)
            st.button(
                t("Propose"),
                key="pool_propose",
                on_click=attempt,
                args=(
                    _PLACE,
                    lambda: pools.propose_pool(engine(), current, entered("pool_name"), post, wanted, by=account),
                    ["pool_name"],
                ),
            )
    refusal(_PLACE)
    marks = find_marks("pool", current)
    for pool in pools.list_pools(engine()):
        _frozen(current, pool, account, marks.get(pool.id))


def _frozen(current: TalentReview, pool: pools.Pool, account: Account, mark: str | None) -> None:
    states = {"proposed": t("proposed"), "reviewed": t("reviewed by the committee"), "fixed": t("fixed")}
    known = {post.key for post in current.posts}
    where = (
        t("the agency")
        if pool.post == ALL_PEOPLE
        else post_title(current, pool.post)
        if pool.post in known
        else pool.post
    )
    with st.expander(f"{plain(pool.name)}: {states[pool.state]} · {len(pool.members)} · {plain(where)}"):
        frame = pd.DataFrame(
            [list(member) for member in pool.members],
            columns=["NIP", t("Name"), t("Unit"), t("Box"), t("Computed box"), t("Talent value")],
        )
        say_mark(mark)
        people_doors(current, frame, frame["NIP"].tolist(), f"pool_people_{pool.id}", height=220, alt=pool.name)
        st.caption(
            t(
                "Frozen on {day} under rubric {rubric}, data version {version}; boxes {boxes}; {state} by {who}, {when}.",
                day=show_day(pool.as_of),
                rubric=pool.rubric_digest[:12],
                version=show_number(pool.data_version),
                boxes=pool.boxes,
                state=states[pool.state],
                who=plain(pool.state_by),
                when=stamp(pool.state_at),
            )
        )
        with st.container(horizontal=True):
            downloads(f"pool_{pool.id}", f"mantel_krs_{pool.id}", lambda: frame, pool.name)
            following = pools.NEXT.get(pool.state)
            if following and has_right(account, following[1]):
                label = t("Reviewed by the committee") if following[0] == "reviewed" else t("Fix")
                st.button(
                    label,
                    key=f"pool_on_{pool.id}",
                    on_click=attempt,
                    args=(_PLACE, lambda: pools.move_pool_on(engine(), pool.id, by=account)),
                )
            if pool.state != "fixed" and may_remove(pool.username, account):
                removal_button(
                    st.container(),
                    f"pool_drop_{pool.id}",
                    _PLACE,
                    pool.name,
                    lambda: pools.remove_pool(engine(), pool.id, by=account),
                )
