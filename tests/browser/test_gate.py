"""The gate before Streamlit, attacked on a running server: each test is the attack, the assertion what it gets."""

import asyncio
import http.client
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

import pytest
import websockets
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.service.authenticator import COOKIE, write_cookie
from core.ui.sign_in import TOKEN_HEADER
from tests.apart import run_apart
from tests.browser.conftest import go, inside, running_server, settled, sign_in, visit

KINDS = {
    "page": "/ranking",
    "program": "/favicon.png",
    "door": "/sign-in",
    "health": "/_stcore/health",
    "nothing": "/nothing/here",
}


def ask(server, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request as somebody with a program sends it; names of headers with _ for -."""
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, sent)
    answer = connection.getresponse()
    named = {name.lower(): value for name, value in reversed(answer.getheaders())}  # of several of a name the first
    told = (answer.status, named, answer.read())
    connection.close()
    return told


@pytest.fixture(scope="module")
def cookies(server, members) -> dict[str, str]:
    """The header of a sign-in of each role."""
    return {role: cookie_of(server, credentials) for role, credentials in members.items()}


def cookie_of(server, credentials) -> str:
    token, key = server.run_signed_in("sign_in", *credentials).split()
    return f"{COOKIE}={write_cookie(token, key, 1)}"


def connect(server, cookie: str = "", session: str = "", origin: str = "", host: str = ""):
    """Open a page's websocket."""
    headers = {name: value for name, value in (("Cookie", cookie), ("Host", host)) if value}
    protocols = ["streamlit", *(["token", session] if session else [])]
    return websockets.connect(
        server.url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=protocols,
        additional_headers=headers,
        origin=origin or server.url,
        max_size=None,
    )


async def first_messages(socket) -> list[ForwardMsg]:
    """Begin a run and read it to its end."""
    begin = BackMsg()
    begin.rerun_script.query_string = ""
    await socket.send(begin.SerializeToString())
    messages = []
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), 60))
        messages.append(message)
        if message.WhichOneof("type") == "script_finished":
            return messages


def session_of(messages) -> str:
    return next(m.new_session.initialize.session_id for m in messages if m.HasField("new_session"))


async def learn_session(server, cookie, session="") -> str:
    async with connect(server, cookie, session) as socket:
        return session_of(await first_messages(socket))


# --- the server calls nobody ------------------------------------------------------------------------------------------


