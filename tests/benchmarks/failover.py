"""A process is killed under thirty members: how long until each is back at the other, and a page in a real browser.

``python -m tests.benchmarks.failover``; nginx with the installation's own configuration before two processes.
"""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import websockets
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, LAPTOP, environment, running_server, settled, sign_in
from tests.browser.test_gate import first_messages, session_of
from tests.browser.test_two_processes import PATH, Office, running_nginx
from tests.conftest import PYTHON

MEMBERS = 30


def main() -> None:
    """Members first, then a browser, each with two fresh processes."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "local"
        folder.mkdir()
        setup = [*PYTHON, "-m", "core", "setup", "--demo"]
        subprocess.run(setup, check=True, env=environment(folder), capture_output=True)
        for measure in (_members, _browser):
            with ExitStack() as stack:
                processes = [stack.enter_context(running_server(folder)) for _ in range(2)]
                ports = [int(process.url.rsplit(":", 1)[1]) for process in processes]
                place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                _, port = stack.enter_context(running_nginx(place, ports))
                measure(Office(f"https://localhost:{port}", port, processes))


def _members(office: Office) -> None:
    credentials = office.processes[0].password("member")
    cookies = [office.sign_in(credentials) for _ in range(MEMBERS)]
    back = asyncio.run(_meet(office, cookies))
    print(
        f"{len(back)} of {MEMBERS} members were at the killed process; back and drawn after at most {max(back):.1f} s"
    )


async def _meet(office: Office, cookies: list[str]) -> list[float]:
    killed: list[float] = []
    ready = asyncio.Barrier(len(cookies) + 1)

    async def stay(cookie: str) -> float | None:
        async with office.connect(cookie) as socket:
            session = session_of(await first_messages(socket))
            await ready.wait()
            try:
                async with asyncio.timeout(8):
                    while True:
                        await socket.recv()
            except TimeoutError:
                return None  # at the other process: never noticed
            except websockets.ConnectionClosed:
                pass
        while True:
            try:
                async with office.connect(cookie, session) as socket:
                    await first_messages(socket)
                    return time.monotonic() - killed[0]
            except (OSError, websockets.InvalidStatus, websockets.ConnectionClosed):
                await asyncio.sleep(0.2)

    waiting = [asyncio.create_task(stay(cookie)) for cookie in cookies]
    await ready.wait()
    killed.append(time.monotonic())
    office.processes[0].kill()
    return [seconds for seconds in await asyncio.gather(*waiting) if seconds is not None]


def _browser(office: Office) -> None:
    credentials = office.processes[0].password("member")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        page = browser.new_context(ignore_https_errors=True, viewport=LAPTOP).new_page()
        page.goto(f"{office.url}/{PATH}")
        sign_in(page, *credentials)
        page.locator(".panel .row .share:not(:empty)").first.wait_for()
        settled(page)
        holder = next(process for process in office.processes if process.open_connections())
        other = next(process for process in office.processes if process is not holder)
        start, dialog = time.monotonic(), 0.0
        holder.kill()
        while not other.open_connections():
            if page.get_by_role("dialog").count():
                dialog = dialog or time.monotonic()
            page.wait_for_timeout(50)
        back = time.monotonic()
        page.get_by_role("dialog").wait_for(state="detached")
        shown = time.monotonic() - dialog if dialog else 0.0
        print(f"a browser is back after {back - start:.1f} s; a dialog was seen for {shown:.1f} s")
        browser.close()


if __name__ == "__main__":
    main()
