"""Taking the steps of a post's case after the session, each with its letter; the last one can be withdrawn with a reason."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from core.locales import translator
from core.papers.numbers import normalise_number
from core.service.accounts import ask_anew, has_right, require_right
from core.service.cases.announced import list_named, name_announcement_basis
from core.service.cases.packet import Questions, ask_return, require_answered, require_unchanged
from core.service.cases.sight import require_case_sight
from core.service.clock import local_day, now, today
from core.service.papers.register import LARGEST, end_paper, enter_letter, keep_file, load_file
from core.service.sessions import records
from core.service.sessions.evidence import digest_part, find_closing
from core.service.sessions.judging import list_hidden
from core.service.sessions.preparing import check_reason
from core.service.sessions.records import Session
from core.service.trail import digest_content, record, writing
from core.settings import settings
from core.store import cases as store
from core.store import facts as facts_store
from core.store import papers as paper_store
from core.store import sessions as session_store
from core.store import trail as trail_store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.case.steps import (
    INCOMING,
    PAIRED,
    REPEATING,
    STEP_NAMES,
    CaseFault,
    CaseStep,
    StepKind,
    find_inauguration_faults,
    find_next,
    find_step_faults,
    is_over,
    list_open_names,
)
from core.talent.errors import join_problems
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.trail.events import Event

#: Which of the office's own papers may be the letter of a step, beside one that was typed outside.
OWN_PAPERS: Mapping[StepKind, str] = {"submission": "packet", "announcement": "announcement"}
#: So many closings of sessions are looked through for their days.
_CLOSINGS = 5000


@dataclass(frozen=True)
class TakenStep:
    """A step that was taken; ``paper_standing`` is that of its letter in the register, "" for one that does not stand there."""

    id: int
    step: CaseStep
    paper_standing: str
    username: str
    recorded_at: dt.datetime


@dataclass(frozen=True)
class Case:
    """A post's case: whom the committee named (NIP), the steps taken, and the day on which the session closed."""

    session: Session
    post: str
    decided: tuple[str, ...]
    taken: tuple[TakenStep, ...]
    closed_on: dt.date

    @property
    def since(self) -> dt.date:
        """Since when the next step is waited for."""
        return self.taken[-1].step.day if self.taken else self.closed_on

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

    @property
    def last(self) -> int:
        """The number of the last step, 0 before the first: what a form was drawn with."""
        return self.taken[-1].id if self.taken else 0


def list_cases(engine: sa.Engine, session: Session, *, by: Account) -> list[Case]:
    """The cases of a closed session's posts for which somebody was named, but those a conflict of interest keeps from somebody.

    Raises
    ------
    NotAllowed
    """
    require_right(by, "weigh")
    records.require_sight(session, by)
    if session.phase != "closed":
        return []
    with reading(engine) as connection:
        hidden, closed_on = list_hidden(connection, session, by), _find_closing_day(connection, session)
        decided = session_store.list_entries(connection, session.id, ("decision",))
        steps = store.group_steps(connection, session_id=session.id)
    return _list(session, decided, steps, closed_on, hidden)


def list_open_cases(engine: sa.Engine, *, by: Account) -> list[tuple[Case, int]]:
    """The cases of all sessions that are not at their end, with the days since their last step, the longest first."""
    if not has_right(by, "weigh"):
        return []
    found: list[Case] = []
    with reading(engine) as connection:
        steps = store.group_steps(connection)
        decided: dict[int, list[sa.RowMapping]] = {}
        for row in session_store.list_decisions(connection):
            if not is_over([step["kind"] for step in steps.get((row["session_id"], row["post"]), ())]):
                decided.setdefault(row["session_id"], []).append(row)
        closed = trail_store.list_entries(connection, events=(Event.SESSION_CLOSED.value,), most=_CLOSINGS)
        days = {entry.subject: local_day(entry.happened_at) for entry in reversed(closed)}
        for number, rows in decided.items():
            session = records.load(connection, number)
            if session.phase == "closed" and records.find_parts(session, by):
                closed_on = min(today(), days.get(f"session {number}", session.held_on))
                found += _list(session, rows, steps, closed_on, list_hidden(connection, session, by))
    waited = [(case, (today() - case.since).days) for case in found if case.next]
    return sorted(waited, key=lambda pair: (-pair[1], pair[0].session.id, pair[0].post))


