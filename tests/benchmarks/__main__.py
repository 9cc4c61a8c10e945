"""``make bench``: measure what ``docs/benchmarks.md`` reports, print a table.

Nothing here passes or fails; the figures go into the document by hand, with the machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from core.talent.ranking import rank
from core.ui.live_ranking import _FOLDER, _PANEL_JS, RANKING_JS
from tests.benchmarks import decade
from tests.benchmarks.timing import report, timed
from tests.browser.conftest import CHROMIUM, LAPTOP, Server, environment, go, running_server, settled, sign_in
from tests.conftest import PYTHON

PEOPLE = (650, 15_000)
_WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
_PANEL = (Path(__file__).parent / "panel_page.js").read_text(encoding="utf-8")


def main() -> None:
    """All figures, the quick ones first."""
    ranking()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        for people in (500, 15_000):
            drag(browser, people)
        for people in PEOPLE:
            folder = Path(temporary) / str(people)
            folder.mkdir()
            importing(folder, people)
            review(folder, people)
            with running_server(folder) as server:
                switching(browser, server, people)
        browser.close()
    decade.main()


def ranking() -> None:
    """The server's ranking beside the bare matrix product and sort, in one run."""
    for people in (500, 15_000):
        generator = np.random.default_rng(1)
        matrix = np.asfortranarray(generator.uniform(0, 100, (people, 8)))
        weights = generator.dirichlet(np.ones(8))
        groups = np.zeros(people, dtype=np.int64)
        ours = timed(lambda m=matrix, w=weights, g=groups: rank(m, w, g), 50)
        floor = timed(lambda m=matrix, w=weights: np.argsort(-(m @ w), kind="stable"), 50)
        report(f"rank {people} people, 8 parts", ours, "ms")
        report(f"  bare matrix product and sort of {people}", floor, "ms")
        print(f"  ratio of medians {statistics.median(ours) / statistics.median(floor):.2f}")


def drag(browser: Browser, people: int) -> None:
    """The panel alone in a page: a thumb moves 120 steps; input event to painted frame, and work."""
    page = browser.new_page(viewport=LAPTOP)
    page.goto("about:blank")
    page.set_content("<div id=host style='width:1200px'></div>")
    html, css = ((_FOLDER / f"live_ranking.{kind}").read_text(encoding="utf-8") for kind in ("html", "css"))
    script = f"{RANKING_JS}\n{_PANEL_JS}".replace("export default function", "function mountPanel").replace(
        "export function", "function"
    )
    page.add_script_tag(content=f"{script}\n{_PANEL}")
    page.evaluate("([html, css, people, parts]) => startPanel(html, css, people, parts)", [html, css, people, 8])
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def busy() -> float:
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        return 1000 * sum(metrics[name] for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration"))

    slider = page.locator("input[type=range]").first
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 12)
    page.mouse.down()
    before = busy()
    steps = 120
    for step in range(steps):
        page.mouse.move(box["x"] + 60 + (step * 7) % 160, box["y"] + 12)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    work = (busy() - before) / steps
    page.mouse.up()
    report(f"drag, {people} people, 8 criteria: input to paint", page.evaluate("() => window.latencies"), "ms")
    print(f"  main-thread work per step (script, style, layout) {work:.1f} ms")
    page.close()


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
    for label, names in (("SIASN data utama", ["siasn_data_utama.xlsx"]), ("all 13 files", sorted(os.listdir(files)))):
        start = time.perf_counter()
        process = subprocess.Popen(
            [*PYTHON, "-m", "core", "import", *(str(files / name) for name in names)],
            env=environment(folder),
            stdout=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        seconds = time.perf_counter() - start
        print(f"import of {people} people, {label}: {seconds:.1f} s, {usage.ru_maxrss / 1024:.0f} MB resident")


def review(folder: Path, people: int) -> None:
    """Building the shared review from the store, once for a data version."""
    code = (
        "import time; from core.service import installation, reviewing; e = installation.engine(); reviewing.review_key(e)\n"
        "for _ in range(3):\n start = time.perf_counter(); reviewing.review(e); print(time.perf_counter() - start)"
    )
    done = subprocess.run([*PYTHON, "-c", code], check=True, env=environment(folder), capture_output=True, text=True)
    report(f"review of {people} people from the store", [1000 * float(line) for line in done.stdout.split()], "ms")


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
