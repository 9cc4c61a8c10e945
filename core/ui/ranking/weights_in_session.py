"""The weights of this session: where they come from, how they are set from elsewhere, what is shared about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException

from core.service.robustness import get_alarm_limits
from core.settings import settings
from core.talent.arrays import FloatArray
from core.talent.eligibility.order_rule import OrderRule
from core.talent.errors import InvalidWeights
from core.talent.fit.rubric import FitRubric
from core.talent.ranking.decision_matrix import DecisionMatrix, build_decision_matrix
from core.talent.ranking.influence import Influence, measure_influence
from core.talent.ranking.order import convert_tenths, parse_tenths
from core.talent.ranking.robustness import (
    Robustness,
    Shares,
    assess_robustness,
    compute_shares_anywhere,
    find_changes,
    find_first_rows,
)
from core.talent.ranking.smallest_change import Change
from core.talent.review import Basis, PostView, TalentReview
from core.talent.scoring.rubric import Rubric
from core.ui.language import language, named, sentence_of
from core.ui.links import choose_one
from core.ui.ranking.panel import Release, read_release
from core.ui.shared import shared_result

_START = "weights_at_start"
_LOCKED = "weights_locked"
_START_ID = "weights_start_id"
_RELEASED = "weights_released"
_BASIS, _KEPT = "weights_basis", "weights_of_bases"


@dataclass(frozen=True)
class Simulation:
    """What is looked at: a review's candidates for a post under an order rule and some weights.

    ``tenths`` are the simulated weights in tenths of a percent, None under the official ones;
    ``weights`` the same as shares. ``cache_key`` names the data, the post, the rule and the weights.
    """

    review: TalentReview
    post: str
    rule: OrderRule
    basis: Basis
    readonly: bool
    tenths: tuple[int, ...] | None
    locked: tuple[bool, ...]

    @property
    def rubric(self) -> Rubric | FitRubric:
        """Criteria and official weights of what the candidates are ordered by."""
        return self.review.rubric_of(self.basis)

    @property
    def rubric_name(self) -> str:
        """The name of what the candidates are ordered by."""
        return self.rubric.name if isinstance(self.rubric.name, str) else named(self.rubric.name)

    @property
    def official(self) -> FloatArray:
        """The rubric's weights as shares."""
        return np.array(self.rubric.weights)

    @property
    def criterion_names(self) -> list[str]:
        """Names of the criteria in the session's language."""
        return [named(criterion.name) for criterion in self.rubric.criteria]

    @cached_property
    def weights(self) -> FloatArray:
        """The weights in force here as shares."""
        return convert_tenths(self.tenths, self.rubric.weights)

    @property
    def cache_key(self) -> str:
        """Names what an answer about these candidates and weights depends on, but for the language."""
        return f"{self.review.cache_key}|{self.post}|{self.rule}|{self.basis}|{self.tenths}|{self.locked}"

    @property
    def shown_key(self) -> str:
        """Names what the panel shows; a new one makes it start anew."""
        return f"{self.review.cache_key}|{self.post}|{self.rule}|{self.basis}|{language()}"

    @property
    def panel_key(self) -> str:
        """Key of the panel."""
        return f"live_ranking_{self.post}_{self.rule}_{self.basis}_{language()}{self.review.narrowed_to}"

    @cached_property
    def view(self) -> PostView:
        """The post as its candidates are seen for it, in the order of the matrix's rows."""
        return self.review.view(self.post, self.basis)

    @property
    def people(self) -> pd.DataFrame:
        """The candidates, in the order of the matrix's rows."""
        return self.review.people.iloc[self.view.rows]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return self.view.names

    @cached_property
    def matrix(self) -> DecisionMatrix:
        """The matrix among the candidates."""
        return _matrix(self.review, self.post, self.rule, self.basis)


def begin(basis: Basis, criterion_keys: Sequence[str], readonly: bool) -> None:
    """At the start of a run of the whole page: the weights of the link or of the session are where the panel starts."""
    order_by(basis)
    if readonly:
        _start(None)
        return
    if "w" in st.query_params:  # links sent before the parameter had a name
        st.query_params["weights"] = st.query_params["w"]
        del st.query_params["w"]
    if "weights" in st.query_params:
        try:
            _start(parse_tenths(st.query_params["weights"], criterion_keys))
            return
        except InvalidWeights as error:
            st.warning(sentence_of(error))
            del st.query_params["weights"]
            st.session_state.pop(_RELEASED, None)
    saved = st.session_state.get(_RELEASED)
    _start(saved if saved and len(saved) == len(criterion_keys) else None)


def _put_aside(before: Basis, basis: Basis) -> None:
    """Keep the weights and locks of what was ordered by before, and take up those of what is ordered by now."""
    kept = st.session_state.setdefault(_KEPT, {})
    kept[before] = (st.session_state.pop(_RELEASED, None), st.session_state.pop(_LOCKED, ()))
    st.session_state[_RELEASED], st.session_state[_LOCKED] = kept.get(basis, (None, ()))
    st.query_params.pop("weights", None)


