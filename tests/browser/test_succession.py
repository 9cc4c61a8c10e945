"""Succession in the browser: the question of the page in three clicks, and every view without a violation."""

import json
import re

import pytest
from playwright.sync_api import expect

from core.locales import translator
from core.ui.succession.views import VIEWS
from tests.browser.conftest import settled, visit
from tests.browser.test_whole_way import no_violation, open_row


def test_who_goes_where_in_two_clicks_by_keyboard_alone(server, members, page):
    plans = json.loads(server.command("place", "--format", "json").stdout)
    visit(page, server, members["viewer"])
    page.get_by_role("link", name="Suksesi", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Suksesi", level=1)).to_be_visible()
    settled(page)
    page.get_by_role("radio", name="Penempatan terbaik").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name=re.compile("dari 6 jabatan kosong dapat diisi"))).to_be_visible()
    settled(page)
    first = next(row for row in plans if row["plan"] == 1 and row["nip"])
    expect(
        page.get_by_text(re.compile(re.escape(first["name"].split(",")[0]) + ".*meninggalkan")).first
    ).to_be_visible()
    expect(page.get_by_text(re.compile("% pembobotan")).first).to_be_visible()


def test_a_pin_is_set_with_the_mouse_and_shows_its_price(server, members, page):
    visit(page, server, members["member"], "succession?look=placement")
    price = page.get_by_text(re.compile("Menempatkannya di sini mengurangi")).first
    expect(price).to_be_visible()
    page.get_by_role("button", name="Pasangkan di sini").first.click()
    page.wait_for_url("**pin=*")
    expect(page.get_by_role("button", name="Pasangkan atau larang (1)")).to_be_visible()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("look", VIEWS)
def test_every_view_is_without_violation(look, language, server, members, page):
    t = translator(language)
    visit(page, server, members["secretariat"], f"succession?look={look}&language={language}")
    expect(page.get_by_role("button", name=t("Save")).first).to_be_visible()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    no_violation(page)


def test_the_picture_of_a_view_is_saved(server, members, page):
    visit(page, server, members["viewer"], "succession?look=organisation")
    page.get_by_role("button", name="Unduh").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Gambar (SVG)").first.click()
    assert "Sekretaris Daerah" in download.value.path().read_text(encoding="utf-8")


def test_a_post_is_changed_where_it_is_shown_and_the_page_follows_at_once(server, members, page):
    visit(page, server, members["secretariat"], "succession?look=posts&language=id")
    expect(page.get_by_text("Semua jabatan")).to_be_visible()
    page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
    settled(page)
    open_row(page, "posts_held", 1)
    page.get_by_text("Ubah jabatan ini").click()
    fields = page.get_by_role("textbox", name="Bidang ilmu yang paling sesuai")
    usual = fields.input_value()
    page.get_by_label("Mengapa jabatan diubah").fill("dicoba dari halaman")
    fields.fill("Akutansi")
    save = page.get_by_role("button", name="Simpan jabatan")
    save.click()
    # Just above the button, where the eye is.
    refused = page.get_by_text("“Akutansi” pada")
    expect(refused).to_be_visible()
    assert 0 < save.bounding_box()["y"] - refused.bounding_box()["y"] < 120
    fields.fill(usual)
    page.get_by_role("spinbutton", name="day, Rencana pelantikan").focus()
    page.keyboard.type("30062027")
    page.get_by_label("Mengapa jabatan diubah").fill("pelantikan direncanakan")
    save.click()
    expect(page.get_by_text("sudah diubah.")).to_be_visible()
    expect(refused).to_have_count(0)
    # The panel around the form judges by the new day.
    expect(page.get_by_text("per 30 Juni 2027")).to_be_visible()
