"""The weights of this session: where they come from, how they are set from elsewhere, what is shared about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException

from core.service.robustness import alarm_limits
from core.settings import settings
from core.talent.arrays import FloatArray
from core.talent.eligibility.order_rule import OrderRule
from core.talent.errors import InvalidWeights
from core.talent.ranking.decision_matrix import Contest, contest_for
from core.talent.ranking.order import shares_of, tenths_from
from core.talent.ranking.robustness import Firmness, Shares, changes_of, firmness, first_rows, shares_anywhere
from core.talent.ranking.smallest_change import Change
from core.talent.review import TalentReview
from core.ui.language import language, sentence_of
from core.ui.links import choose_one
from core.ui.ranking.panel import chosen
from core.ui.shared import review_token

_TENTHS = "weights_in_tenths"
_PUSH = "weights_push"
_NOW = "weights_now"


@dataclass(frozen=True)
class Simulation:
    """What is looked at: a review's candidates for a post under an order rule and some weights.

    ``tenths`` are the simulated weights in tenths of a percent, None under the official ones;
    ``weights`` the same as shares. ``token`` names the data, the post, the rule and the language.
    """

    review: TalentReview
    post: str
    rule: OrderRule
    readonly: bool
    tenths: tuple[int, ...] | None
    locked: tuple[bool, ...]

    @property
    def official(self) -> FloatArray:
        """The rubric's weights as shares."""
        return np.array(self.review.rubric.weights)

    @property
    def weights(self) -> FloatArray:
        """The weights in force here as shares."""
        return shares_of(self.tenths, self.review.rubric.weights)

    @property
    def token(self) -> str:
        """Names what the panel shows."""
        return f"{review_token(self.review)}|{self.post}|{self.rule}|{language()}"

    @property
    def panel_key(self) -> str:
        """Key of the panel."""
        return f"live_ranking_{self.post}_{self.rule}_{language()}{self.review.narrowed_to}"

    @cached_property
    def people(self) -> pd.DataFrame:
        """The candidates, in the order of the contest's rows."""
        return self.review.people.loc[self.review.candidates(self.post)]

    @cached_property
    def names(self) -> list[str]:
        """Their names."""
        return self.people["full_name"].tolist()

    @property
    def contest(self) -> Contest:
        """The contest among the candidates."""
        return _contest(f"{review_token(self.review)}|{self.post}|{self.rule}", self.review, self.post, self.rule)


def begin(part_keys: Sequence[str], readonly: bool) -> None:
    """At the start of a run of the whole page: the weights of the link or of the session are where the panel starts."""
    if readonly:
        _start(None)
        return
    if "w" in st.query_params:
        try:
            _start(tenths_from(st.query_params["w"], part_keys))
            return
        except InvalidWeights as error:
            st.warning(sentence_of(error))
            del st.query_params["w"]
            st.session_state.pop(_NOW, None)
    kept = st.session_state.get(_NOW)
    _start(kept if kept and len(kept) == len(part_keys) else None)


def _start(tenths: Sequence[int] | None) -> None:
    st.session_state[_TENTHS] = list(tenths) if tenths is not None else None
    st.session_state[_PUSH] = st.session_state.get(_PUSH, 0) + 1


def use_weights(tenths: Sequence[int]) -> None:
    """Set the weights from elsewhere than the panel, which takes them over, and run again."""
    _start(tenths)
    _remember(tuple(tenths))
    again()


def again() -> None:
    """Run again what depends on the weights; all of the page where no part of it is running by itself."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()


def forget() -> None:
    """Let go of simulated weights kept from before."""
    st.session_state.pop(_NOW, None)


def push() -> str:
    """The name of the last start."""
    return str(st.session_state.get(_PUSH, 0))


def start_weights() -> list[int] | None:
    """Where the panel starts, as of the last ``begin`` or ``use_weights``."""
    return st.session_state.get(_TENTHS)


def present(current: TalentReview, post: str, rule: OrderRule, readonly: bool) -> Simulation:
    """What is looked at now: what the panel last let go of, or where it starts. Kept for the link and the session."""
    official = Simulation(current, post, rule, readonly, None, ())
    if readonly:
        return official
    said = chosen(official.panel_key, push(), start_weights())
    locked = said.locked if len(said.locked) == len(current.rubric.parts) else ()
    if said.tenths is None:
        return replace(official, locked=locked)
    try:
        tenths = tenths_from(".".join(map(str, said.tenths)), current.rubric.part_keys)
    except InvalidWeights as error:
        st.warning(sentence_of(error))
        return official
    return replace(official, tenths=tuple(tenths), locked=locked)


def keep(simulation: Simulation) -> None:
    """Keep the weights for a page switch and write them into the link."""
    # Where the panel starts does not move with it: it would be sent to the browser again at each release.
    _remember(simulation.tenths)


def _remember(tenths: tuple[int, ...] | None) -> None:
    st.session_state[_NOW] = tenths
    link = ".".join(str(value) for value in tenths) if tenths else None
    if link:
        st.query_params["w"] = link
    elif "w" in st.query_params:
        del st.query_params["w"]


@st.cache_resource(max_entries=8, show_spinner=False)
def _contest(token: str, _review: TalentReview, post: str, rule: OrderRule) -> Contest:
    return contest_for(_review, post, rule)


@st.cache_resource(max_entries=16, show_spinner=False)
def _anywhere(token: str, _contest: Contest) -> Shares:
    return shares_anywhere(_contest)


@st.cache_resource(max_entries=64, show_spinner=False)
def _firmness(
    token: str, weights: tuple[float, ...], locked: tuple[bool, ...], radius: float, _simulation: Simulation
) -> Firmness:
    contest = _simulation.contest
    return firmness(
        contest, np.array(weights), _simulation.official, radius, _anywhere(token, contest), alarm_limits(), locked
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def _changes(token: str, weights: tuple[float, ...], _simulation: Simulation) -> tuple[list[Change], list[Change]]:
    contest, now = _simulation.contest, np.array(weights)
    return changes_of(contest, now, first_rows(contest, now))


def firmness_of(simulation: Simulation) -> Firmness:
    """How firm the order is; computed once for the same weights."""
    return _firmness(simulation.token, tuple(simulation.weights), simulation.locked, radius(), simulation)


def changes(simulation: Simulation) -> tuple[list[Change], list[Change]]:
    """For the first in order the smallest changes to first place and into the first three."""
    return _changes(simulation.token, tuple(simulation.weights), simulation)


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
