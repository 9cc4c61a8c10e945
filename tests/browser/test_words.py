"""Streamlit's own words are those of the screen, and its addresses lead somewhere."""

import pytest
from playwright.sync_api import expect

from core.ui.streamlit_words import ENGLISH, PLACES
from tests.browser.conftest import settled, until, visit

_SAID = """
(places) => [...document.querySelectorAll(places)].flatMap((node) => [
  ...["aria-label", "title", "placeholder"].map((name) => node.getAttribute(name)),
  ...[...node.childNodes].filter((child) => child.nodeType === 3).map((child) => child.nodeValue),
]).map((text) => text?.trim()).filter(Boolean)
"""


@pytest.mark.parametrize("path", ["talent_grid", "succession", "data", "candidate"])
def test_no_english_word_of_streamlit_is_left(path, server, members, page):
    visit(page, server, members["secretariat"], f"{path}?language=id")
    settled(page)
    if path == "talent_grid":
        page.get_by_label("Unit kerja").first.fill("qqqq")
        expect(page.get_by_text("Tidak ada hasil")).to_be_visible()
    until(page, f"() => !({_SAID})({PLACES!r}).includes('Skip to main content')")
    said = page.evaluate(_SAID, PLACES)
    assert said
    starts = [english.replace("#", "") for english in ENGLISH]
    left = [
        text for text in said if any(text == start or text.startswith((f"{start}:", f"{start} ")) for start in starts)
    ]
    assert left == []


def test_the_name_of_the_first_page_leads_to_it(server, members, page):
    visit(page, server, members["viewer"], "overview")
    expect(page.get_by_role("heading", name="Beranda", level=1)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Suksesi", exact=True).first.click()
    expect(page.get_by_role("heading", name="Suksesi", level=1)).to_be_visible()
