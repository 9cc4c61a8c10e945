"""The register: what was issued under which number, and whether it still holds. Nothing in it is ever removed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from core.papers.numbers import check_pattern, normalise_number, write_number
from core.papers.standing import Standing
from core.service.accounts import NotAllowed, ask_anew, has_right, require_right
from core.service.clock import now, today
from core.service.sessions import records
from core.service.sessions.judging import find_own_recusal
from core.service.sessions.records import SessionProblem
from core.service.trail import digest_content, record, writing
from core.settings import settings
from core.store import papers as store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event

#: What papers are about: the code that a number may name.
KINDS = {"minutes": "BA", "announcement": "PENG", "packet": "USUL", "sheet": "LP", "letter": "SURAT"}
#: What is made to be given to everybody.
PUBLIC = frozenset({"announcement", "letter"})
#: What only the secretariat reads: it names other submissions, or is one person's own.
SECRETARIAT = frozenset({"packet", "sheet"})
#: The largest file that is kept, in bytes.
LARGEST = 30_000_000


class PaperProblem(MantelError):
    """Something that cannot be done with a paper as asked."""


@dataclass(frozen=True)
class RegisteredFile:
    """A file of a paper: ``kind`` is issued, outside or signed; ``digest`` SHA-256 in hexadecimal digits."""

    kind: str
    digest: str
    signer: str
    recorded_at: dt.datetime


@dataclass(frozen=True)
class RegisteredPaper:
    """A paper of the register; ``replaced_by`` is the number that stands in its place."""

    id: int
    kind: str
    number: str
    issued_on: dt.date
    subject: str
    session_id: int | None
    standing: Standing
    since: dt.date | None
    reason: str
    replaced_by: str
    username: str
    basis: str
    files: tuple[RegisteredFile, ...]


def list_papers(engine: sa.Engine, *, by: Account, session: int | None = None) -> list[RegisteredPaper]:
    """The papers of the register, or of a session, the newest first.

    Raises
    ------
    NotAllowed
    """
    require_right(by, "weigh")
    with reading(engine) as connection:
        rows = store.list_papers(connection)
        files = store.group_files(connection)
    numbers = {row["id"]: row["number"] for row in rows}
    names = [name for name in RegisteredPaper.__dataclass_fields__ if name not in ("replaced_by", "files")]
    return [
        RegisteredPaper(
            **{name: row[name] for name in names},
            replaced_by=numbers.get(row["replaced_by"], ""),
            files=tuple(
                RegisteredFile(file["kind"], file["digest"], file["signer"], file["recorded_at"])
                for file in files.get(row["id"], ())
            ),
        )
        for row in rows
        if session is None or row["session_id"] == session
    ]


def may_read(engine: sa.Engine, kind: str, session: int | None, *, by: Account) -> bool:
    """Whether somebody may read a paper's file: an inside one holds all values, so only who sees the whole of its session."""
    if not has_right(by, "import" if kind in SECRETARIAT else "weigh"):
        return False
    if session is None or kind in PUBLIC:
        return True
    try:
        frame = records.read_session(engine, session, by=by)
    except (NotAllowed, SessionProblem):
        return False
    with reading(engine) as connection:
        recusal = find_own_recusal(connection, frame, by)
    return not recusal.hides_something


def load_file(engine: sa.Engine, digest: str, *, by: Account) -> bytes:
    """The content of a file that Mantel made or took in.

    Raises
    ------
    NotAllowed, PaperProblem
        Also for an inside paper of a session that is not wholly seen by whoever asks.
    """
    require_right(by, "weigh")
    with reading(engine) as connection:
        file = store.find_file(connection, digest)
        paper = None if file is None else store.find_paper(connection, id=file["paper_id"])
    if paper is None:
        raise PaperProblem(N_("there is no such paper in the register"))
    if not may_read(engine, paper["kind"], paper["session_id"], by=by):
        raise NotAllowed(N_("this paper holds what is kept from you"))
    with reading(engine) as connection:
        content = store.load_content(connection, digest)
    if content is None:
        raise PaperProblem(N_("the register keeps only the digest of this file"))
    return content


def make_number(connection: sa.Connection, kind: str, issued_on: dt.date) -> tuple[str, int]:
    """The next free number by the office's pattern, and its place in the year.

    Raises
    ------
    InvalidNumber
    """
    pattern = check_pattern(settings().paper_number)
    sequence = store.find_last_sequence(connection, issued_on.year)
    while True:
        sequence += 1
        number = write_number(pattern, number=sequence, kind=KINDS[kind], month=issued_on.month, year=issued_on.year)
        if store.find_paper(connection, number_key=normalise_number(number), year=issued_on.year) is None:
            return number, sequence  # a paper typed outside may have taken one of the row


def require_valid(connection: sa.Connection, paper: int) -> sa.RowMapping:
    """A paper that holds, by its row.

    Raises
    ------
    PaperProblem
    """
    row = store.find_paper(connection, id=paper)
    if row is None:
        raise PaperProblem(N_("there is no such paper in the register"))
    _refuse_ended(row)
    return row


def _refuse_ended(row: sa.RowMapping) -> None:
    if row["standing"] != "valid":
        raise PaperProblem(N_("{number} does not hold any more already"), number=row["number"])


