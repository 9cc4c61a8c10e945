"""``make bench``: measure what ``docs/benchmarks.md`` reports, print a table.

Nothing here passes or fails; the figures go into the document by hand, with the machine.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks import grid, panel
from tests.benchmarks.timing import report
from tests.browser.conftest import CHROMIUM, LAPTOP, Server, environment, go, running_server, settled, sign_in
from tests.conftest import PYTHON

PEOPLE = (650, 15_000)
_WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
_RELEASE = (Path(__file__).parent / "release.js").read_text(encoding="utf-8")


def main() -> None:
    """All figures, the quick ones first.

    What is measured alone is a process of its own: the memory of a process counts what its parent had taken.
    """
    for part in (
        "what_if",
        "placement",
        "decade",
        "members",
        "sessions",
        "committee",
        "replay",
        "phone",
        "hundred_thousand",
    ):
        subprocess.run([*PYTHON, "-m", f"tests.benchmarks.{part}"], check=True, env=_own_environment())
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        panel.dragging(browser)
        panel.mapping(browser)
        for people in PEOPLE:
            folder = Path(temporary) / str(people)
            folder.mkdir()
            importing(folder, people)
            review(folder, people)
            alarm(folder)
            with running_server(folder) as server:
                releasing(browser, server, people)
                switching(browser, server, people)
                grid.looking(browser, server, people)
        browser.close()


def _own_environment() -> dict[str, str]:
    """The environment without the kernels of OpenBLAS that some machines are set to."""
    return {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}


def importing(folder: Path, people: int) -> None:
    """Whole processes: import of SIASN data utama alone, then of all files."""
    subprocess.run([*PYTHON, "-m", "core", "setup"], check=True, env=environment(folder), capture_output=True)
    files = folder / "files"
    subprocess.run(
        [*PYTHON, "-m", "core", "demo-files", str(files), "--people", str(people)],
        check=True,
        env=environment(folder),
        capture_output=True,
    )
    for label, names in (("SIASN data utama", ["siasn_data_utama.xlsx"]), ("all files", sorted(os.listdir(files)))):
        start = time.perf_counter()
        process = subprocess.Popen(
            [*PYTHON, "-m", "core", "import", "--yes", *(str(files / name) for name in names)],
            env=environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        seconds = time.perf_counter() - start
        print(f"import of {people} people, {label}: {seconds:.1f} s, {usage.ru_maxrss / 1024:.0f} MB resident")


def review(folder: Path, people: int) -> None:
    """Building the shared review from the store, once for a data version."""
    code = (
        "import time; from core.service import installation; from core.service.review import get_review_key, load_review; e = installation.open_configured_engine(); get_review_key(e)\n"
        "for _ in range(3):\n start = time.perf_counter(); load_review(e); print(time.perf_counter() - start)"
    )
    done = subprocess.run([*PYTHON, "-c", code], check=True, env=environment(folder), capture_output=True, text=True)
    report(f"review of {people} people from the store", [1000 * float(line) for line in done.stdout.split()], "ms")


def alarm(folder: Path) -> None:
    """The fit of candidates, and how often the alarm is wrong, on the invented regency of this size."""
    code = "from tests.benchmarks import what_if; what_if.fits(); what_if.alarm()"
    done = subprocess.run([*PYTHON, "-c", code], check=True, env=environment(folder), capture_output=True, text=True)
    print(done.stdout, end="")


def releasing(browser: Browser, server: Server, people: int) -> None:
    """Letting go of a thumb to the confirmed order, and to how firm it is; bytes the page takes."""
    page: Page = browser.new_page(viewport=LAPTOP)
    received = {"bytes": 0}
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda content: received.update(bytes=received["bytes"] + len(content)),
        ),
    )
    go(page, server)
    sign_in(page, *server.password("member"))
    for post in ("dinas-kominfo", "semua"):
        settled(page)
        go(page, server, f"ranking?post={post}&order=score")
        page.locator(".panel .row .share:not(:empty)").first.wait_for(timeout=60_000)
        settled(page)
        received["bytes"] = 0
        page.reload()
        page.locator(".panel .row .share:not(:empty)").first.wait_for(timeout=60_000)
        settled(page)
        print(f"payload of the ranking of {post}, {people} people: {received['bytes'] / 1e6:.2f} MB by websocket")
        page.evaluate(_RELEASE)
        confirmed, firm = [], []
        slider = page.locator("#weight-qualification").bounding_box()
        received["bytes"] = 0
        for turn in range(11):
            x = slider["x"] + 9 + (0.15 + 0.05 * (turn % 7)) * (slider["width"] - 18)
            page.evaluate("() => window.arm()")
            page.mouse.move(slider["x"] + 30 + turn, slider["y"] + 12)
            page.mouse.down()
            page.mouse.move(x, slider["y"] + 12, steps=3)
            page.mouse.up()
            page.wait_for_function("() => window.told.firm", timeout=60_000)
            if turn:
                times = page.evaluate("() => window.told")
                confirmed.append(times["confirmed"])
                firm.append(times["firm"])
            settled(page)
            page.wait_for_timeout(300)
        report(f"release to confirmed order, {post}, {people} people", confirmed, "ms")
        report(f"release to how firm it is, {post}, {people} people", firm, "ms")
        print(f"  received a release: {received['bytes'] / 11 / 1000:.0f} kB")
    page.close()


def switching(browser: Browser, server: Server, people: int) -> None:
    """Click on a page's link to the last change on screen."""
    account = server.password("member")
    page: Page = browser.new_page(viewport=LAPTOP)
    go(page, server)
    sign_in(page, *account)
    links = ("Kotak talenta", "Peringkat & bobot", "Suksesi", "Data", "Beranda")
    page.evaluate(_WATCH)
    times: dict[str, list[float]] = {link: [] for link in links}
    for turn in range(6):
        for link in links:
            settled(page)
            page.wait_for_timeout(700)
            page.get_by_role("link", name=link, exact=True).first.click()
            page.get_by_role("heading", name=link, level=1, exact=True).wait_for()
            settled(page)
            page.wait_for_timeout(1500)
            if turn:  # the first turn loads code and builds what is kept
                times[link].append(page.evaluate("() => window.lastChange - window.clicked"))
    for link, values in times.items():
        report(f"switch to {link}, {people} people", values, "ms")
    report(f"switch, all pages, {people} people", [value for values in times.values() for value in values], "ms")
    page.close()


if __name__ == "__main__":
    main()