def _list(
    session: Session,
    decided: Sequence[sa.RowMapping],
    steps: Mapping[tuple[int, str], Sequence[sa.RowMapping]],
    closed_on: dt.date,
    hidden: frozenset[str],
) -> list[Case]:
    named = list_named(decided)
    posts = [post.post for post in session.posts if post.post in named and post.post not in hidden]
    return [_make(session, post, named[post], steps.get((session.id, post), ()), closed_on) for post in posts]


def _make(
    session: Session, post: str, decided: tuple[str, ...], rows: Sequence[sa.RowMapping], closed_on: dt.date
) -> Case:
    taken = tuple(
        TakenStep(row["id"], _step(row), row["paper_standing"] or "", row["username"], row["recorded_at"])
        for row in rows
    )
    return Case(session, post, decided, taken, closed_on)


def _step(row: sa.RowMapping) -> CaseStep:
    nips = tuple(json.loads(row["nips"]))
    return CaseStep(row["kind"], row["number"], row["day"], nips, row["named_post"], row["reason"])


def _find_closing_day(connection: sa.Connection, session: Session) -> dt.date:
    """The day of a session's last closing; never one to come."""
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
    after: int,
    by: Account,
) -> int:
    """Take the next step of a case; an inauguration makes the post's new holder known. Returns the step's number.

    A letter of the office stands in the register: one that does already, of the same day, holding and with its file, is named by its
    number; another is entered with its file. A letter of BKN is kept with its file.

    Parameters
    ----------
    review, current
        By which the session judged (``load_session_review``), and of the data of now.
    step
        Its names are taken from the steps before where the kind leaves no choice.
    after
        The number of the case's last step as the form was drawn (``Case.last``).

    Raises
    ------
    NotAllowed, SessionProblem, CaseFault, PaperProblem, InvalidNumber
    """
    require_right(by, "import")
    normalise_number(step.number)
    session = records.read_session(engine, number, by=by)
    questions: Questions | None = None
    if step.kind == "submission":
        with reading(engine) as connection:
            require_case_sight(connection, session, post, by)
        questions = ask_return(engine, review, current, session, by=by)
        require_answered(questions, post)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session = records.load(connection, number)
        case = _require_case(connection, session, post, by)
        if case.last != after:
            raise CaseFault(N_("somebody noted or withdrew a step of this case meanwhile; look at it first"))
        if questions is not None:
            require_unchanged(connection, session, questions, by)
        if step.kind in REPEATING:
            step = replace(step, nips=case.open_names)
        titles = {each.key: each.title for each in current.posts}
        version = facts_store.get_data_version(connection)
        faults = find_step_faults(step, case.steps, post, case.decided, case.closed_on, today(), titles)
        if step.kind == "inauguration" and not faults:
            if version != current.data_version:
                raise CaseFault(N_("newer data were imported just now; look at what they change first"))
            faults = find_inauguration_faults(step, post, current)
        if faults:
            raise join_problems(faults)
        _refuse_number_twice(connection, session, post, step, content)
        paper, kept = _take_letter(connection, case, step, content, by)
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
            data_version=version,
            username=by.username,
            recorded_at=now(),
        )
        session_store.add_event(connection, number)
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


def _require_case(connection: sa.Connection, session: Session, post: str, by: Account) -> Case:
    """A post's case, for whoever sees it."""
    session.find_post(post)
    require_case_sight(connection, session, post, by)
    decided = list_named(session_store.list_entries(connection, session.id, ("decision",), post=post)).get(post)
    if session.phase != "closed" or not decided:
        raise CaseFault(N_("there is no case for this post: the session is not closed, or names nobody for it"))
    steps = store.list_steps(connection, session_id=session.id, post=post)
    return _make(session, post, decided, steps, _find_closing_day(connection, session))


