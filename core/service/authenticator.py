"""streamlit-authenticator, in this module alone: its hash of passwords and its signed cookie.

The cookie carries a random token, not a name; what the token stands for is the store's to say. The
library writes its cookie by script and reads it inside a page's run; ours must be out of reach of scripts
and is judged before Streamlit, so the same content is written and read here.
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
MOST_BYTES = 72


@lru_cache(maxsize=1)
def _library() -> Any:
    """The library's hasher, imported late and quietly.

    It pulls in Streamlit, which commands that only read do without and which warns when it is
    imported outside its server.
    """
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        from streamlit_authenticator.utilities import Hasher
    finally:
        logging.disable(disabled)
    return Hasher


def hash_password(password: str) -> str:
    """The bcrypt hash of a password."""
    return str(_library().hash(password))


def check_password(password: str, hashed: str) -> bool:
    """Whether a password has a hash; one longer than bcrypt reads is never one that was set here.

    It costs the same however long the password is, so that the time tells nothing.
    """
    read = password.encode(errors="replace")[:MOST_BYTES].decode(errors="ignore")
    return bool(_library().check_pw(read, hashed)) and read == password


def write_cookie(token: str, key: str, hours: float) -> str:
    """The value of a signed cookie with a token in it, good for some hours."""
    expires = dt.datetime.now() + dt.timedelta(hours=hours)
    return jwt.encode({"username": token, "exp_date": expires.timestamp()}, key, algorithm=_ALGORITHM)


def read_cookie(value: str, key: str) -> str | None:
    """The token in a cookie's value; None without a valid one."""
    try:
        content = jwt.decode(value, key, algorithms=[_ALGORITHM], options={"require": ["username", "exp_date"]})
    except jwt.InvalidTokenError:
        return None
    fresh = isinstance(content["exp_date"], int | float) and content["exp_date"] > dt.datetime.now().timestamp()
    return str(content["username"]) if fresh else None
