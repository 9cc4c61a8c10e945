"""The key that papers are signed with, and those before it: a paper keeps being verified by the key of its day."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.papers.statement import name_key
from core.service.accounts import ask_anew
from core.service.clock import now
from core.service.secret_files import read_secret
from core.service.trail import open_key, record, writing
from core.settings import settings
from core.store import papers as store
from core.store.accounts import Account
from core.trail.events import Event

KEY_FILE = "paper_key"


def read_key() -> Ed25519PrivateKey:
    """The key in use: made once, readable by the owner alone, never in the database."""
    return _key_in(settings().local_dir)


@lru_cache(maxsize=4)
def _key_in(folder: Path) -> Ed25519PrivateKey:
    return open_key(read_secret(folder / KEY_FILE, lambda: os.urandom(32).hex()))


def forget_key() -> None:
    """Read the key from its file again: another one was put there."""
    _key_in.cache_clear()


def require_known_key(connection: sa.Connection, by: Account) -> Ed25519PrivateKey:
    """The key to sign with; its public half is entered in the register with its first paper."""
    key = read_key()
    public = key.public_key().public_bytes_raw()
    if name_key(public) not in list_public_keys(connection):
        store.add_key(connection, id=name_key(public), public=public.hex(), since=now())
        record(connection, Event.PAPER_KEY_CHANGED, by, name_key(public))
    return key


def list_public_keys(connection: sa.Connection) -> dict[str, bytes]:
    """The public keys of the office by name, those replaced included."""
    return {row["id"]: bytes.fromhex(row["public"]) for row in store.list_keys(connection)}


def replace_key(engine: sa.Engine, *, by: Account) -> str:
    """Sign with a new key from now on; papers of the old one stay verifiable by its entry. Returns the new key's name.

    Raises
    ------
    NotAllowed
    """
    folder = settings().local_dir
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        require_known_key(connection, by)  # the old one, had it signed nothing yet
        made = folder / f"{KEY_FILE}.new"
        made.unlink(missing_ok=True)
        read_secret(made, lambda: os.urandom(32).hex())
        os.replace(made, folder / KEY_FILE)
        forget_key()
        key = require_known_key(connection, by)
    return name_key(key.public_key().public_bytes_raw())
