"""The key that papers are signed with, and those before it: a paper keeps being verified by the key of its day."""

from __future__ import annotations

import os
from contextlib import suppress

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
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event

KEY_FILE = "paper_key"


class ReplacedKey(MantelError):
    """A key that the register says was replaced."""


def read_key() -> Ed25519PrivateKey:
    """The key in use: made once, readable by the owner alone, never in the database.

    Read from its file each time: another process may have put a new one there.
    """
    return open_key(read_secret(settings().local_dir / KEY_FILE, lambda: os.urandom(32).hex()))


def require_known_key(connection: sa.Connection, by: Account) -> Ed25519PrivateKey:
    """The key to sign with; its public half is entered in the register with its first paper.

    Raises
    ------
    ReplacedKey
        Where an old key's file was put back: nothing new is signed with it.
    """
    key = read_key()
    public = key.public_key().public_bytes_raw()
    rows = {row["id"]: row for row in store.list_keys(connection)}
    known = rows.get(name_key(public))
    if known is None:
        store.add_key(connection, id=name_key(public), public=public.hex(), since=now())
        record(connection, Event.PAPER_KEY_CHANGED, by, name_key(public))
    elif known["until"] is not None:
        raise ReplacedKey(
            N_("the key of papers in its file was replaced; put the new one back, or make one by “register new-key”")
        )
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
        with suppress(ReplacedKey):
            require_known_key(connection, by)  # the old one, had it signed nothing yet
        made = folder / f"{KEY_FILE}.new"
        made.unlink(missing_ok=True)
        read_secret(made, lambda: os.urandom(32).hex())
        os.replace(made, folder / KEY_FILE)
        key = require_known_key(connection, by)
    return name_key(key.public_key().public_bytes_raw())
