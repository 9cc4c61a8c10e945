"""Boxes moved by decision of the committee: beside the computed box, with a reason, reversible, in the audit trail.

The facts and what is computed from them never change by it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from core.service.accounts import Account, require
from core.service.clock import now
from core.store import accounts as trail
from core.store import committee as store
from core.store.database import reading, writing
from core.talent.errors import MantelError
from core.talent.review import TalentReview

#: Fewest and most characters of a reason.
_SHORTEST, _LONGEST = 10, 2000


def checked_reason(reason: str, refuse: type[MantelError]) -> str:
    """The reason of a decision without the blanks around it; one too short or too long is refused as ``refuse``."""
    reason = reason.strip()
    if not _SHORTEST <= len(reason) <= _LONGEST:
        raise refuse("the reason has {count} characters; expected {least} to 2000", count=len(reason), least=_SHORTEST)
    return reason


class CalibrationProblem(MantelError):
    """A decision that cannot be kept or revoked as asked."""


@dataclass(frozen=True)
class Decision:
    """A box decided on in a session, beside the computed one of then; ``revoked_at`` None while it stands."""

    id: int
    nip: str
    box: int
    computed_box: int
    session: str
    reason: str
    username: str
    decided_at: dt.datetime
    revoked_at: dt.datetime | None
    revoked_by: str | None
    revoked_reason: str


def _from(row: sa.RowMapping) -> Decision:
    return Decision(**{name: row[name] for name in Decision.__dataclass_fields__})


def history(engine: sa.Engine, nip: str) -> list[Decision]:
    """All decisions on a person, the newest first."""
    with reading(engine) as connection:
        return [_from(row) for row in store.decisions_of(connection, nip)]


def standing(engine: sa.Engine) -> dict[str, Decision]:
    """The decision that stands for each person who has one."""
    with reading(engine) as connection:
        rows = [_from(row) for row in store.decisions_of(connection)]
    return {one.nip: one for one in reversed(rows) if one.revoked_at is None}


def decide(engine: sa.Engine, review: TalentReview, nip: str, box: int, session: str, reason: str, by: Account) -> int:
    """Move a person's box by decision; an earlier decision that still stands is revoked by the new one.

    Raises
    ------
    NotAllowed, CalibrationProblem
    """
    require(by, "calibrate")
    session = session.strip()
    if nip not in review.people.index:
        raise CalibrationProblem("the person {nip} is not known here any more", nip=nip)
    if box not in range(1, 10):
        raise CalibrationProblem("the box is “{box}”; expected 1 to 9", box=box)
    if not session or len(session) > 100:
        raise CalibrationProblem("name the session in 1 to 100 characters, e.g. with its date")
    reason = checked_reason(reason, CalibrationProblem)
    computed = int(str(review.people.at[nip, "box"]))
    with writing(engine) as connection:
        before = next((row for row in store.decisions_of(connection, nip) if row["revoked_at"] is None), None)
        if box == (before["box"] if before else computed):
            raise CalibrationProblem("the person stands in box {box} already", box=box)
        if before:
            store.revoke_decision(
                connection, before["id"], revoked_at=now(), revoked_by=by.username, revoked_reason=reason
            )
        number = store.add_decision(
            connection,
            nip=nip,
            box=box,
            computed_box=computed,
            session=session,
            reason=reason,
            rubric_digest=review.rubric.digest,
            data_version=review.data_version,
            username=by.username,
            decided_at=now(),
        )
        trail.note(connection, now(), by.username, "box decided", f"{number} {nip} {computed}->{box}")
    return number


def revoke(engine: sa.Engine, number: int, reason: str, by: Account) -> None:
    """Take a decision back; the person stands in the computed box again.

    Raises
    ------
    NotAllowed, CalibrationProblem
    """
    require(by, "calibrate")
    reason = checked_reason(reason, CalibrationProblem)
    with writing(engine) as connection:
        stands = {row["id"] for row in store.decisions_of(connection) if row["revoked_at"] is None}
        if number not in stands:
            raise CalibrationProblem("this decision does not stand any more")
        store.revoke_decision(connection, number, revoked_at=now(), revoked_by=by.username, revoked_reason=reason)
        trail.note(connection, now(), by.username, "box decision revoked", str(number))
