"""A session of the committee: what the domain costs, a release while judging, the reveal on thirty screens, and thirty who wait.

``python -m tests.benchmarks.committee``.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.talent.session.agreement import measure_agreement
from core.talent.session.dispute import find_dispute
from core.talent.session.opinions import Opinions
from core.talent.session.proposals import propose_orders
from tests.benchmarks.members import _say, draw_tenths, read_processor
from tests.browser.conftest import CHROMIUM, LAPTOP, Server, environment, go, running_server, settled, sign_in
from tests.conftest import PYTHON
from tests.members import connect, make_cookie
from tests.signed_in import OWN_PASSWORD
from tests.sitting import NAMES

SCREENS = 30


def main() -> None:
    """All figures."""
    _compute()
    with tempfile.TemporaryDirectory() as temporary:
        for measure in (_release, _reveal):
            folder = Path(temporary) / measure.__name__
            folder.mkdir()
            setup = [*PYTHON, "-m", "core", "setup", "--demo"]
            subprocess.run(setup, check=True, env=environment(folder), capture_output=True)
            with running_server(folder) as server:
                measure(server)


def _compute() -> None:
    rng = np.random.default_rng(1)
    value, weights = rng.normal(70, 10, (200, 8)), rng.dirichlet(np.ones(8) * 10, 9)
    for parts in (0, 3):
        scores = rng.normal(75, 6, (9, 200, parts))
        opinions = Opinions(value, np.zeros(200, dtype=np.int64), weights, scores, np.full(parts, 0.1))
        told = {
            name: 1000 * min(_time(lambda make=make, opinions=opinions: make(opinions)) for _ in range(5))
            for name, make in {
                "agreement": lambda each: measure_agreement(each, 3),
                "proposals": propose_orders,
                "dispute": lambda each: find_dispute(each, 3),
            }.items()
        }
        print(f"9 members x 200 candidates x 8 criteria, {parts} parts: ", {k: f"{v:.0f} ms" for k, v in told.items()})


def _time(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _record(server: Server, number: str, name: str, act: Callable[[object], None], word: bytes) -> tuple[bytes, bytes]:
    """What a browser sends at first on the session's page, and the frame with a word in it that an act makes it send."""
    frames: list[bytes] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        page = browser.new_page(viewport=LAPTOP)
        go(page, server)
        sign_in(page, name, OWN_PASSWORD)
        page.on(
            "websocket",
            lambda socket: socket.on(
                "framesent", lambda sent: frames.append(sent) if isinstance(sent, bytes) else None
            ),
        )
        go(page, server, f"session?session={number}")
        settled(page)
        page.wait_for_timeout(1500)
        first = frames[0]
        act(page)
        for _ in range(100):
            if found := [frame for frame in frames[1:] if word in frame]:
                break
            page.wait_for_timeout(100)
        browser.close()
    return first, found[-1]


def _release(server: Server) -> None:
    number = server.run_beside("tests.sitting", "judging", "ani")

    def let_go(page) -> None:
        page.get_by_role("button", name="Bebas konflik").first.click()
        page.locator(".panel .row").first.wait_for()
        settled(page)
        page.locator(".panel input[type=range]").first.press("ArrowRight")

    first, release = _record(server, number, "citra", let_go, b"tenths")
    cookie = make_cookie(server, ("citra", OWN_PASSWORD))
    seconds = asyncio.run(_let_go_often(server, cookie, first, release))
    print(f"a release while judging, kept in the database: {_say(seconds)}")


async def _let_go_often(server: Server, cookie: str, first: bytes, release: bytes) -> list[float]:
    import random

    own, seconds = random.Random(1), list[float]()
    async with connect(server, cookie) as socket:
        await socket.send(first)
        await _finish(socket)
        for _ in range(60):
            message = BackMsg()
            message.ParseFromString(release)
            for widget in message.rerun_script.widget_states.widgets:
                if widget.json_value and "tenths" in widget.json_value:
                    value = json.loads(widget.json_value)
                    value["weights"]["tenths"] = draw_tenths(own, len(value["weights"]["tenths"]))
                    widget.json_value = json.dumps(value)
            began = time.perf_counter()
            await socket.send(message.SerializeToString())
            await _finish(socket)
            seconds.append(time.perf_counter() - began)
    return seconds[5:]


async def _finish(socket) -> list[str]:
    """Read until a run has ended well; the texts it drew."""
    texts: list[str] = []
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), 120))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.HasField("new_element"):
            element = message.delta.new_element
            if element.WhichOneof("type") == "markdown":
                texts.append(element.markdown.body)
        if kind == "script_finished":
            name = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
            if "SUCCESSFULLY" in name:
                return texts


def _reveal(server: Server) -> None:
    number = server.run_beside("tests.sitting", "judging", *NAMES)

    def change(page) -> None:
        server.run_beside("tests.sitting", "presence", number)

    first, told = _record(server, number, "budi", change, b"follower")
    cookies = [make_cookie(server, (NAMES[at % len(NAMES)], OWN_PASSWORD)) for at in range(SCREENS)]
    seconds, idle = asyncio.run(_wait_for_reveal(server, number, cookies, first, told))
    print(f"{SCREENS} screens that wait: {100 * idle:.1f} % of a core")
    print(f"the reveal on {SCREENS} screens, from its commit to the end of the page's run: {_say(seconds)}")


async def _wait_for_reveal(
    server: Server, number: str, cookies: list[str], first: bytes, told: bytes
) -> tuple[list[float], float]:
    ready, begin = asyncio.Barrier(len(cookies) + 1), asyncio.Event()
    numbers: list[int] = []

    async def screen(cookie: str) -> float:
        async with (
            connect(server, cookie) as socket,
            httpx.AsyncClient(base_url=server.url, headers={"Cookie": cookie}, timeout=60) as browser,
        ):
            await socket.send(first)
            await _finish(socket)
            address = f"/session/follow?session={number}&after="
            event = (await browser.get(f"{address}0")).json()["event"]
            numbers.append(event)
            await ready.wait()
            now = event
            while now == event:
                now = (await browser.get(f"{address}{event}")).json()["event"]
            message = BackMsg()
            message.ParseFromString(told)
            for widget in message.rerun_script.widget_states.widgets:
                if "follower" in widget.id and widget.WhichOneof("value") == "json_trigger_value":
                    widget.json_trigger_value = json.dumps({"event": now})
            await socket.send(message.SerializeToString())
            while not any("%" in text or "peringkat" in text for text in await _finish(socket)):
                pass
            begin.set()
            return time.time()

    tasks = [asyncio.create_task(screen(cookie)) for cookie in cookies]
    await ready.wait()
    await asyncio.sleep(2)
    before = read_processor(server.pid)
    await asyncio.sleep(15)
    idle = (read_processor(server.pid) - before) / 15
    committed = float(await asyncio.to_thread(server.run_beside, "tests.sitting", "reveal", number))
    return [await task - committed for task in tasks], idle


if __name__ == "__main__":
    main()
