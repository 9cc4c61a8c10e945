"""Issuing papers: content, number, signature, file and register in one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import sqlalchemy as sa

from core.papers.document import Document
from core.papers.numbers import normalise_number
from core.papers.statement import LONGEST_SUBJECT, Statement, sign_statement
from core.reports.papers import draw_pdf
from core.reports.papers.word import fill_template
from core.service.accounts import ask_anew, require_right
from core.service.cases.announced import list_agreed, name_announcement_basis
from core.service.cases.packet import ask_return, require_answered, require_unchanged
from core.service.clock import today
from core.service.explanation import explain_person
from core.service.papers.announcement import write_announcement
from core.service.papers.keys import read_key, require_known_key
from core.service.papers.material import Material, gather_material
from core.service.papers.minutes import write_minutes
from core.service.papers.packet import write_packet, write_packet_workbook
from core.service.papers.register import PaperProblem, RegisteredPaper, keep_file, make_number, register_paper
from core.service.papers.sheet import write_sheet
from core.service.papers.templates import load_template
from core.service.sessions import records
from core.service.sessions.evidence import digest_part, find_closing
from core.service.sessions.records import Session
from core.service.trail import digest_content, record, writing
from core.settings import settings
from core.store import papers as store
from core.store.accounts import Account
from core.store.cases import list_steps
from core.store.database import reading
from core.store.facts import get_data_version
from core.talent.case.returning import find_vacancy
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.trail.events import Event

#: What a closed session issues.
WRITERS: Mapping[str, Callable[[Material, str, dt.date], Document]] = {
    "minutes": write_minutes,
    "announcement": write_announcement,
    "packet": write_packet,
}
#: How often a number that somebody else has just taken is made anew.
_TRIES = 3


@dataclass(frozen=True)
class Issued:
    """A paper that was issued: its row in the register, its number and day, its PDF."""

    id: int
    number: str
    issued_on: dt.date
    content: bytes


def find_verification_address() -> str:
    """Where the public verifies papers: the setting, else this installation's own page; a bare path without a public address."""
    here = settings()
    return here.verification_url or f"{here.public_url.rstrip('/')}/periksa"


def find_basis(engine: sa.Engine, session: Session) -> str:
    """The digest that a session's last closing left in the trail, on which its papers rest; "" where there is none."""
    with reading(engine) as connection:
        closing = find_closing(connection, session)
    return digest_part(closing["digests"]) if closing else ""


def preview_paper(
    engine: sa.Engine, review: TalentReview, number: int, kind: str, current: TalentReview | None = None, *, by: Account
) -> Document:
    """A paper of a closed session as it would be issued today, without a number.

    Parameters
    ----------
    review, current
        By which the session judged (``load_session_review``), and of the data of now, which the packet asks for.

    Raises
    ------
    NotAllowed, SessionProblem, PaperProblem
    """
    require_right(by, "weigh")
    session = records.read_session(engine, number, by=by)
    return _writer(kind)(_gather(engine, session, review, kind, current, by, draft=True), "…", today())


def issue_paper(
    engine: sa.Engine, review: TalentReview, number: int, kind: str, current: TalentReview | None = None, *, by: Account
) -> Issued:
    """Issue a paper of a closed session; one of the same kind that it makes old is replaced by it.

    Parameters
    ----------
    review, current
        As in ``preview_paper``.
    kind
        One of ``WRITERS``.

    Raises
    ------
    NotAllowed, SessionProblem, PaperProblem, InvalidNumber, CaseFault
        The last where the packet would go out with a fault that nobody answers for.
    """
    require_right(by, "import")
    session = records.read_session(engine, number, by=by)
    write = _writer(kind)
    made = _gather(engine, session, review, kind, current, by)

    def require_same(connection: sa.Connection) -> None:
        if records.load(connection, number).event != session.event:
            raise PaperProblem(N_("something changed in the session meanwhile; look at it first"))
        if made.questions is not None:
            require_unchanged(connection, session, made.questions, by)

    return _issue(engine, kind, partial(write, made), _find_paper_basis(made), by, require_same, session=number)


def _find_paper_basis(made: Material) -> str:
    """What a paper rests on: its session's replay; in the second half a packet on what BKN would ask, an announcement on whom it agreed to."""
    if made.questions is not None:
        return made.digest[:32] + made.questions.digest[:32]
    return made.basis or made.digest


