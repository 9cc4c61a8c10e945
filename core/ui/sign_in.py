"""Signing in and out.

The cookie is streamlit-authenticator's signed one; it carries a random token, not a name. The
token stands for a row in the store, so that signing out, a new password or a deactivated account
end every use of it at once.
"""

from __future__ import annotations

import datetime as dt

import jwt
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit_authenticator.models.cookie_model import CookieModel

from core.service import accounts
from core.service.installation import cookie_key
from core.settings import settings
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.ui.language import sentence_of, t
from core.ui.links import choose_language
from core.ui.shared import engine

_TOKEN = "sign_in_token"


_COOKIE = "mantel"

# The authenticator's own cookie writer is an iframe that makes the page run again while somebody
# is already clicking in it, so the browser's part is this one line. Strict: no other site may send it.
_write_cookie = st.components.v2.component(
    "mantel.cookie",
    js="""
    export default function ({ data }) {
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `${data.name}=${data.value}; Max-Age=${data.seconds}; Path=/; SameSite=Strict${secure}`;
    }
    """,
)


class _TokenCookie(CookieModel):
    """The authenticator's signed cookie with a token of ours in it."""

    def __init__(self) -> None:
        self.cookie_name = _COOKIE
        self.cookie_key = cookie_key()
        self.cookie_expiry_days = settings().session_hours / 24
        self.token = None

    def read_token(self) -> str | None:
        """The token of a valid cookie that came with the request."""
        st.session_state.setdefault("logout", None)
        content = self.get_cookie()
        return content["username"] if content else None

    def write_token(self, token: str) -> None:
        """Have the browser keep a token; in the form that ``get_cookie`` reads."""
        expires = dt.datetime.now() + dt.timedelta(days=self.cookie_expiry_days)
        content = {"username": token, "exp_date": expires.timestamp()}
        _write_cookie(
            key="cookie",
            data={
                "name": _COOKIE,
                "value": jwt.encode(content, self.cookie_key, algorithm="HS256"),
                "seconds": settings().session_hours * 3600,
            },
        )


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
        _TokenCookie().write_token(token)
    return account


def sign_out() -> None:
    """End this browser's sign-in and forget everything of the session."""
    token = st.session_state.get(_TOKEN)
    if token:
        accounts.sign_out(engine(), token)
    st.session_state.clear()
