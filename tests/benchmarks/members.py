"""Members of a meeting at once: each a websocket that releases a weight of its own every five seconds.

A browser's own frames of one release are recorded once and replayed with other weights, so that the server does what it
does for real browsers, and the measuring machine does not draw thirty pages. ``python -m tests.benchmarks.members``.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.service.authenticator import COOKIE, write_cookie
from tests.browser.conftest import CHROMIUM, LAPTOP, Server, environment, go, running_server, settled, sign_in
from tests.conftest import PYTHON

SECONDS, PAUSE = 40.0, 5.0
_PATH = "ranking?post=dinas-kominfo&order=score"


@dataclass
class Capture:
    """What a browser sends at first and when a weight is let go of."""

    first: bytes
    release: bytes


@dataclass
class Latencies:
    """Seconds from a message to the end of the run it asks for, and what went wrong."""

    first: list[float] = field(default_factory=list)
    releases: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main(counts: tuple[int, ...] = (1, 5, 15, 30), people: int = 650) -> None:
    """The invented regency, one process, so many members each time."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        setup = [*PYTHON, "-m", "core", "setup", "--demo", "--people", str(people)]
        subprocess.run(setup, check=True, env=environment(folder), capture_output=True)
        with running_server(folder) as server:
            account = server.password("member")
            capture = record(server, account)
            for count in counts:
                told = asyncio.run(_meet(server, account, capture, count))
                print(
                    f"{count} members, {people} people: first view {_say(told.first)}; "
                    f"release {_say(told.releases)}; faults {len(told.faults)} {told.faults[:1] or ''}"
                )


def _say(seconds: list[float]) -> str:
    if not seconds:
        return "none"
    ordered = sorted(seconds)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return f"median {1000 * statistics.median(ordered):.0f} ms, p95 {1000 * p95:.0f}, largest {1000 * ordered[-1]:.0f}"


def record(server: Server, account: tuple[str, str]) -> Capture:
    """The frames of a real browser: its first message, and one release of a weight."""
    frames: list[bytes] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        page = browser.new_page(viewport=LAPTOP)
        go(page, server)
        sign_in(page, *account)
        page.wait_for_function(f"document.cookie.includes('{COOKIE}=')")
        page.on(
            "websocket",
            lambda socket: socket.on(
                "framesent", lambda sent: frames.append(sent) if isinstance(sent, bytes) else None
            ),
        )
        go(page, server, _PATH)
        page.locator(".panel .row .share:not(:empty)").first.wait_for(timeout=60_000)
        settled(page)
        first = frames[0]
        page.locator("input[type=range]").first.press("ArrowRight")
        page.wait_for_url("**weights=*")
        settled(page)
        browser.close()
    release = next(frame for frame in reversed(frames) if b"live_ranking" in frame and b"tenths" in frame)
    return Capture(first, release)


async def _meet(server: Server, account: tuple[str, str], capture: Capture, count: int) -> Latencies:
    told = Latencies()
    cookies = [make_cookie(server, account) for _ in range(count)]
    await asyncio.gather(*(_member(server, cookie, capture, told, k) for k, cookie in enumerate(cookies)))
    return told


def make_cookie(server: Server, account: tuple[str, str]) -> str:
    """A cookie of a sign-in of its own, made beside the server on its data."""
    code = (
        "import sys; from core.service import accounts, installation;"
        "engine = installation.open_configured_engine();"
        "print(accounts.sign_in(engine, sys.argv[1], sys.argv[2])[1], installation.read_cookie_key())"
    )
    done = subprocess.run(
        [*PYTHON, "-c", code, *account], check=True, env=environment(server.folder), capture_output=True, text=True
    )
    token, key = done.stdout.split()
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


async def _member(server: Server, cookie: str, capture: Capture, told: Latencies, number: int) -> None:
    own = random.Random(number)
    await asyncio.sleep(own.random() * 10)  # they arrive within ten seconds
    try:
        async with connect(server, cookie) as socket:
            began = time.perf_counter()
            await socket.send(capture.first)
            await read_to_end(socket, told)
            told.first.append(time.perf_counter() - began)
            until = time.perf_counter() + SECONDS
            while time.perf_counter() < until:
                message = _with_weights(capture.release, own)
                began = time.perf_counter()
                await socket.send(message)
                await read_to_end(socket, told)
                told.releases.append(time.perf_counter() - began)
                await asyncio.sleep(PAUSE * (0.5 + own.random()))
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        told.faults.append(f"{type(error).__name__}: {error}")


def _with_weights(release: bytes, own: random.Random) -> bytes:
    """The recorded release with weights of this member's own."""
    message = BackMsg()
    message.ParseFromString(release)
    for widget in message.rerun_script.widget_states.widgets:
        if "live_ranking" in widget.id:
            value = json.loads(widget.json_value)
            criteria = len(value["weights"]["tenths"])
            cuts = sorted(own.randrange(1001) for _ in range(criteria - 1))
            value["weights"]["tenths"] = [b - a for a, b in zip([0, *cuts], [*cuts, 1000], strict=True)]
            widget.json_value = json.dumps(value)
    return bytes(message.SerializeToString())


async def read_to_end(socket: websockets.ClientConnection, told: Latencies) -> None:
    """Read until the run has ended; what it shows as an exception is a fault."""
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), 120))
        if message.WhichOneof("type") == "delta" and message.delta.new_element.HasField("exception"):
            told.faults.append(message.delta.new_element.exception.message)
        if message.WhichOneof("type") == "script_finished":
            return


if __name__ == "__main__":
    main()
