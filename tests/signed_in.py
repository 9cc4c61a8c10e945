"""Users with a password of their own, and their sign-ins: what most tests begin with."""

from __future__ import annotations

import sys

import sqlalchemy as sa

from core.service import accounts, installation, sign_ins
from core.service.accounts import COMMAND_LINE
from core.store.accounts import Account

#: What every test's user chooses.
OWN_PASSWORD = "empat kuda lari senja"


def add_user(engine: sa.Engine, name: str, role: str, full_name: str = "") -> str:
    """Add a user who has chosen a password of their own; that password."""
    made = accounts.add_user(engine, name, full_name or name, role, by=COMMAND_LINE)
    step = sign_ins.sign_in(engine, name, made)
    step = sign_ins.choose_first_password(engine, step.token, OWN_PASSWORD)
    sign_ins.sign_out(engine, step.token)
    return OWN_PASSWORD


def sign_in(engine: sa.Engine, name: str, password: str = OWN_PASSWORD) -> Account:
    """Sign a user in for whom the password is all that is asked; the account with the sign-in's token."""
    step = sign_ins.sign_in(engine, name, password)
    assert step.stage == "open", step.stage
    return step.account


def add_signed_in(engine: sa.Engine, role: str, name: str = "rina", full_name: str = "") -> Account:
    """Somebody of a role, signed in."""
    add_user(engine, name, role, full_name)
    return sign_in(engine, name)


if __name__ == "__main__":
    # For a server's test: on the server's data, beside it.
    what, *words = sys.argv[1:]
    database = installation.open_configured_engine()
    if what == "add":
        print(add_user(database, *words))
    elif what == "end":
        print(sign_ins.end_sign_ins(database, *words, by=COMMAND_LINE))
    else:
        print(sign_in(database, *words).token, installation.read_cookie_key())
