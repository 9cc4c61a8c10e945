"""The data that all sessions share: the engine and the current talent review."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
import streamlit as st

from core.service import installation
from core.service import review as reviewing
from core.service.review import ReviewKey
from core.store.database import check_version
from core.talent.review import TalentReview


@st.cache_resource(show_spinner=False)
def engine() -> sa.Engine:
    """One engine a process."""
    made = installation.engine()
    check_version(made)
    return made


@st.cache_resource(max_entries=4, show_spinner=False)
def _review(key: ReviewKey, _rubric: str, _as_of: dt.date | None) -> TalentReview:
    return reviewing.review(engine(), _rubric, _as_of)


def review(rubric: str = "", as_of: dt.date | None = None) -> TalentReview:
    """The review of the current data version, or another; built once, never changed.

    Parameters and errors as of ``core.service.review.review``.
    """
    return _review(reviewing.review_key(engine(), rubric, as_of), rubric, as_of)


def review_token(seen: TalentReview) -> str:
    """A short text that differs whenever the review does."""
    return f"{seen.data_version}|{seen.rubric.digest}|{seen.rules.key}|{seen.as_of}|{seen.narrowed_to}|{hash(seen.positions)}"
