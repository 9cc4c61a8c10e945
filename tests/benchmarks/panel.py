"""The panel in a browser: input to paint, beside LineUp.js on the same rows in the same browser."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tarfile
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from core.ui.ranking.panel import PANEL_CSS, PANEL_HTML
from core.ui.ranking.panel.join import join_scripts
from tests.benchmarks.timing import report
from tests.browser.conftest import LAPTOP

_PAGE = (Path(__file__).parent / "panel_page.js").read_text(encoding="utf-8")
_LINEUP = "lineupjs@4.16.0"
PARTS = 8


def dragging(browser: Browser) -> None:
    """Both programs at both sizes; without npm only ours."""
    with tempfile.TemporaryDirectory() as temporary:
        lineup = _lineup(Path(temporary))
        for people in (500, 15_000):
            ours = _drag(browser, people)
            if lineup is None:
                print("  LineUp.js: not measured, npm is missing")
                continue
            theirs = _lineup_steps(browser, lineup, people)
            print(f"  LineUp.js over ours, ratio of medians {statistics.median(theirs) / statistics.median(ours):.1f}")


def _blank(browser: Browser) -> Page:
    page = browser.new_page(viewport=LAPTOP)
    page.goto("about:blank")
    page.set_content("<div id=host style='width:1200px;height:600px'></div>")
    return page


def _drag(browser: Browser, people: int) -> list[float]:
    """A thumb moves 120 steps; input event to painted frame, and what the main thread does for it."""
    page = _blank(browser)
    script = join_scripts("panel").replace("export default function", "function mountPanel")
    page.add_script_tag(content=f"{script}\n{_PAGE}")
    page.evaluate("(all) => startPanel(...all)", [PANEL_HTML, PANEL_CSS, people, PARTS])
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def busy() -> float:
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        return 1000 * sum(metrics[name] for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration"))

    box = page.locator("input[type=range]").first.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 12)
    page.mouse.down()
    before, steps = busy(), 120
    for step in range(steps):
        page.mouse.move(box["x"] + 60 + (step * 7) % 160, box["y"] + 12)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    work = (busy() - before) / steps
    page.mouse.up()
    latencies = page.evaluate("() => window.latencies")
    report(f"drag, {people} people, {PARTS} criteria: input to paint", latencies, "ms")
    print(f"  main-thread work per step (script, style, layout) {work:.1f} ms")
    page.close()
    return latencies


def mapping(browser: Browser) -> None:
    """The point of the map of two weights dragged 120 steps: pointer event to painted frame, and frames a second."""
    for people in (500, 15_000):
        page = _blank(browser)
        script = join_scripts("panel").replace("export default function", "function mountPanel")
        page.add_script_tag(content=f"{script}\n{_PAGE}")
        page.evaluate("(all) => startPanel(...all)", [PANEL_HTML, PANEL_CSS, people, PARTS])
        page.locator(".map summary").click()
        canvas = page.locator(".map canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        page.mouse.move(box["x"] + 40, box["y"] + 240)
        page.mouse.down()
        page.evaluate("() => { window.latencies = []; window.began = performance.now(); }")
        steps = 120
        for step in range(steps):
            page.mouse.move(box["x"] + 40 + (step * 5) % 90, box["y"] + 240 - (step * 3) % 90)
            page.evaluate("() => new Promise(requestAnimationFrame)")
        seconds = page.evaluate("() => performance.now() - window.began") / 1000
        page.mouse.up()
        report(f"map of two weights, {people} people: pointer to paint", page.evaluate("() => window.latencies"), "ms")
        print(f"  {steps / seconds:.0f} frames a second, each waited for")
        page.close()


def _lineup(folder: Path) -> Path | None:
    """LineUp's build as its package ships it."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    subprocess.run([npm, "pack", "--silent", _LINEUP], cwd=folder, check=True, capture_output=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package" / "build"


def _lineup_steps(browser: Browser, build: Path, people: int) -> list[float]:
    page = _blank(browser)
    page.add_style_tag(path=build / "LineUpJS.css")
    page.add_script_tag(path=build / "LineUpJS.js")
    page.add_script_tag(content=_PAGE)
    page.evaluate("(all) => startLineUp(...all)", [people, PARTS])
    page.wait_for_timeout(3000)
    for step in range(31):
        page.evaluate("(all) => stepLineUp(...all)", [0.05 + 0.85 * ((step * 7) % 30) / 30, PARTS])
    latencies = page.evaluate("() => window.latencies")[1:]
    report(f"LineUp.js 4.16, {people} people, {PARTS} criteria: new weights to paint", latencies, "ms")
    page.close()
    return latencies
