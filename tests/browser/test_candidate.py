"""The profile in the browser: found from anywhere, printed on one sheet."""

import json
import re

import pytest
from playwright.sync_api import expect

from core.locales import translator
from tests.browser.conftest import settled, visit
from tests.browser.test_whole_way import no_violation


def test_a_person_is_found_from_any_page_by_keyboard_alone(server, members, page):
    people = json.loads(server.command("grid", "--format", "json").stdout)
    name = people[3]["name"].split(",")[0]
    visit(page, server, members["member"], "succession?language=id")
    settled(page)
    field = page.get_by_label("Cari orang")
    field.fill(name[:2] + name[3:])
    field.press("Enter")
    button = page.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))
    button.first.wait_for()
    button.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidate?*nip=*")
    expect(page.get_by_role("heading", level=3).first).to_contain_text(name)
    expect(page.get_by_label("Cari orang")).to_have_value("")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_profile_prints_on_one_sheet_and_is_without_violation(language, server, members, page):
    t = translator(language)
    nip = json.loads(server.command("rank", "dinas-kominfo", "--format", "json").stdout)[0]["nip"]
    visit(page, server, members["member"], f"candidate?nip={nip}&post=dinas-kominfo&language={language}")
    expect(page.get_by_text(t("Posts held"))).to_be_visible()
    page.locator("canvas, [data-testid=stVegaLiteChart] svg").nth(3).wait_for()
    settled(page)
    no_violation(page)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
