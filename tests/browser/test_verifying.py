"""A stranger with a paper and a phone: the public page, the published folder, and whoever would list or forge."""

import functools
import hashlib
import http.server
import json
import random
import shutil
import subprocess
import threading
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from core.web.verifying import WRONG
from tests.browser.conftest import running_server, until
from tests.browser.test_gate import ask

PHONE = {"width": 390, "height": 844}
OURS = "800/77/BKPSDM/2026"


@dataclass(frozen=True)
class Paper:
    """A paper as somebody holds it: its number, its day, its PDF, and what its QR code says."""

    number: str
    day: str
    file: Path
    code: str


@pytest.fixture(scope="module")
def office(demo_template, tmp_path_factory):
    """A server of this module's own: whoever guesses here is counted."""
    folder = tmp_path_factory.mktemp("office") / "local"
    shutil.copytree(demo_template, folder)
    with running_server(folder) as running:
        yield running


@pytest.fixture(scope="module")
def papers(office, tmp_path_factory):
    """Minutes and announcement of a closed session, and a letter typed outside."""
    folder = tmp_path_factory.mktemp("papers")
    number = office.run_beside("tests.sitting", "decision")
    office.run_beside("tests.sitting", "close", number)
    made = {}
    for kind in ("minutes", "announcement"):
        file = folder / f"{kind}.pdf"
        told = json.loads(office.run_beside("tests.sitting", "issue", number, kind, str(file)))
        made[kind] = Paper(told["number"], told["day"], file, read_code(file))
    letter = folder / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 undangan")
    day = date.fromisoformat(made["minutes"].day)
    office.command("register", "add", OURS, "--day", f"{day:%d-%m-%Y}", "--subject", "Undangan", "--file", str(letter))
    made["letter"] = Paper(OURS, day.isoformat(), letter, "")
    return made


def read_code(file):
    """What a phone reads from the first page as it is printed."""
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-f", "1", "-l", "1", "-singlefile", str(file), str(file.with_suffix(""))],
        check=True,
    )
    (found,) = zxingcpp.read_barcodes(Image.open(file.with_suffix(".png")))
    return found.text


@pytest.fixture(params=["id", "en"])
def language(request):
    return request.param


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    yield page
    faults = page.faults
    context.close()
    assert not faults


@pytest.fixture(params=["server", "folder"])
def place(request, office, papers, tmp_path):
    """Where a stranger verifies: at the office's server, or at a web site that has nothing but the published folder."""
    if request.param == "server":
        yield lambda language="id": f"{office.url}/periksa?language={language}"
        return
    office.command("register", "publish", str(tmp_path))
    serve = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    serve.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield (
            lambda language="id": f"http://127.0.0.1:{server.server_port}/{'index' if language == 'id' else 'en'}.html"
        )
        server.shutdown()


WORDS = {
    "id": {"valid": "Sah:", "number": "Tercatat:", "changed": "Diubah:", "revoked": "Dicabut:", "replaced": "Diganti:", "unknown": "Bukan dari kami:"},
    "en": {"valid": "Genuine:", "number": "On record:", "changed": "Changed:", "revoked": "Revoked:", "replaced": "Replaced:", "unknown": "Not from us:"},
}  # fmt: skip


def answered(page, word):
    """The answer begins with its word, in sight without scrolling."""
    answer = page.locator("#answer")
    expect(answer).to_contain_text(word)
    expect(answer).to_be_in_viewport()


def type_in(page, number, day):
    page.locator("#number").fill(number)
    page.locator("#day").fill(day)
    page.locator("#typed button").click()


def test_by_the_code_on_the_paper(phone, place, papers, language):
    paper = papers["minutes"]
    code = paper.code.partition("#")[2]
    phone.goto(f"{place(language)}#{code}")
    answered(phone, WORDS[language]["valid"])
    expect(phone.locator("#details")).to_contain_text(paper.number)
    altered = code[:40] + ("A" if code[40] != "A" else "B") + code[41:]
    phone.goto("about:blank")
    phone.goto(f"{place(language)}#{altered}")
    answered(phone, WORDS[language]["unknown"])
    expect(phone.locator("#details")).to_be_hidden()


