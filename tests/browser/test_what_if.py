"""The what-if in the browser: every way to move a weight, and what is said of the order."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.locales import translator
from tests.browser.conftest import LAPTOP, go, settled, visit
from tests.browser.test_whole_way import names_in_order, no_violation

VIEWS = ("robustness", "changes", "pair", "scenarios", "finding", "opinions", "rating", "fairness", "fit")


@pytest.fixture
def ranking(server, members, page) -> Page:
    """The ranking of a vacant post by score alone, signed in as a member, with its firmness told."""
    visit(page, server, members["member"], "ranking?post=dinas-kominfo&order=score&language=id")
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until Python has said how firm the order on screen is."""
    page.locator(".panel .row .share:not(.stale):not(:empty)").first.wait_for()
    settled(page)


def values(page: Page) -> list[int]:
    """The weights on screen in tenths of a percent, once the next frame has been drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return [
        int(value) for value in page.locator(".slider input[type=range]").evaluate_all("all => all.map(a => a.value)")
    ]


def middle(page: Page, selector: str) -> tuple[float, float]:
    page.locator(selector).first.hover(trial=True)  # it stands still, and nothing lies over it
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_shares_wait_for_the_release_and_come_with_it(ranking):
    slider = ranking.locator("#weight-qualification").bounding_box()
    ranking.mouse.move(slider["x"] + 9 + 0.1 * (slider["width"] - 18), slider["y"] + 12)
    ranking.mouse.down()
    ranking.mouse.move(slider["x"] + 0.6 * slider["width"], slider["y"] + 12, steps=6)
    expect(ranking.locator(".panel .row .share.stale").first).to_be_visible()
    ranking.mouse.up()
    ready(ranking)
    expect(ranking.locator(".panel .share.stale")).to_have_count(0)
    verdict = ranking.locator(".verdict")
    expect(verdict).to_contain_text(re.compile("^Tiga besar ini (rapuh|cukup kokoh|kokoh)"))
    expect(verdict).to_contain_text("Dari 10.000 pembobotan acak")
    expect(verdict).to_contain_text(names_in_order(ranking)[0])
    assert verdict.bounding_box()["y"] + verdict.bounding_box()["height"] <= LAPTOP["height"]
    shown = ranking.locator(".panel .row .share").first
    expect(shown).to_have_attribute("title", re.compile(r"mempertahankan nama ini dalam tiga besar"))


def test_the_stretch_in_which_the_first_three_stay_is_on_the_track_and_read_out(ranking):
    stay = ranking.locator(".slider .stay").nth(4)
    expect(stay).to_be_visible()
    words = stay.get_attribute("title")
    low, high = (float(share.replace(",", ".")) for share in re.findall(r"\d+,\d", words))
    assert low <= 10.0 <= high
    expect(ranking.locator("#weight-qualification")).to_have_attribute("aria-valuetext", f"10,0 %; {words}")
    before = names_in_order(ranking)[:3]
    slider = ranking.locator("#weight-qualification")
    slider.focus()
    inside = int(high) * 10
    for _ in range((inside - 100) // 10):
        slider.press("ArrowRight")
    assert values(ranking)[4] <= 10 * high
    assert set(names_in_order(ranking)[:3]) == set(before)
    slider.press("ArrowRight")  # one percent more is outside
    assert values(ranking)[4] > 10 * high
    assert set(names_in_order(ranking)[:3]) != set(before)


def test_a_border_is_dragged_by_mouse_and_moved_by_keys(ranking):
    x, y = middle(ranking, ".weights .border")
    ranking.mouse.move(x, y)
    ranking.mouse.down()
    ranking.mouse.move(x + 80, y, steps=5)
    moved = values(ranking)
    assert moved[0] > 300
    assert moved[0] + moved[1] == 500
    assert moved[2:] == [200, 125, 100, 75]
    ranking.mouse.up()
    ranking.wait_for_url(f"**weights={moved[0]}.{moved[1]}.*")
    border = ranking.get_by_role("separator").nth(1)
    border.focus()
    border.press("ArrowLeft")
    assert values(ranking)[1] == moved[1] - 10
    assert values(ranking)[2] == 210


def test_a_border_and_a_thumb_follow_a_finger(server, members, browser):
    context = browser.new_context(viewport=LAPTOP, has_touch=True)
    page = context.new_page()
    visit(page, server, members["member"], "ranking?post=dinas-kominfo&order=score")
    ready(page)
    session = context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = middle(page, ".weights .border")
    touch("touchStart", x, y)
    for step in (20, 40, 60):
        touch("touchMove", x + step, y)
    touch("touchEnd")
    first, second = values(page)[:2]
    assert first > 300
    assert first + second == 500
    slider = page.locator("#weight-integrity").bounding_box()
    touch("touchStart", slider["x"] + 9 + 0.075 * (slider["width"] - 18), slider["y"] + 12)
    for share in (0.2, 0.3, 0.4):
        touch("touchMove", slider["x"] + share * slider["width"], slider["y"] + 12)
    touch("touchEnd")
    assert values(page)[5] > 300
    page.wait_for_url("**weights=*")
    context.close()


def test_a_weight_is_typed_and_nonsense_refused_in_a_sentence(ranking):
    field = ranking.get_by_label("Bobot Kompetensi dalam persen")
    field.fill("35,5 %")
    field.press("Enter")
    assert values(ranking)[2] == 355
    assert sum(values(ranking)) == 1000
    before = values(ranking)
    for wrong in ("banyak", "-5", "120", "NaN", ""):
        field.fill(wrong)
        field.press("Enter")
        expect(ranking.locator(".refusal")).to_have_text(f"“{wrong}” bukan bobot; seharusnya 0 sampai 100.")
        expect(field).to_have_value("35,5 %")
        assert values(ranking) == before


def test_undo_and_redo_by_button_and_by_keys(ranking):
    official = values(ranking)
    for name, typed in (("Kompetensi", "40"), ("Potensi", "5")):
        field = ranking.get_by_label(f"Bobot {name} dalam persen")
        field.fill(typed)
        field.press("Enter")
        ranking.wait_for_url("**weights=*")
        settled(ranking)
    last = values(ranking)
    ranking.get_by_role("button", name="Urungkan").click()
    assert values(ranking)[2] == 400
    ranking.locator(".slider input[type=range]").first.focus()
    ranking.keyboard.press("Control+z")
    assert values(ranking) == official
    expect(ranking.get_by_role("button", name="Urungkan")).to_be_disabled()
    ranking.keyboard.press("Control+y")
    ranking.get_by_role("button", name="Ulangi").click()
    assert values(ranking) == last


def test_bars_line_up_by_a_criterion_and_split_into_its_parts(ranking):
    ranking.get_by_role("button", name="Kualifikasi", exact=True).click()
    starts = ranking.locator(".panel .row:not([hidden]) .bars > i[data-criterion='4']").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().left - one.parentElement.getBoundingClientRect().left))"
    )
    assert set(starts) == {0}
    assert ranking.locator(".panel .row .bars b").count() == 0
    ranking.get_by_role("button", name="Rincian Kompetensi").click()
    first = ranking.locator(".panel .row").first.locator(".bars > i[data-criterion='2']")
    assert first.locator("b").count() == 3
    whole = first.bounding_box()["width"]
    assert sum(criterion.bounding_box()["width"] for criterion in first.locator("b").all()) == pytest.approx(
        whole, abs=1
    )
    expect(ranking.locator(".subs").nth(2)).to_contain_text("Penilaian kompetensi")


def test_at_most_four_names_are_watched_and_heard(ranking):
    for n in (4, 6, 7, 8):
        ranking.locator(".panel .row .pin").nth(n).click()
    expect(ranking.locator(".pins li")).to_have_count(4)
    ranking.locator(".panel .row .pin").nth(1).click()
    expect(ranking.locator(".refusal")).to_contain_text("Paling banyak 4 nama")
    slider = ranking.locator("#weight-qualification")
    slider.focus()
    for _ in range(3):
        slider.press("PageUp")
    expect(ranking.locator(".live")).to_contain_text(re.compile(r": peringkat \d+, (naik|turun) \d+"))
    heard = ranking.locator(".live").text_content().split("; ")
    assert len(heard) == 4
    labels = ranking.locator(".panel .row:not([hidden])").evaluate_all(
        "all => all.map(a => a.getAttribute('aria-label'))"
    )
    assert any(re.match(r"Peringkat \d+, naik \d+, ", label) for label in labels)
    ranking.get_by_role("button", name="Berhenti mengamati").first.click()
    expect(ranking.locator(".pins li")).to_have_count(3)


def test_values_and_shares_are_told_by_pointer_and_by_keyboard(ranking):
    ranking.locator(".panel .row .bars").first.hover()
    tip = ranking.locator(".tip")
    expect(tip).to_be_visible()
    points = [float(text.replace(",", ".")) for text in tip.locator(".line .number:last-child").all_text_contents()]
    score = float(ranking.locator(".panel .row .score").first.text_content().replace("≈", "").replace(",", "."))
    assert sum(points) == pytest.approx(score, abs=0.06)
    ranking.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    ranking.locator(".panel .row .pin").first.focus()
    ranking.keyboard.press("Tab")
    expect(tip).to_be_visible()
    ranking.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_name_glides_in_the_same_row_unless_motion_is_unwelcome(ranking):
    row = ranking.locator(".panel .row").filter(has_text=names_in_order(ranking)[4]).element_handle()
    who = row.query_selector(".name").text_content()
    ranking.locator("#weight-qualification").press("PageUp")
    assert row.query_selector(".name").text_content() == who  # the same element, at its new place
    duration = "row => getComputedStyle(row).transitionDuration"
    assert row.evaluate(duration) == "0.16s"
    ranking.emulate_media(reduced_motion="reduce")
    assert row.evaluate(duration) == "0s"


def test_only_the_rows_in_sight_exist(server, members, page):
    visit(page, server, members["member"], "ranking?post=semua&order=score")
    ready(page)
    assert page.locator(".panel .row").first.get_attribute("aria-setsize") == "650"
    page.locator(".scroller").evaluate("box => (box.scrollTop = 400 * 46)")
    expect(page.locator(".panel .row:not([hidden])[aria-posinset='402']")).to_be_visible()
    assert page.locator(".panel .row").count() < 25


def test_a_reload_keeps_the_simulation(ranking):
    ranking.locator("#weight-qualification").press("PageUp")
    ranking.wait_for_url("**weights=*")
    settled(ranking)
    before, order = values(ranking), names_in_order(ranking)
    ranking.reload()
    ranking.locator(".panel.simulated .row").first.wait_for()
    assert values(ranking) == before
    assert names_in_order(ranking) == order


def test_a_link_edited_by_hand_is_one_sentence(server, members, page):
    visit(page, server, members["member"], "ranking?weights=1.2.x&post=raja&view=entah&scenario=999&language=id")
    ready(page)
    for words in ("tidak ada skenario nomor 999", "1.2.x", "“raja”", "“entah”"):
        expect(page.get_by_text(re.compile(words, re.IGNORECASE)).first).to_be_visible()
    expect(page.locator(".panel.simulated")).to_have_count(0)


def test_weights_that_bring_somebody_in_are_tried_out(ranking):
    ranking.get_by_text("Perubahan terkecil", exact=True).click()
    settled(ranking)
    box = ranking.locator("[data-testid=stSelectbox]").filter(has_text="Bobot yang memasukkan")
    # The name stands in the field, or is the text of the box, by Streamlit's version.
    name = box.get_by_role("combobox").input_value() or box.inner_text().splitlines()[-1]
    ranking.get_by_role("button", name="Coba bobot ini").click()
    ranking.locator(".panel.simulated").wait_for()
    ready(ranking)
    row = ranking.locator(".panel .row").nth(0)
    row.wait_for()
    ranks = dict(
        ranking.locator(".panel .row:not([hidden])").evaluate_all(
            "all => all.map(a => [a.querySelector('.name').textContent, a.querySelector('.rank').textContent])"
        )
    )
    assert int(ranks[name].lstrip("=")) <= 3
    ranking.get_by_role("button", name="Urungkan").wait_for()


def test_weights_are_found_by_ranking_the_criteria(ranking):
    ranking.get_by_text("Cari bobot", exact=True).click()
    settled(ranking)
    box = ranking.get_by_role("combobox", name="Kriteria, yang terpenting dahulu")
    for name in ("Integritas & moralitas", "Potensi", "Kompetensi", "Kualifikasi", "Kinerja utama", "Kinerja penguat"):
        box.click()
        ranking.get_by_role("option", name=name).click()
        ranking.keyboard.press("Escape")
        settled(ranking)
    ranking.get_by_role("button", name="Pakai bobot ini").click()
    ranking.locator(".panel.simulated").wait_for()
    ready(ranking)
    before = values(ranking)
    assert before[5] == 408  # (1 + 1/2 + … + 1/6) / 6
    assert sum(before) == 1000


def test_a_scenario_is_kept_reopened_by_its_link_and_removed(ranking, server):
    ranking.get_by_label("Bobot Potensi dalam persen").fill("44")
    ranking.get_by_label("Bobot Potensi dalam persen").press("Enter")
    ready(ranking)
    before, order = values(ranking), names_in_order(ranking)
    ranking.get_by_text("Skenario", exact=True).first.click()
    ranking.get_by_label("Nama skenario").fill("Potensi dahulu <b>")
    ranking.get_by_label("Catatan").fill("untuk sidang")
    ranking.get_by_role("button", name="Simpan bobot ini").click()
    same = "urutannya sama seperti saat itu"
    expect(ranking.get_by_text(same)).to_be_visible()
    link = ranking.get_by_text(re.compile(r"^\?scenario=\d+$")).text_content()
    with ranking.expect_download() as download:
        ranking.get_by_role("button", name="JSON").click()
    assert '"name": "Potensi dahulu <b>"' in download.value.path().read_text(encoding="utf-8")
    with ranking.expect_download() as download:
        ranking.get_by_role("button", name="XLSX", exact=True).click()
    assert download.value.path().read_bytes()[:2] == b"PK"

    go(ranking, server, f"ranking{link}")
    expect(ranking.get_by_text(same)).to_be_visible()
    ready(ranking)
    assert values(ranking) == before
    assert names_in_order(ranking) == order
    ranking.get_by_text("Skenario", exact=True).first.click()
    ranking.get_by_role("button", name="Hapus").click()
    expect(ranking.get_by_text("Hapus “Potensi dahulu <b>”?")).to_be_visible()  # it asks, with the name
    ranking.get_by_role("button", name="Ya", exact=True).click()
    expect(ranking.get_by_text("untuk sidang")).to_have_count(0)
    go(ranking, server, f"ranking{link}")
    expect(ranking.get_by_text("mungkin sudah dihapus")).to_be_visible()


def test_two_browsers_simulate_apart(server, members, browser):
    pages = []
    for _ in range(2):
        page = browser.new_context(viewport=LAPTOP).new_page()
        visit(page, server, members["member"], "ranking?post=dinas-kominfo&order=score")
        ready(page)
        pages.append(page)
    pages[0].locator("#weight-qualification").press("PageUp")
    pages[1].locator("#weight-integrity").press("PageUp")
    for page in pages:
        page.wait_for_url("**weights=*")
        ready(page)
    assert values(pages[0])[4] == 200
    assert values(pages[1])[5] == 175
    assert values(pages[0]) != values(pages[1])
    for page in pages:
        page.context.close()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_without_violation_in_both_languages(view, language, server, members, page):
    t = translator(language)
    visit(
        page,
        server,
        members["member"],
        f"ranking?post=dinas-kominfo&view={view}&language={language}&weights=186.124.124.77.441.48",
    )
    ready(page)
    page.get_by_text(t("Look closer")).first.wait_for(state="attached")
    no_violation(page)
