"""The public part of the register, in a form that answers but does not list.

A paper stands in it under a slow hash of number and day, and under the digests of its files: whoever has the paper finds
it, and whoever has not must try every number of every day. Trying is slow, not impossible: a year's days for one number
are some minutes of a computer. What is found then is that a number was issued on a day, nothing of what the paper says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.papers.standing import Standing

FORMAT = "mantel-register-1"
#: PBKDF2-HMAC-SHA256 (RFC 8018), which browsers know; about a fifth of a second on a phone.
ROUNDS = 300_000


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """What of a paper is published: ``number`` normalised, ``files`` SHA-256 of its files in hexadecimal digits."""

    number: str
    issued_on: dt.date
    standing: Standing
    since: dt.date | None
    files: tuple[str, ...]


def hide_number(number: str, issued_on: dt.date, salt: bytes) -> str:
    """What stands for a normalised number and a day: 32 hexadecimal digits."""
    said = f"{number}\n{issued_on.isoformat()}".encode()
    return hashlib.pbkdf2_hmac("sha256", said, salt, ROUNDS, 16).hex()


def write_publication(
    hidden: Iterable[tuple[str, PublicPaper]], keys: Mapping[str, bytes], salt: bytes, published_at: dt.datetime
) -> bytes:
    """The register's public part as canonical JSON.

    Parameters
    ----------
    hidden
        Each paper with what ``hide_number`` makes of it.
    keys
        The office's public keys by name.
    """
    papers: dict[str, list[str]] = {}
    files: dict[str, list[str]] = {}
    for lookup, paper in hidden:
        entry = [paper.standing, paper.since.isoformat() if paper.since else ""]
        papers[lookup] = [*entry, "file" if paper.files else ""]
        files |= dict.fromkeys(paper.files, entry)
    content = {
        "format": FORMAT,
        "published": f"{published_at.isoformat(timespec='seconds')}Z",
        "keys": {name: public.hex() for name, public in keys.items()},
        "rounds": ROUNDS,
        "salt": salt.hex(),
        "papers": papers,
        "files": files,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign_publication(content: bytes, key: Ed25519PrivateKey) -> str:
    """The signature over a publication: 128 hexadecimal digits."""
    return key.sign(content).hex()
