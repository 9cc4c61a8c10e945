"""streamlit-authenticator, in this module alone: its hash of passwords and its signed cookie.

The cookie carries a random token, not a name; what the token stands for is the store's to say. The
library's own cookie writer is an iframe that makes the page run again under the user's hands, so the
browser's part is the screen's; what is written is what ``CookieModel.get_cookie`` reads.
"""

from __future__ import annotations

import datetime as dt
import logging
from functools import lru_cache
from typing import Any

import jwt

#: The cookie's name.
COOKIE = "mantel"
#: How the library signs its cookie.
_ALGORITHM = "HS256"
#: bcrypt reads so many bytes of a password and no more.
_MOST_BYTES = 72


@lru_cache(maxsize=1)
def _library() -> tuple[Any, Any]:
    """The library's hasher and cookie, imported late and quietly.

    It pulls in Streamlit, which commands that only read do without and which warns when it is
    imported outside its server.
    """
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        from streamlit_authenticator.models.cookie_model import CookieModel
        from streamlit_authenticator.utilities import Hasher
    finally:
        logging.disable(disabled)
    return Hasher, CookieModel


def hash_password(password: str) -> str:
    """The bcrypt hash of a password."""
    return str(_library()[0].hash(password))


def check_password(password: str, hashed: str) -> bool:
    """Whether a password has a hash; one longer than bcrypt reads is never one that was set here."""
    return len(password.encode()) <= _MOST_BYTES and bool(_library()[0].check_pw(password, hashed))


def write_cookie(token: str, key: str, hours: float) -> str:
    """The value of a signed cookie with a token in it, good for some hours."""
    expires = dt.datetime.now() + dt.timedelta(hours=hours)
    return jwt.encode({"username": token, "exp_date": expires.timestamp()}, key, algorithm=_ALGORITHM)


def read_cookie(key: str) -> str | None:
    """The token of the cookie that came with the request of this Streamlit session; None without a valid one."""
    import streamlit as st

    st.session_state.setdefault("logout", None)  # the library looks there first
    cookie = _library()[1].__new__(_library()[1])
    cookie.cookie_name, cookie.cookie_key, cookie.cookie_expiry_days, cookie.token = COOKIE, key, 1.0, None
    content = cookie.get_cookie()
    return str(content["username"]) if content else None
