"""Accounts, sign-ins and the audit trail."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field

import sqlalchemy as sa

from core.store.tables import AuditEvent, SignIn, UserAccount


@dataclass(frozen=True, slots=True)
class Account:
    """Whoever acts: a user as the program needs it. The password's hash stays in the store.

    ``token`` is that of the sign-in they act by, empty for a command or where nobody has signed in.
    """

    username: str
    full_name: str
    role: str
    active: bool
    token: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    account: Account
    password_hash: str
    failed_attempts: int
    locked_until: dt.datetime | None


_COLUMNS = ("username", "full_name", "role", "active")
_ACCOUNT = [UserAccount.__table__.c[name] for name in _COLUMNS]


def find_account(connection: sa.Connection, username: str) -> Account | None:
    """An account by its name, None when there is none."""
    row = connection.execute(sa.select(*_ACCOUNT).where(UserAccount.username == username)).one_or_none()
    return Account(**row._mapping) if row else None


def find_credentials(connection: sa.Connection, username: str) -> Credentials | None:
    """What a user's sign-in is checked against, None when there is no such user."""
    row = connection.execute(sa.select(UserAccount.__table__).where(UserAccount.username == username)).one_or_none()
    if row is None:
        return None
    account = Account(**{name: row._mapping[name] for name in _COLUMNS})
    return Credentials(account, row.password_hash, row.failed_attempts, row.locked_until)


def list_accounts(connection: sa.Connection) -> list[Account]:
    """All accounts by name."""
    rows = connection.execute(sa.select(*_ACCOUNT).order_by(UserAccount.username))
    return [Account(**row._mapping) for row in rows]


def add_account(connection: sa.Connection, username: str, full_name: str, role: str, password_hash: str) -> None:
    """Add an account; the name must be new."""
    connection.execute(
        sa.insert(UserAccount).values(
            username=username,
            full_name=full_name,
            role=role,
            password_hash=password_hash,
            active=True,
            failed_attempts=0,
        )
    )


def change_account(connection: sa.Connection, username: str, **values: object) -> None:
    """Change columns of an account."""
    connection.execute(sa.update(UserAccount).where(UserAccount.username == username).values(**values))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_sign_in(
    connection: sa.Connection, token: str, username: str, now: dt.datetime, expires_at: dt.datetime
) -> None:
    """Remember that the holder of a token is signed in; drop what has expired."""
    connection.execute(sa.delete(SignIn).where(SignIn.expires_at <= now))
    connection.execute(sa.insert(SignIn).values(token_hash=_hash(token), username=username, expires_at=expires_at))


def account_of_token(connection: sa.Connection, token: str, now: dt.datetime) -> Account | None:
    """The active account a token is signed in as, None otherwise."""
    row = connection.execute(
        sa.select(*_ACCOUNT)
        .join(SignIn, SignIn.username == UserAccount.username)
        .where(SignIn.token_hash == _hash(token), SignIn.expires_at > now, UserAccount.active)
    ).one_or_none()
    return Account(**row._mapping, token=token) if row else None


def close_sign_in(connection: sa.Connection, token: str) -> None:
    """Sign the holder of a token out."""
    connection.execute(sa.delete(SignIn).where(SignIn.token_hash == _hash(token)))


def close_all_sign_ins(connection: sa.Connection, username: str) -> None:
    """Sign a user out everywhere."""
    connection.execute(sa.delete(SignIn).where(SignIn.username == username))


def write_audit_event(
    connection: sa.Connection, now: dt.datetime, username: str, action: str, detail: str = ""
) -> None:
    """Write a line of the audit trail."""
    connection.execute(sa.insert(AuditEvent).values(happened_at=now, username=username, action=action, detail=detail))
