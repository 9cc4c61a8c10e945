"""Signing in and out.

The cookie is streamlit-authenticator's signed one; it carries a random token, not a name. The
token stands for a row in the store, so that signing out, a new password or a deactivated account
end every use of it at once.
"""

from __future__ import annotations

from functools import cached_property

import extra_streamlit_components as stx
import streamlit as st
from streamlit_authenticator.models.cookie_model import CookieModel

from core.service import accounts
from core.service.installation import cookie_key
from core.settings import settings
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.ui.data import engine
from core.ui.language import sentence_of, t
from core.ui.links import choose_language

_TOKEN = "sign_in_token"


class _TokenCookie(CookieModel):
    """The authenticator's cookie, whose browser part is mounted only when a cookie is written."""

    def __init__(self) -> None:
        self.cookie_name = "mantel"
        self.cookie_key = cookie_key()
        self.cookie_expiry_days = settings().session_hours / 24
        self.token = None
        self.exp_date = None

    @cached_property
    def cookie_manager(self) -> stx.CookieManager:
        return stx.CookieManager(key="mantel_cookies")

    def read_token(self) -> str | None:
        """The token of a valid cookie that came with the request."""
        st.session_state.setdefault("logout", None)
        content = self.get_cookie()
        return content["username"] if content else None

    def write_token(self, token: str) -> None:
        """Have the browser keep a token."""
        st.session_state["username"] = token
        self.set_cookie()
        del st.session_state["username"]


def current_account() -> Account | None:
    """Who is signed in in this session, asked anew of the store; None for a stranger."""
    token = st.session_state.get(_TOKEN) or _TokenCookie().read_token()
    if not token:
        return None
    account = accounts.signed_in_account(engine(), token)
    if account is None:
        st.session_state.pop(_TOKEN, None)
    else:
        st.session_state[_TOKEN] = token
    return account


def sign_in_page() -> Account | None:
    """The sign-in form; returns the account in the very run in which it succeeds."""
    place = st.empty()
    with place.container():
        _, middle, _ = st.columns([1, 1.2, 1])
        with middle:
            st.title("Mantel")
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
    place.empty()
    st.session_state[_TOKEN] = token
    _TokenCookie().write_token(token)
    return account


def sign_out() -> None:
    """End this browser's sign-in and forget everything of the session."""
    token = st.session_state.get(_TOKEN)
    if token:
        accounts.sign_out(engine(), token)
    st.session_state.clear()
