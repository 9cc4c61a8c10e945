"""Accounts: who may do what, signing in and out, passwords."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import replace
from functools import lru_cache
from typing import Literal, get_args

import sqlalchemy as sa

from core.service.authenticator import check_password, hash_password
from core.service.clock import now
from core.settings import settings
from core.store import accounts as store
from core.store.accounts import Account, Credentials
from core.store.database import reading, writing
from core.talent.errors import MantelError
from core.talent.messages import N_

Role = Literal["administrator", "secretariat", "member", "viewer"]
Right = Literal["read", "weigh", "calibrate", "import", "administer"]

ROLES: tuple[str, ...] = get_args(Role)
RIGHTS: dict[str, frozenset[str]] = {
    "administrator": frozenset({"read", "weigh", "calibrate", "import", "administer"}),
    "secretariat": frozenset({"read", "weigh", "calibrate", "import"}),
    "member": frozenset({"read", "weigh"}),
    "viewer": frozenset({"read"}),
}

#: Of a made password: 16 letters and digits without look-alikes, 92 bits.
_ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class NotAllowed(MantelError):
    """Something a role may not do."""


class AccountProblem(MantelError):
    """An account that cannot be made or changed as asked."""


class SignInRefused(MantelError):
    """A sign-in that failed; the sentence never says whether the name exists."""


def has_right(account: Account, right: Right) -> bool:
    """Whether an account has a right; an unknown role has none."""
    return account.active and right in RIGHTS.get(account.role, frozenset())


def require_right(account: Account, right: Right) -> None:
    """Refuse what the account may not do.

    Raises
    ------
    NotAllowed
    """
    if not has_right(account, right):
        raise NotAllowed(N_("the role “{role}” may not do this"), role=account.role)


#: The account under which commands act: whoever may run them owns the machine.
COMMAND_LINE = Account("command line", "command line", "administrator", True)


def ask_anew(connection: sa.Connection, by: Account, right: Right | None = None) -> Account:
    """Who acts, as the store knows them in this very transaction, and whether they may.

    A button keeps the account of its last drawing; since then the sign-in may have ended, the role changed, somebody else
    signed in. An account that carries a sign-in is asked for by it, another by its name.

    Raises
    ------
    NotAllowed
        Also when the sign-in has ended.
    """
    if by is COMMAND_LINE:
        return by
    known = (
        store.account_of_token(connection, by.token, now()) if by.token else store.find_account(connection, by.username)
    )
    if known is None:
        raise NotAllowed(N_("you are no longer signed in; sign in again"))
    if right is not None:
        require_right(known, right)
    return known


def make_password() -> str:
    """A random password."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16))


def add_user(engine: sa.Engine, username: str, full_name: str, role: str, *, by: Account) -> str:
    """Add an account and return its new password, shown once and stored only as a hash.

    Raises
    ------
    NotAllowed, AccountProblem
        When the name is unusable or taken, or the role unknown.
    """
    require_right(by, "administer")
    username = username.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,30}", username):
        raise AccountProblem(
            N_("the user name “{value}” cannot be used; expected 2 to 31 letters, digits, dots or dashes"),
            value=username,
        )
    if role not in ROLES:
        raise AccountProblem(
            N_("unknown role “{value}”; expected one of: {expected}"), value=role, expected=", ".join(ROLES)
        )
    password = make_password()
    hashed = hash_password(password)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        if store.find_account(connection, username):
            raise AccountProblem(N_("there is already a user “{value}”"), value=username)
        store.add_account(connection, username, full_name.strip() or username, role, hashed)
        store.write_audit_event(connection, now(), by.username, "user added", f"{username} {role}")
    return password


def set_new_password(engine: sa.Engine, username: str, *, by: Account) -> str:
    """Set and return a new random password; whoever is signed in with the old one is signed out.

    Raises
    ------
    NotAllowed, AccountProblem
        When there is no such user.
    """
    require_right(by, "administer")
    username = username.strip().lower()
    password = make_password()
    hashed = hash_password(password)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        if store.find_account(connection, username) is None:
            raise AccountProblem(N_("there is no user “{value}”"), value=username)
        store.change_account(connection, username, password_hash=hashed, failed_attempts=0, locked_until=None)
        store.close_all_sign_ins(connection, username)
        store.write_audit_event(connection, now(), by.username, "password set", username)
    return password


def set_active(engine: sa.Engine, username: str, active: bool, *, by: Account) -> None:
    """Allow or end a user's access; ending it signs the user out everywhere.

    Raises
    ------
    NotAllowed, AccountProblem
        When there is no such user, or it is oneself.
    """
    require_right(by, "administer")
    if username == by.username:
        raise AccountProblem(N_("nobody can deactivate the own account"))
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        if store.find_account(connection, username) is None:
            raise AccountProblem(N_("there is no user “{value}”"), value=username)
        store.change_account(connection, username, active=active)
        store.close_all_sign_ins(connection, username)
        store.write_audit_event(
            connection, now(), by.username, "user activated" if active else "user deactivated", username
        )


@lru_cache(maxsize=1)
def _nobody_hash() -> str:
    return hash_password(make_password())


def list_users(engine: sa.Engine, *, by: Account) -> list[Account]:
    """All accounts.

    Raises
    ------
    NotAllowed
    """
    require_right(by, "administer")
    with reading(engine) as connection:
        return store.list_accounts(connection)


def sign_in(engine: sa.Engine, username: str, password: str) -> tuple[Account, str]:
    """Check a password; return the account and a new token for the browser.

    Raises
    ------
    SignInRefused
        For a wrong name or password, a deactivated account, or one locked after too many attempts.
    """
    username = username.strip().lower()
    time = now()
    with reading(engine) as connection:
        known = store.find_credentials(connection, username)
    # The same work whether the name exists or not, so that answering time tells nothing.
    matches = check_password(password, known.password_hash if known else _nobody_hash())
    if known and known.locked_until and known.locked_until > time:
        raise SignInRefused(N_("too many attempts; try again in {minutes} minutes"), minutes=settings().lock_minutes)
    if known is None or not known.account.active or not matches:
        if known:
            _count_failure(engine, known, time)
        raise SignInRefused(N_("the user name or the password is wrong"))
    token = secrets.token_urlsafe(32)
    with writing(engine) as connection:
        store.change_account(connection, username, failed_attempts=0, locked_until=None)
        store.open_sign_in(connection, token, username, time, time + dt.timedelta(hours=settings().session_hours))
        store.write_audit_event(connection, time, username, "signed in")
    return replace(known.account, token=token), token


def _count_failure(engine: sa.Engine, known: Credentials, time: dt.datetime) -> None:
    attempts = known.failed_attempts + 1
    locked = time + dt.timedelta(minutes=settings().lock_minutes) if attempts >= settings().login_attempts else None
    with writing(engine) as connection:
        store.change_account(
            connection, known.account.username, failed_attempts=0 if locked else attempts, locked_until=locked
        )
        store.write_audit_event(connection, time, known.account.username, "sign-in refused")


def find_signed_in(engine: sa.Engine, token: str) -> Account | None:
    """The account a browser's token stands for, None when it has expired or was ended."""
    with reading(engine) as connection:
        return store.account_of_token(connection, token, now())


def sign_out(engine: sa.Engine, token: str) -> None:
    """End a browser's sign-in."""
    with writing(engine) as connection:
        store.close_sign_in(connection, token)
