"""Succession in the browser: the question of the page in three clicks, and every view without a violation."""

import json
import re

import pytest
from playwright.sync_api import expect

from core.locales import translator
from core.ui.succession.views import VIEWS
from tests.browser.conftest import settled, visit
from tests.browser.test_whole_way import no_violation


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