def _refuse_number_twice(
    connection: sa.Connection, session: Session, post: str, step: CaseStep, content: bytes | None
) -> None:
    """A number is one letter: in a case it stands once, in another only as the same letter of the same day (and, of BKN, the same file)."""
    key, incoming = normalise_number(step.number), step.kind in INCOMING
    for row in store.list_steps(connection):
        if normalise_number(row["number"]) != key or (row["kind"] in INCOMING) != incoming:
            continue
        if row["day"].year != step.day.year:
            continue
        named = CaseFault(STEP_NAMES[row["kind"]])
        if (row["session_id"], row["post"]) == (session.id, post):
            message = N_(
                "{number} stands in this case already, as “{step}” of {day}; every letter has a number of its own"
            )
            raise CaseFault(message, number=row["number"], step=named, day=row["day"])
        same = row["day"] == step.day and (incoming or row["kind"] == step.kind)
        if not same or (incoming and content and digest_content(content) != row["digest"]):
            message = N_("{number} is another letter in another case; every letter has a number of its own")
            raise CaseFault(message, number=row["number"])


def _take_letter(
    connection: sa.Connection, case: Case, step: CaseStep, content: bytes | None, by: Account
) -> tuple[int | None, bytes | None]:
    """The letter's row in the register, and the file that the case keeps itself."""
    session = case.session
    if content is not None and (not content.startswith(b"%PDF-") or len(content) > LARGEST):
        raise CaseFault(N_("the file of a letter is a PDF of at most {count} MB"), count=LARGEST // 1_000_000)
    if step.kind in INCOMING:
        if content is None:
            raise CaseFault(N_("this letter is kept with its file; choose the file first"))
        return None, content
    key = normalise_number(step.number)
    row = paper_store.find_paper(connection, number_key=key, year=step.day.year)
    withdrawn = row is not None and _is_withdrawn(connection, session, row)
    if row is not None and not withdrawn:
        _check_registered(connection, case, step, row, content)
        return row["id"], None if row[
            "kind"
        ] in OWN_PAPERS.values() else content  # what Mantel issued, the register keeps
    if content is None:
        raise CaseFault(
            N_("{number} does not stand in the register yet; choose its file, and it is entered with it"),
            number=step.number.strip(),
        )
    if row is not None:
        paper_store.correct_paper(connection, row["id"], step.day)
        digest = keep_file(connection, row["id"], "outside", content, by, keep=False)
        before = {"day": row["issued_on"].isoformat(), "standing": "revoked"}
        after = {"day": step.day.isoformat(), "file": digest}
        record(connection, Event.PAPER_ENTERED, by, row["number"], row["subject"], before=before, after=after)
        return row["id"], content
    # The register is read by more people than the case: it does not say which step of which post.
    said = translator(settings().language)(N_("Letter on the posts of “{name}”")).format(name=session.name)
    return enter_letter(connection, by, step.number, step.day, said[:300], content, session.id), content


def _find_own_basis(connection: sa.Connection, session: Session, kind: str) -> str:
    """What a paper of ours must rest on today to be the letter of a step (its first half for a packet)."""
    closing = find_closing(connection, session)
    digest = digest_part(closing["digests"]) if closing else ""
    return digest if kind == "packet" else name_announcement_basis(connection, session, digest)


def _is_withdrawn(connection: sa.Connection, session: Session, row: sa.RowMapping) -> bool:
    """Whether a paper of the register is a letter that a withdrawn step had entered with a mistake."""
    own = (row["kind"], row["session_id"], row["standing"]) == ("letter", session.id, "revoked")
    return own and not store.list_steps(connection, paper_id=row["id"]) and store.was_withdrawn(connection, row["id"])


def _check_registered(
    connection: sa.Connection, case: Case, step: CaseStep, row: sa.RowMapping, content: bytes | None
) -> None:
    """Whether a paper of the register can be the letter of a step."""
    number, session = row["number"], case.session
    if row["standing"] != "valid":
        raise CaseFault(N_("{number} does not hold any more already"), number=number)
    own = row["kind"] != "letter"
    if own and (row["kind"], row["session_id"]) != (OWN_PAPERS.get(step.kind), session.id):
        raise CaseFault(N_("{number} stands in the register as another paper, not as this letter"), number=number)
    length = 32 if row["kind"] == "packet" else 64
    if own and row["basis"][:length] != _find_own_basis(connection, session, row["kind"])[:length]:
        raise CaseFault(N_("{number} is of an earlier closing, or of other names; issue the paper anew"), number=number)
    if row["issued_on"] != step.day:
        message = N_("{number} stands in the register as of {day}, not of {other}")
        raise CaseFault(message, number=number, day=row["issued_on"], other=step.day)
    files = paper_store.list_files(connection, row["id"])
    if content is None and not any(file["kind"] != "outside" for file in files):  # of those the digest alone is kept
        raise CaseFault(N_("the register keeps no file of {number}; choose it"), number=number)
    if content is not None and files and digest_content(content) not in [file["digest"] for file in files]:
        raise CaseFault(N_("the file is not the one that the register has of {number}"), number=number)


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
        require_case_sight(connection, records.load(connection, row["session_id"]), row["post"], by)
        steps = store.list_steps(connection, session_id=row["session_id"], post=row["post"])
        if steps[-1]["id"] != number:
            named = CaseFault(STEP_NAMES[steps[-1]["kind"]])
            raise CaseFault(N_("only the last step of a case is withdrawn; “{step}” came after"), step=named)
        store.withdraw_step(connection, number, withdrawn_at=now(), withdrawn_by=by.username, withdrawn_reason=reason)
        _withdraw_letter(connection, row, reason, by)
        session_store.add_event(connection, row["session_id"])
        detail = f"{row['post']} {row['kind']} {row['number']}: {reason}"
        record(connection, Event.CASE_STEP_WITHDRAWN, by, f"session {row['session_id']}", detail)


def _list_same_letter(connection: sa.Connection, step: sa.RowMapping) -> list[sa.RowMapping]:
    """The steps, also of other cases, that are the letter of a step: whoever reads it reads about all of them."""
    return [
        row
        for row in store.list_steps(connection)
        if row["id"] == step["id"]
        or (step["paper_id"] is not None and row["paper_id"] == step["paper_id"])
        or (step["digest"] and row["digest"] == step["digest"])
    ]


def _withdraw_letter(connection: sa.Connection, step: sa.RowMapping, reason: str, by: Account) -> None:
    """A letter that stands in the register by this step alone holds no more: what was mistyped must not verify as genuine."""
    paper = None if step["paper_id"] is None else paper_store.find_paper(connection, id=step["paper_id"])
    if paper is None or (paper["kind"], paper["session_id"]) != ("letter", step["session_id"]):
        return
    if paper["standing"] != "valid" or store.list_steps(connection, paper_id=paper["id"]):
        return
    paper_store.void_files(connection, paper["id"])
    end_paper(connection, paper, "revoked", reason, None, by)


def load_letter(engine: sa.Engine, number: int, *, by: Account) -> bytes:
    """The file of a step's letter, its own or the register's, for whoever sees the case.

    Raises
    ------
    NotAllowed, CaseFault
    """
    require_right(by, "weigh")
    with reading(engine) as connection:
        rows = store.list_steps(connection, id=number)
        if not rows:
            raise CaseFault(N_("this step is withdrawn already"))
        row = rows[0]
        for other in _list_same_letter(connection, row):
            require_case_sight(connection, records.load(connection, other["session_id"]), other["post"], by)
        content = store.load_content(connection, number)
        files = [] if row["paper_id"] is None else paper_store.list_files(connection, row["paper_id"])
    if content is not None:
        return content
    kept = [file["digest"] for file in files if file["kind"] != "outside"]
    if not kept:
        raise CaseFault(N_("the register keeps only the digest of this file"))
    return load_file(engine, kept[-1], by=by)
