"""The whole way as a committee goes it: sign in, import, filter, drag, open a post, sign out."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from core.locales import translator
from core.ui.shell import PAGES
from tests.bad_files import BAD_FILES
from tests.browser.conftest import Server, go, running_server, settled, sign_in_first, until, visit

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def no_violation(page: Page) -> None:
    """No violation of WCAG 2.2 AA on the page as it stands."""
    violations = Axe().run(page, options=AXE).response["violations"]
    faults = [(v["id"], [(n["html"][:160], n["failureSummary"][:200]) for n in v["nodes"][:3]]) for v in violations]
    assert faults == []


def names_in_order(page: Page) -> list[str]:
    """Names in the live ranking, as placed on screen."""
    return page.locator(".panel .row").evaluate_all(
        "rows => rows.filter(r => !r.hidden).sort((a, b) => a.getAttribute('aria-posinset') - b.getAttribute('aria-posinset'))"
        ".map(r => r.querySelector('.name').textContent)"
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_from_sign_in_to_a_re_ranked_shortlist(language, demo_template, tmp_path, page):
    t = translator(language)
    folder = tmp_path / "local"
    folder.mkdir()
    with running_server_with_admin(folder) as (server, password):
        go(page, server, f"?language={language}")
        sign_in_first(page, "admin", password)
        page.get_by_role("link", name="Data", exact=True).click()
        expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible()
        files = sorted((demo_template / "demo").glob("*.xlsx"))
        page.locator("input[type=file]").set_input_files(files)
        expect(page.get_by_role("button", name=t("Import now"))).to_be_disabled(timeout=60_000)
        page.get_by_text(
            t("I have looked at the {count} people found by name: they are the right ones").split("{")[0]
        ).click()
        expect(page.get_by_role("button", name=t("Import now"))).to_be_enabled()
        page.get_by_role("button", name=t("Import now")).click()
        expect(
            page.get_by_text(
                t("Imported: {new} new, {changed} changed, {unchanged} unchanged facts.").split("{")[0]
            ).first
        ).to_be_visible(timeout=60_000)
        # What belonged to the preview fades out; pale text on its way out is no violation.
        expect(page.get_by_role("button", name=t("Import now"))).to_have_count(0)
        settled(page)
        no_violation(page)

        page.get_by_role("link", name=t("Talent grid")).first.click()
        expect(page.get_by_role("heading", name="650").first).to_be_visible()
        page.get_by_placeholder(t("name, NIP, post"), exact=True).fill("camat")
        page.get_by_placeholder(t("name, NIP, post"), exact=True).press("Enter")
        expect(page.get_by_text(t("{shown} of {all} people").format(shown=36, all=650))).to_be_visible()
        assert "q=camat" in page.url

        page.get_by_role("link", name=t("Succession")).first.click()
        expect(page.get_by_text(t("All posts"))).to_be_visible()
        open_row(page, "posts_held", 1)
        page.get_by_role("link", name=t("Open the ranking of this post")).click()
        page.wait_for_url("**/ranking?*post=asisten-1*")
        page.locator(".panel .row").first.wait_for()
        before = names_in_order(page)
        drag_to(page, 4, 0.95)
        expect(page.locator(".panel.simulated")).to_be_visible()
        assert names_in_order(page) != before
        settled(page)
        expect(
            page.get_by_text(t("First three, confirmed by the server ({kind})").format(kind=t("simulation")))
        ).to_be_visible()
        assert "weights=" in page.url
        after = names_in_order(page)

        page.get_by_role("link", name=t("Talent grid")).first.click()
        expect(page.get_by_placeholder(t("name, NIP, post"), exact=True)).to_have_value("camat")
        page.get_by_role("link", name=t("Ranking & weights")).first.click()
        page.locator(".panel.simulated .row").first.wait_for()
        assert names_in_order(page) == after
        page.get_by_role("button", name=t("Back to official weights")).click()
        expect(page.locator(".panel.simulated")).to_have_count(0)
        assert names_in_order(page) == before

        page.get_by_role("button", name="Administrator").click()
        page.get_by_role("button", name=t("Sign out")).click()
        expect(page.locator("input[type=password]")).to_be_visible()


def running_server_with_admin(folder):
    """A server on an empty installation, and its administrator's password."""
    from contextlib import contextmanager

    @contextmanager
    def run():
        with running_server(folder) as server:
            password = server.command("setup").stdout.split("password “")[1].split("”")[0]
            yield server, password

    return run()


