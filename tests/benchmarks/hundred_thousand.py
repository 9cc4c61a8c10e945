"""A hundred thousand people: the review, and the page that ranks them all. ``python -m tests.benchmarks.hundred_thousand``.

The panel's own part, beside LineUp.js, is in ``panel``. Inventing and importing them takes three minutes.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.benchmarks.sessions import read_resident
from tests.browser.conftest import CHROMIUM, LAPTOP, environment, go, running_server, settled, sign_in
from tests.conftest import PYTHON

PEOPLE = 100_000
#: So many people are more than the settings that ship take in one file.
_LARGE = {
    "MANTEL_READ_SECONDS": "600",
    "MANTEL_READ_MEMORY_MB": "6000",
    "MANTEL_MAX_UNPACKED_MB": "9000",
    "MANTEL_MAX_CELLS": "200000000",
}
_REVIEW = (
    "import resource, time; from core.service import installation; from core.service.review import load_review\n"
    "engine = installation.open_configured_engine(); start = time.perf_counter(); load_review(engine)\n"
    "print(f'{time.perf_counter() - start:.1f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB')"
)


def main() -> None:
    """Invent, import, build, look."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        around = {**environment(folder), **_LARGE}
        start = time.perf_counter()
        setup = [*PYTHON, "-m", "core", "setup", "--demo", "--people", str(PEOPLE)]
        subprocess.run(setup, check=True, env=around, capture_output=True)
        print(f"{PEOPLE} people invented and imported in {time.perf_counter() - start:.0f} s")
        done = subprocess.run([*PYTHON, "-c", _REVIEW], check=True, env=around, capture_output=True, text=True)
        print(f"review of {PEOPLE} people from the store: {done.stdout.strip()}")
        _look(folder)


def _look(folder: Path) -> None:
    with running_server(folder) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        page = browser.new_page(viewport=LAPTOP)
        received = [0]
        page.on("websocket", lambda socket: socket.on("framereceived", lambda data: _add(received, data)))
        go(page, server)
        sign_in(page, *server.password("member"))
        settled(page)
        received[0] = 0
        go(page, server, "ranking?post=semua&order=score")
        page.locator(".panel .row .share:not(:empty)").first.wait_for(timeout=120_000)
        settled(page)
        print(f"ranking of everybody: {received[0] / 1e6:.2f} MB, {read_resident(server.pid)} MB resident")
        browser.close()


def _add(received: list[int], data: str | bytes) -> None:
    received[0] += len(data)


if __name__ == "__main__":
    main()
