"""How firm the order is: what is said at once, and the table, strip and pairs behind it."""

from __future__ import annotations

from math import comb

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.robustness import rank_strip
from core.reports.robustness import alarm_words, percent
from core.service.robustness import get_alarm_limits
from core.store.accounts import Account
from core.talent.messages import N_
from core.talent.ranking.acceptability import (
    WEIGHTINGS,
    compute_rank_acceptability,
    draw_weightings,
    draw_weightings_near,
    find_dominators,
    find_fixed_pairs,
)
from core.talent.ranking.robustness import SEED, Robustness, classify_robustness, find_first_rows, find_probable
from core.ui.export import chart_with_files
from core.ui.language import language, named, plain, show_number, t
from core.ui.ranking import weights_in_session
from core.ui.ranking.order_table import candidate_doors
from core.ui.ranking.weights_in_session import Simulation
from core.ui.terms import answer_name, whom_to_ask

#: What is said of the first three, by ``classify_robustness``.
VERDICTS = (N_("The first three are fragile."), N_("The first three are fairly firm."), N_("The first three are firm."))
_ALARM = N_("These weights fit one person conspicuously well.")
_SHOWN = 40
_STRIP = 15


def alarm(simulation: Simulation, robustness: Robustness) -> None:
    """The calm sentence, when the weights look as if made for one person."""
    if robustness.tailoring is None or simulation.tenths is None:
        return
    name = simulation.names[robustness.tailoring.row]
    words = alarm_words(robustness.tailoring, plain(name), get_alarm_limits(), WEIGHTINGS, language())
    st.warning(f"**{t(_ALARM)}** {' '.join(words)}")


def verdict(simulation: Simulation, robustness: Robustness) -> tuple[str, str, str]:
    """How firm the first three are: the word, the figures, and the alarm's headline. Plain text for the panel."""
    first = simulation.matrix.first(simulation.weights, 3)
    alarmed = t(_ALARM) if robustness.tailoring is not None and simulation.tenths is not None else ""
    if not len(first):
        return "", "", alarmed
    near = robustness.near.first_three
    unknown = _say_probable(simulation, near)
    figures = t(
        "Of {count} random weightings near these, this share keeps each within the first three: {shares}.",
        count=show_number(WEIGHTINGS),
        shares="; ".join(f"{_marked(simulation, int(row))} {percent(near[row], language())}" for row in first[:5]),
    )
    firm = t(VERDICTS[classify_robustness(near[first])])
    # Who is not known decides before it is asked how firm the rest is.
    return (unknown, f"{firm} {figures}", alarmed) if unknown else (firm, figures, alarmed)


def _say_probable(simulation: Simulation, near: np.ndarray) -> str:
    """Who would probably be within the first three, with what is missing and whom to ask; empty where nobody."""
    rows = find_probable(simulation.matrix, simulation.weights, near)[:3]
    if not len(rows):
        return ""
    return t(
        "Not yet decided: {names}.",
        names="; ".join(
            t(
                "{name} would be within the first three in {share}, {missing}",
                name=_marked(simulation, int(row)),
                share=percent(near[row], language()),
                missing=_say_missing(simulation, int(row)),
            )
            for row in rows
        ),
    )


def _say_missing(simulation: Simulation, row: int) -> str:
    """The measures of a row that are not known and carry weight, with whom to ask."""
    measures = [measure for criterion in simulation.rubric.criteria for measure in criterion.measures]
    weights = [
        weight * measure.share
        for criterion, weight in zip(simulation.rubric.criteria, simulation.weights, strict=True)
        for measure in criterion.measures
    ]
    values = simulation.review.view(simulation.post, simulation.basis).scores.measures[row]
    missing = [
        measure for measure, weight, value in zip(measures, weights, values, strict=True) if weight and np.isnan(value)
    ]
    return t("missing: {missing}", missing=", ".join(f"{named(m.name)} ({whom_to_ask(m.fact)})" for m in missing[:3]))


