"""The register's public part as a folder for the regency's web site: a page that verifies without any server."""

from __future__ import annotations

import datetime as dt
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from core.locales import LANGUAGES
from core.papers.publication import PublicPaper, hide_number, sign_publication, write_publication
from core.papers.statement import name_key
from core.reports.verification import ASSETS, draw_page, read_asset
from core.service.accounts import ask_anew, require_right
from core.service.clock import now
from core.service.papers.keys import list_public_keys, require_known_key
from core.service.papers.register import PaperProblem
from core.service.trail import record, writing
from core.store import papers as store
from core.store import trail as trail_store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.messages import N_
from core.trail.events import Event

_PAGES = {"id": "index.html", "en": "en.html"}
#: The register beside them, as verify.js asks for it.
_REGISTER = "register.txt"


@dataclass(frozen=True)
class Publication:
    """The register's public part: ``content`` with its signature in the first line, how many papers stand in it, the keys."""

    content: bytes
    papers: int
    keys: dict[str, bytes]


#: What makes a publication older than the register.
_CHANGES = (Event.PAPER_ISSUED, Event.PAPER_ENTERED, Event.PAPER_REPLACED, Event.PAPER_REVOKED, Event.PAPER_SIGNED)
#: So many changes are counted.
_COUNTED = 500


def find_unpublished(engine: sa.Engine, *, by: Account) -> tuple[dt.datetime, int] | None:
    """When the register was last published (UTC), and how many changes it has had since (at most 500); None where never.

    Raises
    ------
    NotAllowed
    """
    require_right(by, "weigh")
    with reading(engine) as connection:
        last = trail_store.list_entries(connection, events=(Event.FILE_TAKEN.value,), subject=_REGISTER, most=1)
        events = tuple(event.value for event in _CHANGES)
        changes = trail_store.list_entries(connection, events=events, most=_COUNTED) if last else []
    return (last[0].happened_at, sum(each.number > last[0].number for each in changes)) if last else None


def make_publication(engine: sa.Engine, *, by: Account) -> Publication:
    """The public part of the register, signed.

    Raises
    ------
    NotAllowed
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        key = require_known_key(connection, by)
        keys = list_public_keys(connection)
        papers = _gather(connection)
        record(connection, Event.FILE_TAKEN, by, _REGISTER, str(len(papers)))
    # The same salt each time, of the first key there was: a new one would have an older page answer otherwise.
    salt = hashlib.sha256(b"mantel register" + bytes.fromhex(next(iter(keys)))).digest()[:16]
    with ThreadPoolExecutor() as pool:  # the hash lets go of the interpreter
        hidden = list(pool.map(lambda paper: hide_number(paper.number, paper.issued_on, salt), papers))
    content = write_publication(zip(hidden, papers, strict=True), keys, salt, now())
    name = name_key(key.public_key().public_bytes_raw())
    return Publication(f"{name} {sign_publication(content, key)}\n".encode() + content, len(papers), keys)


def _gather(connection: sa.Connection) -> list[PublicPaper]:
    files = store.group_files(connection)
    return [
        PublicPaper(
            row["number_key"],
            row["issued_on"],
            row["standing"],
            row["since"],
            tuple(file["digest"] for file in files.get(row["id"], ())),
        )
        for row in store.list_papers(connection)
    ]


def publish_register(engine: sa.Engine, folder: Path, *, by: Account) -> int:
    """Write the page, its script and the signed register into a folder; returns how many papers stand in it.

    Each file is written aside and moved into place, the register last.

    Raises
    ------
    NotAllowed, PaperProblem
    """
    made = make_publication(engine, by=by)
    files = {name: read_asset(name) for name in ASSETS}
    for language in LANGUAGES:
        other = next(each for each in LANGUAGES if each != language)
        files[_PAGES[language]] = draw_page(language, made.keys, ask="", other=_PAGES[other]).encode()
    # One file, so that nobody loads a register and the signature of another.
    files[_REGISTER] = made.content
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            aside = folder / f".{name}.new"
            aside.write_bytes(content)
            aside.chmod(0o644)  # a web server reads it
            aside.replace(folder / name)
    except OSError as error:
        raise PaperProblem(
            N_("the folder “{folder}” cannot be written to: {reason}"), folder=str(folder), reason=str(error.strerror)
        ) from None
    return made.papers