def is_of_closing(paper: RegisteredPaper, basis: str) -> bool:
    """Whether a paper of a session is of its last closing, by ``find_basis``."""
    return paper.basis[:32] == basis[:32]


def issue_sheet(engine: sa.Engine, review: TalentReview, nip: str, *, by: Account) -> Issued:
    """Issue the sheet of one person (NIP), of the data that the review has.

    One that says the very same and still holds is not issued once more: it is the one that is returned.

    Raises
    ------
    NotAllowed, UnknownPerson, PaperProblem, InvalidNumber
    """
    require_right(by, "import")
    explanation, origins = explain_person(engine, review, nip)
    basis = write_sheet(review, explanation, origins, "…", review.as_of).digest
    with reading(engine) as connection:
        issued = store.find_paper(connection, kind="sheet", basis=basis, standing="valid")
        files = store.list_files(connection, issued["id"]) if issued is not None else []
        content = store.load_content(connection, files[0]["digest"]) if files else None
    if issued is not None and content is not None:
        return Issued(issued["id"], issued["number"], issued["issued_on"], content)

    def write(paper_number: str, issued_on: dt.date) -> Document:
        return write_sheet(review, explanation, origins, paper_number, issued_on)

    def require_same(connection: sa.Connection) -> None:
        if get_data_version(connection) != review.data_version:
            raise PaperProblem(N_("newer data were imported just now; look at what they change first"))
        _refuse_same(store.list_papers(connection, kind="sheet", basis=basis, standing="valid"), basis)

    return _issue(engine, "sheet", write, basis, by, require_same, detail=nip)


def _issue(
    engine: sa.Engine,
    kind: str,
    write: Callable[[str, dt.date], Document],
    basis: str,
    by: Account,
    require_same: Callable[[sa.Connection], None],
    session: int | None = None,
    detail: str = "",
) -> Issued:
    """Number, sign, draw and register a paper.

    The PDF is made before anything is written, so that nobody waits for it; then the number must still be free.
    """
    day = today()
    for _ in range(_TRIES):
        with reading(engine) as connection:
            paper_number, sequence = make_number(connection, kind, day)
        document = write(paper_number, day)
        statement = Statement(paper_number, day, document.subject[:LONGEST_SUBJECT], document.digest)
        token = sign_statement(statement, read_key())
        content = draw_pdf(document, day, token, find_verification_address())
        with writing(engine) as connection:
            by = ask_anew(connection, by, "import")
            if store.find_paper(connection, number_key=normalise_number(paper_number), year=day.year) is not None:
                continue  # somebody else has just taken it
            require_same(connection)
            require_known_key(connection, by)
            earlier = [] if session is None else _list_earlier(connection, session, kind)
            _refuse_same(earlier, basis)
            paper = register_paper(
                connection,
                by,
                kind=kind,
                number=paper_number,
                issued_on=day,
                subject=document.subject,
                sequence=sequence,
                digest=document.digest,
                token=token,
                session=session,
                basis=basis,
            )
            digest = keep_file(connection, paper, "issued", content, by, keep=True)
            said = " · ".join(filter(None, (document.subject, detail)))
            record(connection, Event.PAPER_ISSUED, by, paper_number, said, after={"file": digest})
            for row in earlier:
                same = row["basis"][:32] == basis[:32]
                reason = "what it rests on has changed" if same else "the session was reopened"
                store.change_paper(
                    connection, row["id"], standing="replaced", since=day, reason=reason, replaced_by=paper
                )
                record(connection, Event.PAPER_REPLACED, by, row["number"], reason, after=paper_number)
        return Issued(paper, paper_number, day, content)
    raise PaperProblem(N_("others are issuing papers just now; try again in a moment"))


def _list_earlier(connection: sa.Connection, session: int, kind: str) -> list[sa.RowMapping]:
    """Papers that a new one of the kind makes old: but packets that have gone out as the letter of a step."""
    sent = {row["paper_id"] for row in list_steps(connection, session_id=session)}
    papers = store.list_papers(connection, session_id=session, kind=kind, standing="valid")
    return [paper for paper in papers if paper["id"] not in sent]


