"""``make shots``: a picture of every page at both sizes in both languages, into shots/."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from core.settings import ROOT
from core.ui.guide import picture_of
from core.ui.shell import PAGES
from core.ui.succession.views import VIEWS
from tests.browser.conftest import CHROMIUM, Server, environment, go, running_server, settled, sign_in
from tests.conftest import PYTHON

SIZES = ((1366, 768), (1920, 1080))


def main() -> None:
    """Draw everything on an installation of its own."""
    folder = ROOT / "shots"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        local = Path(temporary)
        subprocess.run(
            [*PYTHON, "-m", "core", "setup", "--demo"], check=True, env=environment(local), capture_output=True
        )
        with running_server(local) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**CHROMIUM)
            account = server.password("administrator")
            for language in ("id", "en"):
                _guide(browser, server, account, language)
            for size in SIZES:
                for language in ("id", "en"):
                    _shoot(browser, server, account, size, language, folder)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.relative_to(ROOT)}/")


def _guide(browser: Browser, server: Server, account: tuple[str, str], language: str) -> None:
    """The pictures of the guide, small enough to travel with it."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    go(page, server, f"?language={language}")
    sign_in(page, *account)
    addresses = {
        "overview": "",
        "ranking": "ranking?post=dinas-kominfo&weights=300.100.200.100.200.100",
        "explanation": "ranking?post=dinas-kominfo",
        "talent_grid": "talent_grid?box=9",
        "succession": "succession",
        "data": "data",
        "quality": "quality",
        "rubrics": "rubrics",
    }
    for name, address in addresses.items():
        go(page, server, f"{address}{'&' if '?' in address else '?'}language={language}")
        if name == "explanation":
            page.locator(".panel .row .name").first.click()
            page.get_by_role("dialog").wait_for()
        page.wait_for_timeout(1500)  # charts fade in; nothing is asserted here
        page.screenshot(path=picture_of(name, language), type="jpeg", quality=72)
    page.close()


def _shoot(
    browser: Browser, server: Server, account: tuple[str, str], size: tuple[int, int], language: str, folder: Path
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    suffix = f"{size[0]}_{language}.png"
    go(page, server, f"?language={language}")
    page.screenshot(path=folder / f"sign_in_{suffix}")
    sign_in(page, *account)
    for name, _, _ in PAGES:
        go(page, server, f"{'' if name == 'overview' else name}?language={language}")
        page.wait_for_timeout(1500)  # charts fade in; nothing is asserted here
        page.screenshot(path=folder / f"{name}_{suffix}")
    go(page, server, f"ranking?language={language}&weights=100.100.100.100.500.100&order=score")
    page.locator(".panel .row").first.wait_for()
    page.screenshot(path=folder / f"ranking_simulation_{suffix}")
    nip = server.command("rank", "dinas-kominfo", "--format", "csv").stdout.splitlines()[1].split(",")[1]
    go(page, server, f"talent_grid?language={language}&person={nip}&box=9")
    page.wait_for_timeout(1500)
    page.screenshot(path=folder / f"talent_grid_person_{suffix}")
    go(page, server, f"candidate?language={language}&nip={nip}&post=dinas-kominfo")
    page.wait_for_timeout(1500)
    page.screenshot(path=folder / f"candidate_person_{suffix}")
    for look in VIEWS:
        go(page, server, f"succession?language={language}&look={look}")
        page.wait_for_timeout(1500)
        page.screenshot(path=folder / f"succession_{look}_{suffix}")
    go(page, server, f"talent_grid?language={language}&colour=readiness&period=2025")
    page.wait_for_timeout(1500)
    page.screenshot(path=folder / f"talent_grid_2025_{suffix}")
    settled(page)
    page.close()


if __name__ == "__main__":
    main()
