"""What a browser sent along and what it is sent back: cookie, host, origin, address, headers."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import streamlit
from starlette.datastructures import Headers
from starlette.types import Scope

from core.service.authenticator import COOKIE, read_cookie, write_cookie
from core.service.installation import read_cookie_key
from core.settings import settings


def quote_digest(text: str) -> str:
    """A script or style of a page as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inline_scripts() -> str:
    """The scripts that stand in Streamlit's own page, each by its digest."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return " ".join(map(quote_digest, scripts))


#: By this cookie the server in front finds the process that has somebody's pages.
ROUTE_COOKIE = "mantel_route"

#: What Streamlit's pages need and no more: all from here. Streamlit writes styles by script, components come as blobs.
_PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' blob: {_inline_scripts()}",
        "style-src 'self' 'unsafe-inline' blob:",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
_ALWAYS = (
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"),
)


def is_secure(scope: Scope) -> bool:
    """Whether the browser came by TLS, to us or to what stands before us."""
    return scope["scheme"] in ("https", "wss")


def cookie_name(scope: Scope) -> str:
    """The cookie's name: under TLS one that no other host and no unsafe page can write."""
    return f"__Host-{COOKIE}" if is_secure(scope) else COOKIE


def read_token(scope: Scope) -> str | None:
    """The token of the cookie that came with a request; None without a valid one."""
    for line in Headers(scope=scope).getlist("cookie"):
        try:
            cookie = SimpleCookie(line).get(cookie_name(scope))
        except CookieError:
            continue
        if cookie is not None:
            return read_cookie(cookie.value, read_cookie_key())
    return None


def make_cookie(scope: Scope, token: str) -> str:
    """The header that has a browser keep a token where no script reads it; an empty one takes it away."""
    hours = settings().session_hours
    value = write_cookie(token, read_cookie_key(), hours) if token else ""
    parts = [
        f"{cookie_name(scope)}={value}",
        f"Max-Age={hours * 3600 if token else 0}",
        "Path=/",
        "HttpOnly",
        "SameSite=Strict",
    ]
    return "; ".join([*parts, "Secure"] if is_secure(scope) else parts)


def make_route_cookie(scope: Scope) -> str:
    """The header that keeps a browser at one of several processes; it opens nothing and says nothing."""
    secure = "; Secure" if is_secure(scope) else ""
    return f"{ROUTE_COOKIE}={secrets.token_hex(8)}; Path=/; HttpOnly; SameSite=Strict{secure}"


def find_address(scope: Scope) -> str:
    """The address of whoever asks: what the server in front said, where one stands there."""
    client = scope.get("client")
    try:
        return str(ip_address(client[0])) if client else ""
    except ValueError:
        return ""  # something claimed to be a server in front


@lru_cache(maxsize=1)
def _allowed_hosts() -> frozenset[str]:
    named = urlsplit(settings().public_url).hostname
    return frozenset(
        host.lower() for host in ("localhost", "127.0.0.1", "::1", named, *settings().allowed_hosts) if host
    )


def is_host_allowed(scope: Scope) -> bool:
    """Whether the one host that was asked for is one of ours."""
    hosts = Headers(scope=scope).getlist("host")
    if len(hosts) != 1:
        return False
    parts = split_address(f"//{hosts[0]}")
    return parts is not None and parts.hostname in _allowed_hosts() and parts.netloc == hosts[0]


def is_same_origin(scope: Scope) -> bool:
    """Whether a request says that it comes from a page of ours; one that does not say so does not."""
    headers = Headers(scope=scope)
    origins = headers.getlist("origin")
    if len(origins) != 1:
        return False
    parts = split_address(origins[0])
    scheme = "https" if is_secure(scope) else "http"
    return parts is not None and f"{scheme}://{headers.get('host', '')}".lower() == origins[0].lower()


def split_address(address: str) -> SplitResult | None:
    """An address in its parts; None for what is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _secured(name: bytes, value: bytes, scope: Scope) -> bytes:
    """A header; a cookie that Streamlit sets under TLS without knowing of it travels by TLS alone."""
    bare = name.lower() == b"set-cookie" and is_secure(scope) and b"secure" not in value.lower()
    return value + b"; Secure" if bare else value


def guard_headers(headers: Sequence[tuple[bytes, bytes]], scope: Scope, *, keep: bool) -> list[tuple[bytes, bytes]]:
    """Response headers with what keeps a browser from doing what no page here asks for.

    Parameters
    ----------
    keep
        Whether the browser may keep the answer: the programs of Streamlit, and nothing of people.
    """
    ours = dict(_ALWAYS)
    if is_secure(scope):
        ours["strict-transport-security"] = "max-age=31536000"
    if not keep:
        ours["cache-control"] = "no-store"
    named = {name.lower() for name, _ in headers}
    if b"content-security-policy" not in named:
        ours["content-security-policy"] = _PAGE_POLICY
    replaced = {name.encode() for name in ours} | {b"server", b"access-control-allow-origin"}
    rest = [(name, _secured(name, value, scope)) for name, value in headers if name.lower() not in replaced]
    return [*rest, *((name.encode(), value.encode()) for name, value in ours.items())]
