"""The outermost middleware: it judges every request before Streamlit sees it.

In this order: the host that was asked for, the address, the origin, who asks, what the role may. Whatever is not named
here is not there. Streamlit judges an origin only after asking the internet for its own address, and takes uploads,
messages and names of sessions from anybody; so nothing reaches it that has not passed.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import streamlit
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.locales import finish, translator
from core.service import trail
from core.service.accounts import Right, has_right
from core.service.sign_ins import find_signed_in
from core.settings import settings
from core.store.accounts import Account
from core.store.database import DatabaseProblem
from core.store.sign_ins import hash_token
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event
from core.ui.shell import PAGES
from core.ui.sign_in import SIGN_IN
from core.web import provider
from core.web.belongings import BELONGINGS
from core.web.browser import find_address, guard_headers, is_host_allowed, is_same_origin, read_token
from core.web.connections import open_engine_once
from core.web.door_page import draw_not_yours, draw_nothing_there
from core.web.doors import is_door
from core.web.following import FOLLOW
from core.web.health import LIVE, METRICS, OPEN_PAGES, READY, REQUESTS, SECONDS, Draining
from core.web.logs import REQUEST, name_request
from core.web.stream import send_away, serve_stream
from core.web.verifying import VERIFY, is_public

_LOG = logging.getLogger("mantel.web")
_UPLOAD = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)")
#: Multipart framing around an uploaded file.
_FRAMING = 64 * 1024
_MB = 1024 * 1024

#: How much of an upload's session is in memory already, in bytes; Streamlit's own store of uploads knows.
CountUploads = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Rule:
    """What an address is, which methods it knows, whom it serves, and whether a browser may keep the answer."""

    kind: Literal["door", "health", "public", "open", "page", "media", "upload", "host-config", "follow"]
    methods: frozenset[str]
    right: Right | None = "read"
    keep: bool = False


_LOOK = frozenset({"GET", "HEAD"})


def _list_programs() -> frozenset[str]:
    """The addresses of Streamlit's own programs and fonts, each a file; to any other it would answer with its page."""
    folder = Path(streamlit.__file__).parent / "static"
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "index.html")
    return frozenset(f"/{path.relative_to(folder).as_posix()}" for path in files)


_PROGRAMS = _list_programs()
_PAGES: dict[str, Right] = {"/": "read", "/start": "read", **{f"/{name}": right for name, _, right in PAGES}}


def find_rule(path: str) -> Rule | None:
    """What an address is; None for one that is not there."""
    if path in provider.ROUTES and provider.is_configured():
        return Rule("door", _LOOK, right=None)
    if is_door(path):
        return Rule("door", frozenset({"GET", "HEAD", "POST"}), right=None)
    if is_public(path):
        return Rule("public", frozenset({"GET", "HEAD", "POST"}) if path == VERIFY else _LOOK, right=None)
    if path in (LIVE, READY, METRICS):
        return Rule("health", _LOOK, right=None)
    if path in _PROGRAMS:
        return Rule("open", _LOOK, right=None, keep=True)
    if path == "/_stcore/health":
        return Rule("open", _LOOK, right=None)
    if path == "/_stcore/host-config":
        return Rule("host-config", _LOOK, right=None)
    if path == FOLLOW:
        return Rule("follow", frozenset({"GET"}))
    if right := _PAGES.get(path.rstrip("/") or "/"):
        return Rule("page", _LOOK, right)
    if path.startswith("/media/"):
        return Rule("media", _LOOK)
    if path.startswith("/_stcore/bidi-components/"):
        return Rule("open", _LOOK)
    if _UPLOAD.fullmatch(path):
        return Rule("upload", frozenset({"PUT", "DELETE"}), right="import")
    return None


