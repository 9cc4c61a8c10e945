"""Signing in, step by step, and out; who is signed in where.

A sign-in opens with the password. What is still to be done before Mantel opens (the code of a second factor, a password
of one's own, setting up the second factor) is its stage; each step closes the token of the one before.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, NoReturn

import sqlalchemy as sa

from core.service import second_factor
from core.service.accounts import ask_anew, find_idle_since, is_username
from core.service.attempts import (
    SignInRefused,
    count_attempt,
    count_or_refuse,
    limit_address,
    limit_code,
    limit_name,
    refuse_locked,
)
from core.service.authenticator import check_password, hash_password
from core.service.clock import now
from core.service.passwords import check_new_password, make_password
from core.service.reads import READS
from core.service.trail import TrailFault, record, writing
from core.settings import settings
from core.store import accounts as account_store
from core.store import sign_ins as store
from core.store.accounts import Account, Credentials
from core.store.database import reading
from core.store.sign_ins import SignInRecord
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event

#: What is asked for next: the second factor's code, an own password, setting up the second factor; nothing when open.
Stage = Literal["code", "password", "enrol", "open"]
_ORDER: tuple[Stage, ...] = ("code", "password", "enrol", "open")
#: Why a sign-in ended, beside "expired" and "idle", which nobody writes.
EndReason = Literal[
    "signed out", "new password", "new role", "deactivated", "ended", "ended by administrator", "step done"
]
#: How long the way from the password to the open door may take.
_ON_THE_WAY = dt.timedelta(minutes=15)
#: A sign-in's last use is written so often at most.
_TOUCHED = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A sign-in on its way: whose, by which token, and what is asked for next."""

    account: Account
    token: str = field(repr=False)
    stage: Stage


def _refused() -> SignInRefused:
    return SignInRefused(N_("the user name or the password is wrong"))


@lru_cache(maxsize=1)
def _nobody_hash() -> str:
    return hash_password(make_password())


def sign_in_by_provider(engine: sa.Engine, username: str, address: str = "", browser: str = "") -> Step:
    """Open a sign-in for whom the office's identity provider vouches; its own second factor counts.

    Raises
    ------
    SignInRefused
        For somebody who has no account here, or none that is active.
    """
    with writing(engine) as connection:
        known = account_store.find_credentials(connection, username) if is_username(username) else None
        if known is not None and known.account.active:
            return _open(connection, known, "enrol", address, browser)
        record(connection, Event.SIGN_IN_REFUSED, _somebody(username, address), detail="identity provider")
    raise SignInRefused(N_("your office account is not known here; ask the administrator"))


def prepare() -> None:
    """Make what the first sign-in would take longer for: a hash that nobody's password has."""
    _nobody_hash()


def sign_in(engine: sa.Engine, username: str, password: str, address: str = "", browser: str = "") -> Step:
    """Check a password and open a sign-in.

    An attempt is counted before the password is looked at, under the name (known or not) and under the address, so that
    parallel guesses are counted as well.

    Raises
    ------
    SignInRefused
        For a wrong name or password, a deactivated account, or too many attempts.
    """
    username = username.strip().lower()
    limits = [limit_name(username), *([limit_address(address)] if address else [])]
    with writing(engine) as connection:
        counted = [count_attempt(connection, limit) for limit in limits]
        known = account_store.find_credentials(connection, username) if is_username(username) else None
        if any(
            attempt.newly for attempt in counted
        ):  # once a lock: a stranger must not make the trail grow without end
            record(connection, Event.SIGN_IN_LOCKED, _somebody(username, address))
    if any(attempt.locked for attempt in counted):
        raise refuse_locked()
    # The same work whether the name exists or not, so that answering time tells nothing.
    matches = check_password(password, known.password_hash if known else _nobody_hash())
    if known is None or not known.account.active or not matches:
        _write_refusal(engine, username, address)
        raise _refused()
    if known.must_change and _is_stale(known):
        _write_refusal(engine, username, address)
        raise SignInRefused(
            N_("the password you were given is older than {days} days; ask the administrator for a new one"),
            days=settings().made_password_days,
        )
    with writing(engine) as connection:
        # While the password was being checked it may have been changed, or the access ended.
        fresh = account_store.find_credentials(connection, username)
        if fresh is None or not fresh.account.active or fresh.password_hash != known.password_hash:
            raise _refused()
        store.forget_attempts(connection, limits[0].key)
        for limit in limits[1:]:
            store.take_attempt_back(connection, limit.key)
        return _open(connection, fresh, "", address, browser)


