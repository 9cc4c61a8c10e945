"""What BKN would send a session's submission back for, and the reasons with which it goes out all the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from core.service.accounts import ask_anew, require_right
from core.service.cases.announced import list_named
from core.service.cases.sight import sees_case
from core.service.clock import now
from core.service.sessions import records, seen
from core.service.sessions.evidence import require_whole_sight
from core.service.sessions.preparing import check_reason, count_least
from core.service.sessions.records import Session
from core.service.trail import record, writing
from core.store import cases as store
from core.store import facts as facts_store
from core.store import papers as paper_store
from core.store import sessions as session_store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.case.returning import Application, Elsewhere, ReturnFault, find_return_faults
from core.talent.case.steps import CaseFault, StepKind, is_over
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.trail.events import Event


@dataclass(frozen=True)
class Answered:
    """A fault of a submission, the reason with which it goes out all the same ("" for none), and who wrote it."""

    fault: ReturnFault
    reason: str
    username: str


@dataclass(frozen=True)
class Questions:
    """What BKN would ask: the posts (keys) that wait for their submission, and each fault with its answer.

    ``state`` is a digest of all that they rest on beside the two reviews.
    """

    posts: tuple[str, ...]
    answered: tuple[Answered, ...]
    state: str

    @property
    def open(self) -> tuple[Answered, ...]:
        """Faults that nobody has answered for."""
        return tuple(each for each in self.answered if not each.reason)

    @property
    def digest(self) -> str:
        """A digest of posts, faults and answers."""
        said = (self.posts, [(each.fault.key, each.reason) for each in self.answered])
        return hashlib.sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True)
class _State:
    """What the database says: names that still stand by post, posts already submitted, other submissions, reasons, data version."""

    named: dict[str, tuple[str, ...]]
    sent: frozenset[str]
    elsewhere: tuple[Elsewhere, ...]
    reasons: dict[str, tuple[str, str]]
    data_version: int

    @property
    def digest(self) -> str:
        said = (self.named, sorted(self.sent), self.elsewhere, sorted(self.reasons.items()), self.data_version)
        return hashlib.sha256(repr(said).encode()).hexdigest()


def ask_return(
    engine: sa.Engine, review: TalentReview, current: TalentReview, session: Session, *, by: Account
) -> Questions:
    """What the submission of a closed session would come back for, each with its reason; posts that were submitted are not asked of.

    Parameters
    ----------
    review, current
        By which the session judged (``load_session_review``), and of the data of now.

    Raises
    ------
    NotAllowed, SessionProblem
        Also for whoever is shut out from anything of the session.
    """
    require_right(by, "import")
    records.require_sight(session, by)
    with reading(engine) as connection:
        require_whole_sight(connection, session, by)
        state = _read_state(connection, session, by)
    if state.data_version != current.data_version:
        raise CaseFault(N_("newer data were imported just now; look at what they change first"))
    posts = {post.post: post for post in session.posts}
    applications = [
        Application(
            post,
            nips,
            posts[post].candidates,
            count_least(posts[post]),
            {} if post in state.sent else _list_unscored(engine, session, review, post, by),
        )
        for post, nips in state.named.items()
    ]
    faults = find_return_faults(review, current, applications, state.elsewhere)
    return Questions(
        tuple(post for post in state.named if post not in state.sent),
        tuple(
            Answered(fault, *state.reasons.get(fault.key, ("", ""))) for fault in faults if fault.post not in state.sent
        ),
        state.digest,
    )


def require_unchanged(connection: sa.Connection, session: Session, questions: Questions, by: Account) -> None:
    """In the transaction that lets something out: refuse where what was asked of is not as it was.

    Raises
    ------
    CaseFault
    """
    if _read_state(connection, records.load(connection, session.id), by).digest != questions.state:
        raise CaseFault(N_("data, reasons or other submissions changed meanwhile; look at them first"))


def _read_state(connection: sa.Connection, session: Session, by: Account) -> _State:
    named = _list_decided(connection, session)
    steps = {row["post"]: tuple(json.loads(row["nips"])) for row in store.list_steps(connection, session_id=session.id)}
    return _State(
        {post.post: steps.get(post.post, named[post.post]) for post in session.posts if post.post in named},
        frozenset(steps),
        tuple(_list_elsewhere(connection, session, by)),
        {fault: (row["reason"], row["username"]) for fault, row in store.list_reasons(connection, session.id).items()},
        facts_store.get_data_version(connection),
    )


def _list_decided(connection: sa.Connection, session: Session) -> dict[str, tuple[str, ...]]:
    """Whom the committee named (NIP), by post."""
    return list_named(session_store.list_entries(connection, session.id, ("decision",)))


def _list_unscored(
    engine: sa.Engine, session: Session, review: TalentReview, post: str, by: Account
) -> dict[str, tuple[str, ...]]:
    """Of the parts that members score, those without any score, by candidate (NIP)."""
    room = seen.open_room(engine, session, review, post, by=by)
    if room is None or not session.settings.parts or not room.members:
        return {}
    empty = np.isnan(room.opinions.mean_scores)
    return {
        nip: tuple(part.name for part, gone in zip(session.settings.parts, empty[row], strict=True) if gone)
        for row, nip in enumerate(room.candidates)
        if empty[row].any()
    }


def _list_elsewhere(connection: sa.Connection, session: Session, by: Account) -> list[Elsewhere]:
    """The submissions of other sessions under way: a step was taken and the case is not over, or the packet is issued."""
    cases = store.group_steps(connection)
    packets = {paper["session_id"] for paper in paper_store.list_papers(connection, kind="packet", standing="valid")}
    numbers = sorted(({number for number, _ in cases} | packets) - {session.id, None})
    found = []
    for other in (records.load(connection, number) for number in numbers):
        decided = _list_decided(connection, other) if other.id in packets else {}
        for post in {*decided, *(post for number, post in cases if number == other.id)}:
            rows = cases.get((other.id, post), [])
            kinds: list[StepKind] = [row["kind"] for row in rows]
            if is_over(kinds):
                continue
            seen_by = sees_case(connection, other, post, by)
            # Of a case that is kept from somebody the first names stand until its end: who is left would tell how it goes on.
            said = rows[-1 if seen_by else 0]["nips"] if rows else None
            nips = frozenset(json.loads(said) if said is not None else decided[post])
            found.append(Elsewhere(other.id, other.name if seen_by else "", post, nips))
    return sorted(found, key=lambda each: (each.number, each.post))


def explain_fault(
    engine: sa.Engine,
    review: TalentReview,
    current: TalentReview,
    number: int,
    fault: str,
    reason: str,
    *,
    by: Account,
) -> None:
    """Write why the submission goes out although something is wrong with it.

    Parameters
    ----------
    review, current
        As in ``ask_return``.
    fault
        The key of one of its faults.

    Raises
    ------
    NotAllowed, SessionProblem, CaseFault
    """
    reason = check_reason(reason)
    session = records.read_session(engine, number, by=by)
    questions = ask_return(engine, review, current, session, by=by)
    if fault not in [each.fault.key for each in questions.answered]:
        raise CaseFault(N_("this is not what BKN would ask any more; look at the list first"))
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session = records.load(connection, number)
        require_whole_sight(connection, session, by)
        require_unchanged(connection, session, questions, by)
        earlier = store.list_reasons(connection, number).get(fault)
        store.add_reason(
            connection, session_id=number, fault=fault, reason=reason, username=by.username, recorded_at=now()
        )
        before = earlier["reason"] if earlier else None
        record(connection, Event.CASE_FAULT_EXPLAINED, by, f"session {number}", f"{fault}: {reason}", before=before)


def require_answered(questions: Questions, post: str = "") -> None:
    """Refuse a submission (of one post, without one of all) with a fault that nobody answers for.

    Raises
    ------
    CaseFault
    """
    without = [each for each in questions.open if not post or each.fault.post == post]
    if without:
        raise CaseFault(
            N_("BKN would send the submission back: faults neither mended nor answered: {count}"), count=len(without)
        )
