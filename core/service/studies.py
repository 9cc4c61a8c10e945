"""Fields of study that no discipline knows, placed in one by hand, once, with history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa

from core.service import reference
from core.service.accounts import ask_anew, require_right
from core.service.clock import now
from core.service.trail import record, writing
from core.store import studies as store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.errors import MantelError
from core.talent.job_family import JobFamily
from core.talent.messages import N_
from core.talent.study import StudyFields
from core.trail.events import Event


class StudyProblem(MantelError):
    """A field of study that cannot be placed as asked."""


@dataclass(frozen=True)
class Assignment:
    """A field placed in a discipline (empty: taken back), by whom and when."""

    field: str
    discipline: str
    username: str
    saved_at: dt.datetime


def list_assignments(engine: sa.Engine) -> list[Assignment]:
    """All of them, the newest first."""
    with reading(engine) as connection:
        rows = store.load_assignments(connection)
    return [Assignment(row["field"], row["discipline"], row["username"], row["saved_at"]) for row in rows][::-1]


def load_studies(engine: sa.Engine, until: dt.datetime | None = None) -> StudyFields:
    """The disciplines with what was placed by hand, now or as it was known at a time."""
    placed: dict[str, str] = {}
    for each in list_assignments(engine)[::-1]:
        if until is None or each.saved_at <= until:
            placed[each.field] = each.discipline
    return replace(reference.read_study_fields(), assigned=tuple((f, key) for f, key in placed.items() if key))


def load_families(engine: sa.Engine, until: dt.datetime | None = None) -> tuple[JobFamily, ...]:
    """The job families, with the disciplines of ``load_studies``."""
    studies = load_studies(engine, until)
    return tuple(replace(family, studies=studies) for family in reference.read_families())


def assign_field(engine: sa.Engine, field: str, discipline: str, *, by: Account) -> None:
    """Place a field of study in a discipline, or take that back with an empty one.

    Raises
    ------
    NotAllowed, StudyProblem
    """
    require_right(by, "import")
    field = field.strip()
    known = [each.key for each in reference.read_study_fields().disciplines]
    if not field or len(field) > 300:
        raise StudyProblem(N_("choose a field of study; expected 1 to 300 characters"))
    if discipline and discipline not in known:
        raise StudyProblem(
            N_("the discipline “{value}” does not exist; expected one of: {known}"),
            value=discipline[:60],
            known=", ".join(known),
        )
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        store.add_assignment(connection, field, discipline, by.username, now())
        record(connection, Event.STUDY_PLACED, by, field, after=discipline)
