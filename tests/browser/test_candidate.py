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
    field = page.get_by_role("combobox", name="Cari orang")
    below = page.get_by_text("Jabatan", exact=True).first.bounding_box()
    field.press_sequentially(name[:2] + name[3:])
    found = page.get_by_role("option").filter(has_text=re.compile(f"^{re.escape(name)}"))
    found.first.wait_for()
    expect(field).to_have_attribute("aria-expanded", "true")
    at = page.get_by_role("option").all_inner_texts().index(found.first.inner_text())
    assert page.get_by_text("Jabatan", exact=True).first.bounding_box() == below, "what is found moves the page"
    for _ in range(at + 1):
        page.keyboard.press("ArrowDown")
    expect(found.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidate?*nip=*")
    expect(page.get_by_role("heading", level=3).first).to_contain_text(name)
    expect(field).to_have_value("")


def test_nobody_is_found_is_said_and_an_older_answer_never_stands_under_a_newer_text(server, members, page):
    visit(page, server, members["member"], "succession?language=id")
    field = page.get_by_role("combobox", name="Cari orang")
    field.press_sequentially("dinas")
    page.get_by_role("option").first.wait_for()
    field.fill("zzzzqqqq")
    expect(page.get_by_text("Tidak ada yang ditemukan dengan “zzzzqqqq”.")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("")
    field.press_sequentially("kepala dinas ke")
    page.get_by_role("option").filter(has_text="Kepala Dinas Kesehatan").first.click()
    page.wait_for_url("**/ranking?*post=dinas-kesehatan*")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_profile_prints_on_one_sheet_and_is_without_violation(language, server, members, page):
    t = translator(language)
    nip = json.loads(server.command("rank", "dinas-kominfo", "--format", "json").stdout)[0]["nip"]
    visit(page, server, members["member"], f"candidate?nip={nip}&post=dinas-kominfo&language={language}")
    expect(page.get_by_text(t("Posts held"))).to_be_visible()
    page.locator(".bars .row").nth(20).wait_for()
    assert not page.locator("[data-testid=stVegaLiteChart]").count(), "a chart is compiled for each person"
    settled(page)
    no_violation(page)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
