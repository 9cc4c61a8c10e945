"""What somebody looks at, takes away and prints is in the audit trail, with who and from where."""

import json
import re

from tests.browser.conftest import go, settled, sign_in, visit


def entries(server, name: str) -> list[dict]:
    listed = server.command("audit", "list", "--user", name, "--format", "json").stdout
    return list(reversed(json.loads(listed)))


def events_after(server, page, name: str, wanted: str) -> list[dict]:
    """The entries of a user, once the one wanted is there: reads are written beside the page."""
    for _ in range(100):
        found = entries(server, name)
        if any(entry["event"] == wanted for entry in found):
            return found
        page.wait_for_timeout(100)
    raise AssertionError((wanted, found))


def test_reading_taking_and_printing_leave_their_entries(server, page):
    name, password = server.password("member")
    go(page, server, "ranking?post=dinas-kominfo")
    sign_in(page, name, password)
    page.locator(".panel .row").first.wait_for()
    settled(page)
    page.locator(".panel .row .name").first.click()
    page.get_by_role("dialog").wait_for()
    (read,) = [entry for entry in events_after(server, page, name, "person:read") if entry["event"] == "person:read"]
    assert re.fullmatch(r"\d{18}", read["subject"])
    assert (read["role"], read["address"]) == ("member", "127.0.0.1")

    # The same person again is the same read of the same tab.
    go(page, server, f"candidate?nip={read['subject']}")
    # The listener is a script of its own, which may come after the page is drawn.
    page.locator("html[data-notes-prints]").wait_for(state="attached")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    printed = events_after(server, page, name, "page:printed")[-1]
    assert (printed["event"], printed["subject"], printed["detail"]) == ("page:printed", read["subject"], "/candidate")

    go(page, server, "quality")
    with page.expect_download():
        page.get_by_role("button", name="Unduh daftar kerja (XLSX)").first.click()
    taken = events_after(server, page, name, "file:taken")[-1]
    assert taken["subject"].endswith(".xlsx")
    assert len({entry["session"] for entry in (read, printed, taken)}) == 1


def test_a_page_of_another_role_leaves_an_entry(server, page):
    credentials = server.password("viewer")
    visit(page, server, credentials)
    go(page, server, "administration")
    refused = events_after(server, page, credentials[0], "access:refused")[-1]
    assert (refused["event"], refused["subject"], refused["role"]) == ("access:refused", "/administration", "viewer")
