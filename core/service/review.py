"""Talent reviews: the current one, shared by all sessions, and others by rubric or past date."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from core.service import posts, reference, rubrics
from core.service.clock import end_of_day, local_day, today
from core.settings import settings
from core.store import facts as store
from core.store.database import reading
from core.store.succession import positions_version
from core.talent.errors import MantelError
from core.talent.review import TalentReview, build_review

#: What a review depends on: data version, rubric content, rules, reference date, version of the posts.
ReviewKey = tuple[int, str, str, dt.date, int]


class NothingKnown(MantelError):
    """A date on which nothing had been recorded yet."""


def review_key(engine: sa.Engine, rubric: str = "", as_of: dt.date | None = None) -> ReviewKey:
    """The key of a review; cheap. ``as_of`` a past date means: as the database knew it that evening."""
    with reading(engine) as connection:
        version = version_of(connection, as_of)
        edited = positions_version(connection)
    found = rubrics.find(engine, rubric)
    return version, found.digest, settings().rules, as_of or today(), edited


def version_of(connection: sa.Connection, as_of: dt.date | None) -> int:
    """The data version of a past date's evening; the newest one for today and later.

    Raises
    ------
    NothingKnown
        When the first import is later than that.
    """
    if as_of is None or as_of >= today():
        return store.data_version(connection)
    version = store.data_version(connection, end_of_day(as_of))
    first = store.first_recorded(connection)
    if version == 0 and first is not None:
        raise NothingKnown(
            "by {day} nothing had been recorded yet; the first import was on {first}",
            day=as_of.strftime("%d-%m-%Y"),
            first=first.strftime("%d-%m-%Y"),
        )
    return version


def first_day(engine: sa.Engine) -> dt.date:
    """The first day by whose evening something had been recorded; today on an empty installation."""
    with reading(engine) as connection:
        first = store.first_recorded(connection)
    return min(local_day(first), today()) if first else today()


def review(engine: sa.Engine, rubric: str = "", as_of: dt.date | None = None) -> TalentReview:
    """Load facts and compute a review.

    Parameters
    ----------
    rubric
        Key, key@version or digest; empty for the official one.
    as_of
        Reference date; a past one also means only what had been recorded by its evening.

    Raises
    ------
    UnknownRubric, NothingKnown
    """
    found = rubrics.find(engine, rubric)
    with reading(engine) as connection:
        version = version_of(connection, as_of)
        facts = store.load_facts(connection, version=version)
    return build_review(
        facts,
        found,
        reference.rules(settings().rules),
        posts.current(engine, as_of),
        reference.families(),
        as_of or today(),
        version,
    )
