"""Numbers instead of names, so that a discussion is about figures."""

from __future__ import annotations

import hashlib
from collections.abc import Collection


def number_anonymously(nips: Collection[str], salt: str) -> dict[str, int]:
    """A number from 1 for each person; the same people and salt get the same numbers, which tell nothing of any order."""
    shuffled = sorted(nips, key=lambda nip: hashlib.sha256(f"{salt}|{nip}".encode()).digest())
    return {nip: at for at, nip in enumerate(shuffled, start=1)}