def open_row(page: Page, key: str, row: int) -> None:
    """Choose a row (from 0) of a table by its mark."""
    table = page.locator(f".st-key-{key} canvas").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 35 * (row + 1.5))


def drag_to(page: Page, slider: int, share: float) -> None:
    """Drag a weight's thumb by mouse."""
    track = page.locator(".slider input[type=range]").nth(slider)
    box = track.bounding_box()
    start = float(track.input_value()) / 1000
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 9 + start * (box["width"] - 18), middle)
    page.mouse.down()
    for step in range(1, 11):
        at = start + (share - start) * step / 10
        page.mouse.move(box["x"] + 9 + at * (box["width"] - 18), middle)
    page.mouse.up()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sign_in_is_without_violation(language, server: Server, page):
    go(page, server, f"?language={language}")
    no_violation(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", [name for name, _, _ in PAGES])
def test_no_violation_of_wcag(name, language, scheme, server: Server, members, page):
    page.emulate_media(color_scheme=scheme)
    visit(page, server, members["administrator"], f"{'' if name == 'overview' else name}?language={language}")
    if name == "ranking":
        page.locator(".panel .row").first.wait_for()
    if name == "presentation":
        page.mouse.move(300, 300)  # the controls are there while the pointer moves
        expect(page.locator(".st-key-agenda")).to_have_css("opacity", "1")
    no_violation(page)


def test_the_screen_is_dark_by_choice_on_every_page(server, members, page):
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    visit(page, server, members["viewer"], "succession?language=id")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Nama viewer").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Gelap").click()
    for path in ("succession", "talent_grid", ""):
        go(page, server, path)
        until(page, f"{ground} === 'rgb(18, 22, 27)'")


def test_the_order_changes_while_the_thumb_moves(server, members, page):
    visit(page, server, members["member"], "ranking?post=dinas-kominfo&order=score")
    page.locator(".panel .row").first.wait_for()
    before = names_in_order(page)
    track = page.locator(".slider input[type=range]").first
    box = track.bounding_box()
    page.mouse.move(box["x"] + 9 + 0.3 * (box["width"] - 18), box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 9, box["y"] + 12, steps=5)
    expect(page.locator(".panel.simulated")).to_be_visible()
    assert names_in_order(page) != before
    assert "weights=" not in page.url  # the thumb has not been let go of: Python knows nothing yet
    page.mouse.up()
    page.wait_for_url("**weights=*")


def test_keys_move_weights_and_shift_moves_them_further(server, members, page):
    visit(page, server, members["member"], "ranking")
    slider = page.locator(".slider input[type=range]").first
    slider.wait_for()
    slider.focus()
    slider.press("ArrowRight")
    expect(slider).to_have_value("310")
    slider.press("Shift+ArrowLeft")
    expect(slider).to_have_value("260")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^26,0 %"))
    values = [
        int(value)
        for value in page.locator(".slider input[type=range]").evaluate_all("all => all.map(one => one.value)")
    ]
    assert sum(values) == 1000
    page.wait_for_url("**weights=260.*")


def test_a_lock_holds_a_weight(server, members, page):
    visit(page, server, members["member"], "ranking")
    page.get_by_role("button", name="Kunci Integritas & moralitas").click()
    page.locator(".slider input[type=range]").first.press("PageUp")
    expect(page.locator(".slider input[type=range]").first).to_have_value("400")
    expect(page.locator(".slider input[type=range]").nth(5)).to_have_value("75")


def test_a_viewer_reads_but_does_not_weigh(server, members, page):
    visit(page, server, members["viewer"], "ranking")
    page.locator(".panel .row").first.wait_for()
    assert page.locator(".slider input[type=range]:not([disabled])").count() == 0


