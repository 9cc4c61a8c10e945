"""Peringkat & Bobot: choose a post, move a weight, see the order change."""

import numpy as np
import pandas as pd
import streamlit as st

from core.reports.workbook import frame_workbook
from core.service.accounts import may
from core.store.accounts import Account
from core.talent.errors import InvalidWeights
from core.talent.position import ALL_PEOPLE
from core.talent.ranking import ORDER_RULES, tenths_from
from core.talent.review import TalentReview, rank_post
from core.ui.data import review, review_token
from core.ui.explaining import explanation_dialog
from core.ui.language import language, named, sentence_of, show_day, t
from core.ui.links import choose_one
from core.ui.live_ranking import RankingRows, live_ranking, payload
from core.ui.shell import part, serve
from core.ui.tables import fit_table, ranked_table, shortlist
from core.ui.widgets import nothing_imported, post_labels
from core.ui.words import answer_name, reasons

_WEIGHTS = "weights_in_tenths"


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    post, rule = _choose(current)
    _live(current, post, rule, readonly=not may(account, "weigh"))


def _choose(current: TalentReview) -> tuple[str, str]:
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
    return post, rule


@part
def _live(current: TalentReview, post: str, rule: str, readonly: bool) -> None:
    rubric = current.rubric
    start = None if readonly else _weights_to_start_from(rubric.part_keys)
    token = f"{review_token(current)}|{post}|{rule}|{language()}"
    tenths, opened = live_ranking(
        _rows(token, current, post),
        key=f"live_ranking_{post}_{rule}_{language()}",
        token=token,
        parts=[(part.key, named(part.name)) for part in rubric.parts],
        official=rubric.weights,
        weights=start,
        rule=rule,
        text=_panel_text(rule),
        decimal_comma=language() == "id",
        readonly=readonly,
        on_release=lambda: None,
    )
    if opened is not None:
        explanation_dialog(current, str(current.candidates(post)[opened]), post)
    tenths = None if readonly else tenths
    _keep(tenths)
    weights = np.array(rubric.weights) if tenths is None else np.array(tenths) / 1000
    _confirmed(current, rank_post(current, post, weights, rule), post, simulated=tenths is not None)


def _weights_to_start_from(part_keys: tuple[str, ...]) -> list[int] | None:
    if "w" in st.query_params:
        try:
            return tenths_from(st.query_params["w"], part_keys)
        except InvalidWeights as error:
            st.warning(sentence_of(error))
            del st.query_params["w"]
            st.session_state.pop(_WEIGHTS, None)
    kept = st.session_state.get(_WEIGHTS)
    return kept if kept and len(kept) == len(part_keys) else None


def _keep(tenths: list[int] | None) -> None:
    st.session_state[_WEIGHTS] = tenths
    link = ".".join(str(value) for value in tenths) if tenths else None
    if link:
        st.query_params["w"] = link
    elif "w" in st.query_params:
        del st.query_params["w"]


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
        )
    )


def _panel_text(rule: str) -> dict[str, object]:
    order = {
        "box": t(
            "Order: eligible first, then to be reviewed, then not eligible; within these box 9 to 1; within a box by score."
        ),
        "score": t("Order: by score alone, whatever the box and the gates say."),
    }[rule]
    return {
        "simulation": t("simulation"),
        "simulation_note": t("not the official weights"),
        "official_button": t("Back to official weights"),
        "rule": t(
            "The sum is always 100 %: move one, the others follow in proportion; a lock keeps a weight. "
            "The small mark is the official weight. Keys: arrows 1 %, with Shift 5 %."
        ),
        "order": order,
        "sum": t("Sum"),
        "list": t("Ranking of candidates"),
        "lock": t("Lock {name}"),
        "tied": t("tie: equal scores"),
        "interval": t("not fully assessed: the score if the missing parts were 0, if they were 100"),
        "box": t("Box {box}"),
        "not_assessed": t("not assessed"),
        "inseparable": t("the missing data cannot tell {count} others apart from this one"),
        "explain": t("Where do these numbers come from?"),
        "answers": [answer_name(answer) for answer in range(3)],
        "up": t("up {count}"),
        "down": t("down {count}"),
        "row": t("Rank {rank}, {name}, score {score}, box {box}, {state} {moved}"),
    }


def _confirmed(current: TalentReview, ranked: pd.DataFrame, post: str, simulated: bool) -> None:
    kind = t("simulation") if simulated else t("official weights")
    left, right = st.columns([4, 1], vertical_alignment="top")
    with left:
        st.markdown(f"**{t('First three, confirmed by the server ({kind})', kind=kind)}**")
        st.text(shortlist(ranked) or t("nobody has a score yet"))
        st.caption(
            t(
                "Rubric {rubric}, reference date {day}. For consideration: the decision is the PPK's.",
                rubric=current.rubric.name,
                day=show_day(current.as_of),
            )
        )
        _fit(ranked, post)
    right.download_button(
        t("Download all (XLSX)"),
        data=lambda: frame_workbook(
            t("Ranking"),
            ranked_table(ranked),
            [post_labels(current.board)[post], f"{current.rubric.name} · {kind} · {show_day(current.as_of)}"],
        ),
        file_name=f"mantel_{post}.xlsx",
        on_click="ignore",
        icon=":material/download:",
    )


def _fit(ranked: pd.DataFrame, post: str) -> None:
    if "fit" not in ranked:
        return
    with st.expander(
        t("Fit for this post: talent value and technical competence, field of study, years in the family")
    ):
        st.dataframe(fit_table(ranked), hide_index=True, alt=t("Fit for the post"), height=260)


serve(draw)
