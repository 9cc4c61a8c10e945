"""Peringkat & Bobot: choose a post, move a weight, see the order change and how firm it is."""

import streamlit as st

from core.reports.workbook import frame_workbook
from core.service.accounts import may
from core.store.accounts import Account
from core.talent.eligibility.order_rule import ORDER_RULES, OrderRule
from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview, rank_post
from core.ui.explaining import explanation_dialog
from core.ui.language import language, named, show_day, t
from core.ui.links import choose_one
from core.ui.people_set import only_the_set
from core.ui.ranking import robustness as firm
from core.ui.ranking import scenarios
from core.ui.ranking import weights_in_session as simulation
from core.ui.ranking.panel import RankingRows, live_ranking, payload, tell_firmness
from core.ui.ranking.panel.text import panel_text
from core.ui.ranking.views import VIEWS
from core.ui.ranking.weights_in_session import Simulation
from core.ui.shared import review
from core.ui.shell import part, serve
from core.ui.tables import ranked_table, shortlist
from core.ui.terms import reasons
from core.ui.widgets import nothing_imported, post_labels


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    readonly = not may(account, "weigh")
    scenarios.open_asked(current, readonly)
    current = only_the_set(current)
    post, rule = _choose(current)
    if current.candidates(post).empty:
        st.info(t("Nobody of the set is a candidate for this post by level; choose another post or all people."))
        return
    simulation.begin(current.rubric.part_keys, readonly)
    _live(current, post, rule, readonly, account)


def _choose(current: TalentReview) -> tuple[str, OrderRule]:
    board = current.board
    posts = [ALL_PEOPLE, *board.sort_values("vacant", ascending=False, kind="stable")["post"]]
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        post = choose_one(st.selectbox, t("Post"), posts, "post", posts[1], format_func=post_labels(board).get)
    with right:
        names = {"box": t("Eligible, box, score"), "score": t("Score alone")}
        rule = choose_one(
            st.segmented_control,
            t("Order"),
            ORDER_RULES,
            "order",
            current.rules.order,
            required=True,
            format_func=names.get,
        )
    return post, "score" if rule == "score" else "box"


@part
def _live(current: TalentReview, post: str, rule: OrderRule, readonly: bool, account: Account) -> None:
    """The panel and all that depends on its weights; runs again by itself on each release."""
    now = simulation.present(current, post, rule, readonly)
    simulation.keep(now)
    panel, alarm, told = st.container(), st.container(), st.container()
    # The confirmed order is on screen before the slower answers are worked out.
    with told:
        _confirmed(now)
    with panel:
        opened = live_ranking(
            _rows(now.token, current, post),
            key=now.panel_key,
            token=now.token,
            parts=[
                {
                    "key": one.key,
                    "name": named(one.name),
                    "measures": [{"name": named(measure.name), "share": measure.share} for measure in one.measures],
                }
                for one in current.rubric.parts
            ],
            official=current.rubric.weights,
            weights=simulation.start_weights(),
            push=simulation.push(),
            rule=rule,
            text=panel_text(rule),
            decimal_comma=language() == "id",
            readonly=readonly,
        )
    if opened is not None:
        explanation_dialog(current, str(current.candidates(post)[opened]), post)
    found = simulation.firmness_of(now)
    tell_firmness(
        "firmness",
        now.token,
        now.weights,
        found.near.first,
        found.near.first_three,
        found.intervals,
        firm.verdict(now, found),
    )
    with alarm:
        firm.alarm(now, found)
    with told:
        firm.waiting(now, found)
        scenarios.told(now)
    _views(now, account)


@st.cache_resource(max_entries=8, show_spinner=False)
def _rows(token: str, _current: TalentReview, post: str) -> dict[str, object]:
    nips = _current.candidates(post)
    people = _current.people.loc[nips]
    eligibility = _current.eligibility_for(post)
    at = _current.people.index.get_indexer(nips)
    return payload(
        RankingRows(
            names=people["full_name"].tolist(),
            units=people["unit"].tolist(),
            reasons=reasons(eligibility, nips),
            eligibility=eligibility.overall.loc[nips].to_numpy(),
            box=people["box"].to_numpy(),
            value=_current.scores.value[at],
            low=_current.scores.low[at],
            high=_current.scores.high[at],
            measures=_current.scores.measure_values[at],
        )
    )


def _confirmed(now: Simulation) -> None:
    ranked = rank_post(now.review, now.post, now.weights, now.rule)
    kind = t("simulation") if now.tenths is not None else t("official weights")
    left, right = st.columns([4, 1], vertical_alignment="top")
    with left:
        st.markdown(f"**{t('First three, confirmed by the server ({kind})', kind=kind)}**")
        st.text(shortlist(ranked) or t("nobody has a score yet"))
        st.caption(
            t(
                "Rubric {rubric}, reference date {day}. For consideration: the decision is the PPK's.",
                rubric=now.review.rubric.name,
                day=show_day(now.review.as_of),
            )
        )
    right.download_button(
        t("Download all (XLSX)"),
        data=lambda: frame_workbook(
            t("Ranking"),
            ranked_table(ranked),
            [
                post_labels(now.review.board)[now.post],
                f"{now.review.rubric.name} · {kind} · {show_day(now.review.as_of)}",
            ],
        ),
        file_name=f"mantel_{now.post}.xlsx",
        on_click="ignore",
        icon=":material/download:",
    )


def _views(now: Simulation, account: Account) -> None:
    shown = {key: view for key, view in VIEWS.items() if view.wanted(now)}
    key = choose_one(
        st.segmented_control,
        t("Look closer"),
        list(shown),
        "view",
        next(iter(shown)),
        required=True,
        format_func=lambda one: t(shown[one].title),
        label_visibility="collapsed",
    )
    shown[key].draw(now, account)


serve(draw)
