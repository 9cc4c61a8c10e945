"""A session of the committee in real browsers: five members, the wall, and what each must never lose or see."""

import asyncio
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import AT_REST, LAPTOP, go, running_server, settled, sign_in
from tests.browser.test_whole_way import no_violation
from tests.members import connect, make_cookie
from tests.signed_in import OWN_PASSWORD
from tests.sitting import NAMES

#: Six browsers through a whole session take their time on a slow machine.
pytestmark = pytest.mark.timeout(700)


#: What the walk reads and presses.
WORDS = {
    "id": {
        "sealed": "^{} dari 5 anggota telah menyegel",
        "scored": "semua nilai sudah ada",
        "own_seal": "^Disegel. Tidak seorang pun",
        "open": "Buka bersama",
        "yes": "Ya",
        "hidden": "Peserta 0",
        "phases": ("Bahas", "Putus"),
        "on": "Lanjut ke: {}",
        "reason": r"^Alasan \(wajib: ",
        "check": "perlu ditinjau: apa yang diperiksa",
        "put": "Ajukan",
        "vote": "Suara saya",
        "in_favour": "setuju",
        "tally": "^4 setuju, 0 tidak setuju",
        "close": "Tutup sidang",
        "closed": "Tutup",
        "course": "Jalannya sidang",
        "otherwise": "Saya berpendapat lain dan ingin dicatat",
        "dissent": "Pendapat berbeda",
        "leave": "Biarkan jabatan ini terbuka",
        "replay": "Putar ulang",
        "replay_now": "Putar ulang sekarang",
        "same": "^Semuanya keluar sama persis",
    },
    "en": {
        "sealed": "^{} of 5 members have sealed",
        "scored": "all scores are there",
        "own_seal": "^Sealed. Nobody sees",
        "open": "Open together",
        "yes": "Yes",
        "hidden": "Candidate 0",
        "phases": ("Discussion", "Decision"),
        "on": "On to: {}",
        "reason": r"^Reason \(obligatory: ",
        "check": "is to be reviewed: what is checked",
        "put": "Put to the vote",
        "vote": "My vote",
        "in_favour": "in favour",
        "tally": "^4 in favour, 0 against",
        "close": "Close the session",
        "closed": "Closed",
        "course": "How the meeting went",
        "otherwise": "I think otherwise and want it written down",
        "dissent": "Dissent",
        "leave": "Leave this post open",
        "replay": "Replay",
        "replay_now": "Replay now",
        "same": "^Everything comes out again",
    },
}


@pytest.fixture
def sitting_server(demo_template, tmp_path):
    """A server of the test's own: a session belongs to its accounts."""
    folder = tmp_path / "local"
    shutil.copytree(demo_template, folder)
    with running_server(folder) as server:
        yield server


