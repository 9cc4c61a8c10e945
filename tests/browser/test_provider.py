"""Signing in by an identity provider: a real one in small (discovery, keys, authorize, token), a real browser."""

import json
import shutil
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import expect

from tests.browser.conftest import inside, running_server, settled
from tests.browser.test_gate import ask
from tests.conftest import free_port


class Provider(ThreadingHTTPServer):
    """An identity provider that lets everybody in as ``name``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.name = "nobody"
        self.nonces: dict[str, str] = {}


class Answer(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_) -> None:
        pass

    def say(self, content: dict) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        provider, parts = self.server, urllib.parse.urlsplit(self.path)
        asked = dict(urllib.parse.parse_qsl(parts.query))
        if parts.path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            self.say(
                {
                    "issuer": provider.url,
                    **{name: f"{provider.url}/{end}" for name, end in ends.items()},
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                }
            )
        elif parts.path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(provider.key.public_key()))
            self.say({"keys": [{**key, "kid": "one", "use": "sig", "alg": "RS256"}]})
        else:
            assert asked["code_challenge_method"] == "S256"
            code = f"code-{time.monotonic_ns()}"
            provider.nonces[code] = asked["nonce"]
            self.send_response(302)
            self.send_header("location", f"{asked['redirect_uri']}?code={code}&state={asked['state']}")
            self.end_headers()

    def do_POST(self) -> None:
        provider = self.server
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
        now = int(time.time())
        claims = {
            "iss": provider.url, "aud": "mantel", "sub": "1", "iat": now, "exp": now + 60,
            "nonce": provider.nonces.pop(form["code"]), "preferred_username": provider.name,
        }  # fmt: skip
        token = jwt.encode(claims, provider.key, algorithm="RS256", headers={"kid": "one"})
        self.say({"access_token": "x", "id_token": token, "token_type": "Bearer", "expires_in": 60})


@contextmanager
def running_provider() -> Iterator[Provider]:
    provider = Provider()
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()


@pytest.fixture(scope="module")
def office(demo_template, tmp_path_factory):
    """A server whose settings name a provider."""
    folder = tmp_path_factory.mktemp("provider") / "local"
    shutil.copytree(demo_template, folder)
    port = free_port()
    with running_provider() as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"s" * 40}"\n'
            f'client_id = "mantel"\nclient_secret = "{"c" * 40}"\n'
            f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"\n'
        )
        with running_server(folder, port=port, arguments=[f"--secrets.files={secrets}"]) as server:
            yield server, provider


def test_who_has_an_account_here_comes_in_by_the_office(office, page):
    server, provider = office
    provider.name, _ = server.password("member")
    page.goto(f"{server.url}/ranking?post=dinas-kominfo")
    page.get_by_role("link", name="Masuk dengan akun kantor").click()
    inside(page).first.wait_for()
    settled(page)
    expect(page.get_by_role("button", name="Nama member")).to_be_visible()
    # The provider's answer is gone; what is left is a sign-in like any other, and it ends like any other.
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"].startswith("_streamlit_user")] == []
    server.run_signed_in("end", provider.name)
    page.goto(f"{server.url}/succession")
    expect(page.get_by_role("status")).to_have_text("Anda dikeluarkan oleh administrator.")


def test_whom_the_office_knows_and_mantel_does_not_is_told(office, page):
    server, provider = office
    provider.name = "orang-lain"
    page.goto(server.url)
    page.get_by_role("link", name="Masuk dengan akun kantor").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Akun kantor Anda tidak dikenal di sini; tanyakan kepada administrator."
    )
    assert inside(page).count() == 0
    page.goto(server.url)
    expect(page.get_by_role("alert")).to_have_count(0)  # the answer was taken away


def test_a_made_up_answer_of_the_provider_opens_nothing(office):
    server, _ = office
    name, _ = server.password("administrator")
    for value in (
        "x",
        f'{{"is_logged_in": true, "preferred_username": "{name}"}}',
        "2|1:0|10:1|15:_streamlit_user|4:eA==|0",
    ):
        status, headers, body = ask(server, "GET", "/sign-in", Cookie=f"_streamlit_user={value}")
        assert status == 200
        assert "mantel=ey" not in headers.get("set-cookie", "")
        assert b"<form" in body
    assert ask(server, "GET", "/oauth2callback?code=x&state=y")[0] in (302, 303)
    assert ask(server, "GET", "/auth/login?provider=x")[0] in (302, 303)


def test_without_a_provider_there_is_no_way_to_one(server):
    assert ask(server, "GET", "/auth/login?provider=x")[0] == 401
    status, headers, _ = ask(server, "GET", "/sign-in/office")
    assert (status, headers["location"]) == (303, "/sign-in")
    assert b"akun kantor" not in ask(server, "GET", "/sign-in")[2]