class Gate:
    """The middleware. ``count_uploads`` tells how much memory a session's uploads take already."""

    def __init__(self, app: ASGIApp, count_uploads: CountUploads) -> None:
        self.app = app
        self._count_uploads = count_uploads
        #: Bytes that are on their way, by session.
        self._arriving: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge a request; pass it on or answer it."""
        if scope["type"] == "websocket":
            REQUEST.set(name_request(scope))
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            REQUEST.set(name_request(scope))
            await self._http(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        rule = find_rule(scope["path"])
        kind = rule.kind if rule else "nothing"
        guarded = _guarded(send, scope, kind, keep=rule is not None and rule.keep)
        try:
            answer = await self._judge(scope, rule)
        except DatabaseProblem:  # nobody is signed out by a database that cannot be asked
            answer = _say(scope, N_("Mantel cannot reach its database; try again in a moment."), 503)
        with SECONDS.labels(kind).time(), self._reserved(scope, answer is None and kind == "upload"):
            await (answer or self.app)(scope, receive, guarded)

    @contextmanager
    def _reserved(self, scope: Scope, uploading: bool) -> Iterator[None]:
        """While an upload runs its length counts for its session, so that several at once do not pass together."""
        match = _UPLOAD.fullmatch(scope["path"]) if uploading and scope["method"] == "PUT" else None
        if match is None:
            yield
            return
        session, length = match["session"], int(Headers(scope=scope)["content-length"])
        self._arriving[session] += length
        try:
            yield
        finally:
            self._arriving[session] -= length
            if not self._arriving[session]:
                del self._arriving[session]

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if Draining.on:
            await _refuse_for_now(scope, send)
            return
        if not is_host_allowed(scope) or not is_same_origin(scope) or scope["path"] != "/_stcore/stream":
            _LOG.warning("a websocket of a foreign host or origin was refused")
            await send({"type": "websocket.close", "code": 1008})
            return
        token = read_token(scope)
        try:
            account = await _ask(token) if token else None
        except DatabaseProblem:
            await _refuse_for_now(scope, send)
            return
        if token is None or account is None:
            await send_away(receive, send, scope, SIGN_IN)
            return
        with OPEN_PAGES.track_inprogress():
            await serve_stream(self.app, scope, receive, send, token)

    async def _judge(self, scope: Scope, rule: Rule | None) -> Response | None:
        """The answer to a request that does not pass; None where it does."""
        if rule is not None and rule.kind == "health":
            return None
        if Draining.on and rule is not None and rule.kind in ("page", "door", "public"):
            return _say(scope, N_("Mantel is being restarted; try again in a moment."), 503)
        if not is_host_allowed(scope):
            return _say(scope, N_("Mantel does not answer under this name; ask for the address of the office."), 421)
        if rule is None:
            return await self._nothing_there(scope)
        if scope["method"] not in rule.methods:
            return _say(scope, N_("This address cannot be used in this way."), 405)
        if "transfer-encoding" in Headers(scope=scope):
            return _say(scope, N_("An upload must say how long it is."), 411)
        if scope["method"] not in _LOOK and not is_same_origin(scope):
            return _say(scope, N_("This was sent from a page that is not Mantel's; nothing was changed."), 403)
        if rule.kind == "host-config":
            return JSONResponse(_HOST_CONFIG)
        if rule.right is None:
            return None
        token = read_token(scope)
        account = await _ask(token) if token else None
        if token is None or account is None:
            return _to_sign_in(scope) if rule.kind == "page" else _unknown(scope)
        answer = self._judge_signed_in(scope, rule, account, hash_token(token))
        if answer is not None:
            await to_thread.run_sync(_note_refusal, replace(account, address=find_address(scope)), scope["path"])
        return answer

    def _judge_signed_in(self, scope: Scope, rule: Rule, account: Account, owner: str) -> Response | None:
        if rule.right is not None and not has_right(account, rule.right):
            return draw_not_yours(scope) if _wants_page(scope) else _say(scope, N_("Your role may not do this."), 403)
        if rule.kind == "media" and not BELONGINGS.owns_file(owner, scope["path"]):
            return _not_there(scope)
        if rule.kind == "upload":
            return self._judge_upload(scope, owner)
        return None

    def _judge_upload(self, scope: Scope, owner: str) -> Response | None:
        match = _UPLOAD.fullmatch(scope["path"])
        if match is None or not BELONGINGS.owns_session(owner, match["session"]):
            return _not_there(scope)
        if scope["method"] != "PUT":
            return None
        length = Headers(scope=scope).get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,15}", length):
            return _say(scope, N_("An upload must say how long it is."), 411)
        most = settings().session_upload_mb * _MB + _FRAMING
        there = self._count_uploads(match["session"]) + self._arriving[match["session"]]
        if int(length) + there > most:
            return _say(
                scope,
                N_("The files of this page would be larger than {count} MB together; import or remove some first."),
                413,
                count=settings().session_upload_mb,
            )
        return None

    async def _nothing_there(self, scope: Scope) -> Response:
        """An address that is none: said to whoever is signed in; to a stranger it looks like any other."""
        token = read_token(scope)
        if scope["method"] in _LOOK and (token is None or await _ask(token) is None):
            return _to_sign_in(scope) if _wants_page(scope) else _unknown(scope)
        return _not_there(scope)


#: What Streamlit's page asks before it connects; its own answer lists foreign sites that may steer it.
_HOST_CONFIG = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": False,
    "resourceCrossOriginMode": None,
}


async def _ask(token: str) -> Account | None:
    """Who holds a token; what belonged to a sign-in that has ended is forgotten."""
    account = await to_thread.run_sync(find_signed_in, open_engine_once(), token)
    if account is None:
        BELONGINGS.forget(hash_token(token))
    return account


def _note_refusal(account: Account, path: str) -> None:
    try:
        trail.record_alone(open_engine_once(), Event.ACCESS_REFUSED, account, path)
    except MantelError:
        _LOG.exception("a refusal could not be written into the audit trail")


def _guarded(send: Send, scope: Scope, kind: str, *, keep: bool) -> Callable[[Message], Awaitable[None]]:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            REQUESTS.labels(kind, str(message["status"])).inc()
            fields = {"method": scope["method"], "kind": kind, "status": message["status"]}
            _LOG.info("answered", extra={"fields": fields})
            message = {**message, "headers": guard_headers(message.get("headers", []), scope, keep=keep)}
        await send(message)

    return guarded


async def _refuse_for_now(scope: Scope, send: Send) -> None:
    """Have a page come again, at the other process where there is one: 503 is what the server in front goes on by."""
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": 503, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close", "code": 1012})


def _say(scope: Scope, words: str, status: int, **values: object) -> Response:
    return PlainTextResponse(finish(translator(settings().language)(words).format(**values)), status)


def _unknown(scope: Scope) -> Response:
    return _say(scope, N_("You are not signed in."), 401)


def _not_there(scope: Scope) -> Response:
    if _wants_page(scope):
        return draw_nothing_there(scope)
    return _say(scope, N_("There is nothing at this address."), 404)


def _wants_page(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "")


def _to_sign_in(scope: Scope) -> Response:
    query = scope.get("query_string", b"").decode("latin-1")
    asked = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(SIGN_IN if asked == "/" else f"{SIGN_IN}?to={quote(asked, safe='')}", 303)
