"""Talent reviews: the current one, shared by all sessions, and others by rubric or past date."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from core.service import posts, reference, rubrics, studies
from core.service import rules as rules_service
from core.service.cases.appointments import list_appointments
from core.service.clock import end_of_day, find_cutoff, local_day, today
from core.settings import settings
from core.store import facts as store
from core.store.cases import name_inaugurations
from core.store.database import reading
from core.store.posts import get_posts_version
from core.store.rules import get_rules_state
from core.store.studies import count_assignments
from core.talent.errors import MantelError
from core.talent.facts import Facts
from core.talent.messages import N_
from core.talent.review import TalentReview, build_review
from core.talent.scoring.rubric import Rubric

#: What a review depends on: data version, rubric content, rules with what was entered by hand, reference date, version of the posts.
ReviewKey = tuple[int, str, str, dt.date, int]


class NothingKnown(MantelError):
    """A date on which nothing had been recorded yet."""


def get_review_key(engine: sa.Engine, rubric: str = "", as_of: dt.date | None = None) -> ReviewKey:
    """The key of a review; cheap. ``as_of`` a past date means: as the database knew it that evening."""
    with reading(engine) as connection:
        version = find_data_version(connection, as_of)
        edited, ruled = get_posts_version(connection), get_rules_state(connection)
        placed, inaugurated = count_assignments(connection), name_inaugurations(connection)
    chosen = rubrics.find_rubric(engine, rubric)
    return version, chosen.digest, f"{settings().rules}@{ruled}.{placed}.{inaugurated}", as_of or today(), edited


def find_data_version(connection: sa.Connection, as_of: dt.date | None) -> int:
    """The data version of a past date's evening; the newest one for today and later.

    Raises
    ------
    NothingKnown
        When the first import is later than that.
    """
    if as_of is None or as_of >= today():
        return store.get_data_version(connection)
    version = store.get_data_version(connection, end_of_day(as_of))
    first = store.find_first_recorded(connection)
    if version == 0 and first is not None:
        raise NothingKnown(
            N_("by {day} nothing had been recorded yet; the first import was on {first}"),
            day=as_of.strftime("%d-%m-%Y"),
            first=local_day(first).strftime("%d-%m-%Y"),
        )
    return version


def find_first_day(engine: sa.Engine) -> dt.date:
    """The first day by whose evening something had been recorded; today on an empty installation."""
    with reading(engine) as connection:
        first = store.find_first_recorded(connection)
    return min(local_day(first), today()) if first else today()


def load_review(engine: sa.Engine, rubric: str = "", as_of: dt.date | None = None) -> TalentReview:
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
    chosen = rubrics.find_rubric(engine, rubric)
    with reading(engine) as connection:
        version = find_data_version(connection, as_of)
        facts = store.load_facts(connection, version=version)
    return _build(engine, facts, chosen, as_of, find_cutoff(as_of), version)


def load_frozen_review(
    engine: sa.Engine, rubric: str, as_of: dt.date, version: int, known_at: dt.datetime
) -> TalentReview:
    """Load the facts of a data version, with posts and rules as known at a time (UTC), and compute their review.

    Raises
    ------
    UnknownRubric
    """
    with reading(engine) as connection:
        facts = store.load_facts(connection, version=version)
    return _build(engine, facts, rubrics.find_rubric(engine, rubric), as_of, known_at, version)


def _build(
    engine: sa.Engine,
    facts: Facts,
    rubric: Rubric,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
    version: int = 0,
) -> TalentReview:
    rules = rules_service.load_rule_book(engine, known_at)
    fit = reference.read_fit_rubric(settings().fit_rubric)
    known_posts, families = posts.list_posts(engine, known_at), studies.load_families(engine, known_at)
    appointed = list_appointments(engine, known_at, version)
    return build_review(facts, rubric, rules, known_posts, families, as_of or today(), version, fit, appointed)


def build_current_review(engine: sa.Engine, facts: Facts) -> TalentReview:
    """The review of some facts by the official rubric, today's posts and rules: of facts that are not stored yet."""
    return _build(engine, facts, rubrics.find_rubric(engine, ""))