def _is_stale(known: Credentials) -> bool:
    lasts = dt.timedelta(days=settings().made_password_days)
    return known.password_set_at is not None and known.password_set_at + lasts < now()


def _write_refusal(engine: sa.Engine, username: str, address: str) -> None:
    with writing(engine) as connection:
        record(connection, Event.SIGN_IN_REFUSED, _somebody(username, address))


def _somebody(username: str, address: str) -> Account:
    """Whoever tried to sign in. What cannot be a user name may be a password in the wrong field, and is not kept."""
    return Account(username if is_username(username) else "(no user name)", "", "", False, address=address)


def _needs(known: Credentials, stage: Stage) -> bool:
    match stage:
        case "code":
            return bool(known.totp_secret)
        case "password":
            return known.must_change
        case "enrol":
            return not known.totp_secret and known.account.role in settings().second_factor_roles
        case "open":
            return True


def _open(
    connection: sa.Connection, known: Credentials, after: Stage | Literal[""], address: str, browser: str
) -> Step:
    """Open the next stage of a sign-in that a credential still needs."""
    left = _ORDER[_ORDER.index(after) + 1 :] if after else _ORDER
    stage = next(stage for stage in left if _needs(known, stage))
    token, time = secrets.token_urlsafe(32), now()
    lasts = dt.timedelta(hours=settings().session_hours) if stage == "open" else _ON_THE_WAY
    store.open_sign_in(connection, token, known.account.username, stage, time, time + lasts, address, browser)
    account = replace(known.account, token=token, address=address)
    if stage == "open":
        record(connection, Event.SIGN_IN, account, detail=browser)
    return Step(account, token, stage)


def find_step(engine: sa.Engine, token: str) -> Step | None:
    """The sign-in of a token that is still on its way; None for one that is open, ended or unknown."""
    with reading(engine) as connection:
        return _on_the_way(connection, token)


def _on_the_way(connection: sa.Connection, token: str) -> Step | None:
    for stage in _ORDER[:-1]:
        known = store.find_account_of_token(connection, token, now(), find_idle_since(), stage)
        if known:
            return Step(known[0], token, stage)
    return None


def _advance(
    connection: sa.Connection, token: str, stage: Stage, take: Callable[[Credentials], None]
) -> Step | MantelError:
    """Take what a stage asks for and open the next one; the token of the stage is used up. A refusal is returned."""
    step = _on_the_way(connection, token)
    found = store.find_sign_in(connection, token)
    known = account_store.find_credentials(connection, step.account.username) if step else None
    if step is None or step.stage != stage or found is None or known is None or not _needs(known, stage):
        raise SignInRefused(N_("this sign-in has ended; sign in again"))
    if refusal := _heed(lambda: take(known)):
        return refusal
    store.close_sign_in(connection, token, now(), "step done")
    now_known = account_store.find_credentials(connection, known.account.username)
    assert now_known is not None, "just found in the same transaction"
    return _open(connection, now_known, stage, found.address, found.browser)


def _heed(act: Callable[[], None]) -> MantelError | None:
    """Do something in a transaction; a refusal is returned, not raised: what was counted on the way to it must stay."""
    try:
        act()
    except TrailFault:
        raise  # nothing happens that the trail does not tell
    except MantelError as refusal:
        return refusal
    return None


def _or_refuse(outcome: Step | MantelError) -> Step:
    if isinstance(outcome, MantelError):
        raise outcome
    return outcome


def give_code(engine: sa.Engine, token: str, code: str) -> Step:
    """Give the code of the second factor, or a recovery code.

    Raises
    ------
    SignInRefused
        For a wrong code, one used before, or too many attempts.
    """
    with writing(engine) as connection:
        outcome = _advance(connection, token, "code", lambda known: _take_code(connection, known, code))
    return _or_refuse(outcome)