def test_by_number_and_day(phone, place, papers, language):
    phone.goto(place(language))
    paper = papers["letter"]
    type_in(phone, f" {paper.number.lower()} ", paper.day)
    answered(phone, WORDS[language]["number"])
    type_in(phone, paper.number, "2026-01-05")
    answered(phone, WORDS[language]["unknown"])


def test_by_the_file(phone, place, papers, language, tmp_path):
    phone.goto(place(language))
    paper = papers["announcement"]
    phone.locator("#file").set_input_files(paper.file)
    answered(phone, WORDS[language]["valid"])
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(paper.file.read_bytes() + b"\n% lain")
    phone.locator("#file").set_input_files(changed)
    answered(phone, WORDS[language]["changed"])
    foreign = tmp_path / "foreign.pdf"
    foreign.write_bytes(b"%PDF-1.7 palsu")
    phone.locator("#file").set_input_files(foreign)
    answered(phone, WORDS[language]["unknown"])
    phone.locator("#number").fill(papers["letter"].number)
    phone.locator("#day").fill(papers["letter"].day)
    phone.locator("#file").set_input_files(foreign)
    answered(phone, WORDS[language]["changed"])  # the number is ours, the file is not


def test_the_page_can_be_used_by_everybody(phone, place, papers, language):
    phone.goto(f"{place(language)}#{papers['minutes'].code.partition('#')[2]}")
    answered(phone, WORDS[language]["valid"])
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()


def test_a_paper_that_does_not_hold_says_since_when(phone, office, papers, tmp_path):
    day = papers["letter"].day
    typed = f"{date.fromisoformat(day):%d-%m-%Y}"
    for number in ("800/78/BKPSDM/2026", "800/79/BKPSDM/2026"):
        office.command("register", "add", number, "--day", typed, "--subject", "Undangan")
    rows = {
        row["number"]: row["row"] for row in json.loads(office.command("register", "list", "--format", "json").stdout)
    }
    office.command(
        "register", "replace", str(rows["800/78/BKPSDM/2026"]), "--by", "800/79/BKPSDM/2026", "--reason", "salah"
    )
    office.command("register", "revoke", str(rows["800/79/BKPSDM/2026"]), "--reason", "keliru")
    phone.goto(f"{office.url}/periksa")
    type_in(phone, "800/78/BKPSDM/2026", day)
    answered(phone, "Diganti:")
    type_in(phone, "800/79/BKPSDM/2026", day)
    answered(phone, "Dicabut:")
    expect(phone.locator("#answer")).not_to_contain_text("keliru")


def test_whoever_has_no_script_is_answered_as_well(browser, office, papers):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{office.url}/periksa?language=en")
    type_in(page, papers["letter"].number, papers["letter"].day)
    expect(page.locator("#answer")).to_contain_text("On record:")
    context.close()


def test_a_register_that_was_changed_on_its_way_answers_nothing(phone, office, papers, tmp_path):
    office.command("register", "publish", str(tmp_path))
    file = tmp_path / "register.txt"
    file.write_text(file.read_text().replace('"valid"', '"revoked"'))
    serve = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        phone.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        type_in(phone, papers["letter"].number, papers["letter"].day)
        expect(phone.locator("#answer")).to_contain_text("telah berubah di perjalanan")
        server.shutdown()


def test_without_the_server_a_code_is_still_checked_by_its_signature(phone, office, papers):
    phone.goto(f"{office.url}/periksa")
    until(phone, "document.readyState === 'complete'")
    phone.context.set_offline(True)
    phone.evaluate("code => { location.hash = code }", papers["minutes"].code.partition("#")[2])
    expect(phone.locator("#answer")).to_contain_text("Tanda tangannya asli, tetapi")
    phone.context.set_offline(False)
    phone.faults.clear()  # the browser says that it was offline