def _start(tenths: Sequence[int] | None) -> None:
    """The panel starts from these weights, with the locks of this session."""
    locked = st.session_state.get(_LOCKED, ())
    st.session_state[_START] = Release(list(tenths) if tenths is not None else None, locked)
    st.session_state[_START_ID] = st.session_state.get(_START_ID, 0) + 1


def use_weights(tenths: Sequence[int]) -> None:
    """Set the weights from elsewhere than the panel, which takes them over, and run again."""
    _start(tenths)
    _remember(tuple(tenths), st.session_state.get(_LOCKED, ()))
    again()


def order_by(basis: Basis) -> None:
    """Order by something, perhaps something else: the weights of the one say nothing of the other and are put aside."""
    before = st.session_state.get(_BASIS, basis)
    st.session_state[_BASIS] = basis
    if before != basis:
        _put_aside(before, basis)


def again() -> None:
    """Run again what depends on the weights; all of the page where no part of it is running by itself."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()


def forget() -> None:
    """Let go of simulated weights kept from before."""
    st.session_state.pop(_RELEASED, None)


def start_id() -> str:
    """The name of the last start."""
    return str(st.session_state.get(_START_ID, 0))


def start() -> Release:
    """Where the panel starts, as of the last ``begin`` or ``use_weights``: weights and locks."""
    return st.session_state.get(_START, Release(None, ()))


def present(current: TalentReview, post: str, rule: OrderRule, basis: Basis, readonly: bool) -> Simulation:
    """What is looked at now: what the panel last let go of, or where it starts. Kept for the link and the session."""
    official = Simulation(current, post, rule, basis, readonly, None, ())
    if readonly:
        return official
    released = read_release(official.panel_key, start_id(), start())
    locked = released.locked if len(released.locked) == len(official.rubric.criteria) else ()
    if released.tenths is None:
        return replace(official, locked=locked)
    try:
        tenths = parse_tenths(".".join(map(str, released.tenths)), official.rubric.criterion_keys)
    except InvalidWeights as error:
        st.warning(sentence_of(error))
        return official
    return replace(official, tenths=tuple(tenths), locked=locked)


def keep(simulation: Simulation) -> bool:
    """Keep the weights for a page switch and write them into the link; returns whether they are newly let go of."""
    moved = st.session_state.get(_RELEASED) != simulation.tenths
    # Where the panel starts does not move with it: it would be sent to the browser again at each release.
    _remember(simulation.tenths, simulation.locked)
    return moved


def _remember(tenths: tuple[int, ...] | None, locked: tuple[bool, ...]) -> None:
    st.session_state[_RELEASED], st.session_state[_LOCKED] = tenths, locked
    link = ".".join(str(value) for value in tenths) if tenths else None
    if link:
        st.query_params["weights"] = link
    elif "weights" in st.query_params:
        del st.query_params["weights"]


@shared_result(max_entries=8)
def _matrix(review: TalentReview, post: str, rule: OrderRule, basis: Basis) -> DecisionMatrix:
    return build_decision_matrix(review, post, rule, basis)


@shared_result(max_entries=16)
def _anywhere(review: TalentReview, post: str, rule: OrderRule, basis: Basis) -> Shares:
    return compute_shares_anywhere(_matrix(review, post, rule, basis))


@shared_result(max_entries=64)
def _robustness(simulation: Simulation, radius: float) -> Robustness:
    return assess_robustness(
        simulation.matrix,
        simulation.weights,
        simulation.official,
        radius,
        _anywhere(simulation.review, simulation.post, simulation.rule, simulation.basis),
        get_alarm_limits(),
        simulation.locked,
    )


@shared_result(max_entries=16)
def _changes(simulation: Simulation) -> tuple[list[Change], list[Change]]:
    matrix, weights = simulation.matrix, simulation.weights
    return find_changes(matrix, weights, find_first_rows(matrix, weights))


@shared_result(max_entries=64)
def influence_of(simulation: Simulation) -> Influence:
    """How much each criterion decides the order; computed once for the same weights."""
    return measure_influence(simulation.matrix, simulation.weights)


def robustness_of(simulation: Simulation) -> Robustness:
    """How robust the order is; computed once for the same weights."""
    return _robustness(simulation, radius())


def changes(simulation: Simulation) -> tuple[list[Change], list[Change]]:
    """For the first in order the smallest changes to first place and into the first three."""
    return _changes(simulation)


#: Choices for how wide the surroundings of the present weights are, in percent given out anew.
_RADII = ("5", "10", "20", "30", "50")


def radius() -> float:
    """How much of the weight is given out anew at random, as chosen in this session (0-1)."""
    value = st.session_state.get("radius") or st.session_state.get("_kept_radius")
    return int(value) / 100 if value in _RADII else settings().robustness_radius


def choose_radius(label: str, explained: str) -> None:
    """The choice of the radius."""
    usual = f"{round(settings().robustness_radius * 100)}"
    options = sorted({*_RADII, usual}, key=int)
    choose_one(
        st.segmented_control, label, options, "radius", usual, required=True, format_func="{} %".format, help=explained
    )
