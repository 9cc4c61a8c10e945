"""What is said of a paper to whoever asks, signed in or not. Nothing here tells what the asker did not bring along."""

from __future__ import annotations

import datetime as dt
import re

import sqlalchemy as sa

from core.papers.numbers import InvalidNumber, normalise_number
from core.papers.standing import Answer, Way
from core.papers.statement import InvalidStatement, Statement, read_statement
from core.service.papers.keys import list_public_keys
from core.store import papers as store
from core.store.database import reading

_DIGEST = re.compile(r"[0-9a-f]{64}")


def verify_number(engine: sa.Engine, number: str, issued_on: dt.date) -> Answer:
    """Whether the office issued a paper under a number on a day."""
    with reading(engine) as connection:
        return _answer(_find_by_number(connection, number, issued_on), "number")


def verify_code(engine: sa.Engine, token: str) -> Answer:
    """Whether a signed code is of a paper in the register."""
    with reading(engine) as connection:
        found = _read_token(connection, token)
        return _answer(_find_by_statement(connection, found) if found else None, "code")


def verify_file(
    engine: sa.Engine, digest: str, token: str = "", number: str = "", issued_on: dt.date | None = None
) -> Answer:
    """Whether a file is one the office issued, byte for byte.

    Parameters
    ----------
    digest
        SHA-256 of the file in hexadecimal digits.
    token, number, issued_on
        What the file says of itself and what was typed beside it: they tell a changed file from a stranger's.
    """
    with reading(engine) as connection:
        file = store.find_file(connection, digest) if _DIGEST.fullmatch(digest) else None
        if file is not None:
            return _answer(store.find_paper(connection, id=file["paper_id"]), "file")
        found = _read_token(connection, token) if token else None
        paper = _find_by_statement(connection, found) if found else None
        if paper is None and issued_on is not None:
            paper = _find_by_number(connection, number, issued_on)
        if paper is not None and not paper["digest"] and not store.list_files(connection, paper["id"]):
            return Answer("unkept", "file")
        return Answer("changed" if paper else "unknown", "file")


def list_keys(engine: sa.Engine) -> dict[str, bytes]:
    """The office's public keys by name, for whoever checks a code without asking."""
    with reading(engine) as connection:
        return list_public_keys(connection)


def _read_token(connection: sa.Connection, token: str) -> Statement | None:
    try:
        return read_statement(token, list_public_keys(connection))
    except InvalidStatement:
        return None


def _find_by_statement(connection: sa.Connection, statement: Statement) -> sa.RowMapping | None:
    paper = _find_by_number(connection, statement.number, statement.issued_on)
    return paper if paper is not None and paper["digest"] == statement.digest else None


def _find_by_number(connection: sa.Connection, number: str, issued_on: dt.date) -> sa.RowMapping | None:
    try:
        key = normalise_number(number)
    except InvalidNumber:
        return None
    return store.find_paper(connection, number_key=key, year=issued_on.year, issued_on=issued_on)


def _answer(paper: sa.RowMapping | None, way: Way) -> Answer:
    return Answer("unknown", way) if paper is None else Answer(paper["standing"], way, paper["since"])