def _take_code(connection: sa.Connection, known: Credentials, code: str) -> None:
    username = known.account.username
    limit = limit_code(username)
    count_or_refuse(connection, limit, known.account, "code")
    secret = second_factor.decrypt_secret(known.totp_secret)
    step = second_factor.find_step(secret, code, now(), known.totp_step) if secret else None
    if step is not None:
        account_store.change_account(connection, username, totp_step=step)
    elif account_store.use_recovery_code(connection, username, second_factor.hash_recovery_code(code), now()):
        record(connection, Event.RECOVERY_CODE_USED, known.account)
    else:
        _refuse_code(connection, known.account, "code")
    store.forget_attempts(connection, limit.key)


def _refuse_code(connection: sa.Connection, account: Account, what: str) -> NoReturn:
    record(connection, Event.SIGN_IN_REFUSED, account, detail=what)
    raise SignInRefused(N_("the code is wrong or was used before; expected the six digits shown now"))


def choose_first_password(engine: sa.Engine, token: str, password: str) -> Step:
    """Put a password of one's own in the place of the one that was made.

    Raises
    ------
    SignInRefused, PasswordRefused
    """

    def take(known: Credentials) -> None:
        check_new_password(password, known.account.username, known.account.full_name)
        if check_password(password, known.password_hash):
            raise SignInRefused(N_("this is the password you were given; expected one of your own"))
        _set_password(connection, replace(known.account, token=token), hash_password(password))

    with writing(engine) as connection:
        outcome = _advance(connection, token, "password", take)
    return _or_refuse(outcome)


def _set_password(connection: sa.Connection, account: Account, hashed: str) -> None:
    account_store.change_account(
        connection, account.username, password_hash=hashed, must_change=False, password_set_at=now()
    )
    store.close_sign_ins(connection, account.username, now(), "new password", but=account.token)
    record(connection, Event.OWN_PASSWORD_CHANGED, account)


def set_up_second_factor(engine: sa.Engine, token: str, secret: str, code: str) -> tuple[Step, list[str]]:
    """Set up the second factor on the way in; the next step, and the recovery codes, shown once.

    Raises
    ------
    SignInRefused
    """
    codes = second_factor.make_recovery_codes()
    with writing(engine) as connection:
        outcome = _advance(
            connection, token, "enrol", lambda known: _enrol(connection, known, token, secret, code, codes)
        )
    return _or_refuse(outcome), codes


def _enrol(connection: sa.Connection, known: Credentials, token: str, secret: str, code: str, codes: list[str]) -> None:
    """Take a second factor; every other sign-in and step of the user ends."""
    username = known.account.username
    limit = limit_code(username)
    count_or_refuse(connection, limit, known.account, "second factor")
    step = second_factor.find_step(secret, code, now(), 0)
    if step is None:
        _refuse_code(connection, known.account, "second factor")
    store.forget_attempts(connection, limit.key)
    store.close_sign_ins(connection, username, now(), "ended", but=token)
    kept = second_factor.encrypt_secret(secret)
    account_store.change_account(connection, username, totp_secret=kept, totp_step=step)
    account_store.replace_recovery_codes(
        connection, username, [second_factor.hash_recovery_code(code) for code in codes]
    )
    record(connection, Event.SECOND_FACTOR_SET_UP, known.account)


def find_signed_in(engine: sa.Engine, token: str, *, active: bool = False) -> Account | None:
    """The account a browser's token stands for, None when it has expired, lain idle or was ended.

    Parameters
    ----------
    active
        Whether somebody is doing something just now, which keeps the sign-in from lying idle.
    """
    with reading(engine) as connection:
        known = store.find_account_of_token(connection, token, now(), find_idle_since())
    if known is None:
        return None
    account, found = known
    if active and now() - found.last_seen_at >= _TOUCHED:
        READS.note_use(engine, account)
    return account


def explain_end(engine: sa.Engine, token: str) -> str:
    """Why a token is signed in no longer: one of ``EndReason``, "expired" or "idle"; empty where nothing is known."""
    with reading(engine) as connection:
        found = store.find_sign_in(connection, token)
    if found is None:
        return ""
    if found.ended_at is not None:
        return found.end_reason
    if found.expires_at <= now():
        return "expired"
    return "idle" if found.last_seen_at <= find_idle_since() else ""


