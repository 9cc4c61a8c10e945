"""The fit for a post under the thumb, in the browser: the switch, the influence beside the sliders, the map of two weights."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import visit
from tests.browser.test_what_if import ready, values
from tests.browser.test_whole_way import names_in_order, no_violation


@pytest.fixture
def ranking(server, members, page) -> Page:
    """The ranking of a vacant post by fit, signed in as a member, with its firmness told."""
    visit(page, server, members["member"], "ranking?post=dinas-kominfo&basis=fit&language=id")
    ready(page)
    return page


def test_the_thumb_weighs_fit_against_talent_and_the_switch_keeps_both_apart(ranking):
    assert values(ranking) == [300, 400, 300, 0]
    by_fit = names_in_order(ranking)
    talent = ranking.locator("#weight-talent")
    talent.focus()
    talent.press("End")
    for _ in range(10):
        talent.press("PageUp")
    assert values(ranking)[3] == 1000
    assert names_in_order(ranking) != by_fit
    ranking.wait_for_url("**weights=0.0.0.1000*")
    order_by = ranking.get_by_role("radiogroup", name="Urut menurut")
    order_by.get_by_role("radio", name="Nilai talenta", exact=True).click()
    ready(ranking)
    expect(ranking.locator("#weight-main_performance")).to_have_value("300")
    assert "weights" not in ranking.url
    order_by.get_by_role("radio", name="Kesesuaian", exact=True).click()
    ready(ranking)
    expect(ranking.locator("#weight-talent")).to_have_value("1000")
    assert "weights=0.0.0.1000" in ranking.url


def test_each_slider_says_how_much_it_decides(ranking):
    shares = [
        int(found[1])
        for text in ranking.locator(".decides").all_inner_texts()
        if (found := re.match(r"menentukan (\d+) % urutan", text))
    ]
    assert len(shares) == 3  # the talent value weighs nothing
    assert 97 <= sum(shares) <= 100
    expect(ranking.locator(".by-group")).to_contain_text("dari semua pasangan")


def test_the_point_of_the_map_moves_two_weights_at_once_by_mouse_and_keys(ranking):
    ranking.locator(".map summary").click()
    ranking.locator(".map select.x").select_option("0")
    ranking.locator(".map select.y").select_option("3")
    canvas = ranking.locator(".map canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    ranking.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + box["height"] - 2)
    ranking.mouse.down()
    ranking.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.5 * box["height"], steps=5)
    moved = values(ranking)
    assert abs(moved[0] - 200) <= 5
    assert abs(moved[3] - 500) <= 5
    assert sum(moved) == 1000
    assert abs(moved[1] / moved[2] - 4 / 3) < 0.02  # the others in proportion
    ranking.mouse.up()
    ranking.wait_for_url(f"**weights={'.'.join(map(str, moved))}*")
    canvas.focus()
    canvas.press("ArrowUp")
    assert values(ranking)[3] == moved[3] + 10
    expect(ranking.locator(".map .said")).to_contain_text("Nilai talenta")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_fit_is_without_violation_with_the_map_open(language, server, members, page):
    visit(page, server, members["member"], f"ranking?post=dinas-kominfo&basis=fit&view=pair&language={language}")
    ready(page)
    page.locator(".map summary").click()
    no_violation(page)
