"""The data that all sessions share: the engine and the current talent review."""

from __future__ import annotations

import sqlalchemy as sa
import streamlit as st

from core.service import installation, reviewing
from core.service.reviewing import ReviewKey
from core.store.database import check_version
from core.talent.review import TalentReview


@st.cache_resource(show_spinner=False)
def engine() -> sa.Engine:
    """One engine a process."""
    made = installation.engine()
    check_version(made)
    return made


@st.cache_resource(max_entries=2, show_spinner=False)
def _review(key: ReviewKey) -> TalentReview:
    return reviewing.current_review(engine())


def review() -> TalentReview:
    """The review of the current data version; built once, never changed."""
    return _review(reviewing.review_key(engine()))


def review_token() -> str:
    """A short text that changes whenever the review does."""
    return "|".join(str(part) for part in reviewing.review_key(engine()))
