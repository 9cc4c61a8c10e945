"""The first three as the server confirms them."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.reports.workbook import frame_workbook
from core.talent.ranking.of_post import ENOUGH, count_eligible, rank_candidates, rank_post
from core.talent.ranking.order import Ranking
from core.talent.review import Basis, PostView, TalentReview
from core.talent.takers import find_takers
from core.ui.download import offer_download
from core.ui.language import language, plain, show_day, t, tn
from core.ui.ranking.order_table import ranked_table, shortlist
from core.ui.ranking.weights_in_session import Simulation
from core.ui.shared import shared_result
from core.ui.terms import say_article, say_lacking
from core.ui.widgets import post_labels

#: So many of those who can take the post now are named.
_NAMED = 3


def show_confirmed(simulation: Simulation, above: DeltaGenerator) -> None:
    """The first three in words, and the whole order as a file; ``above`` the panel who can take the post now."""
    view = simulation.view
    ranking = rank_candidates(view, simulation.weights, simulation.rule)
    kind = t("simulation") if simulation.tenths is not None else t("official weights")
    if view.post:
        above.markdown(_say_takers(simulation, ranking))  # one line: the panel below it must stay in sight
    proposal = simulation.review.rule_book.find(view.post).proposal if view.post else 3
    left, right = st.columns([4, 1], vertical_alignment="top")
    with left:
        if proposal == 1:
            st.markdown(f"**{t('Proposal: the first alone, confirmed by the server ({kind})', kind=kind)}**")
        else:
            st.markdown(
                f"**{t('First three, confirmed by the server ({kind})', kind=kind)}**", help=say_article("proposal")
            )
        few = count_eligible(ranking, view.answers) if view.post else ENOUGH
        if few < ENOUGH:
            st.markdown(
                f"**{tn('Only {count} candidate is eligible.', 'Only {count} candidates are eligible.', few)}**"
            )
        st.text(shortlist(_first(view, ranking, proposal)) or t("nobody has a score yet"))
        if view.post and (why := _say_first(simulation, ranking)):
            st.markdown(why)
        st.caption(
            t(
                "Rubric {rubric}, data of {day}. For consideration: the decision is the PPK's.",
                rubric=plain(simulation.rubric_name),
                day=show_day(simulation.review.as_of),
            )
        )
    offer_download(
        t("Download all (XLSX)"),
        lambda: _workbook(simulation, kind),
        f"mantel_{simulation.post}.xlsx",
        icon=":material/download:",
        place=right,
    )


def _first(view: PostView, ranking: Ranking, count: int) -> Iterator[tuple[int, str, float, int]]:
    """Rank, name, score and answer of who shares the first places."""
    rows = ranking.order[(ranking.rank[ranking.order] > 0) & (ranking.rank[ranking.order] <= count)]
    for row in rows:
        yield int(ranking.rank[row]), view.names[row], float(ranking.score[row]), int(view.answers[row])


def _workbook(simulation: Simulation, kind: str) -> bytes:
    ranked = rank_post(simulation.review, simulation.post, simulation.weights, simulation.rule, simulation.basis)
    titles = [
        post_labels(simulation.review)[simulation.post],
        f"{simulation.rubric_name} · {kind} · {show_day(simulation.review.as_of)}",
    ]
    return frame_workbook(t("Ranking"), ranked_table(ranked), titles)


def _say_takers(simulation: Simulation, ranking: Ranking) -> str:
    """Who can take the post now by the one rule."""
    view = simulation.view
    now = find_takers(simulation.review, simulation.post, basis=simulation.basis).now[view.rows]
    able = [view.names[row] for row in ranking.order[now[ranking.order]]]
    said = tn(
        "{count} of {all} candidates can take the post now",
        "{count} of the {all} candidates can take the post now",
        len(able),
        all=len(view.names),
    )
    more = len(able) - _NAMED
    named = "; ".join(able[:_NAMED]) + (" " + tn("and {count} more", "and {count} more", more) if more > 0 else "")
    # A name may end in the full stop of a degree.
    return f"**{said}**{': ' if able else ''}{plain(named)}" + ("" if named.endswith(".") else ".")


def _say_first(simulation: Simulation, ranking: Ranking) -> str:
    """Why the first of the order cannot take the post now; empty where they can."""
    view = simulation.view
    placed = ranking.order[ranking.rank[ranking.order] > 0]
    if not len(placed):
        return ""
    first = placed[0]
    why = _lacking(simulation.review, simulation.post, str(view.candidates[first]), simulation.basis, language())
    if not why:
        return ""
    return t(
        "{name} is first by this order but cannot be placed now: {reasons}.",
        name=plain(view.names[first]),
        reasons=plain(why),
    )


@shared_result(max_entries=256)
def _lacking(review: TalentReview, post: str, nip: str, basis: Basis, words: str) -> str:
    """What keeps somebody from taking a post now, in a language (``words``); empty where nothing does."""
    takers = find_takers(review, post, basis=basis)
    return "" if nip in takers.nips else say_lacking(review, post, nip, takers.lacking(nip), basis)
