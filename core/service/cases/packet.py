"""What BKN would send a session's submission back for, and the reasons with which it goes out all the same."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from core.service.accounts import ask_anew, require_right
from core.service.clock import now
from core.service.sessions import records
from core.service.sessions.evidence import require_whole_sight
from core.service.sessions.preparing import check_reason
from core.service.sessions.records import Session
from core.service.trail import record, writing
from core.store import cases as store
from core.store import sessions as session_store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.case.returning import ReturnFault, find_return_faults
from core.talent.case.steps import CaseFault
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.trail.events import Event


@dataclass(frozen=True)
class Answered:
    """A fault of a submission, the reason with which it goes out all the same ("" for none), and who wrote it."""

    fault: ReturnFault
    reason: str
    username: str


def list_return_faults(
    engine: sa.Engine, review: TalentReview, current: TalentReview, session: Session, *, by: Account
) -> list[Answered]:
    """What the submission of a closed session would come back for, each with its reason; posts that were proposed are not asked of.

    Parameters
    ----------
    review, current
        By which the session judged (``load_session_review``), and of the data of now.

    Raises
    ------
    NotAllowed, SessionProblem
    """
    require_right(by, "weigh")
    records.require_sight(session, by)
    with reading(engine) as connection:
        require_whole_sight(connection, session, by)
        named, sent = _list_named(connection, session)
        elsewhere = _list_elsewhere(connection, session)
        reasons = store.list_reasons(connection, session.id)
    faults = find_return_faults(review, current, named, session.candidates, elsewhere)
    return [
        Answered(fault, reasons[fault.key]["reason"], reasons[fault.key]["username"])
        if fault.key in reasons
        else Answered(fault, "", "")
        for fault in faults
        if fault.post not in sent
    ]


def _list_named(connection: sa.Connection, session: Session) -> tuple[dict[str, list[str]], set[str]]:
    """Who still stands (NIP) by post, and the posts that were proposed already; posts left open are in no submission."""
    named = {}
    for row in session_store.list_entries(connection, session.id, ("decision",)):
        nips = [choice["nip"] for choice in json.loads(row["value"])["choices"]]
        if nips:
            named[row["post"]] = nips
    steps = {row["post"]: json.loads(row["nips"]) for row in store.list_steps(connection, session_id=session.id)}
    return {post.post: {**named, **steps}[post.post] for post in session.posts if post.post in named}, set(steps)


def _list_elsewhere(connection: sa.Connection, session: Session) -> dict[str, set[str]]:
    """By NIP the other sessions, by name, in whose cases under way somebody still stands."""
    cases: dict[tuple[int, str], list[sa.RowMapping]] = {}
    for row in store.list_steps(connection):
        cases.setdefault((row["session_id"], row["post"]), []).append(row)
    names: dict[str, set[str]] = {}
    for (other, _), rows in cases.items():
        if other != session.id and rows[-1]["kind"] != "inauguration":
            title = records.load(connection, other).name
            for nip in json.loads(rows[-1]["nips"]):
                names.setdefault(nip, set()).add(title)
    return names


def explain_fault(engine: sa.Engine, number: int, fault: str, reason: str, *, by: Account) -> None:
    """Write why the submission goes out although something is wrong with it.

    Raises
    ------
    NotAllowed, SessionProblem
    """
    reason = check_reason(reason)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session = records.load(connection, number)
        require_whole_sight(connection, session, by)
        post = fault.partition("/")[0]
        session.find_post(post)
        earlier = store.list_reasons(connection, number).get(fault)
        store.add_reason(
            connection, session_id=number, fault=fault, reason=reason, username=by.username, recorded_at=now()
        )
        before = earlier["reason"] if earlier else None
        record(connection, Event.CASE_FAULT_EXPLAINED, by, f"session {number}", f"{fault}: {reason}", before=before)


def require_answered(
    engine: sa.Engine, review: TalentReview, current: TalentReview, session: Session, post: str = "", *, by: Account
) -> list[Answered]:
    """What a submission (of one post, without one of all) would come back for, each with a reason.

    Raises
    ------
    CaseFault
        Where a fault has none: nothing leaves with a fault that nobody answers for.
    """
    listed = [
        each
        for each in list_return_faults(engine, review, current, session, by=by)
        if not post or each.fault.post == post
    ]
    without = sum(not each.reason for each in listed)
    if without:
        raise CaseFault(
            N_("BKN would send the submission back: {count} faults are neither mended nor have a reason"), count=without
        )
    return listed
