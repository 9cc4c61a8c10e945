"""A real server and a real browser, shared by the tests of a worker."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from core.settings import ROOT
from core.ui.sign_in import SIGN_IN
from tests.commands import run_command
from tests.conftest import PYTHON, free_port
from tests.signed_in import OWN_PASSWORD

#: Chromium as Debian packages it; nothing it would do on its own may reach out.
CHROMIUM = {
    "executable_path": shutil.which("chromium-headless-shell"),
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ],
}
LAPTOP = {"width": 1366, "height": 768}
#: Milliseconds any expectation of a browser's test waits at most: generous, because a loaded machine is slow, not wrong.
WAIT = 60_000
expect.set_options(timeout=WAIT)


@dataclass(frozen=True)
class Server:
    """A running Mantel with its folder."""

    url: str
    folder: Path
    pid: int
    database: str = ""

    def kill(self) -> None:
        """End the process as a failing machine does."""
        os.kill(self.pid, signal.SIGKILL)

    def open_connections(self) -> int:
        """How many pages are open at this process."""
        with urllib.request.urlopen(f"{self.url}/metrics", timeout=60) as answer:
            line = next(line for line in answer.read().decode().splitlines() if line.startswith("mantel_open_pages "))
        return int(float(line.split()[1]))

    def password(self, role: str) -> tuple[str, str]:
        """A user of a role with a password of their own."""
        name = f"{role}-{time.monotonic_ns()}"[:31]
        return name, self.run_signed_in("add", name, role, f"Nama {role}")

    def run_signed_in(self, *words: str) -> str:
        """Run ``tests.signed_in`` on the server's data."""
        return self.run_beside("tests.signed_in", *words)

    def run_beside(self, module: str, *words: str) -> str:
        """Run a module of the tests on the server's data; what it printed."""
        command = [*PYTHON, "-m", module, *words]
        done = subprocess.run(
            command, check=True, cwd=ROOT, env=environment(self.folder, self.database), capture_output=True, text=True
        )
        return done.stdout.strip()

    def command(self, *words: str) -> subprocess.CompletedProcess:
        """Run a command on the server's data."""
        done = run_command(*words, folder=self.folder, MANTEL_DATABASE_URL=self.database)
        assert done.returncode == 0, done.stderr
        return done


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """The environment of a server or command on a folder, and a database elsewhere."""
    return {**os.environ, "MANTEL_LOCAL_DIR": str(folder), "MANTEL_DATABASE_URL": database}


@contextmanager
def running_server(folder: Path, database: str = "", port: int = 0, arguments: Sequence[str] = ()) -> Iterator[Server]:
    """Start Mantel on a folder, wait until it answers, stop it at the end."""
    port = port or free_port()
    command = [*PYTHON, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1", "--server.port", str(port)]
    command += arguments
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(folder, database), stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            except (urllib.error.URLError, OSError):
                assert process.poll() is None, (folder / "server.log").read_text()
                time.sleep(0.1)
        yield Server(url, folder, process.pid, database)
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def server(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with the demo regency for all tests of a worker."""
    folder = tmp_path_factory.mktemp("server") / "local"
    shutil.copytree(demo_template, folder)
    with running_server(folder) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    if not CHROMIUM["executable_path"]:
        pytest.fail("Chromium is missing; run tests/require_system.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of whoever comes by, which keeps Streamlit's own scripts from visit to visit as people's do."""
    context = browser.new_context(viewport=LAPTOP, accept_downloads=True)
    context.set_default_timeout(WAIT)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    """A page of a stranger: no cookie, nothing remembered."""
    yield visitor.new_page()
    for page in visitor.pages:
        if page.url.startswith("http"):
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.close()
    visitor.clear_cookies()


def inside(page: Page) -> Locator:
    """What only somebody signed in sees: every page has its navigation but the one for the projector."""
    signs = [page.get_by_role("link", name=name) for name in ("Suksesi", "Succession")]
    signs += [page.get_by_role("button", name=name, exact=True) for name in ("Akhiri", "End")]
    return signs[0].or_(signs[1]).or_(signs[2]).or_(signs[3])


def fill_in(page: Page, name: str, password: str) -> None:
    """Fill in the first door in sight, in whichever language."""
    page.get_by_label("Nama pengguna").or_(page.get_by_label("User name")).fill(name)
    page.locator("input[type=password]").fill(password)
    page.locator("input[type=password]").press("Enter")


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in by the door in sight."""
    fill_in(page, name, password)
    inside(page).first.wait_for()


def sign_in_first(page: Page, name: str, made: str, own: str = OWN_PASSWORD) -> None:
    """Sign in with a password that was made, and choose one of one's own."""
    fill_in(page, name, made)
    page.locator("input[autocomplete=new-password]").first.wait_for()
    for field in page.locator("input[type=password]").all():
        field.fill(own)
    page.locator("input[type=password]").last.press("Enter")
    inside(page).first.wait_for()


@pytest.fixture(scope="session")
def members(server: Server) -> dict[str, tuple[str, str]]:
    """Name and password of a user of each role."""
    return {role: server.password(role) for role in ("administrator", "secretariat", "member", "viewer")}


def settled(page: Page) -> None:
    """Wait until Streamlit has finished its run, and until the browser has loaded the parts that draw what was sent.

    Until then grey fields stand for them: a button listens to no key yet, and the styles of a page are not there.
    """
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=60_000)


#: Resolves once nothing of the page has changed for a moment.
AT_REST = """() => new Promise((done) => {
  const seen = new MutationObserver(() => begin());
  const rest = () => { seen.disconnect(); done(); };
  let timer = setTimeout(rest, 400);
  const begin = () => { clearTimeout(timer); timer = setTimeout(rest, 400); };
  seen.observe(document.body, { subtree: true, childList: true, attributes: true });
})"""


def until(page: Page, expression: str) -> None:
    """Wait until a JavaScript expression is true; Playwright's own waiting needs ``eval``, which the pages forbid."""
    for _ in range(600):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def go(page: Page, server: Server, path: str = "") -> None:
    """Open an address and wait until it is drawn."""
    page.goto(f"{server.url}/{path}")
    page.get_by_role("heading", level=1).first.wait_for()
    if page.locator("#root").count():  # a plain page has nothing that settles
        settled(page)


def at_the_door(page: Page) -> bool:
    """Whether the page asks to sign in."""
    return urlsplit(page.url).path.startswith(SIGN_IN)


#: Cookies of who has signed in, by server and name.
_SIGNED_IN: dict[tuple[str, str], list] = {}


def visit(page: Page, server: Server, credentials: tuple[str, str], path: str = "") -> None:
    """Open an address as a user whose browser still knows the sign-in, or who signs in now."""
    name, password = credentials
    page.context.add_cookies(_SIGNED_IN.get((server.url, name), []))
    go(page, server, path)
    if at_the_door(page):
        sign_in(page, name, password)
        settled(page)
        _SIGNED_IN[server.url, name] = page.context.cookies()
