"""The case after the session in a real browser: packet, letters, inauguration; the sheet of one person; replay from a file."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AT_REST, LAPTOP, go, running_server, settled, sign_in
from tests.browser.test_whole_way import no_violation
from tests.signed_in import OWN_PASSWORD

WORDS = {
    "id": {
        "after": "Sesudah sidang",
        "left": r"\d+ temuan belum",
        "why": "Alasan tetap dikirim",
        "keep": "Simpan alasan",
        "number": "Nomor surat",
        "file": "Berkas surat",
        "note": "Catat: {}",
        "steps": (
            "Usulan ke BKN",
            "Surat BKN atas nama-nama",
            "Pengumuman nama-nama",
            "Pilihan PPK",
            "Surat BKN atas nama terpilih",
            "Pelantikan",
        ),
        "noted": "{} dicatat.",
        "choose": "Nama pilihan PPK",
        "refused": "BKN menyetujui",
        "holder": "dihitung sebagai pemegang jabatan",
        "waits": "berikutnya “Usulan ke BKN”",
        "unconfirmed": "data impor belum menunjukkannya",
        "sheet": "Lembar pegawai",
        "yes": "Ya",
        "stands": "Lembar tercatat di register",
        "replay": "Putar ulang",
        "replay_file": "Putar ulang berkas",
        "same": "^Semuanya keluar",
    },
    "en": {
        "after": "After the session",
        "left": r"\d+ faults have neither",
        "why": "Why it goes out all the same",
        "keep": "Keep the reason",
        "number": "Number of the letter",
        "file": "File of the letter",
        "note": "Note: {}",
        "steps": (
            "Submission to BKN",
            "Letter of BKN on the names",
            "Announcement of the names",
            "Choice of the PPK",
            "Letter of BKN on the chosen one",
            "Inauguration",
        ),
        "noted": "{} is noted.",
        "choose": "Name the PPK chose",
        "refused": "BKN agreed to",
        "holder": "counts as the holder",
        "waits": "next is “Submission to BKN”",
        "unconfirmed": "do not show it yet",
        "sheet": "Sheet for this person",
        "yes": "Yes",
        "stands": "The sheet stands in the register",
        "replay": "Replay",
        "replay_file": "Replay the file",
        "same": "^Everything comes out again",
    },
}
POST, TITLE = "dinas-kominfo", re.compile("Kepala Dinas Komunikasi")


@pytest.fixture
def office(demo_template, tmp_path):
    shutil.copytree(demo_template, tmp_path / "local")
    with running_server(tmp_path / "local") as server:
        yield server


def open_page(browser, office, path, name="sekretariat"):
    context = browser.new_context(viewport=LAPTOP)
    context.set_default_timeout(60_000)
    page = context.new_page()
    go(page, office, path)
    sign_in(page, name, OWN_PASSWORD)
    settled(page)
    return page


def hand_in(page, field, file):
    """Upload a file and wait until the server has it and the page knows it."""
    with page.expect_response(lambda answer: "upload_file" in answer.url and answer.request.method == "PUT"):
        field.set_input_files(file)
    page.evaluate(AT_REST)
    settled(page)


def take(page, words, at, number, content, *, pick=None, nip=None, done=None):
    """Fill the form of the first case and note the step; ``done`` is the sentence that answers."""
    settled(page)
    field = page.locator(f"[class*='st-key-case_'][class*='_{POST}_{at}_number'] input")
    field.fill(number)
    page.locator(f"[class*='st-key-case_'][class*='_{POST}_{at}_day']").get_by_role("spinbutton").first.click()
    page.keyboard.type("24112026")
    page.keyboard.press("Tab")
    if pick is not None:
        page.get_by_label(words["choose"]).click()
        page.get_by_role("option").nth(pick).click()
    if nip is not None:
        page.locator(f"[class*='_{POST}_{at}_nip'] input").fill(nip)
        post = page.locator(f"[class*='_{POST}_{at}_post'] input")
        post.fill("Kepala Dinas Komunikasi")
        page.get_by_role("option", name=TITLE).first.click()
    if content is not None:
        upload = page.locator(f"[class*='_{POST}_{at}_file'] input[type=file]")
        hand_in(page, upload, {"name": f"{at}.pdf", "mimeType": "application/pdf", "buffer": content})
    page.locator(f"[class*='_{POST}_{at}_take'] button").click()
    expect(page.get_by_text(done or words["noted"].format(words["steps"][at]))).to_be_visible()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_case_from_the_packet_to_the_inauguration(language, office, browser, tmp_path):
    words = WORDS[language]
    number = office.run_beside("tests.sitting", "whole")
    page = open_page(browser, office, f"?language={language}")
    expect(page.get_by_text(words["waits"]).first).to_be_visible()

    go(page, office, f"session?session={number}&language={language}")
    page.get_by_text(words["after"], exact=True).click()
    expect(page.get_by_text(re.compile(words["left"]))).to_be_visible()
    # Nothing leaves before every fault has its reason.
    settled(page)
    expect(page.get_by_label(words["why"])).not_to_have_count(0)
    expect(page.locator(".st-key-packet_workbook")).to_have_count(0)
    while (count := page.get_by_label(words["why"]).count()) > 0:
        page.get_by_label(words["why"]).first.fill("dijelaskan dalam surat pengantar")
        page.get_by_role("button", name=words["keep"]).first.click()
        expect(page.get_by_label(words["why"])).to_have_count(count - 1)
        settled(page)
    expect(page.locator(".st-key-packet_workbook")).to_be_visible()

    take(page, words, 0, "800/1/BKPSDM/2026", b"%PDF-1.7 surat")
    take(page, words, 1, "B-9/AK/2026", b"%PDF-1.7 BKN")
    take(page, words, 2, "800/2/BKPSDM/2026", b"%PDF-1.7 pengumuman")
    take(page, words, 3, "131/KEP/2026", b"%PDF-1.7 keputusan", pick=0)
    nip = office.run_beside("tests.sitting", "first", number)
    take(page, words, 4, "B-12/AK/2026", b"%PDF-1.7 BKN 2", nip=nip)
    take(
        page, words, 5, "821/KEP/2026", b"%PDF-1.7 lantik", nip="197001012000011001", done=re.compile(words["refused"])
    )
    take(page, words, 5, "821/KEP/2026", None, nip=nip)
    expect(page.get_by_text(re.compile(words["holder"]))).to_be_visible()
    for at, name in enumerate(words["steps"], 1):
        expect(page.get_by_text(re.compile(f"^{at}\\. {re.escape(name)} · "))).to_be_visible()

    no_violation(page)

    # Replay from a file, as an auditor would bring it.
    evidence = tmp_path / "sidang.json"
    office.run_beside("tests.sitting", "evidence", number, str(evidence))
    page.get_by_text(words["replay"], exact=True).click()
    hand_in(page, page.locator(".st-key-replay_from input[type=file]"), evidence)
    page.get_by_role("button", name=words["replay_file"]).click()
    expect(page.get_by_text(re.compile(words["same"]))).to_be_visible()
    altered = evidence.read_text().replace("Kayuagung", "Palembang")
    other = {"name": "sidang.json", "mimeType": "application/json", "buffer": altered.encode()}
    hand_in(page, page.locator(".st-key-replay_from input[type=file]"), other)
    expect(page.get_by_text(re.compile(words["same"]))).to_have_count(0)  # the answer to the earlier file is gone
    page.get_by_role("button", name=words["replay_file"]).click()
    expect(page.get_by_text("“session”").first).to_be_visible()

    go(page, office, f"?language={language}")
    expect(page.get_by_text(re.compile(words["unconfirmed"]))).to_be_visible()

    go(page, office, f"candidate?nip={nip}&language={language}")
    page.get_by_role("button", name=words["sheet"]).click()
    page.get_by_role("button", name=words["yes"], exact=True).click()
    expect(page.get_by_text(re.compile(words["stands"]))).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile("^(download)?.*PDF")).click()
    assert taken.value.path().read_bytes()[:5] == b"%PDF-"