@contextmanager
def trap() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that takes calls and answers none: its port, and what was asked of it."""
    calls: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def listen():
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            caller.settimeout(2)
            calls.append(caller.recv(200))
            caller.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield listener.getsockname()[1], calls
    listener.close()


def test_the_server_asks_nobody_whatever_origin_a_page_claims(demo_template, tmp_path, monkeypatch):
    folder = tmp_path / "local"
    shutil.copytree(demo_template, folder)
    with trap() as (port, calls):
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
        with running_server(folder) as fresh:
            cookie = cookie_of(fresh, fresh.password("viewer"))

            async def attack():
                for origin in ("http://evil.example", "https://127.0.0.1", "null", f"{fresh.url}.evil.example"):
                    for held in ("", cookie):
                        with pytest.raises(websockets.InvalidStatus) as refusal:
                            await connect(fresh, held, origin=origin)
                        assert refusal.value.response.status_code == 403
                assert await learn_session(fresh, cookie)

            run_apart(attack())
            for origin in ("http://evil.example", "null"):
                for path in KINDS.values():
                    told = ask(fresh, "GET", path, Origin=origin)
                    assert "access-control-allow-origin" not in told[1]
        # The trap works: what goes to the proxy is caught.
        with socket.create_connection(("127.0.0.1", port), 2) as caller:
            caller.sendall(b"GET http://checkip.example/ HTTP/1.1\r\n\r\n")
            assert caller.recv(10) == b""
        wait_for(lambda: len(calls) == 1)
    assert calls == [b"GET http://checkip.example/ HTTP/1.1\r\n\r\n"]


def wait_for(condition) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "", "a b"])
def test_a_foreign_host_gets_nothing(host, server, cookies):
    for path in KINDS.values():
        status, _, body = ask(server, "GET", path, Host=host, Cookie=cookies["administrator"])
        assert status in (400, 421)  # 400: what the server itself takes for no host at all
        assert b"<script" not in body


# --- nothing without sign-in but the sign-in --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/run",
        "/_stcore/bidi-components/x/y.js",
        "/component/x/index.html",
        "/media/0123456789abcdef0123456789abcdef.csv",
        "/app/static/x",
        "/auth/login",
        "/oauth2callback",
        "/vendor/x",
    ],
)
def test_a_stranger_finds_nothing_and_a_member_no_more_than_pages_need(path, server, cookies):
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        assert ask(server, method, path)[0] in (401, 404, 405)
        assert ask(server, method, path, Cookie=cookies["viewer"], Origin=server.url)[0] in (404, 405)


def test_a_stranger_is_sent_to_the_sign_in_from_every_page(server):
    for path in ("/", "/ranking?post=x", "/administration", "/data"):
        status, headers, body = ask(server, "GET", path)
        assert status == 303
        assert headers["location"].startswith("/sign-in")
        assert body == b""


def test_nobody_foreign_may_steer_a_page(server):
    status, _, body = ask(server, "GET", "/_stcore/host-config")
    assert status == 200
    assert b'"allowedOrigins":[]' in body


def test_the_stream_gives_a_stranger_the_way_in_and_no_session(server):
    async def attack():
        for cookie in ("", f"{COOKIE}=made-up", f"{COOKIE}={write_cookie('made up', 'x' * 64, 1)}"):
            async with connect(server, cookie) as socket:
                message = ForwardMsg()
                message.ParseFromString(await socket.recv(decode=False))
                assert message.auth_redirect.url == "/sign-in"
                with pytest.raises(websockets.ConnectionClosed):
                    await socket.recv()

    run_apart(attack())


def upload(server, session: str, cookie: str, content: bytes = b"x", **headers: str):
    edge = "edge"
    body = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n".encode()
        + content
        + f"\r\n--{edge}--\r\n".encode()
    )
    form = f"multipart/form-data; boundary={edge}"
    path = f"/_stcore/upload_file/{session}/file-{time.monotonic_ns()}"
    origin = headers.pop("Origin", server.url)
    given = {"Content_Type": form, "Origin": origin, **headers}
    return ask(server, "PUT", path, body, **({**given, "Cookie": cookie} if cookie else given))


@contextmanager
def limited_server(demo_template, tmp_path, monkeypatch) -> Iterator[tuple]:
    """A server of the test's own on which a page may keep 2 MB of files: it, its importer's cookie, and ``put_into``."""
    folder = tmp_path / "local"
    shutil.copytree(demo_template, folder)
    monkeypatch.setenv("MANTEL_SESSION_UPLOAD_MB", "2")
    with running_server(folder) as fresh:
        cookie = cookie_of(fresh, fresh.password("secretariat"))
        whole, proof = prove(fresh, cookie)

        def put_into(session: str, size: int) -> tuple[int, dict[str, str], bytes]:
            return upload(fresh, session, whole, b"x" * size, **proof)

        yield fresh, cookie, put_into


def prove(server, cookie: str) -> tuple[str, dict[str, str]]:
    """The cookies and the header by which Streamlit tells a page's own upload."""
    forged = ask(server, "GET", "/_stcore/health", Cookie=cookie)[1]["set-cookie"].split(";")[0]
    return f"{cookie}; {forged}", {"X_Xsrftoken": forged.split("=", 1)[1]}