@pytest.fixture
def arrive(browser, sitting_server):
    """Open a page as somebody, in a browser of their own."""
    contexts = []

    def open_page(name, path, viewport=LAPTOP):
        context = browser.new_context(viewport=viewport)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        go(page, sitting_server, path)
        sign_in(page, name, OWN_PASSWORD)
        settled(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


def press(page, role, name, **more):
    """Press something once the server is done and the page stands still: nobody presses what is just being drawn anew.

    Standing still alone is not enough: a busy server pauses between two parts of a page for longer than that.
    """
    settled(page)
    page.evaluate(AT_REST)
    page.get_by_role(role, name=name, **more).click()


def yes(page, button, word):
    press(page, "button", button)
    page.get_by_role("button", name=word, exact=True).click()


def tab_to(page, selector):
    """Move on by the keyboard until the focus is on something."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => Boolean(document.activeElement?.closest(s))", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def type_scores(page, count):
    """Type a score of each candidate, as fast as a machine can, by the keyboard alone."""
    tab_to(page, "[class*=st-key-scores_]")
    for at in range(count):
        page.keyboard.type(str(70 + at))
        page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["id", "en"])
def test_five_members_and_the_wall_through_a_whole_session(language, sitting_server, arrive):
    words = WORDS[language]
    number = sitting_server.run_beside("tests.sitting", "judging", "ani", "budi", "dedi", "eko")
    sitting_server.run_signed_in("add", "layar", "viewer", "Layar")
    pages = {name: arrive(name, f"session?session={number}&language={language}") for name in NAMES}
    wall = arrive("layar", f"presentation?session={number}&language={language}", {"width": 1920, "height": 1080})
    chair, citra = pages["ani"], pages["citra"]
    expect(wall.get_by_text(re.compile(words["sealed"].format(4)))).to_be_visible()

    # Citra judges, by the keyboard alone.
    tab_to(citra, ".st-key-declare_all_3, [class*=st-key-declare_all]")
    citra.keyboard.press("Enter")
    citra.locator(".panel .row").first.wait_for()
    settled(citra)
    for post in range(2):
        if post:
            tab_to(citra, "[class*=st-key-judged]")
            citra.keyboard.press("ArrowRight")
            citra.keyboard.press("Space")
            citra.wait_for_url("**judged=dispora")
            settled(citra)
        type_scores(citra, 6)
        expect(citra.get_by_text(words["scored"])).to_be_visible()
    tab_to(citra, ".st-key-seal")
    citra.keyboard.press("Enter")
    expect(citra.get_by_text(re.compile(words["own_seal"]))).to_be_visible()

    # The others hear of it without a reload; the chair opens, and everybody reads the same sentence.
    expect(chair.get_by_text(re.compile(words["sealed"].format(5)))).to_be_visible()
    yes(chair, words["open"], words["yes"])
    sentences = set()
    for page in (*pages.values(), wall):
        page.locator(".st-key-dispute p").first.wait_for()
    for page in pages.values():
        sentences.add(page.locator(".st-key-dispute p").first.inner_text())
    assert len(sentences) == 1
    assert "Nama" not in sentences.pop()  # no member is named
    assert words["hidden"] in wall.locator(".st-key-dispute p").first.inner_text()  # nor a candidate, on the wall

    for phase in words["phases"]:
        press(chair, "button", words["on"].format(phase))
        for page in pages.values():
            expect(page.locator("strong", has_text=re.compile(f"^{phase}$")).first).to_be_visible()
    # What somebody is writing stays when the chair turns the page, and what the chair wrote is there on coming back.
    pages["dedi"].get_by_text(words["otherwise"]).click()
    dissent = pages["dedi"].get_by_label(words["dissent"])
    dissent.fill("wawancara terlalu menentukan")
    titles = ("Kepala Dinas Komunikasi", "Kepala Dinas Pemuda")
    chair.get_by_text(words["leave"]).click()
    why_open = chair.locator("[class*=st-key-open_reason] input")
    why_open.fill("terlalu sedikit calon")
    for title in titles[::-1]:
        press(chair, "radio", re.compile(title))
        for page in pages.values():
            expect(page.get_by_role("heading", name=re.compile(title))).to_be_visible()
    expect(dissent).to_have_value("wawancara terlalu menentukan")
    expect(why_open).to_have_value("terlalu sedikit calon")
    for post, title in enumerate(titles):
        if post:
            press(chair, "radio", re.compile(title))
        for page in pages.values():
            expect(page.get_by_role("heading", name=re.compile(title))).to_be_visible()
        for field in chair.get_by_label(re.compile(words["reason"])).all():
            field.fill("pengalaman memimpin perangkat daerah")
        for field in chair.get_by_label(re.compile(words["check"])).all():
            field.fill(
                "ijazah, BKPSDM, 15 Desember 2026"
            )  # the last one is not left: pressing the button takes it along
        press(chair, "button", words["put"], exact=True)
        for name in ("ani", "budi", "citra", "dedi"):
            expect(pages[name].get_by_text(re.compile(f"{words['vote']}: –"))).to_be_visible()
            press(pages[name], "button", words["in_favour"].capitalize(), exact=True)
            expect(pages[name].get_by_text(re.compile(f"{words['vote']}: {words['in_favour']}"))).to_be_visible()
        expect(chair.get_by_text(re.compile(words["tally"]))).to_be_visible()
    expect(wall.get_by_text(re.compile(words["tally"]))).to_be_visible()
    yes(chair, words["close"], words["yes"])
    for page in pages.values():
        expect(page.locator("strong", has_text=re.compile(f"^{words['closed']}$")).first).to_be_visible()
        expect(page.get_by_text(words["course"])).to_have_count(1)
    citra.get_by_text(words["replay"], exact=True).click()
    press(citra, "button", words["replay_now"])
    expect(citra.get_by_text(re.compile(words["same"]))).to_be_visible()
    exported = json.loads(sitting_server.command("session", "export", number).stdout)
    assert exported["session"]["phase"] == "closed"
    assert [post["decision"]["tally"]["carried"] for post in exported["posts"]] == [True, True]
    citras = [each for each in exported["posts"][0]["judgements"] if each["member"] == 3]
    assert sorted(value for (value,) in citras[0]["final"]["scores"].values()) == [70, 71, 72, 73, 74, 75]
    assert "Traceback" not in (sitting_server.folder / "server.log").read_text()


def test_a_secretariat_takes_the_first_of_the_order_and_finds_back_to_all_sessions(sitting_server, arrive):
    sitting_server.run_beside("tests.sitting", "judging")
    number = sitting_server.run_beside("tests.sitting", "prepare")
    page = arrive("sekretariat", f"session?session={number}")
    page.locator("[class*=st-key-posts_] input").first.click()
    page.keyboard.type("Komunikasi")
    page.get_by_role("option", name=re.compile("Kepala Dinas Komunikasi")).click()
    page.keyboard.press("Escape")
    settled(page)
    page.get_by_text("Pilih pelamar menurut nama").click()
    press(page, "button", "Ambil yang teratas")
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    expect(page.get_by_text(re.compile(": 6 calon"))).to_be_visible()
    expect(page.get_by_text(re.compile("^Tiap anggota mengetik 6 nilai"))).to_be_visible()
    told = json.loads(sitting_server.command("session", "export", number).stdout)
    assert [post["candidates"] for post in told["posts"]] == [6]
    # A question that was answered shuts, and does not lie over the reason why nothing was done.
    yes(page, "Buka penilaian", "Ya")
    expect(page.get_by_text(re.compile("Ada 0 ketua")).first).to_be_visible()
    expect(page.get_by_role("button", name="Ya", exact=True)).to_have_count(0)
    press(page, "button", "Semua sidang")
    expect(page.get_by_role("button", name="Buka", exact=True)).to_have_count(2)


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_phase_is_without_violation_on_every_screen(language, sitting_server, arrive):
    number = sitting_server.run_beside("tests.sitting", "judging", "ani", "budi", "dedi", "eko")
    fresh = sitting_server.run_beside("tests.sitting", "prepare")
    sitting_server.run_signed_in("add", "layar", "viewer", "Layar")
    looks = {
        "ani": arrive("ani", f"session?session={number}&language={language}"),
        "citra": arrive("citra", f"session?session={number}&language={language}"),
        "layar": arrive("layar", f"presentation?session={number}&language={language}"),
        "sekretariat": arrive("sekretariat", f"session?session={fresh}&language={language}"),
    }
    for step in (None, ("reveal",), ("go", "revealed"), ("go", "discussion"), ("close",)):
        if step:
            sitting_server.run_beside("tests.sitting", step[0], number, *step[1:])
        for page in looks.values():
            page.reload()
            page.get_by_role("heading", level=1).first.wait_for()
            settled(page)
            for width, height in ((1920, 1080), (1366, 768), (820, 1180)):
                page.set_viewport_size({"width": width, "height": height})
                page.evaluate(AT_REST)
                assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (step, width)
            no_violation(page)
        looks.pop("sekretariat", None)  # the preparation of another session, which does not change


def wait_for_weights(server, page, number, name):
    """What a member has said, once weights are among it."""
    for _ in range(60):
        kept = json.loads(server.run_beside("tests.sitting", "tell", number, name))
        if kept["tenths"]:
            break
        page.wait_for_timeout(100)
    assert kept["tenths"]
    return kept


def test_what_others_do_never_resets_what_a_member_is_doing(sitting_server, arrive):
    number = sitting_server.run_beside("tests.sitting", "discussion")
    page = arrive("citra", f"session?session={number}")
    page.get_by_text("Ubah penilaian saya").click()
    page.locator(".panel .row").first.wait_for()
    settled(page)
    slider = page.locator(".panel input[type=range]").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    share = int(slider.input_value()) / int(slider.get_attribute("max"))
    page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2, steps=4)
    held = slider.input_value()
    expect(page.get_by_text(re.compile("^Sebelum pembahasan"))).to_have_count(0)
    sitting_server.run_beside("tests.sitting", "release", number, "dedi", "29")
    # The room has changed under the member's hand, and the hand has not.
    expect(page.get_by_text(re.compile("^Sebelum pembahasan"))).to_be_visible()
    assert slider.input_value() == held
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2, steps=2)
    moved = slider.input_value()
    assert moved != held
    page.mouse.up()
    settled(page)
    kept = wait_for_weights(sitting_server, page, number, "citra")
    assert str(kept["tenths"][0]) == moved


def test_a_browser_that_dies_in_the_middle_of_scoring_loses_nothing(sitting_server, arrive):
    number = sitting_server.run_beside("tests.sitting", "judging")
    page = arrive("budi", f"session?session={number}")
    page.get_by_role("button", name=re.compile("^Bebas konflik dengan")).click()
    page.locator(".panel .row").first.wait_for()
    settled(page)
    type_scores(page, 3)
    expect(page.get_by_text("kurang 3 nilai")).to_be_visible()
    page.locator(".panel input[type=range]").first.press("ArrowRight")
    wait_for_weights(sitting_server, page, number, "budi")
    page.context.close()
    again = arrive("budi", f"session?session={number}")
    expect(again.get_by_text("kurang 3 nilai")).to_be_visible()
    kept = json.loads(sitting_server.run_beside("tests.sitting", "tell", number, "budi"))
    assert sorted(value for (value,) in kept["scores"].values()) == [70, 71, 72]
    assert kept["tenths"]


async def read_deltas(server, cookie, first):
    """Everything a page is drawn with, byte for byte, in order of where it stands."""
    drawn = []
    async with connect(server, cookie) as socket:
        await socket.send(first)
        while True:
            message = ForwardMsg()
            message.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), 120))
            kind = message.WhichOneof("type")
            if kind == "delta":
                drawn.append((list(message.metadata.delta_path), message.delta.SerializeToString(deterministic=True)))
            if kind == "script_finished":
                return sorted(drawn)


def test_a_recused_members_page_is_the_same_bytes_whatever_the_hidden_values_are(sitting_server, arrive):
    number = sitting_server.run_beside("tests.sitting", "conflict")
    frames = []
    page = arrive("eko", "start")
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda sent: frames.append(sent) if isinstance(sent, bytes) else None),
    )
    go(page, sitting_server, f"session?session={number}")
    settled(page)
    expect(page.get_by_text(re.compile("^Konflik kepentingan yang dinyatakan menutup"))).to_be_visible()
    cookies = {name: make_cookie(sitting_server, (name, OWN_PASSWORD)) for name in ("eko", "budi")}

    def drawn(name):
        with ThreadPoolExecutor(1) as apart:  # Playwright has a loop of its own in this thread
            return apart.submit(asyncio.run, read_deltas(sitting_server, cookies[name], frames[0])).result()

    before = {name: drawn(name) for name in cookies}
    assert drawn("eko") == before["eko"]  # a page drawn twice is the same, so that a difference would tell something
    sitting_server.run_beside("tests.sitting", "change", number, "ani", "budi", "citra", "dedi")
    # What all see is computed anew when something is said, which moves the session's number on and nothing else.
    sitting_server.run_beside("tests.sitting", "release", number, "budi", "1")

    def without_number(pieces):
        return [(path, re.sub(rb'"event": ?[0-9]+', b"", piece)) for path, piece in pieces]

    assert without_number(drawn("eko")) == without_number(before["eko"])
    assert without_number(drawn("budi")) != without_number(before["budi"])