def write_word(
    engine: sa.Engine, review: TalentReview, number: int, kind: str, current: TalentReview | None = None, *, by: Account
) -> bytes:
    """A paper of a closed session as a Word file: with number and code once it was issued, a draft before.

    Raises
    ------
    NotAllowed, SessionProblem, PaperProblem, TemplateProblem
    """
    require_right(by, "import")
    session = records.read_session(engine, number, by=by)
    made = _gather(engine, session, review, kind, current, by)
    with reading(engine) as connection:
        basis = _find_paper_basis(made)
        issued = store.find_paper(connection, session_id=number, kind=kind, standing="valid", basis=basis)
    template = load_template(engine)
    if issued is None:
        return fill_template(template, _writer(kind)(made, "…", today()))
    document = _writer(kind)(made, issued["number"], issued["issued_on"])
    if document.digest != issued["digest"]:
        raise PaperProblem(
            N_("the Word file would say something else than {number} as issued; take its PDF"), number=issued["number"]
        )
    return fill_template(template, document, issued["token"], find_verification_address())


def find_issued_number(engine: sa.Engine, session: int, kind: str, *, by: Account) -> str:
    """The number of a session's paper of a kind that holds and is no letter of a step yet; "" where there is none.

    Raises
    ------
    NotAllowed, SessionProblem
    """
    require_right(by, "weigh")
    records.read_session(engine, session, by=by)
    with reading(engine) as connection:
        issued = _list_earlier(connection, session, kind)
    return str(issued[0]["number"]) if issued else ""


def _gather(
    engine: sa.Engine,
    session: Session,
    review: TalentReview,
    kind: str,
    current: TalentReview | None,
    by: Account,
    *,
    draft: bool = False,
) -> Material:
    """What a paper is made of. A packet is made only once every question has its answer, but as a ``draft`` to look at."""
    made = gather_material(engine, session, review, by=by)
    if kind == "announcement":
        return _take_agreed(engine, session, made)
    if kind != "packet":
        return made
    if current is None:
        raise PaperProblem(N_("the packet asks for the data of now as well"))
    questions = ask_return(engine, review, current, session, by=by)
    if not questions.posts:
        raise PaperProblem(N_("every post of this session was submitted already"))
    if not draft:
        require_answered(questions)
    vacancies = {post: find_vacancy(current, post) for post in questions.posts}
    return replace(made, questions=questions, vacancies=vacancies)


def _take_agreed(engine: sa.Engine, session: Session, made: Material) -> Material:
    """What the public is told, without those whom BKN did not agree to."""
    with reading(engine) as connection:
        agreed = list_agreed(connection, session)
        basis = name_announcement_basis(connection, session, made.digest)
    decided = {
        post: replace(said, choices=tuple(choice for choice in said.choices if choice.nip in agreed[post]))
        if said is not None and post in agreed
        else said
        for post, said in made.decided.items()
    }
    return replace(made, decided=decided, basis=basis)


def write_workbook(
    engine: sa.Engine, review: TalentReview, number: int, current: TalentReview, *, by: Account
) -> bytes:
    """The packet of a closed session as a workbook, once everything is mended or has a reason.

    Raises
    ------
    NotAllowed, SessionProblem, PaperProblem, CaseFault
    """
    require_right(by, "import")
    session = records.read_session(engine, number, by=by)
    made = _gather(engine, session, review, "packet", current, by)
    assert made.questions is not None
    content = write_packet_workbook(made)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        require_unchanged(connection, session, made.questions, by)
        record(connection, Event.CASE_PACKET_TAKEN, by, f"session {number}", after={"file": digest_content(content)})
    return content


def _writer(kind: str) -> Callable[[Material, str, dt.date], Document]:
    if kind not in WRITERS:
        raise PaperProblem(N_("“{value}” is not one of: {known}"), value=kind[:40], known=", ".join(WRITERS))
    return WRITERS[kind]


def _refuse_same(earlier: Sequence[sa.RowMapping], basis: str) -> None:
    """Refuse to issue once more what is issued already."""
    for row in earlier:
        if row["basis"] == basis:
            raise PaperProblem(
                N_("this paper was issued already under {number}; revoke that one first, with its reason"),
                number=row["number"],
            )


def name_file(number: str, issued_on: dt.date) -> str:
    """What the file of a paper is called."""
    safe = "".join(letter if letter.isalnum() else "-" for letter in number).strip("-")
    return f"{issued_on.isoformat()}-{safe}.pdf"