def test_two_browsers_do_not_disturb_each_other(server, members, browser):
    pages = [browser.new_context().new_page() for _ in range(2)]
    for page in pages:
        visit(page, server, members["member"], "ranking")
        page.locator(".slider input[type=range]").first.wait_for()
    pages[0].locator(".slider input[type=range]").first.press("PageUp")
    expect(pages[0].locator(".panel.simulated")).to_be_visible()
    pages[0].wait_for_url("**weights=*")
    settled(pages[1])
    expect(pages[1].locator(".panel.simulated")).to_have_count(0)
    for page in pages:
        page.context.close()


def test_a_click_on_a_box_shows_its_people(server, members, page):
    visit(page, server, members["member"], "talent_grid")
    chart = page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    settled(page)
    box = chart.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.22, box["y"] + box["height"] * 0.12)  # box 4 or empty ground of it
    page.wait_for_url("**box=4*")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_name_opens_down_to_the_cell_it_rests_on(language, server, members, page):
    t = translator(language)
    visit(page, server, members["member"], f"ranking?language={language}&post=dinas-kominfo")
    name = page.locator(".panel .row .name").first
    name.wait_for()
    who = name.text_content()
    candidates = int(page.locator(".panel .row").first.get_attribute("aria-setsize"))
    name.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(who).first).to_be_visible()
    expect(dialog.get_by_text(t("rank {rank} of {of}").format(rank=1, of=candidates))).to_be_visible()
    expect(dialog.get_by_text("Kepala Dinas Komunikasi").first).to_be_visible()
    with page.expect_download() as download:
        dialog.get_by_role("button", name=t("Download (XLSX)")).click()
    assert download.value.suggested_filename.endswith(".xlsx")
    no_violation(page)


def test_ineligible_people_stay_visible_with_the_reason(server, members, page):
    visit(page, server, members["member"], "ranking?order=score")
    row = page.locator(".panel .row[data-eligibility='2']").first
    row.wait_for()
    expect(row.locator(".under")).to_contain_text("tidak memenuhi:")


def test_a_faulty_file_gives_a_report_and_changes_nothing(server, members, page, tmp_path):
    from tests.factories import siasn, siasn_row

    bad = tmp_path / "rusak.xlsx"
    bad.write_bytes(siasn(siasn_row("1.97E+17", **{"TANGGAL LAHIR": "12-03-1975"})).content)
    visit(page, server, members["secretariat"], "data")
    page.locator("input[type=file]").set_input_files(bad)
    expect(page.get_by_text("Impor ditolak: 1 kesalahan; tidak ada yang berubah.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Laporan (CSV)").click()
    assert "Lembar kerja mengubah NIP" in download.value.path().read_text(encoding="utf-8-sig")
    expect(page.get_by_role("button", name="Impor sekarang")).to_have_count(0)


def test_nothing_is_fetched_from_elsewhere(server, members, page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, server, members["administrator"])
    for link in ("Kotak talenta", "Peringkat & bobot", "Suksesi", "Data", "Administrasi"):
        page.get_by_role("link", name=link, exact=True).first.click()
        expect(page.get_by_role("heading", name=link, level=1)).to_be_visible()
        settled(page)
    outside = [
        url for url in asked if not url.startswith((server.url, "data:", "blob:", server.url.replace("http", "ws")))
    ]
    assert outside == []


def test_every_bad_file_has_its_sentence_on_screen(demo_template, tmp_path, page, monkeypatch):
    monkeypatch.setenv("MANTEL_MAX_UNPACKED_MB", "5")
    folder = tmp_path / "local"
    folder.mkdir()
    for name, (content, _) in BAD_FILES.items():
        (tmp_path / name).write_bytes(content)
    with running_server_with_admin(folder) as (server, password):
        go(page, server, "data")
        sign_in_first(page, "admin", password)
        page.locator("input[type=file]").set_input_files([tmp_path / name for name in BAD_FILES])
        expect(page.get_by_text("tidak ada yang berubah.")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="Laporan (CSV)").click()
        report = download.value.path().read_text(encoding="utf-8-sig").lower()
        for name, (_, words) in BAD_FILES.items():
            assert f"\n{name}," in report, name
            assert words.lower() in report, name
        assert server.command("grid", "--format", "json").stdout.strip() == "[]"
