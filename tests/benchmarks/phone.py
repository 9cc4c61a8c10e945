"""How soon a telephone says whether a paper is real: from opening the address of its code to the answer in sight.

``python -m tests.benchmarks.phone``. Chromium as a telephone of 390 x 844 whose processor is slowed down six times and whose
network has 100 ms of latency and 5 Mbit/s; each time in a browser that has seen nothing yet.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from core.papers.statement import find_token
from tests.browser.conftest import CHROMIUM, Server, running_server
from tests.commands import run_command

TIMES, SLOWER = 15, 6


def main() -> None:
    """The middle and the slowest of fifteen, by the code, and by number and day on a page that is open."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "local"
        folder.mkdir()
        made = run_command("setup", "--demo", folder=folder)
        assert made.returncode == 0, made.stderr
        with running_server(folder) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**CHROMIUM)
            session = server.run_beside("tests.sitting", "whole")
            file = Path(temporary) / "surat.pdf"
            issued = json.loads(server.run_beside("tests.sitting", "issue", session, "announcement", str(file)))
            address = f"{server.url}/periksa#{find_token(file.read_bytes())}"
            _say("by code, from nothing", [_ask(browser, address) for _ in range(TIMES)])
            typed = [_type(browser, server, issued["number"], issued["day"]) for _ in range(TIMES)]
            _say("by number and day, page open", typed)
            browser.close()


def _open(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    speed = 5_000_000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 100, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    return page


def _ask(browser: Browser, address: str) -> float:
    page = _open(browser)
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("#answer", has_text="Sah:").wait_for()
    took = time.perf_counter() - began
    page.context.close()
    return took


def _type(browser: Browser, server: Server, number: str, day: str) -> float:
    page = _open(browser)
    page.goto(f"{server.url}/periksa")
    page.locator("#number").fill(number)
    page.locator("#day").fill(day)
    began = time.perf_counter()
    page.locator("#typed button").click()
    page.locator("#answer", has_text="Tercatat:").wait_for()
    took = time.perf_counter() - began
    page.context.close()
    return took


def _say(what: str, times: list[float]) -> None:
    print(f"{what}: median {1000 * median(times):.0f} ms, slowest {1000 * max(times):.0f} ms")


if __name__ == "__main__":
    main()
