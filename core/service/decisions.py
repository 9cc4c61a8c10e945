"""Decisions of the committee on boxes and on readiness: beside what is computed, with a reason, reversible, in the audit trail.

The facts and what is computed from them never change by it. Both kinds have one life: a decision stands
until a newer one on the same takes its place or somebody revokes it; the history stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from core.service.accounts import ask_anew, require_right
from core.service.clock import now
from core.service.sessions import records
from core.service.trail import record, writing
from core.store import decisions as store
from core.store import sessions
from core.store.accounts import Account
from core.store.database import reading
from core.talent.errors import MantelError, join_problems
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.session.phases import may_do
from core.talent.succession.readiness import CLASSES, classify_readiness
from core.trail.events import Event

#: What is decided on: a person's box, or a person's readiness for a post.
Subject = Literal["box", "readiness"]

#: Fewest and most characters of a reason.
_SHORTEST, _LONGEST = 10, 2000


class DecisionProblem(MantelError):
    """A decision that cannot be kept or revoked as asked."""


@dataclass(frozen=True)
class Decision:
    """A value decided on for a person, beside the computed one of then; ``revoked_at`` is None while it stands.

    ``value`` and ``computed`` are a box ("0" not assessed) or a class of readiness; ``post`` is empty for a box.
    """

    id: int
    subject: Subject
    nip: str
    post: str
    value: str
    computed: str
    session: str
    reason: str
    username: str
    decided_at: dt.datetime
    revoked_at: dt.datetime | None
    revoked_by: str | None
    revoked_reason: str


def _decision(row: sa.RowMapping) -> Decision:
    return Decision(**{name: row[name] for name in Decision.__dataclass_fields__})


def list_decisions(engine: sa.Engine, subject: Subject, nip: str) -> list[Decision]:
    """All decisions on a person, the newest first."""
    with reading(engine) as connection:
        return [_decision(row) for row in store.list_decisions(connection, subject=subject, nip=nip)]


def list_of_session(engine: sa.Engine, number: int) -> list[Decision]:
    """The decisions on boxes that belong to a session of the committee, the newest first; revoked ones too."""
    with reading(engine) as connection:
        return [_decision(row) for row in store.list_decisions(connection, subject="box", session_id=number)]


def list_standing(engine: sa.Engine, subject: Subject, post: str = "") -> dict[str, Decision]:
    """The decision that stands for each person who has one, by NIP."""
    with reading(engine) as connection:
        rows = store.list_decisions(connection, subject=subject, post=post, revoked_at=None)
    return {row["nip"]: _decision(row) for row in rows}


def get_decided_boxes(engine: sa.Engine) -> dict[str, int]:
    """The box by NIP wherever a decision stands."""
    return {nip: int(decision.value) for nip, decision in list_standing(engine, "box").items()}


def get_decided_readiness(engine: sa.Engine) -> dict[str, dict[str, str]]:
    """For each post the classes of readiness that were decided on, by NIP."""
    with reading(engine) as connection:
        rows = store.list_decisions(connection, subject="readiness", revoked_at=None)
    by_post: dict[str, dict[str, str]] = {}
    for row in rows:
        by_post.setdefault(row["post"], {})[row["nip"]] = row["value"]
    return by_post


def decide_box(
    engine: sa.Engine, review: TalentReview, nip: str, box: int, session: str, reason: str, *, by: Account
) -> int:
    """Move a person's box by decision; returns the decision's number.

    Raises
    ------
    NotAllowed, DecisionProblem
    """
    require_right(by, "calibrate")
    session = session.strip()
    _refuse(_find_unknown(review, nip))
    problems: list[MantelError] = []
    if not box:
        problems.append(DecisionProblem(N_("choose the box decided on, 1 to 9")))
    elif box not in range(1, 10):
        problems.append(DecisionProblem(N_("the box is “{box}”; expected 1 to 9"), box=box))
    if not session or len(session) > 100:
        problems.append(DecisionProblem(N_("name the session in 1 to 100 characters, e.g. with its date")))
    _refuse([*problems, *_find_fault(reason)])
    computed = int(review.number(nip, "box"))
    return _decide(engine, review, "box", nip, "", str(box), str(computed), session, reason, by=by)


def decide_readiness(
    engine: sa.Engine, review: TalentReview, nip: str, post: str, chosen: str, reason: str, *, by: Account
) -> int:
    """Decide on a readiness for a post; the computed one again revokes the decision. Returns the decision's number.

    Raises
    ------
    NotAllowed, DecisionProblem, UnknownPost
    """
    require_right(by, "calibrate")
    problems = _find_unknown(review, nip)
    if chosen not in CLASSES:
        known = ", ".join(CLASSES)
        problems.append(
            DecisionProblem(N_("the readiness is “{value}”; expected one of: {known}"), value=chosen, known=known)
        )
    _refuse([*problems, *_find_fault(reason)])
    computed = str(classify_readiness(review, post).classes[nip])
    return _decide(engine, review, "readiness", nip, post, chosen, computed, "", reason, by=by)


def _find_unknown(review: TalentReview, nip: str) -> list[MantelError]:
    """What is wrong with a person, nothing where they are known."""
    if nip in review.people.index:
        return []
    if not nip:
        return [DecisionProblem(N_("no person is chosen"))]
    return [DecisionProblem(N_("the person {nip} is not known here any more"), nip=nip)]


def _find_fault(reason: str) -> list[MantelError]:
    """What is wrong with a reason, nothing where it is neither too short nor too long."""
    count = len(reason.strip())
    if _SHORTEST <= count <= _LONGEST:
        return []
    if not count:
        return [DecisionProblem(N_("write the reason, {least} to 2000 characters"), least=_SHORTEST)]
    message = N_("the reason has {count} characters; expected {least} to 2000")
    return [DecisionProblem(message, count=count, least=_SHORTEST)]


def _refuse(problems: Sequence[MantelError]) -> None:
    """Say all that is lacking at once, if anything is."""
    if problems:
        raise join_problems(problems)


def _decide(
    engine: sa.Engine,
    review: TalentReview,
    subject: Subject,
    nip: str,
    post: str,
    value: str,
    computed: str,
    session: str,
    reason: str,
    *,
    by: Account,
) -> int:
    """Keep a decision; an earlier one on the same that still stands is revoked by it."""
    reason = reason.strip()
    with writing(engine) as connection:
        by = ask_anew(connection, by, "calibrate")
        sitting = _find_sitting(connection, session, by) if session else None
        standing = store.list_decisions(connection, subject=subject, nip=nip, post=post, revoked_at=None)
        if value == (standing[0]["value"] if standing else computed):
            raise DecisionProblem(N_("this is what stands already"))
        if value == computed:
            # What is computed is no decision of its own: what stood is taken back.
            _revoke(connection, standing[0], reason, by=by)
            return int(standing[0]["id"])
        for row in standing:
            _revoke(connection, row, reason, by=by)
        number = store.add_decision(
            connection,
            subject=subject,
            nip=nip,
            post=post,
            value=value,
            computed=computed,
            session=session,
            session_id=sitting,
            reason=reason,
            rubric_digest=review.rubric.digest,
            data_version=review.data_version,
            username=by.username,
            decided_at=now(),
        )
        event = Event.BOX_DECIDED if subject == "box" else Event.READINESS_DECIDED
        record(connection, event, by, nip, f"{number} {post} {session}: {reason}", before=computed, after=value)
    return number


def _find_sitting(connection: sa.Connection, name: str, by: Account) -> int | None:
    """The session of the committee that decides under a name just now, None where the committee has no session of the name.

    Raises
    ------
    DecisionProblem
        Where it has one that is not deciding: what is closed does not grow.
    """
    named = [records.load(connection, row["id"]) for row in sessions.list_sessions(connection) if row["name"] == name]
    for session in named:
        if may_do(session.phase, records.find_parts(session, by), "calibrate"):
            return session.id
    if named:
        message = N_("the session “{name}” is neither discussing nor deciding: a box is not decided on in it now")
        raise DecisionProblem(message, name=name)
    return None


def _require_unlocked(connection: sa.Connection, row: sa.RowMapping, by: Account) -> None:
    """Refuse to take back what belongs to a session that is over."""
    if row["session_id"] is None:
        return
    session = records.load(connection, row["session_id"])
    if not may_do(session.phase, records.find_parts(session, by), "calibrate"):
        message = N_(
            "this belongs to the session “{name}”, which is closed: decide anew in another session, or reopen it"
        )
        raise DecisionProblem(message, name=session.name)


def revoke_decision(engine: sa.Engine, number: int, reason: str, *, by: Account) -> None:
    """Take a decision back; what is computed counts again.

    Raises
    ------
    NotAllowed, DecisionProblem
    """
    require_right(by, "calibrate")
    _refuse(_find_fault(reason))
    with writing(engine) as connection:
        by = ask_anew(connection, by, "calibrate")
        standing = store.list_decisions(connection, id=number, revoked_at=None)
        if not standing:
            raise DecisionProblem(N_("this decision does not stand any more"))
        _require_unlocked(connection, standing[0], by)
        _revoke(connection, standing[0], reason.strip(), by=by)


def _revoke(connection: sa.Connection, row: sa.RowMapping, reason: str, *, by: Account) -> None:
    """Take a standing decision back, in the audit trail."""
    store.revoke_decision(connection, row["id"], revoked_at=now(), revoked_by=by.username, revoked_reason=reason)
    event = Event.BOX_REVOKED if row["subject"] == "box" else Event.READINESS_REVOKED
    detail = f"{row['id']} {row['post']}: {reason}"
    record(connection, event, by, row["nip"], detail, before=row["value"], after=row["computed"])
