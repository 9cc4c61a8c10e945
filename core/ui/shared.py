"""What all sessions share: the engine, the current talent review, and results computed once from it."""

from __future__ import annotations

import datetime as dt
import gc
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar, cast

import pandas as pd
import sqlalchemy as sa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.service import installation
from core.service import review as review_service
from core.service.decisions import get_decided_readiness
from core.service.review import ReviewKey
from core.store.database import check_version
from core.talent.review import TalentReview
from core.talent.succession.table import tabulate_succession
from core.ui.language import t

_P = ParamSpec("_P")
_R = TypeVar("_R")

#: How Streamlit tells apart the arguments of what is cached: each of these types names itself by its ``cache_key``.
_BY_CACHE_KEY: dict[str | type[Any], Callable[[Any], Any]] = dict.fromkeys(
    (
        "core.talent.review.TalentReview",
        "core.ui.ranking.weights_in_session.Simulation",
        "core.ui.talent_grid.picture.ShownPeople",
        "core.service.placement.Placement",
        "core.service.sessions.seen.Room",
    ),
    attrgetter("cache_key"),
)


def shared_result(max_entries: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Decorator: compute once for the same arguments and share the very result, which nobody may change."""
    decorate = st.cache_resource(max_entries=max_entries, show_spinner=False, hash_funcs=_BY_CACHE_KEY)
    return cast("Callable[[Callable[_P, _R]], Callable[_P, _R]]", decorate)


def copied_result(max_entries: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Decorator: compute once for the same arguments; whoever asks gets a copy."""
    decorate = st.cache_data(max_entries=max_entries, show_spinner=False, hash_funcs=_BY_CACHE_KEY)
    return cast("Callable[[Callable[_P, _R]], Callable[_P, _R]]", decorate)


@st.cache_resource(show_spinner=False)
def engine() -> sa.Engine:
    """One engine a process."""
    made = installation.open_configured_engine()
    check_version(made)
    return made


#: So many reviews are kept: data versions, rubrics and past dates that are looked at.
_REVIEWS = 4


@shared_result(max_entries=_REVIEWS)
def _review(key: ReviewKey, rubric: str, as_of: dt.date | None) -> TalentReview:
    built = review_service.load_review(engine(), rubric, as_of)
    freeze_what_stays()
    return built


def freeze_what_stays() -> None:
    """Let the collector of cycles pass over all that stays for long: libraries, and the review just built.

    What an older review has left is collected first, so that nothing is set aside for ever.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def review(rubric: str = "", as_of: dt.date | None = None) -> TalentReview:
    """The review of the current data version, or another; built once, never changed.

    Parameters and errors as of ``core.service.review.review``.
    """
    asked = (review_service.get_review_key(engine(), rubric, as_of), rubric, as_of)
    if asked in _BUILT:
        return _review(*asked)
    with _seen_waiting():
        built = _review(*asked)
    _BUILT.append(asked)
    return built


def is_review_built() -> bool:
    """Whether this process has a review at hand, so that nobody waits for one."""
    return bool(_BUILT)


#: Where a page says that something is being built; none outside a page.
_WAITING: ContextVar[DeltaGenerator | None] = ContextVar("waiting", default=None)
#: The reviews that are at hand, by what they were asked for.
_BUILT: deque[tuple[ReviewKey, str, dt.date | None]] = deque(maxlen=_REVIEWS)


def wait_at(place: DeltaGenerator) -> None:
    """Say at this place of the page when a review is being built; else nothing stands there."""
    _WAITING.set(place)


@contextmanager
def _seen_waiting() -> Iterator[None]:
    """A page is never white: the outline of what comes at once, after half a second what is done and for how long."""
    place = _WAITING.get()
    if place is None:
        yield
        return
    with place.container(), st.spinner(t("Building the talent review; once after a start or an import.")):
        for height in (60, 360):
            st.skeleton(height)
        yield
    place.empty()


@shared_result(max_entries=8)
def _succession_table(current: TalentReview, decided: dict[str, dict[str, str]]) -> pd.DataFrame:
    return tabulate_succession(current, decided)


def succession_table(current: TalentReview) -> pd.DataFrame:
    """The succession table of a review by what is computed alone."""
    return _succession_table(current, {})


def decided_succession_table(current: TalentReview) -> pd.DataFrame:
    """The succession table with the readiness the committee decided on."""
    return _succession_table(current, get_decided_readiness(engine()))
