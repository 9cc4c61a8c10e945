"""Taking the steps of a post's case after the session, each with its letter; the last one can be withdrawn with a reason."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import sqlalchemy as sa

from core.papers.numbers import normalise_number
from core.service.accounts import ask_anew, require_right
from core.service.cases.packet import require_answered
from core.service.clock import local_day, now, today
from core.service.papers.register import LARGEST, keep_file, register_paper
from core.service.sessions import records
from core.service.sessions.judging import find_own_recusal, list_ever
from core.service.sessions.preparing import check_reason
from core.service.sessions.records import Session
from core.service.trail import digest_content, record, writing
from core.store import cases as store
from core.store import papers as paper_store
from core.store import sessions as session_store
from core.store import trail as trail_store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.case.steps import (
    INCOMING,
    PAIRED,
    STEP_NAMES,
    CaseFault,
    CaseStep,
    StepKind,
    find_next,
    find_step_faults,
    list_open_names,
)
from core.talent.errors import join_problems
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.trail.events import Event


@dataclass(frozen=True)
class TakenStep:
    """A step that was taken; ``paper_standing`` is that of its letter in the register, "" for a letter of BKN."""

    id: int
    step: CaseStep
    has_file: bool
    digest: str
    paper_standing: str
    username: str
    recorded_at: dt.datetime


@dataclass(frozen=True)
class Case:
    """A post's case: whom the committee named (NIP), the steps taken, what comes next, and since when that is waited for."""

    session: Session
    post: str
    decided: tuple[str, ...]
    taken: tuple[TakenStep, ...]
    since: dt.date

    @property
    def steps(self) -> tuple[CaseStep, ...]:
        """The steps taken, in their order."""
        return tuple(each.step for each in self.taken)

    @property
    def next(self) -> StepKind | None:
        """The step that comes next; None when the case is at its end."""
        return find_next(self.steps)

    @property
    def open_names(self) -> tuple[str, ...]:
        """Whom the next step may name (NIP), in the committee's order."""
        return list_open_names(self.steps, self.decided)


def list_cases(engine: sa.Engine, session: Session, *, by: Account) -> list[Case]:
    """The cases of a closed session's posts for which somebody was named, but those a conflict of interest keeps from somebody.

    Raises
    ------
    NotAllowed
    """
    records.require_sight(session, by)
    if session.phase != "closed":
        return []
    with reading(engine) as connection:
        recusal, ever = find_own_recusal(connection, session, by), list_ever(connection, session)
        cases = [_load(connection, session, post.post) for post in session.posts]
    return [case for case in cases if case and not recusal.hides(case.post) and not recusal.people & ever[case.post]]


def list_open_cases(engine: sa.Engine, *, by: Account) -> list[tuple[Case, int]]:
    """The cases of all sessions that are not at their end, with the days since their last step, the longest first."""
    sessions = [session for session in records.list_sessions(engine, by=by) if session.phase == "closed"]
    found = [case for session in sessions for case in list_cases(engine, session, by=by) if case.next]
    waited = [(case, (today() - case.since).days) for case in found]
    return sorted(waited, key=lambda pair: (-pair[1], pair[0].session.id, pair[0].post))


def _load(connection: sa.Connection, session: Session, post: str) -> Case | None:
    """A case; None where nobody was named."""
    entries = session_store.list_entries(connection, session.id, ("decision",), post=post)
    decided = tuple(choice["nip"] for choice in json.loads(entries[0]["value"])["choices"]) if entries else ()
    if not decided:
        return None
    standings = {row["id"]: row["standing"] for row in paper_store.list_papers(connection)}
    taken = tuple(
        TakenStep(
            row["id"],
            _step(row),
            bool(row["digest"]),
            row["digest"],
            standings.get(row["paper_id"], ""),
            row["username"],
            row["recorded_at"],
        )
        for row in store.list_steps(connection, session_id=session.id, post=post)
    )
    return Case(session, post, decided, taken, taken[-1].step.day if taken else _find_closing_day(connection, session))


def _step(row: sa.RowMapping) -> CaseStep:
    nips = tuple(json.loads(row["nips"]))
    return CaseStep(row["kind"], row["number"], row["day"], nips, row["named_post"], row["reason"])


def _find_closing_day(connection: sa.Connection, session: Session) -> dt.date:
    """The day a session closed; never one to come."""
    closed = trail_store.list_entries(
        connection, subject=f"session {session.id}", events=(Event.SESSION_CLOSED.value,), most=1
    )
    return min(today(), local_day(closed[0].happened_at) if closed else session.held_on)


