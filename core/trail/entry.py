"""An entry of the trail and the bytes that stand for it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import astuple, dataclass

from core.trail.merkle import hash_leaf


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what, when and from where, and what was before and after.

    ``number`` counts from 1; ``happened_at`` is UTC to the second; ``session`` names a sign-in without its token;
    ``before`` and ``after`` are JSON, empty where there is nothing to say.
    """

    number: int
    happened_at: dt.datetime
    event: str
    username: str
    role: str
    address: str
    session: str
    subject: str
    detail: str
    before: str
    after: str


def encode_entry(entry: Entry) -> bytes:
    """The bytes of an entry: a JSON list of its fields in their order, UTF-8, no spaces, times in ISO 8601."""
    number, happened_at, *texts = astuple(entry)
    fields = [number, happened_at.isoformat(timespec="seconds"), *texts]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def hash_entry(entry: Entry) -> bytes:
    """The leaf of an entry, 32 bytes."""
    return hash_leaf(encode_entry(entry))
