"""Sign-ins: which browser is signed in as whom, how far, since when; attempts that were counted."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from core.store.accounts import Account
from core.store.tables import SignIn, SignInLimit, UserAccount

#: How long an ended sign-in is remembered, so that its holder can be told why.
_REMEMBERED = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignInRecord:
    """A sign-in as the store knows it; times are UTC."""

    id: str
    username: str
    stage: str
    opened_at: dt.datetime
    last_seen_at: dt.datetime
    expires_at: dt.datetime
    address: str
    browser: str
    ended_at: dt.datetime | None
    end_reason: str


_COLUMNS = [SignIn.token_hash.label("id"), *(SignIn.__table__.c[name] for name in SignInRecord.__slots__[1:])]


def hash_token(token: str) -> str:
    """What the store keeps of a token, and by what a sign-in is called where the token must not be known."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_sign_in(
    connection: sa.Connection,
    token: str,
    username: str,
    stage: str,
    now: dt.datetime,
    expires_at: dt.datetime,
    address: str,
    browser: str,
) -> None:
    """Remember that the holder of a token is signed in, or on the way; forget what ended long ago."""
    connection.execute(sa.delete(SignIn).where(SignIn.expires_at <= now - _REMEMBERED))
    connection.execute(
        sa.insert(SignIn).values(
            token_hash=hash_token(token),
            username=username,
            stage=stage,
            opened_at=now,
            last_seen_at=now,
            expires_at=expires_at,
            address=address[:64],
            browser=browser[:200],
        )
    )


def find_sign_in(connection: sa.Connection, token: str) -> SignInRecord | None:
    """The sign-in of a token, ended or not; None when the store has never heard of it."""
    row = connection.execute(sa.select(*_COLUMNS).where(SignIn.token_hash == hash_token(token))).one_or_none()
    return SignInRecord(**row._mapping) if row else None


def find_account_of_token(
    connection: sa.Connection, token: str, now: dt.datetime, idle_since: dt.datetime, stage: str = "open"
) -> tuple[Account, SignInRecord] | None:
    """The active account a token is signed in as, None when it has ended, expired or lain idle."""
    account = [UserAccount.__table__.c[name] for name in ("username", "full_name", "role", "active")]
    row = connection.execute(
        sa.select(*account, *(column for column in _COLUMNS if column.key != "username"))
        .join(SignIn, SignIn.username == UserAccount.username)
        .where(
            SignIn.token_hash == hash_token(token),
            SignIn.stage == stage,
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now,
            SignIn.last_seen_at > idle_since,
            UserAccount.active,
        )
    ).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    known = Account(
        values["username"], values.pop("full_name"), values.pop("role"), values.pop("active"), token, values["address"]
    )
    return known, SignInRecord(**values)


def touch_sign_in(connection: sa.Connection, token: str, now: dt.datetime) -> None:
    """Remember that the holder of a token has just done something."""
    connection.execute(sa.update(SignIn).where(SignIn.token_hash == hash_token(token)).values(last_seen_at=now))


def close_sign_in(connection: sa.Connection, token: str, now: dt.datetime, reason: str) -> None:
    """End a sign-in; the first reason stays."""
    _close(connection, SignIn.token_hash == hash_token(token), now, reason)


def close_sign_ins(connection: sa.Connection, username: str, now: dt.datetime, reason: str, but: str = "") -> int:
    """End all sign-ins of a user but that of a token; how many they were."""
    which = SignIn.username == username
    if but:
        which &= SignIn.token_hash != hash_token(but)
    return _close(connection, which, now, reason)


def _close(connection: sa.Connection, which: sa.ColumnElement[bool], now: dt.datetime, reason: str) -> int:
    done = connection.execute(
        sa.update(SignIn).where(which, SignIn.ended_at.is_(None)).values(ended_at=now, end_reason=reason)
    )
    return done.rowcount


def list_sign_ins(
    connection: sa.Connection, now: dt.datetime, idle_since: dt.datetime, username: str = ""
) -> list[SignInRecord]:
    """The sign-ins that last, of a user or of everybody, the latest first."""
    lasting = sa.select(*_COLUMNS).where(
        SignIn.stage == "open", SignIn.ended_at.is_(None), SignIn.expires_at > now, SignIn.last_seen_at > idle_since
    )
    if username:
        lasting = lasting.where(SignIn.username == username)
    return [SignInRecord(**row._mapping) for row in connection.execute(lasting.order_by(SignIn.opened_at.desc()))]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What counting an attempt told: whether its key is locked, and whether by this very attempt."""

    locked: bool
    newly: bool


def count_attempt(connection: sa.Connection, key: str, now: dt.datetime, most: int, lock: dt.timedelta) -> Attempt:
    """Count an attempt before it is checked.

    Within a writing transaction, so that parallel attempts are counted one after another.
    """
    row = connection.execute(sa.select(SignInLimit.__table__).where(SignInLimit.key == key)).one_or_none()
    if row is not None and row.locked_until is not None and row.locked_until > now:
        return Attempt(locked=True, newly=False)
    fresh = row is None or row.first_at + lock <= now or row.locked_until is not None
    attempts = 1 if fresh else row.attempts + 1
    locked = attempts > most
    connection.execute(
        sa.delete(SignInLimit).where((SignInLimit.key == key) | (SignInLimit.first_at <= now - 2 * lock))
    )
    connection.execute(
        sa.insert(SignInLimit).values(
            key=key,
            attempts=attempts,
            first_at=now if fresh else row.first_at,
            locked_until=now + lock if locked else None,
        )
    )
    return Attempt(locked, newly=locked)


def forget_attempts(connection: sa.Connection, key: str) -> None:
    """Forget the attempts of a key: the right password was given."""
    connection.execute(sa.delete(SignInLimit).where(SignInLimit.key == key))


def take_attempt_back(connection: sa.Connection, key: str) -> None:
    """Take an attempt back that was none: a right password counts against no address."""
    connection.execute(
        sa.update(SignInLimit)
        .where(SignInLimit.key == key, SignInLimit.attempts > 0)
        .values(attempts=SignInLimit.attempts - 1)
    )