def test_only_who_imports_uploads_and_only_into_the_own_page(server, cookies):
    async def attack():
        async with connect(server, cookies["secretariat"]) as own, connect(server, cookies["administrator"]) as other:
            session, foreign = session_of(await first_messages(own)), session_of(await first_messages(other))
            cookie, proof = prove(server, cookies["secretariat"])
            loop = asyncio.get_running_loop()

            async def put(*words, **more):
                return (await loop.run_in_executor(None, lambda: upload(server, *words, **more)))[0]

            assert await put(session, "") == 401
            assert await put(session, cookies["viewer"]) == 403
            assert await put(session, cookies["member"]) == 403
            assert await put(foreign, cookie, **proof) == 404
            assert await put("made-up", cookie, **proof) == 404
            assert await put(session, cookie, Origin="http://evil.example", **proof) == 403
            assert await put(session, cookie, **proof) == 204

    run_apart(attack())


def test_one_page_keeps_no_more_than_its_share_of_the_memory(demo_template, tmp_path, monkeypatch):
    with limited_server(demo_template, tmp_path, monkeypatch) as (fresh, cookie, put_into):

        async def attack():
            async with connect(fresh, cookie) as own:
                session = session_of(await first_messages(own))
                assert (await asyncio.to_thread(put_into, session, 1_500_000))[0] == 204
                status, _, body = await asyncio.to_thread(put_into, session, 1_500_000)
                assert status == 413
                assert b"2 MB" in body

        run_apart(attack())


def test_a_body_without_its_true_length_is_not_read(server, cookies):
    place = urlsplit(server.url)
    for head in ("PUT /_stcore/upload_file/x/y", "POST /sign-in"):
        with socket.create_connection((place.hostname, place.port), 60) as caller:
            caller.sendall(
                f"{head} HTTP/1.1\r\nHost: {place.netloc}\r\nOrigin: {server.url}\r\nCookie: {cookies['secretariat']}\r\n"
                "Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
            )
            assert caller.recv(100).split(b" ")[1] in (b"400", b"411")


def test_uploads_at_once_do_not_pass_together(demo_template, tmp_path, monkeypatch):
    with limited_server(demo_template, tmp_path, monkeypatch) as (fresh, cookie, put_into):

        async def attack():
            async with connect(fresh, cookie) as own:
                session = session_of(await first_messages(own))
                loop = asyncio.get_running_loop()
                with ThreadPoolExecutor(8) as threads:
                    put = partial(loop.run_in_executor, threads, put_into, session, 1_900_000)
                    told = await asyncio.gather(*(put() for _ in range(8)))
                assert sorted(status for status, _, _ in told) == [204] + [413] * 7

        run_apart(attack())


@pytest.mark.parametrize("target", ["//[", "//%E2%84%80", "http://["])
def test_an_address_that_is_none_is_no_fault_of_the_server(target, server):
    from urllib.parse import quote

    for headers in ({}, {"Referer": target}):
        status, told, _ = ask(server, "GET", f"/sign-in?to={quote(target, safe='')}", **headers)
        assert status == 200
        assert "content-security-policy" in told
    assert ask(server, "GET", "/sign-in", Referer="http://[")[0] == 200


def test_a_stranger_gets_streamlits_programs_and_not_its_page(server):
    assert ask(server, "GET", "/static/nothing.js")[0] in (303, 401)
    assert ask(server, "GET", "/favicon.png")[0] == 200


# --- a session, a file, a message belong to a sign-in -----------------------------------------------------------------


def test_the_name_of_a_session_opens_nobody_elses(server, cookies):
    async def attack():
        mine = await learn_session(server, cookies["administrator"])
        assert await learn_session(server, cookies["administrator"], mine) == mine
        for thief in (cookies["viewer"], cookies["secretariat"]):
            assert await learn_session(server, thief, mine) != mine
        # Without a cookie there is not even another session.
        async with connect(server, "", mine) as socket:
            message = ForwardMsg()
            message.ParseFromString(await socket.recv(decode=False))
            assert message.WhichOneof("type") == "auth_redirect"

    run_apart(attack())


