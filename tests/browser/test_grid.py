"""The grid in the browser: by mouse and keyboard, on a tablet, and what it gives away as files."""

import contextlib
import io
import json
import re

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from core.locales import translator
from tests.browser.conftest import settled, visit
from tests.browser.test_whole_way import no_violation

CHART = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"


def drawn(page: Page):
    chart = page.locator(CHART).first
    chart.wait_for()
    settled(page)
    return chart.bounding_box()


def test_the_walk_of_a_new_user_from_the_start_page(server, members, page):
    """The people of box 9 in one Dinas, and why one of them is there, with nothing but what is in sight."""
    people = pd.DataFrame(json.loads(server.command("grid", "--format", "json").stdout))
    nines = people[(people["box"] == 9) & people["unit"].str.startswith("Dinas")]
    unit = nines["unit"].value_counts().index[0]
    wanted = nines[nines["unit"] == unit]
    visit(page, server, members["member"])
    page.get_by_role("link", name="Kotak talenta", exact=True).first.click()
    drawn(page)
    page.get_by_label("Unit kerja").first.fill(unit)
    page.get_by_role("option", name=unit).click()
    page.keyboard.press("Escape")
    page.get_by_test_id("stButtonGroup").get_by_role("button", name="9", exact=True).click()
    expect(page.get_by_role("heading", name=f"{len(wanted)} dari 650 pegawai")).to_be_visible()
    page.get_by_role("button", name=re.compile("Bandingkan|Peringkatkan")).first.wait_for()
    page.get_by_role("combobox", name="Cari orang").press_sequentially(wanted["name"].iloc[0].split(",")[0])
    page.get_by_role("option").filter(has_text=wanted["name"].iloc[0]).first.click()
    expect(page.get_by_text("Kekuatan:").first).to_be_visible()
    page.get_by_role("button", name="Dari mana angka ini").first.click()
    expect(page.get_by_role("dialog").get_by_text("Kotak 9 · peringkat")).to_be_visible()


def test_a_rectangle_drawn_with_the_mouse_is_a_set_that_can_be_ranked(server, members, page):
    visit(page, server, members["member"], "talent_grid")
    box = drawn(page)
    page.mouse.move(box["x"] + box["width"] * 0.72, box["y"] + box["height"] * 0.02)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.98, box["y"] + box["height"] * 0.13, steps=8)
    page.mouse.up()
    heading = page.get_by_role("heading", name=re.compile(r"^\d{1,2} dari 650 pegawai$"))
    count = int(heading.text_content().split()[0])
    assert 0 < count < 60
    page.get_by_role("button", name=f"Peringkatkan {count} orang").click()
    page.wait_for_url("**/ranking?*set=*")
    expect(page.get_by_text(f"hanya himpunan {count} orang")).to_be_visible()


def test_files_of_the_grid(server, members, page):
    visit(page, server, members["member"], "talent_grid?box=9")
    drawn(page)
    page.locator(".st-key-save_grid button").first.click()
    got = {}
    for name in ("Gambar (SVG)", "Gambar (PNG)", "Tabel (XLSX)", "Tabel (CSV)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).first.click()
        got[name] = download.value.path().read_bytes()
    assert got["Gambar (SVG)"].startswith(b"<svg")
    assert got["Gambar (PNG)"].startswith(b"\x89PNG")
    table = pd.read_excel(io.BytesIO(got["Tabel (XLSX)"]), header=2, dtype={"NIP": str}, engine="calamine")
    people = pd.DataFrame(json.loads(server.command("grid", "--format", "json").stdout))
    assert len(table) == 650
    assert table["Kinerja"].dtype == float
    assert table.set_index("NIP")["Kinerja"].sum() == pytest.approx(people["performance"].sum())
    assert len(got["Tabel (CSV)"].decode().splitlines()) == 651


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (820, 1180)])
def test_every_way_of_looking_is_without_violation_and_fits_the_width(language, size, server, members, page):
    t = translator(language)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    nip = json.loads(server.command("rank", "dinas-kominfo", "--format", "json").stdout)[0]["nip"]
    visit(
        page,
        server,
        members["secretariat"],
        f"talent_grid?language={language}&colour=readiness&period=2025&person={nip}&box=9&education=S1",
    )
    drawn(page)
    expect(page.get_by_text(t("Decision of the committee")).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    no_violation(page)


def turn(page, key, title):
    """Press a key until a slide of another title stands there: a button is drawn a moment before its key is listened to."""
    for _ in range(10):
        page.locator("body").press(key)
        with contextlib.suppress(AssertionError):
            expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=5000)
            return
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_presentation_by_keyboard(language, server, members, page):
    t = translator(language)
    visit(page, server, members["viewer"], f"presentation?language={language}")
    title = page.get_by_role("heading", level=1)
    first = title.text_content()
    turn(page, "ArrowRight", re.compile(f"^(?!{re.escape(first)}$)"))
    turn(page, "ArrowLeft", first)
    turn(page, "PageDown", re.compile(f"^(?!{re.escape(first)}$)"))  # a remote control
    turn(page, "PageUp", first)
    expect(page.get_by_role("link", name=t("Succession"))).to_have_count(0)
    controls = page.locator(".st-key-agenda")
    expect(controls).to_have_css("opacity", "0", timeout=15_000)
    page.mouse.move(300, 300)
    expect(controls).to_have_css("opacity", "1")
    no_violation(page)
    page.get_by_role("button", name=t("End"), exact=True).click()
    page.get_by_role("link", name=t("Succession")).first.wait_for()
    expect(page.get_by_role("heading", name=t("Overview"), level=1)).to_be_visible()
