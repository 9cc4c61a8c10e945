"""The audit trail: written in the transaction of what it tells, verified against a signed checkpoint."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.service.clock import now
from core.service.secret_files import read_secret
from core.settings import settings
from core.store import trail as store
from core.store.accounts import Account, list_accounts
from core.store.database import DatabaseProblem, reading
from core.store.database import writing as store_writing
from core.store.sign_ins import hash_token
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.checkpoint import Checkpoint, InvalidCheckpoint, read_checkpoint, sign_checkpoint
from core.trail.entry import Entry, hash_entry
from core.trail.events import Event
from core.trail.merkle import Tree

#: Who acts in the transaction that is open, as ``core.service.accounts.ask_anew`` was told.
ACTING: ContextVar[Account | None] = ContextVar("acting", default=None)
_LONGEST = {"subject": 300, "detail": 1000}


class TrailFault(MantelError):
    """Something in the trail that is not as it was written."""


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """``core.store.database.writing``; what is refused in it is written down by itself, as nothing else of it stays."""
    before = ACTING.set(None)
    try:
        with store_writing(engine) as connection:
            yield connection
    except DatabaseProblem:
        raise
    except MantelError as refusal:
        if (by := ACTING.get()) is not None:
            with suppress(DatabaseProblem), store_writing(engine) as connection:
                record(connection, Event.WRITE_REFUSED, by, detail=str(refusal))
        raise
    finally:
        ACTING.reset(before)


def record(
    connection: sa.Connection,
    event: Event,
    by: Account,
    subject: str = "",
    detail: str = "",
    *,
    before: object = None,
    after: object = None,
) -> None:
    """Write an entry in the transaction of what it tells.

    Parameters
    ----------
    subject
        What it was done to: a NIP, a user name, a number, a key.
    before, after
        What JSON can hold.
    """
    tree, signed = store.load_head(connection)
    if not signed and not _may_begin(connection):
        raise TrailFault(N_("the audit trail has lost its signature; nothing is written until its backup is back"))
    time = now()
    entry = Entry(
        tree.size + 1,
        time,
        event.value,
        by.username[:64],
        by.role[:20],
        by.address[:64],
        name_session(by.token),
        _clean(subject)[: _LONGEST["subject"]],
        _clean(detail)[: _LONGEST["detail"]],
        _as_json(before),
        _as_json(after),
    )
    leaf = hash_entry(entry)
    grown = tree.add(leaf)
    store.add_entry(connection, entry, leaf)
    store.save_head(connection, grown, sign_checkpoint(Checkpoint(grown.size, grown.root, time), read_key()))


def record_alone(engine: sa.Engine, event: Event, by: Account, subject: str = "", detail: str = "") -> None:
    """Write an entry about what changes nothing else: something read, taken away, refused."""
    with store_writing(engine) as connection:
        record(connection, event, by, subject, detail)


def name_session(token: str) -> str:
    """What a sign-in is called in the trail: the beginning of its token's hash."""
    return hash_token(token)[:12] if token else ""


def digest_content(content: bytes) -> str:
    """What stands in the trail for a content that is kept elsewhere: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _clean(text: str) -> str:
    # What no database keeps would make the entry another one when it is read again.
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _as_json(value: object) -> str:
    return "" if value is None else _clean(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))


def read_key() -> Ed25519PrivateKey:
    """The key that signs the trail: made once, readable by the owner alone, never in the database."""
    return _key_in(settings().local_dir)


@lru_cache(maxsize=4)
def _key_in(folder: Path) -> Ed25519PrivateKey:
    return open_key(read_secret(folder / "audit_key", lambda: os.urandom(32).hex()))


def open_key(text: str) -> Ed25519PrivateKey:
    """The key that a file's text is: 64 hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text.strip()))


def check_head(engine: sa.Engine) -> None:
    """Refuse a trail whose head this installation's key has not signed: nothing can be written then.

    Raises
    ------
    InvalidCheckpoint
    """
    with reading(engine) as connection:
        _, signed = store.load_head(connection)
        if not signed and _may_begin(connection):
            return
    read_checkpoint(signed, read_key().public_key())


def forget_key() -> None:
    """Read the key from its file again: another one was put there."""
    _key_in.cache_clear()


