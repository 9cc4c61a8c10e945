"""An office's installation in small: nginx with TLS before two processes on one PostgreSQL database."""

import asyncio
import http.client
import os
import shutil
import signal
import ssl
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import websockets
from playwright.sync_api import expect

from core.service import moving
from core.settings import ROOT, settings
from core.store.database import open_engine
from tests.apart import run_apart
from tests.browser.conftest import Server, running_server, settled, sign_in
from tests.browser.test_gate import first_messages, session_of
from tests.conftest import _create_database, free_port

PATH = "ranking?post=dinas-kominfo&order=score"


@dataclass
class Office:
    """nginx at an address, and the two processes behind it."""

    url: str
    port: int
    processes: list[Server]
    http_port: int = 0

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str):
        """One request by TLS."""
        connection = http.client.HTTPSConnection("localhost", self.port, context=UNCHECKED, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        told = (answer.status, answer.getheaders(), answer.read())
        connection.close()
        return told

    def sign_in(self, credentials) -> str:
        """The cookies of a new sign-in, as a browser sends them back."""
        body = f"username={credentials[0]}&password={credentials[1].replace(' ', '+')}".encode()
        form = "application/x-www-form-urlencoded"
        status, headers, _ = self.ask("POST", "/sign-in", body, Content_Type=form, Origin=self.url)
        assert status == 303
        return "; ".join(value.split(";")[0] for name, value in headers if name.lower() == "set-cookie")

    def connect(self, cookie: str, session: str = ""):
        """A page's websocket by TLS."""
        return websockets.connect(
            self.url.replace("https", "wss") + "/_stcore/stream",
            subprotocols=[
                websockets.Subprotocol(name) for name in ("streamlit", *(("token", session) if session else ()))
            ],
            additional_headers={"Cookie": cookie},
            origin=websockets.Origin(self.url),
            ssl=UNCHECKED,
            max_size=None,
        )


UNCHECKED = ssl.create_default_context()
UNCHECKED.check_hostname, UNCHECKED.verify_mode = False, ssl.CERT_NONE


@contextmanager
def running_nginx(folder: Path, ports: list[int]):
    """nginx with the installation's own configuration."""
    http_port, https_port = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-keyout", "server.key", "-out", "server.crt", "-subj", "/CN=localhost"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for word, value in {
        "@NAME@": "localhost", "@CERTIFICATE@": f"{folder}/server.crt", "@KEY@": f"{folder}/server.key",
        "@HTTP@": f"127.0.0.1:{http_port}", "@HTTPS@": f"127.0.0.1:{https_port}", "@PORT_ONE@": str(ports[0]),
        "@PORT_TWO@": str(ports[1]), "@PORT_IN_HOST@": f":{https_port}", "@SIGN_IN_RATE@": "100r/s",
    }.items():  # fmt: skip
        text = text.replace(word, value)
    (folder / "mantel.conf").write_text(text)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {'user root;' if os.geteuid() == 0 else ''}"
        f"events {{}} http {{ access_log off; {temporary} include {folder}/mantel.conf; }}"
    )
    process = subprocess.Popen(
        ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.DEVNULL
    )
    try:
        until(lambda: is_open(https_port), process, folder / "error.log")
        yield http_port, https_port
    finally:
        process.terminate()
        process.wait(30)


