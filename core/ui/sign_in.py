"""Who is signed in, and the way out.

The gate (``core.web.gate``) lets nobody open a page without a sign-in and tells the page's run which one it is. The run
asks the store for it anew each time, so that signing out, a new password, a deactivated account or lying idle end every
use of it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import enqueue_message

from core.service import sign_ins
from core.store.accounts import Account
from core.ui.language import t
from core.ui.shared import engine

_TOKEN = "sign_in_token"
#: Where one signs in (``core.web.doors``), and under which header the gate says who came; from outside it drops it.
SIGN_IN = "/sign-in"
TOKEN_HEADER, ADDRESS_HEADER = "x-mantel-sign-in", "x-mantel-address"


def current_account() -> Account | None:
    """Who is signed in in this session, asked anew of the store; None for a stranger."""
    token = st.session_state.get(_TOKEN) or st.context.headers.get(TOKEN_HEADER)
    if not token:
        return None
    account = sign_ins.find_signed_in(engine(), token, active=True)
    if account is None:
        st.session_state.pop(_TOKEN, None)
    else:
        st.session_state[_TOKEN] = token
        account = replace(account, address=st.context.headers.get(ADDRESS_HEADER) or account.address)
    return account


_STRANGER = Account("", "", "", False)


def current_asker() -> Account:
    """Whoever is signed in at this very moment; a stranger may do nothing."""
    return current_account() or _STRANGER


def later_asker() -> Callable[[], tuple[Account, bool]]:
    """Who asks for a file when it is made, and whether they are still signed in: on the click, outside the run of a page."""
    drawn_for = current_asker()

    def ask() -> tuple[Account, bool]:
        found = sign_ins.find_signed_in(engine(), drawn_for.token) if drawn_for.token else None
        return (replace(found, address=drawn_for.address), True) if found else (drawn_for, False)

    return ask


def show_way_in() -> None:
    """Have the browser go to the sign-in, which says why; the link is for a browser that does not."""
    away = ForwardMsg()
    away.auth_redirect.url = SIGN_IN
    enqueue_message(away)
    st.write(t("You are not signed in."))
    st.html(f'<a href="{SIGN_IN}" target="_self">{t("Sign in")}</a>')


def sign_out() -> None:
    """End this browser's sign-in and forget everything of the session."""
    token = st.session_state.get(_TOKEN)
    if token:
        sign_ins.sign_out(engine(), token)
    st.session_state.clear()
