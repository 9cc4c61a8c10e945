"""Names, posts, files and links written by somebody who means harm are shown and nothing else."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.browser.conftest import go, running_server, settled, visit

NAMES = [
    "![x](http://evil.example/x.png)",
    "www.evil.example a@b.evil.example",
    "http://evil.example/q",
    "[Masuk lagi](//evil.example)",
    "<img src=//evil.example/y onerror=alert(1)>",
    ":material/home: :smile: **tebal** $x^2$",
]


@pytest.fixture(scope="module")
def hostile(demo_template, tmp_path_factory):
    """A server whose people and posts have hostile names."""
    folder = tmp_path_factory.mktemp("hostile") / "local"
    shutil.copytree(demo_template, folder)
    with closing(sqlite3.connect(folder / "mantel.db")) as database:
        rows = [row for (row,) in database.execute("SELECT id FROM employee WHERE superseded_by IS NULL ORDER BY id")]
        for number, row in enumerate(rows):
            database.execute("UPDATE employee SET name = ? WHERE id = ?", (NAMES[number % len(NAMES)], row))
        database.execute("UPDATE employee SET position_title = ? || position_title WHERE id % 3 = 0", (NAMES[0],))
        database.execute("UPDATE employee SET unit = ? WHERE id % 7 = 0", (NAMES[1],))
        nips = [nip for (nip,) in database.execute("SELECT nip FROM employee WHERE superseded_by IS NULL ORDER BY id")]
        database.commit()
    with running_server(folder) as server:
        yield server, nips


def made_of_text(page) -> list[str]:
    """Whatever stands on the page that leads or asks elsewhere, and the marks that data alone could have made."""
    return page.evaluate(
        """() => [
          ...[...document.querySelectorAll('a[href], img[src], iframe[src]')].map(e => e.href || e.src)
            .filter(address => !['data:', 'blob:'].includes(new URL(address).protocol) && new URL(address).host !== location.host),
          ...[...document.querySelectorAll('[data-testid=stMarkdownContainer] .katex')].map(e => e.outerHTML),
        ]"""
    )


@pytest.mark.parametrize(
    "path",
    [
        "", "talent_grid?box=5", "ranking?post=dinas-kominfo", "ranking?post=dinas-kominfo&order=score", "succession", "succession?look=bench",
        "succession?look=organisation&org_edit=1", "succession?look=plans", "presentation?slide=2", "quality", "data", "trail",
        "ranking?weights=![x](http://evil.example/w.png)", "ranking?scenario=![](//evil.ex/a)", "candidate?post=http://evil.example",
        "talent_grid?level=www.evil.example", "talent_grid?q=http://evil.example", "candidate?nip=www.evil.example",
    ],
)  # fmt: skip
def test_no_page_makes_anything_of_a_text(path, hostile, page):
    server, _ = hostile
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, server, administrator(server), path)
    settled(page)
    assert made_of_text(page) == []
    assert [url for url in asked if "evil" in url.split("?")[0]] == []


@pytest.mark.parametrize("count", [1, 2, 4])
def test_no_profile_and_no_comparison_does(count, hostile, page):
    server, nips = hostile
    visit(page, server, administrator(server))
    for start in (0, 1, 2):
        go(page, server, f"candidate?post=dinas-kominfo&nip={'~'.join(nips[start : start + count])}")
        assert made_of_text(page) == []
        if count == 1:
            page.get_by_role("button", name="Dari mana angka ini?").first.click()
            page.get_by_role("dialog").wait_for()
            settled(page)
            assert made_of_text(page) == []


_ADMINISTRATOR: dict[str, tuple[str, str]] = {}


def administrator(server) -> tuple[str, str]:
    if server.url not in _ADMINISTRATOR:
        _ADMINISTRATOR[server.url] = server.password("administrator")
    return _ADMINISTRATOR[server.url]