def test_a_paper_of_a_key_that_was_replaced_is_still_ours(phone, office, papers):
    office.command("register", "new-key")
    phone.goto(f"{office.url}/periksa#{papers['minutes'].code.partition('#')[2]}")
    answered(phone, "Sah:")


# --- whoever guesses --------------------------------------------------------------------------------------------------


def question(server, **fields):
    body = urlencode(fields).encode()
    status, headers, answer = ask(
        server, "POST", "/periksa", body,
        Origin=server.url, Accept="application/json", Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip
    return status, headers, json.loads(answer) if answer.startswith(b"{") else answer


def test_the_page_needs_no_cookie_gives_none_and_takes_no_question_from_another_site(office):
    status, headers, _ = ask(office, "GET", "/periksa")
    assert (status, headers.get("set-cookie")) == (200, None)
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    body = urlencode({"number": OURS, "day": "2026-11-24"}).encode()
    kind = {"Content_Type": "application/x-www-form-urlencoded"}
    assert ask(office, "POST", "/periksa", body, Origin="http://elsewhere.example", **kind)[0] == 403
    assert ask(office, "PUT", "/periksa", body, Origin=office.url, **kind)[0] == 405
    for path in (
        "/periksa/",
        "/periksa/verify.html",
        "/periksa/../app.py",
        "/periksa/register.json",
        "/periksa/%2e%2e/x",
    ):
        assert ask(office, "GET", path)[0] in (303, 401, 404), path


def test_a_thousand_forged_questions_tell_nothing(demo_template, tmp_path):
    """Guesses at numbers and days, huge and strange ones: no answer tells a number that is ours from one that is not."""
    shutil.copytree(demo_template, tmp_path / "local")
    rng = random.Random(7)
    day = date(2026, 11, 24)
    strange = [
        "",
        " ",
        "0",
        "%",
        "' OR ''='",
        "../..",
        "\x00",
        "\u202e1",
        "1" * 5000,
        "١٢",
        "<script>",
        "{{7*7}}",
        "800/77",
    ]
    with running_server(tmp_path / "local") as server:
        server.command("register", "add", OURS, "--day", f"{day:%d-%m-%Y}", "--subject", "Undangan")
        told = set()
        for guess in range(1000):
            kind = guess % 5
            if kind == 0:
                fields = {
                    "number": f"800/{rng.randrange(1000)}/BKPSDM/2026",
                    "day": str(day + timedelta(days=rng.randrange(1, 300))),
                }
            elif kind == 1:
                fields = {"number": rng.choice(strange), "day": str(day)}
            elif kind == 2:
                fields = {
                    "number": OURS,
                    "day": rng.choice(["", "2026-13-45", "kemarin", "9" * 400, "2026-11-23", "0001-01-01"]),
                }
            elif kind == 3:
                fields = {
                    "digest": hashlib.sha256(str(guess).encode()).hexdigest()[: rng.choice([64, 64, 10])],
                    "number": OURS,
                    "day": "2026-11-22",
                }
            else:
                fields = {"code": f"{rng.randbytes(8).hex()}.{rng.randbytes(60).hex()}.{'A' * rng.choice([86, 3])}"}
            status, headers, answer = question(server, **fields)
            assert "set-cookie" not in headers
            if isinstance(answer, dict) and "standing" in answer:
                assert answer["standing"] == "unknown", fields
                told.add(status)
            else:
                assert status in (422, 429), (status, fields)
                told.add(status)
        assert told == {200, 422, 429}
        # Whoever guessed is told no more, not even of the right number; and one who holds the code still is.
        assert question(server, number=OURS, day=str(day))[0] == 429
        body = b"x" * 20_000
        assert ask(
            server,
            "POST",
            "/periksa",
            body,
            Origin=server.url,
            Accept="application/json",
            Content_Type="application/x-www-form-urlencoded",
        )[0] in (422, 429)
        log = (tmp_path / "local" / "server.log").read_text()
        assert "Traceback" not in log
    assert WRONG.most < 20
