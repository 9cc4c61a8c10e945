"""A page's websocket: whose session it is, which messages pass.

Streamlit takes any session's name for a proof that the session is one's own, and any browser's word for emptying
everybody's caches. Here a session belongs to the sign-in it was opened with, and only what a page needs passes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from core.store.sign_ins import hash_token
from core.ui.sign_in import ADDRESS_HEADER, TOKEN_HEADER
from core.web.belongings import BELONGINGS
from core.web.browser import find_address
from core.web.told_files import list_told_files

_LOG = logging.getLogger("mantel.web")
_PROTOCOLS = b"sec-websocket-protocol"
#: What a page sends: run, stop, where to upload to, a sign of life; beside them it asks for files that it was told of.
_PASSING = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"})


def own_session_only(scope: Scope, token: str) -> Scope:
    """The request for a websocket with its sign-in said, and without the name of a session that is another's."""
    owner = hash_token(token)
    headers = [
        (name, _without_foreign_session(value, owner) if name == _PROTOCOLS else value)
        for name, value in scope["headers"]
        if name not in (TOKEN_HEADER.encode(), ADDRESS_HEADER.encode())
    ]
    protocols = Headers(raw=headers).get(_PROTOCOLS.decode(), "").split(",")
    told: Mapping[str, Any] = {
        "headers": [
            *headers,
            (TOKEN_HEADER.encode(), token.encode()),
            (ADDRESS_HEADER.encode(), find_address(scope).encode()),
        ],
        "subprotocols": [protocol.strip() for protocol in protocols if protocol.strip()],
    }
    return {**scope, **told}


def _without_foreign_session(protocols: bytes, owner: str) -> bytes:
    # Streamlit's own order: its name, the token against forged requests, the session to come back to.
    parts = [part.strip() for part in protocols.decode("latin-1").split(",")]
    if len(parts) > 2 and not BELONGINGS.owns_session(owner, parts[2]):
        del parts[2:]
    return ", ".join(parts).encode("latin-1")


async def serve_stream(app: ASGIApp, scope: Scope, receive: Receive, send: Send, token: str) -> None:
    """Serve a page's websocket to the holder of a sign-in."""
    owner, known = hash_token(token), False

    async def receive_passing() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            content = message.get("bytes")
            if content is None:
                return {"type": "websocket.disconnect", "code": 1003}  # Streamlit speaks no text
            if _passes(content, owner):
                return message

    async def send_noting(message: Message) -> None:
        nonlocal known
        content = message.get("bytes") if message["type"] == "websocket.send" else None
        if content is not None:
            BELONGINGS.keep_files(list_told_files(content), owner)
            if not known and (session := _session_of(content)):
                BELONGINGS.keep_session(session, owner)
                known = True
        await send(message)

    await app(own_session_only(scope, token), receive_passing, send_noting)


def _passes(content: bytes, owner: str) -> bool:
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:
        return True  # Streamlit closes the websocket on it
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        asked = message.backend_operation_request
        if asked.HasField("deferred_file") and BELONGINGS.owns_file(owner, asked.deferred_file.file_id):
            return True
    elif kind in _PASSING and all(map(_is_readable, message.rerun_script.widget_states.widgets)):
        return True
    _LOG.warning("a message of a kind that no page sends was dropped: %s", kind)
    return False


def _is_readable(widget: WidgetState) -> bool:
    """Whether a component's value can be read at all: what is nested too deep or too long a number ends Streamlit's run."""
    if widget.WhichOneof("value") != "json_value":
        return True
    try:
        json.loads(widget.json_value)
    except (ValueError, RecursionError):
        return False
    return True


def _session_of(content: bytes) -> str:
    message = ForwardMsg()
    message.ParseFromString(content)
    return message.new_session.initialize.session_id if message.HasField("new_session") else ""


async def send_away(receive: Receive, send: Send, scope: Scope, address: str) -> None:
    """Have a page without sign-in go to an address, in Streamlit's own words, without a session being made for it."""
    message = await receive()
    if message["type"] != "websocket.connect":
        return
    protocols = scope.get("subprotocols") or [None]
    await send({"type": "websocket.accept", "subprotocol": protocols[0]})
    away = ForwardMsg()
    away.auth_redirect.url = address
    await send({"type": "websocket.send", "bytes": away.SerializeToString()})
    await send({"type": "websocket.close", "code": 4001, "reason": "sign in"})
