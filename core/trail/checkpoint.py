"""A checkpoint: how long the trail is and what it adds up to, signed (Ed25519, RFC 8032).

Its text is four lines, an empty one and the signature, as Certificate Transparency's signed notes are; it can be printed,
typed off and kept where nobody reaches it.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.talent.errors import MantelError
from core.talent.messages import N_

_ORIGIN = "mantel audit trail"
_SIGNED = "signed "


class InvalidCheckpoint(MantelError):
    """A text that is no checkpoint, or none signed by this installation."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The size and root of a trail at a time (UTC, to the second)."""

    size: int
    root: bytes
    time: dt.datetime

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{_ORIGIN}\n{self.size}\n{base64.b64encode(self.root).decode()}\n{self.time.isoformat(timespec='seconds')}Z\n"


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """A checkpoint as a text with its signature."""
    signature = base64.b64encode(key.sign(checkpoint.text.encode())).decode()
    return f"{checkpoint.text}\n{_SIGNED}{signature}\n"


def read_checkpoint(text: str, key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint of a signed text.

    Raises
    ------
    InvalidCheckpoint
        When the text is none, or was not signed with this installation's key.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    try:
        origin, size, root, time, signed = lines
        if origin != _ORIGIN or not signed.startswith(_SIGNED) or not size.isascii() or not size.isdigit():
            raise ValueError
        checkpoint = Checkpoint(
            int(size), base64.b64decode(root, validate=True), dt.datetime.fromisoformat(time.removesuffix("Z"))
        )
        signature = base64.b64decode(signed.removeprefix(_SIGNED), validate=True)
    except (ValueError, binascii.Error):
        raise InvalidCheckpoint(
            N_("this is no checkpoint of an audit trail; expected its five lines as printed")
        ) from None
    try:
        key.verify(signature, checkpoint.text.encode())
    except InvalidSignature:
        raise InvalidCheckpoint(
            N_("the checkpoint was not signed by this installation, or was typed off wrongly")
        ) from None
    return checkpoint