def test_a_sign_in_that_a_header_claims_is_not_believed(server, cookies, members):
    """The gate says by a header who came; from outside it says nothing."""
    token, _ = server.run_signed_in("sign_in", *members["administrator"]).split()

    async def attack():
        connection = websockets.connect(
            server.url.replace("http", "ws") + "/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers={"Cookie": cookies["viewer"], TOKEN_HEADER: token},
            origin=server.url,
            max_size=None,
        )
        async with connection as socket:
            shown = b"".join(message.SerializeToString() for message in await first_messages(socket))
            assert b"Nama viewer" in shown
            assert b"Nama administrator" not in shown

    run_apart(attack())


def test_a_file_is_for_whoever_it_was_made_and_ends_with_the_sign_in(server, members, page):
    visit(page, server, members["secretariat"], "quality")
    with page.expect_response("**/media/**") as made:
        page.get_by_role("button", name="Unduh daftar kerja (XLSX)").first.click()
    path = urlsplit(made.value.url).path
    assert made.value.headers["cache-control"] == "no-store"
    own = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    assert ask(server, "GET", path, Cookie=own)[0] == 200
    assert ask(server, "GET", path)[0] == 401
    assert ask(server, "GET", path, Cookie=cookie_of(server, members["administrator"]))[0] == 404
    page.get_by_role("button", name="Nama secretariat").click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/sign-in")
    assert ask(server, "GET", path, Cookie=own)[0] == 401
    forget(server, members["secretariat"])


def forget(server, credentials) -> None:
    from tests.browser.conftest import _SIGNED_IN

    _SIGNED_IN.pop((server.url, credentials[0]), None)


def test_nobody_empties_everybodys_caches(server, cookies):
    async def attack():
        async with connect(server, cookies["administrator"]) as socket:
            await first_messages(socket)
            for kind in ("clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"):
                message = BackMsg()
                setattr(message, kind, True)
                await socket.send(message.SerializeToString())
            assert await first_messages(socket)  # still served: what was dropped did nothing

    run_apart(attack())
    log = (server.folder / "server.log").read_text()
    for kind in ("clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"):
        assert f"a message of a kind that no page sends was dropped: {kind}" in log


# --- cookie and headers -----------------------------------------------------------------------------------------------


def sign_in_by_hand(server, credentials, **headers: str):
    body = f"username={credentials[0]}&password={credentials[1].replace(' ', '+')}".encode()
    form = "application/x-www-form-urlencoded"
    return ask(server, "POST", "/sign-in", body, Content_Type=form, **{"Origin": server.url, **headers})


def test_no_script_reads_the_cookie_and_no_other_site_sends_it(server, members):
    status, headers, _ = sign_in_by_hand(server, members["viewer"])
    assert status == 303
    flags = {part.strip().split("=")[0].lower() for part in headers["set-cookie"].split(";")[1:]}
    assert headers["set-cookie"].startswith("mantel=ey")
    assert {"httponly", "samesite", "path", "max-age"} == flags
    assert "SameSite=Strict" in headers["set-cookie"]