def _marked(simulation: Simulation, row: int) -> str:
    """A name, with the answer over the gates where the person is not plainly eligible."""
    answer = int(simulation.matrix.eligibility[row])
    return f"{simulation.names[row]} ({answer_name(answer)})" if answer else simulation.names[row]


def waiting(simulation: Simulation, robustness: Robustness) -> None:
    """Who is not fully assessed and may still enter the first three."""
    names = simulation.names
    near = robustness.near.first_three
    first = simulation.matrix.first(simulation.weights, 3)
    told = find_probable(simulation.matrix, simulation.weights, near)
    may_enter = [row for row in np.flatnonzero(simulation.matrix.open & (near >= 0.05)) if row not in (*first, *told)]
    if may_enter:
        st.text(
            t(
                "Not fully assessed, and within the first three in part of these once known: {names}",
                names="; ".join(f"{names[row]} {percent(near[row], language())}" for row in may_enter[:4]),
            )
        )


def draw(simulation: Simulation, account: Account) -> None:
    """The table, the strip of ranks, pairs and dominance."""
    matrix = simulation.matrix
    if not len(matrix):
        st.info(t("This post has no candidates."))
        return
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        weights_in_session.choose_radius(
            t("How far around the present weights"),
            t("Each random weighting keeps the rest as it is and gives this share of the weight out anew at random."),
        )
    robustness = weights_in_session.robustness_of(simulation)
    names = simulation.names
    rows = find_first_rows(matrix, simulation.weights)[:_SHOWN]
    words = language()
    table = pd.DataFrame(
        {
            t("Name"): [names[row] for row in rows],
            t("First three, near"): [percent(robustness.near.first_three[row], words) for row in rows],
            t("First, near"): [percent(robustness.near.first[row], words) for row in rows],
            t("First three, any weighting"): [percent(robustness.anywhere.first_three[row], words) for row in rows],
            t("Dominated by"): [
                "; ".join(names[other] for other in find_dominators(matrix, row)[:3]) or "–" for row in rows
            ],
        }
    )
    candidate_doors(
        simulation,
        table,
        rows,
        "robust_people",
        alt=t("How firm the order is, name by name"),
        height=330,
    )
    st.caption(
        t(
            "Dominated: somebody is at least as good in every criterion and better in one, so no weighting puts the name ahead of that person."
        )
    )
    _pairs(simulation, rows[:10])
    with right:
        wanted = st.toggle(t("Show how often each name stands at each place"), key="rank_strip")
    if wanted:
        _strip(simulation, rows[:_STRIP], names)


def _pairs(simulation: Simulation, rows: np.ndarray) -> None:
    fixed = find_fixed_pairs(simulation.matrix, rows)
    whole = int((~simulation.matrix.open[rows]).sum())
    if whole > 1:
        st.text(
            t(
                "Among the first {people} names no weighting can turn {fixed} of {count} pairs.",
                people=whole,
                fixed=int(fixed.sum()),
                count=comb(whole, 2),
            )
        )


def _strip(simulation: Simulation, rows: np.ndarray, names: list[str]) -> None:
    drawn = draw_weightings_near(
        simulation.weights, weights_in_session.radius(), draw_weightings(WEIGHTINGS, simulation.matrix.criteria, SEED)
    )
    depth = min(_STRIP, len(simulation.matrix))
    shares = compute_rank_acceptability(simulation.matrix, drawn, rows, depth, SEED)
    table = pd.DataFrame(
        [
            {"name": names[row], "rank": place + 1, "share": 100 * shares[n, place]}
            for n, row in enumerate(rows)
            for place in range(depth)
        ]
    )
    text = {"name": t("Name"), "rank": t("Rank"), "share": t("Share of weightings in percent")}
    picture = rank_strip(table, [names[row] for row in rows], text)
    chart_with_files("strip", "mantel_ketegasan", picture, table, t("How often each name stands at each place"))
