"""Signing in and out.

The cookie carries a random token that stands for a row in the store, so that signing out, a new
password or a deactivated account end every use of it at once.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.service import accounts
from core.service.authenticator import COOKIE, read_cookie, write_cookie
from core.service.installation import read_cookie_key
from core.settings import settings
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.ui.language import sentence_of, t
from core.ui.links import choose_language
from core.ui.shared import engine

_TOKEN = "sign_in_token"


# The browser's part of the cookie is this one line. Strict: no other site may send it.
_write = st.components.v2.component(
    "mantel.cookie",
    js="""
    export default function ({ data }) {
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `${data.name}=${data.value}; Max-Age=${data.seconds}; Path=/; SameSite=Strict${secure}`;
    }
    """,
)


def _write_token(token: str) -> None:
    """Have the browser keep a token."""
    hours = settings().session_hours
    value = write_cookie(token, read_cookie_key(), hours)
    _write(key="cookie", data={"name": COOKIE, "value": value, "seconds": hours * 3600})


def current_account() -> Account | None:
    """Who is signed in in this session, asked anew of the store; None for a stranger."""
    token = st.session_state.get(_TOKEN) or read_cookie(read_cookie_key())
    if not token:
        return None
    account = accounts.find_signed_in(engine(), token)
    if account is None:
        st.session_state.pop(_TOKEN, None)
    else:
        st.session_state[_TOKEN] = token
    return account


_STRANGER = Account("", "", "", False)


def current_asker() -> Account:
    """Whoever is signed in at this very moment; a stranger may do nothing."""
    return current_account() or _STRANGER


def later_asker() -> Callable[[], Account]:
    """Who is signed in when a file is made: on the click, outside the run of a page, where there is no session."""
    token = str(st.session_state.get(_TOKEN, ""))
    return lambda: accounts.find_signed_in(engine(), token) or _STRANGER


def sign_in_page(place: DeltaGenerator) -> Account | None:
    """The sign-in form in a place of its own; returns the account in the very run in which it succeeds."""
    with place.container():
        _, middle, _ = st.columns([1, 1.2, 1])
        with middle:
            st.title("Mantel", anchor=False)
            st.write(t("Talent management of the Regency of Ogan Komering Ilir. Please sign in."))
            with st.form("sign_in"):
                username = st.text_input(t("User name"), autocomplete="username")
                password = st.text_input(t("Password"), type="password", autocomplete="current-password")
                pressed = st.form_submit_button(t("Sign in"), type="primary", width="stretch")
            if pressed:
                try:
                    account, token = accounts.sign_in(engine(), username, password)
                except MantelError as error:
                    st.error(sentence_of(error))
                    pressed = False
            if not pressed:
                choose_language()
                return None
    st.session_state[_TOKEN] = token
    with place.container():
        _write_token(token)
    return account


def sign_out() -> None:
    """End this browser's sign-in and forget everything of the session."""
    token = st.session_state.get(_TOKEN)
    if token:
        accounts.sign_out(engine(), token)
    st.session_state.clear()
