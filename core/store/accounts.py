"""Accounts, and the codes that stand in for a lost second factor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from core.store.tables import RecoveryCode, UserAccount


@dataclass(frozen=True, slots=True)
class Account:
    """Whoever acts: a user as the program needs it. The password's hash stays in the store.

    ``token`` is that of the sign-in they act by, empty for a command or where nobody has signed in; ``address`` is where
    that sign-in came from.
    """

    username: str
    full_name: str
    role: str
    active: bool
    token: str = field(default="", repr=False, compare=False)
    address: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    account: Account
    password_hash: str = field(repr=False)
    must_change: bool
    password_set_at: dt.datetime | None
    totp_secret: str = field(repr=False)
    totp_step: int


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
    return Credentials(account, row.password_hash, row.must_change, row.password_set_at, row.totp_secret, row.totp_step)


def list_accounts(connection: sa.Connection) -> list[Account]:
    """All accounts by name."""
    rows = connection.execute(sa.select(*_ACCOUNT).order_by(UserAccount.username))
    return [Account(**row._mapping) for row in rows]


def add_account(
    connection: sa.Connection, username: str, full_name: str, role: str, password_hash: str, now: dt.datetime
) -> None:
    """Add an account with a password that was made for it; the name must be new."""
    connection.execute(
        sa.insert(UserAccount).values(
            username=username,
            full_name=full_name,
            role=role,
            password_hash=password_hash,
            active=True,
            must_change=True,
            password_set_at=now,
        )
    )


def change_account(connection: sa.Connection, username: str, **values: object) -> None:
    """Change columns of an account."""
    connection.execute(sa.update(UserAccount).where(UserAccount.username == username).values(**values))


def replace_recovery_codes(connection: sa.Connection, username: str, code_hashes: Sequence[str]) -> None:
    """Let these codes, and no earlier ones, stand in for a user's second factor."""
    connection.execute(sa.delete(RecoveryCode).where(RecoveryCode.username == username))
    if code_hashes:
        connection.execute(sa.insert(RecoveryCode), [{"username": username, "code_hash": code} for code in code_hashes])


def use_recovery_code(connection: sa.Connection, username: str, code_hash: str, now: dt.datetime) -> bool:
    """Use a recovery code up; whether it was there and unused."""
    used = connection.execute(
        sa.update(RecoveryCode)
        .where(RecoveryCode.username == username, RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None))
        .values(used_at=now)
    )
    return used.rowcount == 1


def count_recovery_codes(connection: sa.Connection, username: str) -> int:
    """How many recovery codes a user has left."""
    left = sa.select(sa.func.count()).where(RecoveryCode.username == username, RecoveryCode.used_at.is_(None))
    return int(connection.execute(left).scalar_one())
