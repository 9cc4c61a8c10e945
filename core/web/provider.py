"""Signing in by the office's identity provider (OIDC), where ``.streamlit/secrets.toml`` names one.

Streamlit speaks to the provider (its routes of ``st.login``, by Authlib: state, nonce, PKCE) and leaves a signed cookie; that
cookie is turned into a sign-in of the store and taken away, so that ending, idling and rights are the same as for everybody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import Response
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, TOKENS_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from core.settings import settings

#: Streamlit's own routes to the provider and back.
ROUTES = frozenset({"/auth/login", "/oauth2callback"})


def is_configured() -> bool:
    """Whether the installation names a provider."""
    return bool(secrets_singleton.load_if_toml_exists()) and "auth" in secrets_singleton


def make_way() -> str:
    """The address at which the way to the provider begins."""
    return f"/auth/login?provider={encode_provider_token('default')}"


def read_username(cookies: Mapping[str, str]) -> str | None:
    """Whom the provider says somebody is, by the claim of the setting; None without its signed answer."""

    def read(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace")) if value else None

    raw = get_cookie_with_chunks(read, AUTH_COOKIE_NAME)
    try:
        claims = json.loads(raw) if raw else {}
    except ValueError:
        return None
    name = (
        claims.get(settings().oidc_claim) if isinstance(claims, dict) and claims.get("is_logged_in") is True else None
    )
    return name.strip().lower() if isinstance(name, str) else None


def forget_answer(response: Response, cookies: Mapping[str, str]) -> None:
    """Take the provider's answer away: it has been turned into a sign-in, or opens nothing."""
    for name in cookies:
        if name.startswith((AUTH_COOKIE_NAME, TOKENS_COOKIE_NAME)):
            response.delete_cookie(name, path="/", httponly=True, samesite="lax")
