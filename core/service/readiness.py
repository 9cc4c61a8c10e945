"""Readiness decided on beside the computed one: only with a reason, in the audit trail, the history kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from core.service.accounts import Account, require
from core.service.calibration import checked_reason
from core.service.clock import now
from core.store import accounts as trail
from core.store import succession as store
from core.store.database import reading, writing
from core.talent.errors import MantelError
from core.talent.review import TalentReview
from core.talent.succession.readiness import CLASSES, readiness


class ReadinessProblem(MantelError):
    """A readiness that cannot be decided as asked."""


@dataclass(frozen=True)
class Decision:
    """A readiness decided on for a person and post, beside the computed one of then."""

    nip: str
    post: str
    readiness: str
    computed: str
    reason: str
    username: str
    decided_at: dt.datetime


def _all(engine: sa.Engine) -> dict[tuple[str, str], Decision]:
    """The newest decision of each post and person; one that says what was computed is none any more."""
    with reading(engine) as connection:
        rows = store.readiness_decisions(connection)
    newest: dict[tuple[str, str], Decision] = {}
    for row in rows:
        one = Decision(**{name: row[name] for name in Decision.__dataclass_fields__})
        newest[one.post, one.nip] = one
    return {key: one for key, one in newest.items() if one.readiness != one.computed}


def standing(engine: sa.Engine, post: str) -> dict[str, Decision]:
    """The decisions that stand for a post, by NIP."""
    return {nip: one for (where, nip), one in _all(engine).items() if where == post}


def decided(engine: sa.Engine) -> dict[str, dict[str, str]]:
    """For each post the classes that were decided on, by NIP."""
    found: dict[str, dict[str, str]] = {}
    for (post, nip), one in _all(engine).items():
        found.setdefault(post, {})[nip] = one.readiness
    return found


def decide(engine: sa.Engine, review: TalentReview, nip: str, post: str, chosen: str, reason: str, by: Account) -> int:
    """Decide on a readiness; the computed one again takes a decision back. Returns the decision's number.

    Raises
    ------
    NotAllowed, ReadinessProblem, UnknownPost
    """
    require(by, "calibrate")
    if nip not in review.people.index:
        raise ReadinessProblem("choose a person who is known here")
    if chosen not in CLASSES:
        raise ReadinessProblem(
            "the readiness is “{value}”; expected one of: {known}", value=chosen, known=", ".join(CLASSES)
        )
    reason = checked_reason(reason, ReadinessProblem)
    computed = str(readiness(review, post).classes[nip])
    before = standing(engine, post).get(nip)
    if chosen == (before.readiness if before else computed):
        raise ReadinessProblem("this is the readiness in force already")
    with writing(engine) as connection:
        number = store.add_readiness(
            connection, nip=nip, post=post, readiness=chosen, computed=computed, reason=reason, username=by.username,
            decided_at=now(),
        )  # fmt: skip
        trail.note(connection, now(), by.username, "readiness decided", f"{number} {nip} {post} {computed}->{chosen}")
    return number
