"""The current talent review, built once for a data version and date and shared by all sessions."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from core.service import reference
from core.service.clock import today
from core.settings import settings
from core.store import facts as store
from core.store.database import reading
from core.talent.review import TalentReview, build_review

#: What a review depends on: data version, rubric content, rules, reference date.
ReviewKey = tuple[int, str, str, dt.date]


def review_key(engine: sa.Engine) -> ReviewKey:
    """The key of the current review; cheap."""
    config = settings()
    with reading(engine) as connection:
        version = store.data_version(connection)
    return version, reference.rubric(config.rubric).digest, config.rules, today()


def current_review(engine: sa.Engine) -> TalentReview:
    """Load all current facts and compute the review. Callers keep it by ``review_key``."""
    config = settings()
    with reading(engine) as connection:
        facts = store.facts_only(store.load_facts(connection))
    return build_review(
        facts,
        reference.rubric(config.rubric),
        reference.gates(config.rules),
        reference.positions(),
        reference.families(),
        today(),
    )