def take_step(
    engine: sa.Engine,
    review: TalentReview,
    current: TalentReview,
    number: int,
    step: CaseStep,
    post: str,
    content: bytes | None = None,
    *,
    by: Account,
) -> int:
    """Take the next step of a case; an inauguration makes the post's new holder known. Returns the step's number.

    A letter of the office stands in the register: one that does already, of the same day and holding, is named by its
    number; another is entered with its file. A letter of BKN is kept with its file.

    Parameters
    ----------
    review, current
        By which the session judged (``load_session_review``), and of the data of now.
    step
        Its names are taken from the steps before where the kind leaves no choice: submission and announcement.

    Raises
    ------
    NotAllowed, SessionProblem, CaseFault, PaperProblem, InvalidNumber
    """
    require_right(by, "import")
    normalise_number(step.number)
    session = records.read_session(engine, number, by=by)
    if step.kind == "submission":
        require_answered(engine, review, current, session, post, by=by)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        event, session = session.event, records.load(connection, number)
        if session.event != event:
            raise CaseFault(N_("something changed in the session meanwhile; look at it first"))
        case = _require_case(connection, session, post)
        if step.kind in ("submission", "announcement"):
            step = CaseStep(step.kind, step.number, step.day, case.open_names, post, step.reason)
        closed_on = min(session.held_on, _find_closing_day(connection, session))
        titles = {each.key: each.title for each in current.posts}
        faults = find_step_faults(step, case.steps, post, case.decided, closed_on, today(), titles)
        if faults:
            raise join_problems(faults)
        paper, kept = _take_letter(connection, step, titles.get(post, post), content, by)
        taken = store.add_step(
            connection,
            session_id=number,
            post=post,
            kind=step.kind,
            number=" ".join(step.number.split()),
            day=step.day,
            nips=json.dumps(list(step.nips)),
            named_post=step.post if step.kind in PAIRED else post,
            reason=step.reason.strip(),
            paper_id=paper,
            digest=digest_content(kept) if kept else "",
            content=kept,
            username=by.username,
            recorded_at=now(),
        )
        record(
            connection,
            Event.CASE_INAUGURATED if step.kind == "inauguration" else Event.CASE_STEP_TAKEN,
            by,
            f"session {number}",
            f"{post} {step.kind} {step.number.strip()} {step.reason}".strip(),
            before=current.holders.get(post, "") if step.kind == "inauguration" else None,
            after={"step": taken, "day": step.day.isoformat(), "nips": list(step.nips)},
        )
    return taken


def _require_case(connection: sa.Connection, session: Session, post: str) -> Case:
    session.find_post(post)
    case = _load(connection, session, post) if session.phase == "closed" else None
    if case is None:
        raise CaseFault(N_("there is no case for this post: the session is not closed, or names nobody for it"))
    return case


def _take_letter(
    connection: sa.Connection, step: CaseStep, title: str, content: bytes | None, by: Account
) -> tuple[int | None, bytes | None]:
    """The letter's row in the register, and the file that the case keeps itself."""
    if content is not None and not 0 < len(content) <= LARGEST:
        raise CaseFault(N_("the file is empty or larger than {count} MB"), count=LARGEST // 1_000_000)
    if step.kind in INCOMING:
        if content is None:
            raise CaseFault(N_("the letter of BKN is kept with its file; choose the file first"))
        return None, content
    key = normalise_number(step.number)
    row = paper_store.find_paper(connection, number_key=key, year=step.day.year)
    if row is None:
        if content is None:
            raise CaseFault(
                N_("{number} does not stand in the register yet; choose its file, and it is entered with it"),
                number=step.number.strip(),
            )
        subject = f"{STEP_NAMES[step.kind]}: {title}"[:300]
        paper = register_paper(connection, by, kind="letter", number=step.number, issued_on=step.day, subject=subject)
        digest = keep_file(connection, paper, "outside", content, by, keep=False)
        record(
            connection, Event.PAPER_ENTERED, by, step.number.strip(), subject, after={"file": digest, "paper": paper}
        )
        return paper, content
    if row["standing"] != "valid":
        raise CaseFault(N_("{number} does not hold any more already"), number=row["number"])
    if row["issued_on"] != step.day:
        message = N_("{number} stands in the register as of {day}, not of {other}")
        raise CaseFault(message, number=row["number"], day=row["issued_on"], other=step.day)
    if content is not None and not _is_file_of(connection, row["id"], content):
        raise CaseFault(N_("the file is not the one that the register has of {number}"), number=row["number"])
    return row["id"], content


def _is_file_of(connection: sa.Connection, paper: int, content: bytes) -> bool:
    digests = {file["digest"] for file in paper_store.list_files(connection, paper)}
    return not digests or digest_content(content) in digests


def withdraw_step(engine: sa.Engine, number: int, reason: str, *, by: Account) -> None:
    """Withdraw the last step of a case with a reason; it stays in the record.

    Raises
    ------
    NotAllowed, CaseFault, SessionProblem
    """
    reason = check_reason(reason)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        rows = store.list_steps(connection, id=number)
        if not rows:
            raise CaseFault(N_("this step is withdrawn already"))
        row = rows[0]
        steps = store.list_steps(connection, session_id=row["session_id"], post=row["post"])
        if steps[-1]["id"] != number:
            raise CaseFault(N_("only the last step of a case is withdrawn; “{step}” came after"), step=_name(steps[-1]))
        store.withdraw_step(connection, number, withdrawn_at=now(), withdrawn_by=by.username, withdrawn_reason=reason)
        detail = f"{row['post']} {row['kind']} {row['number']}: {reason}"
        record(connection, Event.CASE_STEP_WITHDRAWN, by, f"session {row['session_id']}", detail)


def _name(row: sa.RowMapping) -> CaseFault:
    kind: StepKind = row["kind"]
    return CaseFault(STEP_NAMES[kind])


def refuse_begun(connection: sa.Connection, session: Session) -> None:
    """Refuse to reopen a session whose names have gone to BKN.

    Raises
    ------
    CaseFault
    """
    steps = store.list_steps(connection, session_id=session.id)
    if steps:
        raise CaseFault(
            N_(
                "the names have gone to BKN with {number} of {day}; withdraw the steps of the case first, with the reason"
            ),
            number=steps[0]["number"],
            day=steps[0]["day"],
        )


def load_letter(engine: sa.Engine, number: int, *, by: Account) -> bytes:
    """The file of a step's letter, for whoever sees the case.

    Raises
    ------
    NotAllowed, CaseFault
    """
    with reading(engine) as connection:
        rows = store.list_steps(connection, id=number)
        content = store.load_content(connection, number) if rows else None
    if content is None:
        raise CaseFault(N_("this step keeps no file of its own"))
    session = records.read_session(engine, rows[0]["session_id"], by=by)
    if rows[0]["post"] not in [case.post for case in list_cases(engine, session, by=by)]:
        raise CaseFault(N_("a declared conflict of interest keeps this case from you"))
    return content
