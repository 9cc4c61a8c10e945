"""The panel in a browser: input to paint, beside LineUp.js on the same rows in the same browser."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
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
        for people in (500, 15_000, 100_000):
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
    busy = _busy_of(page)
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


#: Moves the point a step a frame, from inside the page: a mouse driven from outside waits for two frames a step.
_MAP = """
async ({ steps, x, y }) => {
  const canvas = document.getElementById("host").shadowRoot.querySelector(".map canvas");
  const began = performance.now();
  for (let step = 0; step < steps; step++) {
    const at = { clientX: x + ((step * 5) % 90), clientY: y - ((step * 3) % 90), bubbles: true };
    canvas.dispatchEvent(new PointerEvent("pointermove", at));
    await new Promise(requestAnimationFrame);
  }
  return (1000 * steps) / (performance.now() - began);
}
"""


def mapping(browser: Browser) -> None:
    """The point of the map of two weights dragged 240 steps: frames a second, and what the main thread does for each."""
    for people in (500, 15_000):
        page = _blank(browser)
        script = join_scripts("panel").replace("export default function", "function mountPanel")
        page.add_script_tag(content=f"{script}\n{_PAGE}")
        page.evaluate("(all) => startPanel(...all)", [PANEL_HTML, PANEL_CSS, people, PARTS])
        page.locator(".map summary").click()
        canvas = page.locator(".map canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        busy = _busy_of(page)
        page.mouse.move(box["x"] + 40, box["y"] + 240)
        page.mouse.down()
        before, steps = busy(), 240
        frames = page.evaluate(_MAP, {"steps": steps, "x": box["x"] + 40, "y": box["y"] + 240})
        work = (busy() - before) / steps
        page.mouse.up()
        print(
            f"map of two weights, {people} people: {frames:.0f} frames a second, {work:.1f} ms of the main thread each"
        )
        page.close()


def _busy_of(page: Page) -> Callable[[], float]:
    """How long the main thread has been at script, layout and style, in milliseconds."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def busy() -> float:
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        return 1000 * sum(metrics[name] for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration"))

    return busy


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
