"""The grid, the profile and finding people in a browser; what page switches leave in its memory."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.timing import report
from tests.browser.conftest import CHROMIUM, LAPTOP, Server, environment, go, running_server, settled, sign_in
from tests.conftest import PYTHON

_TIMES = 7
_SWITCHES = 200


def looking(browser: Browser, server: Server, people: int) -> None:
    """Everything at one size; the first of each is not counted, as the server builds its shared tables then."""
    page = browser.new_page(viewport=LAPTOP)
    received = [0]
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: _add(received, data)))
    go(page, server)
    sign_in(page, *server.password("member"))
    before = received[0]
    _visit(page, "Kotak talenta")
    print(f"  websocket at the first visit {(received[0] - before) / 1e6:.2f} MB")
    first = []
    for _ in range(_TIMES):
        _visit(page, "Beranda")
        first.append(_visit(page, "Kotak talenta"))
    report(f"grid first seen, {people} people", first, "ms")
    # What is typed is not what was found before: nothing of the picture can be kept from then.
    report(f"filter to picture, {people} people", _filters(page), "ms")
    report(f"box to its people, {people} people", _boxes(page), "ms")
    report(f"profile, {people} people", _profiles(page, server), "ms")
    print(f"  memory after {_SWITCHES} page switches: {_memory(page):+.1f} MB")
    page.close()


def _add(received: list[int], data: str | bytes) -> None:
    received[0] += len(data)


def _clock(page: Page, act: Callable[[], object], changed: str) -> float:
    """Milliseconds from an act until a condition on the page holds and Streamlit rests, as the browser sees it."""
    start = time.perf_counter()
    act()
    page.wait_for_function(changed)
    settled(page)
    return 1000 * (time.perf_counter() - start)


def _visit(page: Page, name: str) -> float:
    link = page.get_by_role("link", name=name, exact=True).first
    chart = "&& document.querySelector('[data-testid=stVegaLiteChart] canvas')" if name == "Kotak talenta" else ""
    return _clock(page, link.click, f"document.querySelector('h1')?.textContent.trim() === {name!r} {chart}")


def _heading(page: Page) -> str:
    return page.get_by_role("heading", level=3).first.text_content() or ""


def _other_heading(page: Page) -> str:
    return f"(document.querySelector('h3')?.textContent ?? '') !== {_heading(page)!r}"


def _filters(page: Page) -> list[float]:
    field, took = page.get_by_label("Cari", exact=True), []
    for text in ("dinas", "camat", "badan", "kepala", "seksi", "sekre", "bidang"):
        field.fill(text)
        took.append(_clock(page, lambda: field.press("Enter"), _other_heading(page)))
    field.fill("")
    _clock(page, lambda: field.press("Enter"), _other_heading(page))
    return took[1:]


def _boxes(page: Page) -> list[float]:
    took = []
    chart = page.locator("[data-testid=stVegaLiteChart] canvas").first
    place = chart.bounding_box()
    assert place
    # Beside the number in a box's corner, where no dot stands.
    for column, row in ((2, 0), (1, 0), (1, 1), (2, 1), (0, 1), (0, 2)):
        x = place["x"] + 78 + (place["width"] - 81) * (column + 0.31) / 3
        y = place["y"] + 5 + 106 * (row + 0.08)
        changed = _other_heading(page)
        took.append(_clock(page, lambda x=x, y=y: page.mouse.click(x, y), changed))
    return took[1:]


def _profiles(page: Page, server: Server) -> list[float]:
    nips = [
        line.split(",")[1]
        for line in server.command("rank", "dinas-kominfo", "--format", "csv").stdout.splitlines()[1 : _TIMES + 1]
    ]
    took = []
    for nip in nips:
        page.get_by_role("combobox", name="Cari orang").fill(nip)
        found = page.get_by_role("option").filter(has_text=nip).first
        found.wait_for()
        settled(page)
        took.append(_clock(page, found.click, f"document.body.innerText.includes('NIP {nip}')"))
    return took[1:]


def _memory(page: Page) -> float:
    """Growth of the heap in MB after collecting, from the twentieth switch to the last."""
    session = page.context.new_cdp_session(page)

    def heap() -> float:
        session.send("HeapProfiler.collectGarbage")
        return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6

    names = ("Beranda", "Kotak talenta", "Suksesi", "Profil", "Data")
    for at in range(20):
        _visit(page, names[at % len(names)])
    before = heap()
    for at in range(_SWITCHES):
        _visit(page, names[at % len(names)])
    return heap() - before


def main() -> None:
    """Both sizes, each on an installation of its own."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        for people in (650, 15_000):
            folder = Path(temporary) / str(people)
            folder.mkdir()
            subprocess.run(
                [*PYTHON, "-m", "core", "setup", "--demo", "--people", str(people)],
                check=True,
                env=environment(folder),
                capture_output=True,
            )
            with running_server(folder) as server:
                looking(browser, server, people)
        browser.close()


if __name__ == "__main__":
    main()
