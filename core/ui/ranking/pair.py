"""Why A above B: any two names, one sentence, and the steps that make the gap."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.gap import gap_chart
from core.store.accounts import Account
from core.talent.ranking.pair import Pair, explain_pair, round_pair, tabulate_steps
from core.talent.ranking.robustness import find_first_rows
from core.ui.export import chart_with_files
from core.ui.language import plain, show_number, t
from core.ui.links import choose_one
from core.ui.ranking.weights_in_session import Simulation
from core.ui.terms import answer_name, box_name


def draw(simulation: Simulation, account: Account) -> None:
    """Two names, what puts one before the other, and the picture of the steps."""
    matrix, people = simulation.matrix, simulation.people
    rows = find_first_rows(matrix, simulation.weights)
    if len(rows) < 2:
        st.info(t("There are fewer than two candidates; there is nothing to compare."))
        return
    nips = [str(people.index[row]) for row in rows]
    labels = {nip: simulation.names[row] for nip, row in zip(nips, rows, strict=True)}
    left, right = st.columns(2)
    with left:
        one = choose_one(st.selectbox, t("One name"), nips, "above", nips[0], format_func=labels.get)
    with right:
        other = choose_one(
            st.selectbox, t("The other name"), nips, "below", next(n for n in nips if n != one), format_func=labels.get
        )
    if one == other:
        st.info(t("Choose two different names."))
        return
    at = {nip: int(row) for nip, row in zip(nips, rows, strict=True)}
    pair = explain_pair(matrix, simulation.weights, at[one], at[other])
    st.markdown(f"**{plain(say_pair(simulation, pair))}**")
    if not np.isnan(pair.gap):
        _steps(simulation, pair)


def say_pair(simulation: Simulation, pair: Pair) -> str:
    """Why one stands above the other, in a sentence."""
    first, second = simulation.names[pair.first], simulation.names[pair.second]
    matrix = simulation.matrix
    if pair.decides == "eligibility":
        answers = [answer_name(int(matrix.eligibility[row])) for row in (pair.first, pair.second)]
        return t(
            "{first} stands above {second} because of the gates: {one} before {other}. {score}",
            first=first,
            second=second,
            one=answers[0],
            other=answers[1],
            score=_say_score(pair),
        )
    if pair.decides == "box":
        boxes = simulation.review.view(simulation.post, simulation.basis).boxes
        return t(
            "{first} stands above {second} because of the box: {one} before {other}. {score}",
            first=first,
            second=second,
            one=box_name(int(boxes[pair.first])),
            other=box_name(int(boxes[pair.second])),
            score=_say_score(pair),
        )
    if pair.decides == "at_least":
        return t(
            "{first} stands above {second} by at least {low} points, whatever the missing records say.",
            first=first,
            second=second,
            low=show_number(pair.low, 2),
        )
    if pair.decides == "unknown":
        return t(
            "Which of {first} and {second} stands above is not known: the gap lies between {low} and {high} points.",
            first=first,
            second=second,
            low=show_number(pair.low, 2),
            high=show_number(pair.high, 2),
        )
    if pair.decides == "tie":
        return t("{first} and {second} share a place: their scores are equal.", first=first, second=second)
    names, shown = simulation.criterion_names, round_pair(matrix, simulation.weights, pair)
    steps = np.array(shown.steps)
    best, worst = int(steps.argmax()), int(steps.argmin())
    said = t(
        "{first} stands above {second} by {gap} points, most by {criterion} ({step})",
        first=first,
        second=second,
        gap=show_number(shown.gap, 2),
        criterion=names[best],
        step=f"+{show_number(steps[best], 2)}",
    )
    if steps[worst] < 0:
        return t(
            "{said}; {second} is better in {criterion} ({step}).",
            said=said,
            second=second,
            criterion=names[worst],
            step=f"+{show_number(-steps[worst], 2)}",
        )
    return f"{said}."


def _say_score(pair: Pair) -> str:
    if np.isnan(pair.gap):
        return t("The scores are not compared.")
    if pair.gap < 0:
        return t("By score alone the other would be ahead by {gap} points.", gap=show_number(-pair.gap, 2))
    return t("By score as well, by {gap} points.", gap=show_number(pair.gap, 2))


def _steps(simulation: Simulation, pair: Pair) -> None:
    shown = round_pair(simulation.matrix, simulation.weights, pair)
    steps = tabulate_steps(shown, simulation.weights)
    names = simulation.criterion_names
    moves = pd.DataFrame(
        {
            "step": [names[k] for k in steps["criterion"]],
            "start": steps["start"],
            "end": steps["end"],
            "label": [f"{'+' if step >= 0 else '−'}{show_number(abs(step), 2)}" for step in steps["step"]],
            "side": np.where(steps["step"] >= 0, "first", "second"),
        }
    )
    # Two namesakes are told apart by a blank that is not seen.
    ends = [(f"{simulation.names[pair.second]}\u200b", shown.second), (simulation.names[pair.first], shown.first)]
    second, first = (
        pd.DataFrame(
            {"step": [name], "start": [score], "end": [score], "label": [show_number(score, 2)], "side": ["score"]}
        )
        for name, score in ends
    )
    table = pd.concat([second, moves, first], ignore_index=True)
    picture = gap_chart(table, table["step"].tolist(), {"points": t("Points")})
    chart_with_files("pair", "mantel_selisih", picture, table, t("The gap step by step"))
