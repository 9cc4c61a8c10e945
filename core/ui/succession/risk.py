"""Bench and risk: how many follow for each post, which posts nobody can take, who stands on too many benches."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.charts.succession import risk_map
from core.service.accounts import has_right
from core.service.decisions import decide_readiness, list_standing
from core.store.accounts import Account
from core.talent.employee import derive_level
from core.talent.posts import Post, find_several_holders
from core.talent.review import TalentReview
from core.talent.succession.readiness import (
    CLASSES,
    classify_readiness,
    count_benches,
    lay_readiness_decisions,
    list_by_readiness,
)
from core.talent.succession.table import count_strength
from core.ui.actions import attempt, entered, refusal, refused
from core.ui.export import chart_with_files, downloads
from core.ui.language import plain, t
from core.ui.links import choose_many, choose_one
from core.ui.people_table import people_doors
from core.ui.shared import copied_result, decided_succession_table, engine
from core.ui.stale import find_marks, say_mark
from core.ui.succession.terms import class_name
from core.ui.terms import lacking_name, level_name, post_title

_PLACE = "readiness"


def risk(current: TalentReview, account: Account) -> None:
    """The map of criticality and bench, the bench of every post and what keeps people from one."""
    units = choose_many(
        st.multiselect, t("Unit"), sorted(current.post_table["unit"].unique()), "risk_unit", placeholder=t("all")
    )
    table = decided_succession_table(current)
    if units:
        table = table[table["unit"].isin(units)]
    by_key = {post.key: post for post in current.posts}
    posts = pd.DataFrame(
        {
            "title": table["title"],
            "criticality": [by_key[post].criticality for post in table["post"]],
            "ready": table["ready_now"].clip(upper=2),
            "near": table["near"],
            "state": [
                t("vacant") if vacant else t("falls vacant within a year") if soon else t("held")
                for vacant, soon in zip(table["vacant"], table["near"], strict=True)
            ],
        }
    )
    none, single = int((table["ready_now"] == 0).sum()), int((table["ready_now"] == 1).sum())
    title = t(
        "{none} of {all} posts have nobody ready now, {one} have one person only", none=none, one=single, all=len(table)
    )
    text = {
        "criticality": t("How critical the post is"),
        "ready": t("Ready now"),
        "levels": t("low|middle|high"),
        "counts": t("nobody|one|two or more"),
        "post": t("Post"),
        "state": t("State"),
    }
    left, right = st.columns(2, gap="large")
    with left:
        chart_with_files("risk", "mantel_risiko", risk_map(posts, text), posts, title)
        st.caption(
            t("Diamond: vacant or falls vacant within a year. Criticality is a setting of the posts with its reason.")
        )
        _warnings(current)
    with right:
        bench = _bench_table(table, by_key)
        wide = {t("Post"): st.column_config.Column(width=330)}
        st.dataframe(bench, hide_index=True, height=440, column_config=wide, alt=t("Bench of every post"))
        downloads("bench", "mantel_cadangan", lambda: bench, t("Bench of every post"))
    _strength(current, table)
    _why(current, account)


def _strength(current: TalentReview, table: pd.DataFrame) -> None:
    """The bench by unit and by level."""
    title = t("Bench by unit and by level")
    opened = st.expander(title, key="bench_strength", on_change="rerun")
    if not opened.open:
        return
    with opened:
        levels = {post.key: level_name(derive_level(post.echelon or None, post.title)) for post in current.posts}
        counted = [
            count_strength(table, groups).reset_index().assign(what=name)
            for name, groups in ((t("Level"), table["post"].map(levels)), (t("Unit"), table["unit"]))
        ]
        columns = ["what", "group", "posts", "vacant", "now", "soon", "later", "empty"]
        strength = pd.concat(counted)[columns]
        strength.columns = pd.Index(
            [
                t("By"),
                t("Level or unit"),
                t("Posts"),
                t("Vacant"),
                t("Ready now"),
                t("In 1–2 years"),
                t("In 3–5 years"),
                t("Posts with nobody ready now"),
            ]
        )
        st.dataframe(strength, hide_index=True, height=300, alt=title)
        st.caption(t("People count once for each post they are ready for."))


def _bench_table(table: pd.DataFrame, posts: Mapping[str, Post]) -> pd.DataFrame:
    levels = t("low|middle|high").split("|")
    return pd.DataFrame(
        {
            t("Post"): table["title"],
            t("Ready now"): table["ready_now"],
            t("In 1–2 years"): table["ready_soon"],
            t("In 3–5 years"): table["ready_later"],
            t("Critical"): [levels[posts[post].criticality - 1] for post in table["post"]],
            t("Why critical"): [posts[post].criticality_reason for post in table["post"]],
            t("Unit"): table["unit"],
        }
    )


def _warnings(current: TalentReview) -> None:
    names = current.people["full_name"]
    many = _many(current)
    if len(many):
        listed = "; ".join(f"{names[nip]} ({count})" for nip, count in many.head(5).items())
        st.text(t("On many benches of posts that fall vacant within a year: {names}", names=listed))
    for post, nips in find_several_holders(current.posts, current.people).items():
        listed = "; ".join(str(names[nip]) for nip in nips)
        st.warning(
            plain(
                t(
                    "{post} has {count} definitive holders: {names}. Correct the post of all but one in SIASN and import again.",
                    post=post_title(current, post),
                    count=len(nips),
                    names=listed,
                )
            )
        )


@copied_result(max_entries=4)
def _many(current: TalentReview) -> pd.Series:
    return count_benches(current)


def _why(current: TalentReview, account: Account) -> None:
    """The people of a post by readiness, each with what keeps from being ready now."""
    with st.expander(t("Who is ready for a post, and what keeps the others"), expanded=refused(_PLACE)):
        titles = {post.key: post.title for post in current.posts}
        post = choose_one(
            st.selectbox, t("Post"), list(titles), "bench_post", next(iter(titles)), format_func=titles.get
        )
        readiness = classify_readiness(current, post)
        decisions = list_standing(engine(), "readiness", post)
        classes = lay_readiness_decisions(
            readiness.classes, {nip: decision.value for nip, decision in decisions.items()}
        )
        marks = find_marks("readiness", current) if decisions else {}
        for decision in decisions.values():
            say_mark(marks.get(decision.id))
        nips = list_by_readiness(current, classes, list(decisions))[:300]
        if not nips:
            st.text(t("Nobody is ready for this post within five years by the rule."))
            return
        table = pd.DataFrame(
            {
                t("Name"): [current.people.at[nip, "full_name"] for nip in nips],
                t("Readiness"): [
                    class_name(classes[nip])
                    + (
                        f" ({t('decided; computed: {what}', what=class_name(readiness.classes[nip]))})"
                        if nip in decisions
                        else ""
                    )
                    for nip in nips
                ],
                t("What keeps from being ready now"): [
                    decisions[nip].reason
                    if nip in decisions
                    else "; ".join(map(lacking_name, readiness.lacking(nip))) or "–"
                    for nip in nips
                ],
                t("Unit"): [current.people.at[nip, "unit"] for nip in nips],
            }
        )
        people_doors(
            current,
            table,
            nips,
            f"bench_{post}",
            post,
            height=300,
            alt=t("Who is ready for a post, and what keeps the others"),
        )
        st.caption(
            t(
                "Ready now: candidate by level, all gates, a box that may be promoted, known fit, serves a year. In 1–2 years: box 5 to 9, fails only what "
                "time and training mend, serves three years. In 3–5 years: a level below too, education, serves six years."
            )
        )
        if has_right(account, "calibrate"):
            _decide_form(current, post, account)


def _decide_form(current: TalentReview, post: str, account: Account) -> None:
    """Another readiness than the computed one, with its reason."""
    left, middle, right, button = st.columns([3, 2, 4, 1.3], vertical_alignment="bottom")
    names = current.people["full_name"]
    with left:
        st.selectbox(
            t("Person"),
            list(current.people.index),
            index=None,
            placeholder=t("choose …"),
            key="ready_person",
            format_func=lambda nip: str(names.get(nip, nip)),
        )
    with middle:
        st.selectbox(t("Readiness decided on"), list(CLASSES), key="ready_class", format_func=class_name)
    with right:
        st.text_input(t("Reason (obligatory)"), key="ready_reason", max_chars=2000)

    def decide() -> None:
        person, chosen, reason = entered("ready_person"), entered("ready_class"), entered("ready_reason")
        decide_readiness(engine(), current, person, post, chosen, reason, by=account)

    button.button(t("Decide"), key="ready_decide", on_click=attempt, args=(_PLACE, decide, ["ready_reason"]))
    refusal(_PLACE)
