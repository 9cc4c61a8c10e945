"""The register's public part as a folder for the regency's web site: a page that verifies without any server."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from core.locales import LANGUAGES
from core.papers.publication import PublicPaper, hide_number, sign_publication, write_publication
from core.papers.statement import name_key
from core.reports.verification import ASSETS, draw_page, read_asset
from core.service.accounts import ask_anew
from core.service.clock import now
from core.service.papers.keys import list_public_keys, require_known_key
from core.service.papers.register import PaperProblem
from core.service.trail import record, writing
from core.store import papers as store
from core.store.accounts import Account
from core.talent.messages import N_
from core.trail.events import Event

_PAGES = {"id": "index.html", "en": "en.html"}


@dataclass(frozen=True)
class Publication:
    """What was written: the signed register and how many papers stand in it."""

    content: bytes
    signature: str
    papers: int


def make_publication(engine: sa.Engine, *, by: Account) -> tuple[Publication, dict[str, bytes]]:
    """The public part of the register, signed, and the office's public keys.

    Raises
    ------
    NotAllowed
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        key = require_known_key(connection, by)
        keys = list_public_keys(connection)
        papers = _gather(connection)
        record(connection, Event.FILE_TAKEN, by, "register.txt", str(len(papers)))
    public = key.public_key().public_bytes_raw()
    # The same salt each time: a new one would have an older page answer otherwise about the same paper.
    salt = hashlib.sha256(b"mantel register" + bytes.fromhex(name_key(next(iter(keys.values()))))).digest()[:16]
    with ThreadPoolExecutor() as pool:  # the hash lets go of the interpreter
        hidden = list(pool.map(lambda paper: hide_number(paper.number, paper.issued_on, salt), papers))
    content = write_publication(zip(hidden, papers, strict=True), keys, salt, now())
    return Publication(content, f"{name_key(public)} {sign_publication(content, key)}\n", len(papers)), keys


def _gather(connection: sa.Connection) -> list[PublicPaper]:
    files: dict[int, list[str]] = {}
    for row in store.list_files(connection):
        files.setdefault(row["paper_id"], []).append(row["digest"])
    return [
        PublicPaper(row["number_key"], row["issued_on"], row["standing"], row["since"], tuple(files.get(row["id"], ())))
        for row in store.list_papers(connection)
    ]


def publish_register(engine: sa.Engine, folder: Path, *, by: Account) -> int:
    """Write the page, its script and the signed register into a folder; returns how many papers stand in it.

    Each file is written aside and moved into place, the register last.

    Raises
    ------
    NotAllowed, PaperProblem
    """
    made, keys = make_publication(engine, by=by)
    files = {name: read_asset(name) for name in ASSETS}
    for language in LANGUAGES:
        other = next(each for each in LANGUAGES if each != language)
        files[_PAGES[language]] = draw_page(language, keys, ask="", other=_PAGES[other]).encode()
    # One file, so that nobody loads a register and the signature of another.
    files["register.txt"] = made.signature.encode() + made.content
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
