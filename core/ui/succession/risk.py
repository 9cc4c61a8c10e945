"""Bench and risk: how many follow for each post, which posts nobody can take, who stands on too many benches."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.charts.succession import risk_map
from core.service import readiness as readiness_service
from core.service.accounts import Account, may
from core.talent.employee import level_of
from core.talent.posts import several_holders
from core.talent.review import TalentReview
from core.talent.succession.readiness import CLASSES, as_decided, bench, names_on_many_benches, readiness
from core.ui.actions import attempt, entered, refusal, refused
from core.ui.explaining import explain_button
from core.ui.export import chart_with_files, downloads
from core.ui.language import plain, t
from core.ui.links import choose_many, choose_one
from core.ui.shared import engine, review_token
from core.ui.terms import level_name, post_title

_PLACE = "readiness"


@st.cache_data(max_entries=4, show_spinner=False)
def _bench(token: str, decided: dict[str, dict[str, str]], _current: TalentReview) -> pd.DataFrame:
    return bench(_current, decided)


def bench_of(current: TalentReview) -> pd.DataFrame:
    """The bench of every post with what was decided on; computed once for a review and these decisions."""
    return _bench(review_token(current), readiness_service.decided(engine()), current)


def risk(current: TalentReview, account: Account) -> None:
    """The map of criticality and bench, the bench of every post and what keeps people from one."""
    units = choose_many(
        st.multiselect, t("Unit"), sorted(current.board["unit"].unique()), "risk_unit", placeholder=t("all")
    )
    board = current.board.merge(bench_of(current), on="post")
    if units:
        board = board[board["unit"].isin(units)]
    positions = {one.post: one for one in current.positions}
    near = board["months_left"].fillna(0.0).astype(float) <= 12
    posts = pd.DataFrame(
        {
            "title": board["title"],
            "criticality": [positions[post].criticality for post in board["post"]],
            "ready": board["now"].clip(upper=2),
            "near": near.to_numpy(dtype=bool),
            "state": [
                t("vacant") if vacant else t("falls vacant within a year") if soon else t("held")
                for vacant, soon in zip(board["vacant"], near, strict=True)
            ],
        }
    )
    none, one = int((board["now"] == 0).sum()), int((board["now"] == 1).sum())
    title = t(
        "{none} of {all} posts have nobody ready now, {one} have one person only", none=none, one=one, all=len(board)
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
        table = _table(current, board, positions)
        wide = {t("Post"): st.column_config.Column(width=210, pinned=True)}
        st.dataframe(table, hide_index=True, height=440, column_config=wide, alt=t("Bench of every post"))
        downloads("bench", "mantel_cadangan", lambda: table, t("Bench of every post"))
    _strength(current, board)
    _why(current, account)


def _strength(current: TalentReview, board: pd.DataFrame) -> None:
    """The bench by unit and by level."""
    title = t("Bench by unit and by level")
    with st.expander(title):
        levels = {one.post: level_name(level_of(one.echelon or None, one.title)) for one in current.positions}
        counted = [
            board.assign(what=name, group=groups).groupby(["what", "group"], sort=False).agg(
                posts=("post", "size"), vacant=("vacant", "sum"), now=("now", "sum"), soon=("soon", "sum"),
                later=("later", "sum"), empty=("now", lambda ready: int((ready == 0).sum())),
            )
            for name, groups in ((t("Level"), board["post"].map(levels)), (t("Unit"), board["unit"]))
        ]  # fmt: skip
        table = pd.concat(counted).reset_index()
        table.columns = pd.Index([
            t("By"), t("Level or unit"), t("Posts"), t("Vacant"), t("Ready now"), t("In 1–2 years"), t("In 3–5 years"),
            t("Posts with nobody ready now"),
        ])  # fmt: skip
        st.dataframe(table, hide_index=True, height=300, alt=title)
        st.caption(t("People count once for each post they are ready for."))


def _table(current: TalentReview, board: pd.DataFrame, positions: dict) -> pd.DataFrame:
    levels = t("low|middle|high").split("|")
    return pd.DataFrame(
        {
            t("Post"): board["title"],
            t("Ready now"): board["now"],
            t("In 1–2 years"): board["soon"],
            t("In 3–5 years"): board["later"],
            t("Critical"): [levels[positions[post].criticality - 1] for post in board["post"]],
            t("Why critical"): [positions[post].criticality_reason for post in board["post"]],
            t("Unit"): board["unit"],
        }
    )


def _warnings(current: TalentReview) -> None:
    names = current.people["full_name"]
    many = _many(review_token(current), current)
    if len(many):
        told = "; ".join(f"{names[nip]} ({count})" for nip, count in many.head(5).items())
        st.text(t("On many benches of posts that fall vacant within a year: {names}", names=told))
    for post, nips in several_holders(current.positions, current.people).items():
        told = "; ".join(str(names[nip]) for nip in nips)
        st.warning(
            plain(
                t(
                    "{post} has {count} definitive holders: {names}. Correct the post of all but one in SIASN and import again.",
                    post=post_title(current, post),
                    count=len(nips),
                    names=told,
                )
            )
        )


@st.cache_data(max_entries=4, show_spinner=False)
def _many(token: str, _current: TalentReview) -> pd.Series:
    return names_on_many_benches(_current)


def class_name(key: str) -> str:
    """A class of readiness in words."""
    return {
        "now": t("ready now"), "soon": t("ready in 1–2 years"), "later": t("ready in 3–5 years"), "not": t("not ready"),
    }[key]  # fmt: skip


def _why(current: TalentReview, account: Account) -> None:
    """The people of a post by readiness, each with what keeps from being ready now."""
    with st.expander(t("Who is ready for a post, and what keeps the others"), expanded=refused(_PLACE)):
        titles = dict(zip(current.board["post"], current.board["title"], strict=True))
        post = choose_one(
            st.selectbox, t("Post"), list(titles), "bench_post", next(iter(titles)), format_func=titles.get
        )
        found = readiness(current, post)
        decisions = readiness_service.standing(engine(), post)
        classes = as_decided(found.classes, {nip: one.readiness for nip, one in decisions.items()})
        words = {
            "level": t("not a candidate by level"),
            "gates": t("a gate is not passed or open"),
            "pool": t("not in box 7, 8 or 9"),
            "family": t("neither serves in the family nor studied for it"),
            "serves_1": t("retires within a year"),
        }
        order = {"now": 0, "soon": 1, "later": 2, "not": 3}
        listed = classes.index[(classes != "not") | classes.index.isin(list(decisions))]
        nips = sorted(listed, key=lambda nip: (order[classes[nip]], -_talent(current, nip)))[:300]
        if not nips:
            st.text(t("Nobody is ready for this post within five years by the rule."))
            return
        table = pd.DataFrame(
            {
                t("Name"): [current.people.at[nip, "full_name"] for nip in nips],
                t("Readiness"): [
                    class_name(classes[nip])
                    + (
                        f" ({t('decided; computed: {what}', what=class_name(found.classes[nip]))})"
                        if nip in decisions
                        else ""
                    )
                    for nip in nips
                ],
                t("What keeps from being ready now"): [
                    decisions[nip].reason
                    if nip in decisions
                    else "; ".join(words[one] for one in found.lacking(nip)) or "–"
                    for nip in nips
                ],
                t("Unit"): [current.people.at[nip, "unit"] for nip in nips],
            }
        )
        rows = st.dataframe(
            table, hide_index=True, height=300, on_select="rerun", selection_mode="single-row", key=f"bench_{post}",
            alt=t("Who is ready for a post, and what keeps the others"),
        )["selection"]["rows"]  # fmt: skip
        if rows:
            explain_button(current, str(nips[rows[0]]), post, "bench")
        st.caption(
            t(
                "Ready now: candidate by level, all gates, box 7 to 9, of the family, serves a year. In 1–2 years: box 5 to 9, fails only what "
                "time and training mend, serves three years. In 3–5 years: a level below too, education, serves six years."
            )
        )
        if may(account, "calibrate"):
            _decide_form(current, post, account)


def _decide_form(current: TalentReview, post: str, account: Account) -> None:
    """Another readiness than the computed one, with its reason."""
    left, middle, right, button = st.columns([3, 2, 4, 1.3], vertical_alignment="bottom")
    names = current.people["full_name"]
    with left:
        st.selectbox(
            t("Person"), list(current.people.index), index=None, key="ready_person",
            format_func=lambda nip: str(names.get(nip, nip)),
        )  # fmt: skip
    with middle:
        st.selectbox(t("Readiness decided on"), list(CLASSES), key="ready_class", format_func=class_name)
    with right:
        st.text_input(t("Reason (obligatory)"), key="ready_reason", max_chars=2000)

    def decide() -> None:
        person, chosen, reason = entered("ready_person"), entered("ready_class"), entered("ready_reason")
        readiness_service.decide(engine(), current, person, post, chosen, reason, account)

    button.button(t("Decide"), key="ready_decide", on_click=attempt, args=(_PLACE, decide, ["ready_reason"]))
    refusal(_PLACE)


def _talent(current: TalentReview, nip: str) -> float:
    value = float(str(current.people.at[nip, "talent"]))
    return value if value == value else -1.0
