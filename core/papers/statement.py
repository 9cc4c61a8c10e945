"""What the office signs about a paper: number, day, subject, digest of its content (Ed25519, RFC 8032).

The signed text is five lines; as a token it is short enough for a QR code and safe in the fragment of an address, which a
browser sends to nobody.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.talent.errors import MantelError
from core.talent.messages import N_

_ORIGIN = "mantel paper"
#: The longest token that is looked at, in characters.
LONGEST = 1200
LONGEST_SUBJECT = 120
#: Before the token inside a PDF (XMP, keywords), so that a changed file still says what it was.
MARK = "mantel-paper:"
_TOKEN = re.compile(r"(?P<key>[0-9a-f]{16})\.(?P<text>[A-Za-z0-9_-]+)\.(?P<signature>[A-Za-z0-9_-]{86})")


_CARRIED = re.compile(MARK.encode() + rb"([0-9a-f]{16}\.[A-Za-z0-9_-]{1,1000}\.[A-Za-z0-9_-]{86})")


class InvalidStatement(MantelError):
    """A text that is no statement about a paper, or one not signed by this office."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed: ``digest`` is SHA-256 of the paper's content in hexadecimal digits."""

    number: str
    issued_on: dt.date
    subject: str
    digest: str

    @property
    def text(self) -> str:
        """The five lines that are signed."""
        return "\n".join((_ORIGIN, self.number, self.issued_on.isoformat(), self.subject, self.digest))


def name_key(public: bytes) -> str:
    """What a public key is called: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def sign_statement(statement: Statement, key: Ed25519PrivateKey) -> str:
    """A statement as a token: the key's name, the text, the signature."""
    text = statement.text.encode()
    public = key.public_key().public_bytes_raw()
    return f"{name_key(public)}.{_encode(text)}.{_encode(key.sign(text))}"


def read_statement(token: str, keys: dict[str, bytes]) -> Statement:
    """The statement of a token.

    Parameters
    ----------
    keys
        The office's public keys by name, those replaced included.

    Raises
    ------
    InvalidStatement
    """
    match = _TOKEN.fullmatch(token) if len(token) <= LONGEST else None
    public = keys.get(match["key"]) if match else None
    if match is None or public is None:
        raise _refuse()
    try:
        text = _decode(match["text"])
        Ed25519PublicKey.from_public_bytes(public).verify(_decode(match["signature"]), text)
        origin, number, day, subject, digest = text.decode().split("\n")
        statement = Statement(number, dt.date.fromisoformat(day), subject, digest)
    except (InvalidSignature, ValueError, binascii.Error):
        raise _refuse() from None
    if origin != _ORIGIN:
        raise _refuse()
    return statement


def find_token(content: bytes) -> str:
    """The token that a file carries, empty where it carries none; whose it is, is not looked at."""
    found = _CARRIED.search(content)
    return found[1].decode("ascii") if found else ""


def _refuse() -> InvalidStatement:
    return InvalidStatement(N_("this was not signed by this office"))


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
