"""Secrets in files: made once, readable by the owner alone, never in the repository or the database."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from core.talent.errors import MantelError
from core.talent.messages import N_


class UnusableSecret(MantelError):
    """A file with a secret that cannot be used."""


def read_secret(path: Path, make: Callable[[], str]) -> str:
    """The secret in a file (64 hexadecimal digits); made when there is none yet.

    Raises
    ------
    UnusableSecret
        When the file is empty, binary or something else.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made aside and linked into place: another process sees no key or a whole one, and keeps the first.
        descriptor, made = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
        os.unlink(made)
    try:
        text = path.read_text(encoding="ascii").strip()
        bytes.fromhex(text)
    except ValueError:
        text = ""
    if len(text) != 64:
        raise UnusableSecret(
            N_(
                "the file “{file}” does not hold a key; expected 64 hexadecimal digits: put back the one of the backup, or remove it for a new one"
            ),
            file=str(path),
        )
    return text
