"""Members of a meeting without their browsers: websockets that replay what a browser sent, with weights of their own.

A browser's own frames of one release are recorded once, so that the server does what it does for real browsers, and the
measuring machine does not draw thirty pages.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass

import websockets
from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.service.authenticator import COOKIE, write_cookie
from tests.browser.conftest import Server, go, settled, sign_in

PATH = "ranking?post=dinas-kominfo&order=score"


@dataclass
class Capture:
    """What a browser sends at first and when a weight is let go of."""

    first: bytes
    release: bytes


def record(page: Page, server: Server, account: tuple[str, str], path: str = PATH) -> Capture:
    """The frames of a real browser: its first message on the ranking, and one release of a weight."""
    frames: list[bytes] = []
    go(page, server)
    sign_in(page, *account)
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda sent: frames.append(sent) if isinstance(sent, bytes) else None),
    )
    go(page, server, path)
    page.locator(".panel .row .share:not(:empty)").first.wait_for(timeout=60_000)
    settled(page)
    first = frames[0]
    page.locator("input[type=range]").first.press("ArrowRight")
    page.wait_for_url("**weights=*")
    settled(page)
    release = next(frame for frame in reversed(frames) if b"live_ranking" in frame and b"tenths" in frame)
    return Capture(first, release)


def make_cookie(server: Server, account: tuple[str, str]) -> str:
    """A cookie of a sign-in of its own, made beside the server on its data."""
    token, key = server.run_signed_in("sign_in", *account).split()
    return f"{COOKIE}={write_cookie(token, key, 10)}"


def connect(server: Server, cookie: str) -> websockets.connect:
    """A session's websocket, as the browser of whoever holds the cookie opens it."""
    return websockets.connect(
        server.url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        additional_headers={"Cookie": cookie},
        origin=websockets.Origin(server.url),
        max_size=None,
    )


def with_weights(release: bytes, tenths: Sequence[int]) -> bytes:
    """The recorded release with other weights."""
    message = BackMsg()
    message.ParseFromString(release)
    for widget in message.rerun_script.widget_states.widgets:
        if "live_ranking" in widget.id:
            value = json.loads(widget.json_value)
            assert len(value["weights"]["tenths"]) == len(tenths)
            value["weights"]["tenths"] = list(tenths)
            widget.json_value = json.dumps(value)
    return bytes(message.SerializeToString())


def count_criteria(release: bytes) -> int:
    """How many weights a recorded release has."""
    message = BackMsg()
    message.ParseFromString(release)
    values = [json.loads(w.json_value) for w in message.rerun_script.widget_states.widgets if "live_ranking" in w.id]
    return len(values[0]["weights"]["tenths"])


@dataclass
class Run:
    """One run of the script: what was said in it, how it ended, and the exceptions it showed."""

    texts: list[str]
    robustness: dict[str, object] | None
    status: str
    faults: list[str]


async def read_run(socket: websockets.ClientConnection) -> Run:
    """Read until the run has ended."""
    run = Run([], None, "", [])
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), 120))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.HasField("new_element"):
            _note(run, message.delta.new_element)
        if kind == "script_finished":
            run.status = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
            return run


def _note(run: Run, element: Element) -> None:
    kind = element.WhichOneof("type")
    if kind == "exception":
        run.faults.append(element.exception.message)
    elif kind in ("text", "markdown", "alert"):
        run.texts.append(getattr(element, kind).body)
    elif kind == "bidi_component" and element.bidi_component.component_name.endswith("robustness"):
        mixed = element.bidi_component.mixed
        run.robustness = {"told": json.loads(mixed.json), "shares": sorted(mixed.arrow_blobs)}