def is_open(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(condition, process=None, log: Path | None = None) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert process is None or process.poll() is None, log.read_text() if log else ""
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def office(demo_template, tmp_path, postgresql_server, monkeypatch, configure):
    """The demo regency moved to PostgreSQL, two processes, nginx."""
    folder = tmp_path / "local"
    shutil.copytree(demo_template, folder)
    url = _create_database(postgresql_server)
    configure(local_dir=folder, database_url="")
    source, target = open_engine(settings().url), open_engine(url)
    moving.move_database(source, target)
    source.dispose()
    target.dispose()
    monkeypatch.setenv("MANTEL_ADDRESS_ATTEMPTS", "1000")
    with ExitStack() as stack:
        processes = [stack.enter_context(running_server(folder, url)) for _ in range(2)]
        ports = [int(process.url.rsplit(":", 1)[1]) for process in processes]
        http_port, https_port = stack.enter_context(running_nginx(tmp_path, ports))
        yield Office(f"https://localhost:{https_port}", https_port, processes, http_port)


def test_people_stay_signed_in_at_one_process_and_come_back_at_the_other(office, browser):
    credentials = office.processes[0].password("secretariat")
    cookies = [office.sign_in(credentials) for _ in range(12)]
    assert all("__Host-mantel=" in cookie and "mantel_route=" in cookie for cookie in cookies)

    async def attack():
        sessions = []
        for cookie in cookies:
            async with office.connect(cookie) as socket:
                sessions.append(session_of(await first_messages(socket)))
        # Sticky: everybody finds the own session again, whichever process it is at.
        for cookie, session in zip(cookies, sessions, strict=True):
            async with office.connect(cookie, session) as socket:
                assert session_of(await first_messages(socket)) == session
        # A member in the middle of it, on a real browser.
        office.processes[0].kill()
        lost = 0
        for cookie, session in zip(cookies, sessions, strict=True):
            async with office.connect(cookie, session) as socket:
                messages = await first_messages(socket)
                lost += session_of(messages) != session
                shown = b"".join(message.SerializeToString() for message in messages)
                assert b"Nama secretariat" in shown
        # Some were at the process that is gone, and are at the other now, signed in; the others never noticed.
        assert 0 < lost < len(sessions)

    run_apart(attack())


def test_a_page_comes_back_as_it_was_when_its_process_is_killed(office, browser):
    credentials = office.processes[0].password("secretariat")
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(f"{office.url}/{PATH}")
    sign_in(page, *credentials)
    page.locator(".panel .row .share:not(:empty)").first.wait_for()
    settled(page)
    page.locator("input[type=range]").first.press("ArrowRight")
    page.wait_for_url("**weights=*")
    settled(page)
    order = names(page)
    address = page.url
    holder = next(process for process in office.processes if process.open_connections())
    holder.kill()
    other = next(process for process in office.processes if process is not holder)
    until(other.open_connections)
    settled(page)
    page.locator(".panel .row .share:not(:empty)").first.wait_for()
    assert page.url == address
    assert names(page) == order
    expect(page.get_by_role("dialog")).to_have_count(0)
    # And it is alive: the next weight is taken. A key pressed in the very moment of coming back is pressed once more.
    until(lambda: move_on(page, address))
    context.close()


def move_on(page, address: str) -> bool:
    """Move a weight; whether the page has another address for it."""
    page.locator("input[type=range]").first.press("ArrowRight")
    page.wait_for_timeout(1500)
    return page.url != address


def names(page) -> list[str]:
    return page.locator(".panel .row .name").all_inner_texts()


def test_a_process_that_drains_gets_no_new_work(office):
    credentials = office.processes[0].password("viewer")
    draining, other = office.processes
    os.kill(draining.pid, signal.SIGUSR1)
    until(lambda: health_of(draining)[0] == 503)
    assert health_of(other)[0] == 200
    assert b"stops soon" in health_of(draining)[1]
    cookies = [office.sign_in(credentials) for _ in range(8)]

    async def attack():
        for cookie in cookies:
            assert office.ask("GET", "/ranking", Cookie=cookie)[0] == 200
            async with office.connect(cookie) as socket:
                assert session_of(await first_messages(socket))

    run_apart(attack())
    assert not draining.open_connections()


def health_of(process: Server) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(process.url.removeprefix("http://"), timeout=60)
    connection.request("GET", "/health/ready")
    answer = connection.getresponse()
    told = answer.status, answer.read()
    connection.close()
    return told


def test_what_nginx_keeps_from_outside(office):
    for path in ("/metrics", "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"):
        assert office.ask("GET", path)[0] == 404
    plain = http.client.HTTPConnection("127.0.0.1", office.http_port, timeout=60)
    plain.request("GET", "/ranking?x=1", headers={"Host": "localhost"})
    answer = plain.getresponse()
    assert (answer.status, answer.getheader("location")) == (301, "https://localhost/ranking?x=1")
    plain.close()
    # The processes themselves tell their counts to this machine, and not past nginx.
    direct = http.client.HTTPConnection(office.processes[0].url.removeprefix("http://"), timeout=60)
    direct.request("GET", "/metrics")
    answer = direct.getresponse()
    content = answer.read()
    assert answer.status == 200
    assert b"mantel_requests_total" in content
    direct.request("GET", "/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
    assert direct.getresponse().status == 404
    direct.close()
    status, headers, _ = office.ask("GET", "/sign-in")
    told = {name.lower(): value for name, value in headers}
    assert status == 200
    assert "strict-transport-security" in told
    assert told["content-security-policy"].startswith("default-src 'none'")
    assert told["server"] == "nginx"


def test_uploads_through_nginx_reach_the_process_that_has_the_page(office):
    credentials = office.processes[0].password("secretariat")

    async def attack():
        for _ in range(6):
            cookie = office.sign_in(credentials)
            async with office.connect(cookie) as socket:
                session = session_of(await first_messages(socket))
                status = await asyncio.get_running_loop().run_in_executor(None, partial(put, office, cookie, session))
                assert status == 204

    run_apart(attack())


def put(office: Office, cookie: str, session: str) -> int:
    _, headers, _ = office.ask("GET", "/_stcore/health", Cookie=cookie)
    forged = next(value.split(";")[0] for name, value in headers if name.lower() == "set-cookie")
    body = (
        b'--e\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        + b"x" * 3_000_000
        + b"\r\n--e--\r\n"
    )
    return office.ask(
        "PUT",
        f"/_stcore/upload_file/{session}/file-{time.monotonic_ns()}",
        body,
        Content_Type="multipart/form-data; boundary=e",
        Origin=office.url,
        Cookie=f"{cookie}; {forged}",
        X_Xsrftoken=forged.split("=", 1)[1],
    )[0]