def sign_out(engine: sa.Engine, token: str) -> None:
    """End a browser's sign-in."""
    with writing(engine) as connection:
        found = store.find_sign_in(connection, token)
        if found is None or found.ended_at is not None:
            return
        store.close_sign_in(connection, token, now(), "signed out")
        if found.stage == "open":
            known = account_store.find_account(connection, found.username)
            if known is not None:
                record(connection, Event.SIGN_OUT, replace(known, token=token, address=found.address))


def change_own_password(engine: sa.Engine, password: str, new: str, *, by: Account) -> None:
    """Change the own password; every other sign-in of one's own ends.

    Raises
    ------
    NotAllowed, SignInRefused, PasswordRefused
        When the sign-in has ended, the present password is wrong, or the new one is refused.
    """
    check_new_password(new, by.username, by.full_name)
    hashed = hash_password(new)
    with writing(engine) as connection:
        by = ask_anew(connection, by)

        def act() -> None:
            _check_present(connection, by, password)
            _set_password(connection, by, hashed)

        refusal = _heed(act)
    if refusal is not None:
        raise refusal


def _check_present(connection: sa.Connection, by: Account, password: str) -> Credentials:
    """What is known of somebody signed in who knows the present password; the attempt is counted.

    Raises
    ------
    SignInRefused
    """
    limit = limit_name(by.username)
    count_or_refuse(connection, limit, by, "present password")
    known = account_store.find_credentials(connection, by.username)
    if known is None or not check_password(password, known.password_hash):
        record(connection, Event.SIGN_IN_REFUSED, by, detail="present password")
        raise SignInRefused(N_("the present password is wrong"))
    store.forget_attempts(connection, limit.key)
    return known


def has_second_factor(engine: sa.Engine, *, by: Account) -> tuple[bool, int]:
    """Whether the own account has a second factor, and how many recovery codes are left."""
    with reading(engine) as connection:
        known = account_store.find_credentials(connection, by.username)
        return bool(known and known.totp_secret), account_store.count_recovery_codes(connection, by.username)


def add_second_factor(engine: sa.Engine, password: str, secret: str, code: str, *, by: Account) -> list[str]:
    """Set up, or set up anew, the own second factor; the recovery codes, shown once.

    The present password is asked for: whoever finds an open tab must not put the own telephone in.

    Raises
    ------
    NotAllowed, SignInRefused
    """
    codes = second_factor.make_recovery_codes()
    with writing(engine) as connection:
        by = ask_anew(connection, by)

        def act() -> None:
            _enrol(connection, _check_present(connection, by, password), by.token, secret, code, codes)

        refusal = _heed(act)
    if refusal is not None:
        raise refusal
    return codes


def list_own_sign_ins(engine: sa.Engine, *, by: Account) -> list[SignInRecord]:
    """Where one is signed in, the latest first."""
    with reading(engine) as connection:
        return store.list_sign_ins(connection, now(), find_idle_since(), by.username)


def end_other_sign_ins(engine: sa.Engine, *, by: Account) -> int:
    """End every sign-in of one's own but this one; how many they were.

    Raises
    ------
    NotAllowed
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by)
        ended = store.close_sign_ins(connection, by.username, now(), "ended", but=by.token)
        record(connection, Event.SIGN_INS_ENDED, by, by.username, after=ended)
    return ended


def list_all_sign_ins(engine: sa.Engine, *, by: Account) -> list[SignInRecord]:
    """Who is signed in where, the latest first.

    Raises
    ------
    NotAllowed
    """
    with reading(engine) as connection:
        ask_anew(connection, by, "administer")
        return store.list_sign_ins(connection, now(), find_idle_since())


def end_sign_ins(engine: sa.Engine, username: str, *, by: Account) -> int:
    """End all sign-ins of a user; how many they were.

    Raises
    ------
    NotAllowed
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        ended = store.close_sign_ins(connection, username, now(), "ended by administrator", but=by.token)
        record(connection, Event.SIGN_INS_ENDED, by, username, after=ended)
    return ended
