"""Ways to find weights: each asks something simpler than a percentage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import streamlit as st

from core.store.accounts import Account
from core.talent.arrays import FloatArray
from core.talent.errors import MantelError
from core.talent.ranking.elicitation import (
    CONSISTENT,
    PairwiseWeights,
    weigh_by_comparisons,
    weigh_by_rank_order,
    weigh_by_swing,
)
from core.talent.ranking.smallest_change import round_to_tenths
from core.ui.language import sentence_of, show_number, t
from core.ui.links import choose_one
from core.ui.ranking import weights_in_session
from core.ui.ranking.weights_in_session import Simulation

#: Answers to a comparison, from the first much more important to the second much more important.
_SCALE = (9, 7, 5, 3, 1, -3, -5, -7, -9)


def draw(simulation: Simulation, account: Account) -> None:
    """Choose a way, answer, take the weights over."""
    ways: dict[str, tuple[str, str, Callable[[Simulation, list[str]], FloatArray | None]]] = {
        "ranked": (
            t("Ranked criteria"),
            t(
                "Name the criteria in their order of importance; nothing more is asked. Each weight is the mean of all weightings that respect this order (rank order centroid)."
            ),
            _ranked,
        ),
        "swing": (
            t("Swing points"),
            t(
                "Give 100 points to the criterion whose step from the worst to the best candidate matters most. Give the others points in relation to it."
            ),
            _swing,
        ),
        "pairwise": (
            t("Pairwise (AHP)"),
            t(
                "Say for each two criteria which is more important and how much. The consistency ratio tells whether the answers contradict one another, and which one most."
            ),
            _pairwise,
        ),
    }
    way = choose_one(
        st.segmented_control, t("Way"), list(ways), "way", "ranked", required=True, format_func=lambda way: ways[way][0]
    )
    st.caption(ways[way][1])
    names = simulation.criterion_names
    try:
        weights = ways[way][2](simulation, names)
    except MantelError as error:
        st.info(sentence_of(error))
        return
    if weights is None:
        return
    tenths = round_to_tenths(weights)
    st.text("   ".join(f"{name} {show_number(tenth / 10, 1)} %" for name, tenth in zip(names, tenths, strict=True)))
    if st.button(t("Use these weights"), type="primary", key="use_weights"):
        weights_in_session.use_weights(tenths)


def _ranked(simulation: Simulation, names: list[str]) -> FloatArray | None:
    keys = simulation.rubric.criterion_keys
    shown = dict(zip(keys, names, strict=True))
    ranked = st.multiselect(
        t("Criteria, the most important first"),
        list(keys),
        key="ranked_criteria",
        format_func=shown.get,
        placeholder=t("choose …"),
    )
    if len(ranked) < len(keys):
        st.text(t("{given} of {count} criteria are ranked.", given=len(ranked), count=len(keys)))
        return None
    return weigh_by_rank_order(ranked, keys)


def _swing(simulation: Simulation, names: list[str]) -> FloatArray | None:
    keys = simulation.rubric.criterion_keys
    columns = st.columns(min(len(keys), 4))
    points = {
        key: columns[n % len(columns)].number_input(name, 0, 100, 100, 5, key=f"swing_{key}")
        for n, (key, name) in enumerate(zip(keys, names, strict=True))
    }
    return weigh_by_swing({key: float(value) for key, value in points.items()}, keys)


def _pairwise(simulation: Simulation, names: list[str]) -> FloatArray | None:
    keys = simulation.rubric.criterion_keys
    matrix = np.ones((len(keys), len(keys)))
    columns = st.columns(3)
    for n, (i, j) in enumerate(combinations(range(len(keys)), 2)):
        with columns[n % 3]:
            answer = st.select_slider(
                f"{names[i]} : {names[j]}",
                _SCALE,
                value=1,
                key=f"pair_{keys[i]}_{keys[j]}",
                format_func=lambda value: f"{value} : 1" if value > 0 else f"1 : {-value}",
            )
        matrix[i, j] = answer if answer > 0 else -1 / answer
        matrix[j, i] = 1 / matrix[i, j]
    derived = weigh_by_comparisons(matrix)
    st.text(_consistency(derived, names))
    return derived.weights


def _consistency(derived: PairwiseWeights, names: Sequence[str]) -> str:
    ratio = show_number(derived.consistency_ratio, 3)
    if derived.consistent or derived.worst_pair is None:
        return t(
            "Consistency ratio {ratio}: consistent enough (up to {limit}).",
            ratio=ratio,
            limit=show_number(CONSISTENT, 2),
        )
    first, second = (names[k] for k in derived.worst_pair)
    return t(
        "Consistency ratio {ratio}, above {limit}: the answers contradict one another, most at {first} : {second} (said {said}, the others imply {implied}).",
        ratio=ratio,
        limit=show_number(CONSISTENT, 2),
        first=first,
        second=second,
        said=_times(derived.worst_given),
        implied=_times(derived.worst_implied),
    )


def _times(value: float) -> str:
    return f"{show_number(value, 1)} : 1" if value >= 1 else f"1 : {show_number(1 / value, 1)}"
