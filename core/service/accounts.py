"""Accounts: who may do what, and changing accounts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Literal, get_args

import sqlalchemy as sa

from core.service.authenticator import hash_password
from core.service.clock import now
from core.service.passwords import make_password
from core.service.trail import ACTING, record, writing
from core.settings import settings
from core.store import accounts as store
from core.store.accounts import Account
from core.store.database import reading
from core.store.sign_ins import close_sign_ins, find_account_of_token
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event

Role = Literal["administrator", "secretariat", "member", "viewer"]
Right = Literal["read", "weigh", "calibrate", "import", "administer"]

ROLES: tuple[str, ...] = get_args(Role)
RIGHTS: dict[str, frozenset[str]] = {
    "administrator": frozenset({"read", "weigh", "calibrate", "import", "administer"}),
    "secretariat": frozenset({"read", "weigh", "calibrate", "import"}),
    "member": frozenset({"read", "weigh"}),
    "viewer": frozenset({"read"}),
}


class NotAllowed(MantelError):
    """Something a role may not do."""


class AccountProblem(MantelError):
    """An account that cannot be made or changed as asked."""


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


def refuse_ended() -> NotAllowed:
    """The refusal to whoever was signed in and is no longer."""
    return NotAllowed(N_("you are no longer signed in; sign in again"))


def ask_anew(connection: sa.Connection, by: Account, right: Right | None = None) -> Account:
    """Who acts, as the store knows them in this very transaction, and whether they may.

    A button keeps the account of its last drawing; since then the sign-in may have ended, the role changed, somebody else
    signed in. An account that carries a sign-in is asked for by it, another by its name.

    Raises
    ------
    NotAllowed
        Also when the sign-in has ended.
    """
    ACTING.set(by)
    if by is COMMAND_LINE:
        return by
    known = _find_signed_in(connection, by.token) if by.token else store.find_account(connection, by.username)
    if known is None:
        raise refuse_ended()
    if by.token and by.address:
        known = replace(known, address=by.address)  # where this act came from, not the sign-in
    ACTING.set(known)
    if right is not None:
        require_right(known, right)
    return known


def find_idle_since() -> dt.datetime:
    """Since when a sign-in must have been used not to lie idle (UTC)."""
    return now() - dt.timedelta(minutes=settings().idle_minutes)


def _find_signed_in(connection: sa.Connection, token: str) -> Account | None:
    known = find_account_of_token(connection, token, now(), find_idle_since())
    return known[0] if known else None


def is_username(text: str) -> bool:
    """Whether a text can be a user name."""
    return re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,30}", text) is not None


def add_user(engine: sa.Engine, username: str, full_name: str, role: str, *, by: Account) -> str:
    """Add an account and return its new password, shown once and stored only as a hash.

    Raises
    ------
    NotAllowed, AccountProblem
        When the name is unusable or taken, or the role unknown.
    """
    require_right(by, "administer")
    username = username.strip().lower()
    if not is_username(username):
        raise AccountProblem(
            N_("the user name “{value}” cannot be used; expected 2 to 31 letters, digits, dots or dashes"),
            value=username,
        )
    if role not in ROLES:
        raise _unknown_role(role)
    password = make_password()
    hashed = hash_password(password)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        if store.find_account(connection, username):
            raise AccountProblem(N_("there is already a user “{value}”"), value=username)
        store.add_account(connection, username, full_name.strip() or username, role, hashed, now())
        record(connection, Event.ACCOUNT_ADDED, by, username, after=role)
    return password


def set_new_password(engine: sa.Engine, username: str, *, by: Account) -> str:
    """Set and return a new random password, to be changed at the next sign-in; the user is signed out everywhere.

    Raises
    ------
    NotAllowed, AccountProblem
        When there is no such user, or it is oneself.
    """
    require_right(by, "administer")
    username = username.strip().lower()
    if username == by.username:
        raise AccountProblem(N_("the own password is changed under the own name, at the top right"))
    password = make_password()
    hashed = hash_password(password)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        _find_user(connection, username)
        store.change_account(connection, username, password_hash=hashed, must_change=True, password_set_at=now())
        close_sign_ins(connection, username, now(), "new password")
        record(connection, Event.ACCOUNT_PASSWORD_SET, by, username)
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
        _find_user(connection, username)
        store.change_account(connection, username, active=active)
        close_sign_ins(connection, username, now(), "deactivated")
        record(connection, Event.ACCOUNT_ACTIVATED if active else Event.ACCOUNT_DEACTIVATED, by, username)


def list_users(engine: sa.Engine, *, by: Account) -> list[Account]:
    """All accounts.

    Raises
    ------
    NotAllowed
    """
    require_right(by, "administer")
    with reading(engine) as connection:
        return store.list_accounts(connection)


def set_role(engine: sa.Engine, username: str, role: str, *, by: Account) -> None:
    """Give a user another role, which counts at once: they sign in anew.

    Raises
    ------
    NotAllowed, AccountProblem
        When there is no such user or role, or it is oneself.
    """
    require_right(by, "administer")
    if role not in ROLES:
        raise _unknown_role(role)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        if username == by.username:
            raise AccountProblem(N_("nobody can change the own role"))
        known = _find_user(connection, username)
        store.change_account(connection, username, role=role)
        # The new role may need a second factor; the old one may have files open that the new one may not see.
        close_sign_ins(connection, username, now(), "new role")
        record(connection, Event.ACCOUNT_ROLE_CHANGED, by, username, before=known.role, after=role)


def remove_second_factor(engine: sa.Engine, username: str, *, by: Account) -> None:
    """Take away a second factor that was lost; where the role needs one, the next sign-in sets up a new one.

    Raises
    ------
    NotAllowed, AccountProblem
        When there is no such user.
    """
    require_right(by, "administer")
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        _find_user(connection, username)
        store.change_account(connection, username, totp_secret="", totp_step=0)
        store.replace_recovery_codes(connection, username, [])
        close_sign_ins(connection, username, now(), "ended by administrator")
        record(connection, Event.ACCOUNT_SECOND_FACTOR_REMOVED, by, username)


def _find_user(connection: sa.Connection, username: str) -> Account:
    known = store.find_account(connection, username)
    if known is None:
        raise AccountProblem(N_("there is no user “{value}”"), value=username)
    return known


def _unknown_role(role: str) -> AccountProblem:
    return AccountProblem(
        N_("unknown role “{value}”; expected one of: {expected}"), value=role, expected=", ".join(ROLES)
    )
