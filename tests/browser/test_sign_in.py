"""Nobody passes without signing in, whichever page is asked for first on a fresh server."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from core.ui.shell import PAGES
from tests.browser.conftest import go, running_server, settled, sign_in


@pytest.mark.parametrize("name", [name for name, _, _ in PAGES])
def test_the_first_request_of_a_fresh_server_finds_the_sign_in(name, demo_template, tmp_path, page):
    folder = tmp_path / "local"
    shutil.copytree(demo_template, folder)
    with running_server(folder) as fresh:
        go(page, fresh, name)
        expect(page.locator("input[type=password]")).to_be_visible()
        text = page.locator("body").inner_text()
        assert "S.E." not in text
        assert not re.search(r"\d{8}", text)  # no NIP
        expect(page.get_by_role("link")).to_have_text(["EN"])
        assert page.locator("script, [data-testid]").count() == 0


def test_a_link_leads_after_sign_in_to_its_page_and_view(server, members, page):
    go(page, server, "ranking?post=dinas-kominfo&language=en&weights=100.500.100.100.100.100")
    sign_in(page, *members["member"])
    settled(page)
    expect(page.get_by_role("heading", name="Ranking & weights")).to_be_visible()
    expect(page.locator(".panel.simulated")).to_be_visible()
    assert "post=dinas-kominfo" in page.url
    assert "weights=100.500.100.100.100.100" in page.url


def test_a_wrong_password_is_one_sentence(server, members, page):
    go(page, server)
    page.get_by_label("Nama pengguna").fill(members["viewer"][0])
    page.locator("input[type=password]").fill("salah")
    page.locator("input[type=password]").press("Enter")
    expect(page.get_by_text("Nama pengguna atau kata sandi salah.")).to_be_visible()


def test_the_sign_in_survives_a_reload_and_ends_with_signing_out(server, members, page):
    go(page, server)
    sign_in(page, *members["viewer"])
    go(page, server, "succession")
    expect(page.get_by_role("heading", name="Suksesi", level=1)).to_be_visible()
    cookies = page.context.cookies()
    page.get_by_role("button", name="Nama viewer").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.locator("input[type=password]")).to_be_visible()
    # The old cookie is worthless: the sign-in ended on the server.
    page.context.add_cookies(cookies)
    go(page, server, "succession")
    expect(page.locator("input[type=password]")).to_be_visible()


def test_a_page_of_another_role_is_not_shown_by_its_address(server, members, page):
    go(page, server)
    sign_in(page, *members["viewer"])
    for name in ("administration", "rubrics", "trail"):
        go(page, server, name)
        expect(page.get_by_role("heading", level=1)).to_have_text("Halaman ini bukan untuk peran Anda")
        assert page.locator("script").count() == 0