def _has_key() -> bool:
    return (settings().local_dir / "audit_key").exists()


def _may_begin(connection: sa.Connection) -> bool:
    """Whether an unsigned head is a beginning: there is no key yet, or nobody has an account yet.

    Beside a key and accounts it is a trail that somebody has emptied.
    """
    return not _has_key() or not list_accounts(connection)


def sign_first(engine: sa.Engine, *, new: bool) -> None:
    """Sign the head of a database just made, or of one whose entries are older than the key."""
    with store_writing(engine) as connection:
        tree, checkpoint = store.load_head(connection)
        if not checkpoint and (new or _may_begin(connection)):
            store.save_head(connection, tree, sign_checkpoint(Checkpoint(tree.size, tree.root, now()), read_key()))


def make_checkpoint(engine: sa.Engine) -> str:
    """The signed checkpoint of the trail as it is, to be printed and kept elsewhere."""
    with reading(engine) as connection:
        tree, checkpoint = store.load_head(connection)
    return checkpoint or sign_checkpoint(Checkpoint(tree.size, tree.root, now()), read_key())


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found: how many entries there are and what is wrong with them, nothing when all is well.

    ``covered`` is the size of the checkpoint it was compared with, None without one.
    """

    size: int
    faults: tuple[MantelError, ...]
    covered: int | None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify_trail(engine: sa.Engine, checkpoint: str | None = None) -> Verification:
    """Compute the whole trail again and compare it with its signed head, and with a checkpoint kept elsewhere.

    Without a checkpoint nobody can tell a trail that somebody with the key has written anew, nor yesterday's database put
    back: both are whole in themselves.

    Raises
    ------
    InvalidCheckpoint
        When the given text is none of this installation's.
    """
    public = read_key().public_key()
    outside = read_checkpoint(checkpoint, public) if checkpoint is not None else None
    with reading(engine) as connection:
        head, signed = store.load_head(connection)
        tree, reached, faults = _add_up(connection, outside.size if outside else None)
        begun = bool(signed) or bool(tree.size) or not _may_begin(connection)
    try:
        said = read_checkpoint(signed, public) if begun else Checkpoint(0, Tree().root, now())
    except InvalidCheckpoint:
        faults.append(TrailFault(N_("the head of the trail was not signed by this installation")))
    else:
        faults += _compare(tree, said, head)
    if outside is not None and (tree.size < outside.size or reached != outside.root):
        faults.append(_against(outside, tree))
    return Verification(tree.size, tuple(faults), outside.size if outside else None)


def _add_up(connection: sa.Connection, stop: int | None) -> tuple[Tree, bytes, list[MantelError]]:
    """The tree of all entries, its root at a size, and the first entry that is not as it was written."""
    tree, faults = Tree(), list[MantelError]()
    reached = tree.root if stop == 0 else b""
    for entry, kept in store.iterate_entries(connection):
        leaf = hash_entry(entry)
        if not faults and entry.number != tree.size + 1:
            faults.append(
                TrailFault(
                    N_("entry {number} is missing or stands elsewhere; entry {found} follows"),
                    number=tree.size + 1,
                    found=entry.number,
                )
            )
        elif not faults and leaf.hex() != kept:
            faults.append(TrailFault(N_("entry {number} was changed after it was written"), number=entry.number))
        tree = tree.add(leaf)
        if tree.size == stop:
            reached = tree.root
    return tree, reached, faults


def _compare(tree: Tree, said: Checkpoint, head: Tree) -> list[MantelError]:
    if tree.size != said.size:
        return [
            TrailFault(
                N_("there are {count} entries; the signed head says {expected}"), count=tree.size, expected=said.size
            )
        ]
    if tree.root != said.root or head.size != said.size or head.root != said.root:
        return [TrailFault(N_("the entries do not add up to the signed head: some were changed, put in or exchanged"))]
    return []


def _against(outside: Checkpoint, tree: Tree) -> MantelError:
    if tree.size < outside.size:
        return TrailFault(
            N_("there are {count} entries; the checkpoint was made when there were {expected}: later ones are gone"),
            count=tree.size,
            expected=outside.size,
        )
    return TrailFault(
        N_("the first {count} entries are not those of the checkpoint: the trail was written anew"), count=outside.size
    )
