"""Attempts at a secret: counted before it is looked at, so that parallel guesses are counted as well."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from core.service.clock import now
from core.service.trail import record
from core.settings import settings
from core.store import sign_ins as store
from core.store.accounts import Account
from core.store.sign_ins import Attempt
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event


class SignInRefused(MantelError):
    """A sign-in, or a step of one, that failed; the sentence never says whether the name exists."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What attempts are counted under, and how many of them are looked at."""

    key: str
    most: int


def limit_name(username: str) -> Limit:
    """The limit of a user name, known or not."""
    name = hashlib.sha256(username.encode(errors="replace")).hexdigest()
    return Limit(f"name {name}", settings().login_attempts)


def limit_address(address: str) -> Limit:
    """The limit of an address."""
    return Limit(f"address {address[:64]}", settings().address_attempts)


def limit_code(username: str) -> Limit:
    """The limit of codes of a user's second factor."""
    return Limit(f"code {username}", settings().login_attempts)


def count_attempt(connection: sa.Connection, limit: Limit) -> Attempt:
    """Count an attempt in a writing transaction; whether it may be looked at."""
    return store.count_attempt(connection, limit.key, now(), limit.most, dt.timedelta(minutes=settings().lock_minutes))


def count_or_refuse(connection: sa.Connection, limit: Limit, by: Account, what: str) -> None:
    """Count an attempt of somebody known at a secret, ``what`` in the trail.

    Raises
    ------
    SignInRefused
        After too many.
    """
    if count_attempt(connection, limit).locked:
        record(connection, Event.SIGN_IN_LOCKED, by, detail=what)
        raise refuse_locked()


def refuse_locked() -> SignInRefused:
    """The refusal after too many attempts."""
    return SignInRefused(N_("too many attempts; try again in {minutes} minutes"), minutes=settings().lock_minutes)