def test_under_tls_the_cookie_is_secure_and_this_hosts_alone(server, members):
    origin = server.url.replace("http", "https")
    status, headers, _ = sign_in_by_hand(server, members["viewer"], X_Forwarded_Proto="https", Origin=origin)
    assert status == 303
    assert headers["set-cookie"].startswith("__Host-mantel=ey")
    assert "; Secure" in headers["set-cookie"]
    assert headers["strict-transport-security"] == "max-age=31536000"
    cookie = headers["set-cookie"].split(";")[0]
    assert ask(server, "GET", "/ranking", Cookie=cookie, X_Forwarded_Proto="https")[0] == 200
    # A cookie of the unsafe page's name counts for nothing there.
    unsafe = cookie.removeprefix("__Host-")
    assert ask(server, "GET", "/ranking", Cookie=unsafe, X_Forwarded_Proto="https")[0] == 303
    # What Streamlit sets for itself is made secure as well.
    told = ask(server, "GET", "/_stcore/health", X_Forwarded_Proto="https")
    assert "_streamlit_xsrf" in told[1]["set-cookie"]
    assert "; Secure" in told[1]["set-cookie"]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_another_site_signs_nobody_in(origin, server, members):
    headers = {} if origin is None else {"Origin": origin}
    body = f"username={members['viewer'][0]}&password=x".encode()
    assert ask(server, "POST", "/sign-in", body, Content_Type="application/x-www-form-urlencoded", **headers)[0] == 403


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_every_answer_is_guarded(path, server, cookies):
    _, headers, _ = ask(server, "GET", path, Cookie=cookies["viewer"])
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' blob: 'sha256-" in policy or "script-src" not in policy
    assert not [part for part in policy.split() if "//" in part or part == "*"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    if path != KINDS["program"]:
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/a\r\nX-Y: z",
        "/sign-in?to=/",
    ],
)
def test_the_way_in_leads_nowhere_else(target, server, members):
    from urllib.parse import quote

    body = f"username={members['viewer'][0]}&password={members['viewer'][1].replace(' ', '+')}".encode()
    form = "application/x-www-form-urlencoded"
    path = f"/sign-in?to={quote(target, safe='')}"
    status, headers, _ = ask(server, "POST", path, body, Content_Type=form, Origin=server.url)
    assert status == 303
    assert headers["location"] == "/"
    assert "x-y" not in headers


@pytest.mark.parametrize(
    "body", [b"", b"x" * 20_000, b"username=a&username=b", b"\xff\xfe", b"username=%00&password=%ff"]
)
def test_a_broken_form_is_a_sentence(body, server):
    form = "application/x-www-form-urlencoded"
    status, _, answer = ask(server, "POST", "/sign-in", body, Content_Type=form, Origin=server.url)
    assert status == 422
    assert "kata sandi salah" in answer.decode()
    assert "Traceback" not in answer.decode()


# --- in the browser ---------------------------------------------------------------------------------------------------


def test_a_link_on_another_site_leads_to_the_page_for_whoever_is_signed_in(server, members, page):
    visit(page, server, members["viewer"], "succession")
    other = server.url.replace("127.0.0.1", "localhost")
    page.route("**/letter.html", lambda route: route.fulfill(
        content_type="text/html", body=f'<a href="{server.url}/ranking?post=dinas-kominfo">surat</a>'
    ))  # fmt: skip
    page.goto(f"{other}/letter.html")
    page.get_by_role("link", name="surat").click()
    inside(page).first.wait_for()
    settled(page)
    assert page.url.startswith(f"{server.url}/ranking?post=dinas-kominfo")


def test_an_unknown_address_is_a_page_with_a_way_on(server, members, page):
    visit(page, server, members["viewer"])
    for path in ("nothing", "foo/bar", "ranking/x"):
        page.goto(f"{server.url}/{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada apa-apa di alamat ini")
        page.get_by_role("link", name="Ke halaman pertama").click()
        inside(page).first.wait_for()


def test_who_is_signed_out_elsewhere_learns_why_and_comes_back_to_the_page(server, page):
    name, password = server.password("member")
    go(page, server, "ranking?post=dinas-kominfo")
    sign_in(page, name, password)
    page.locator(".panel .row").first.wait_for()
    settled(page)
    server.run_signed_in("end", name)
    page.locator("input[type=range]").first.press("ArrowRight")
    page.wait_for_url("**/sign-in")
    expect(page.get_by_role("status")).to_have_text("Anda dikeluarkan oleh administrator.")
    assert page.context.cookies() == [cookie for cookie in page.context.cookies() if cookie["name"] != "mantel"]
    sign_in(page, name, password)
    settled(page)
    assert "/ranking?post=dinas-kominfo" in page.url