def register_paper(
    connection: sa.Connection,
    by: Account,
    *,
    kind: str,
    number: str,
    issued_on: dt.date,
    subject: str,
    sequence: int = 0,
    digest: str = "",
    token: str = "",
    basis: str = "",
    session: int | None = None,
) -> int:
    """Enter a paper in the register, in the transaction of what issues it; returns its row.

    Raises
    ------
    PaperProblem, InvalidNumber
        When the number is taken or unusable.
    """
    key = normalise_number(number)
    if store.find_paper(connection, number_key=key, year=issued_on.year) is not None:
        raise PaperProblem(
            N_("the number {number} of {year} is taken already; every paper has a number of its own"),
            number=number,
            year=issued_on.year,
        )
    return store.add_paper(
        connection,
        kind=kind,
        number=" ".join(number.split()),
        number_key=key,
        year=issued_on.year,
        sequence=sequence,
        issued_on=issued_on,
        subject=subject,
        digest=digest,
        token=token,
        basis=basis,
        session_id=session,
        standing="valid",
        since=None,
        reason="",
        replaced_by=None,
        username=by.username,
        recorded_at=now(),
    )


def keep_file(
    connection: sa.Connection, paper: int, kind: str, content: bytes, by: Account, *, keep: bool, signer: str = ""
) -> str:
    """Enter a file of a paper; returns its digest.

    Raises
    ------
    PaperProblem
        When the very file stands in the register already, or is empty or too large.
    """
    if not content:
        raise PaperProblem(N_("the file is empty"))
    if len(content) > LARGEST:
        raise PaperProblem(N_("the file is larger than {count} MB"), count=LARGEST // 1_000_000)
    digest = digest_content(content)
    if store.find_file(connection, digest) is not None:
        raise PaperProblem(N_("this very file stands in the register already"))
    store.add_file(
        connection,
        paper_id=paper,
        kind=kind,
        digest=digest,
        size=len(content),
        content=content if keep else None,
        signer=signer,
        username=by.username,
        recorded_at=now(),
    )
    return digest


def enter_paper(
    engine: sa.Engine, number: str, issued_on: dt.date, subject: str, content: bytes | None, *, by: Account
) -> int:
    """Enter a paper that was typed outside, with the digest of its file where there is one; the file itself is not kept.

    Raises
    ------
    NotAllowed, PaperProblem, InvalidNumber
    """
    subject = " ".join(subject.split())
    if not 3 <= len(subject) <= 300:
        raise PaperProblem(N_("a paper needs a subject of 3 to 300 characters"))
    if issued_on > today():
        raise PaperProblem(N_("the paper would be of {day}, which is still to come"), day=issued_on)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        return enter_letter(connection, by, number, issued_on, subject, content)


def enter_letter(
    connection: sa.Connection,
    by: Account,
    number: str,
    issued_on: dt.date,
    subject: str,
    content: bytes | None,
    session: int | None = None,
) -> int:
    """Enter a letter that was typed outside, with the digest of its file, in the transaction that it is part of; returns its row.

    Raises
    ------
    PaperProblem, InvalidNumber
    """
    paper = register_paper(
        connection, by, kind="letter", number=number, issued_on=issued_on, subject=subject, session=session
    )
    digest = "" if content is None else keep_file(connection, paper, "outside", content, by, keep=False)
    record(connection, Event.PAPER_ENTERED, by, number.strip(), subject, after={"file": digest, "paper": paper})
    return paper


def revoke_paper(engine: sa.Engine, paper: int, reason: str, *, by: Account) -> None:
    """Say from today on that a paper does not hold any more, and why.

    Raises
    ------
    NotAllowed, PaperProblem
    """
    _end(engine, paper, "revoked", reason, None, by)


def replace_paper(engine: sa.Engine, paper: int, number: str, reason: str, *, by: Account) -> None:
    """Say from today on that another paper, by its number, stands in the place of this one, and why.

    Raises
    ------
    NotAllowed, PaperProblem, InvalidNumber
    """
    _end(engine, paper, "replaced", reason, number, by)


def _end(engine: sa.Engine, paper: int, standing: Standing, reason: str, number: str | None, by: Account) -> None:
    reason = " ".join(reason.split())
    if len(reason) < 3:
        raise PaperProblem(N_("a reason of at least 3 characters is needed"))
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        row = require_valid(connection, paper)
        successor = None if number is None else _find_successor(connection, row, number)
        end_paper(connection, row, standing, reason, successor, by)


def end_paper(
    connection: sa.Connection,
    row: sa.RowMapping,
    standing: Standing,
    reason: str,
    successor: sa.RowMapping | None,
    by: Account,
) -> None:
    """Say from today on that a paper does not hold any more, in the transaction that ends it."""
    store.change_paper(
        connection,
        row["id"],
        standing=standing,
        since=today(),
        reason=reason,
        replaced_by=None if successor is None else successor["id"],
    )
    event = Event.PAPER_REVOKED if successor is None else Event.PAPER_REPLACED
    after = None if successor is None else successor["number"]
    record(connection, event, by, row["number"], reason, after=after)


def _find_successor(connection: sa.Connection, row: sa.RowMapping, number: str) -> sa.RowMapping:
    found = [
        each for each in store.list_papers(connection, number_key=normalise_number(number)) if each["id"] != row["id"]
    ]
    if not found:
        raise PaperProblem(
            N_("{number} stands in the register under no other paper; enter the new paper first"), number=number.strip()
        )
    _refuse_ended(found[0])
    if found[0]["issued_on"] < row["issued_on"]:
        raise PaperProblem(N_("{number} is older than the paper it would replace"), number=found[0]["number"])
    return found[0]
