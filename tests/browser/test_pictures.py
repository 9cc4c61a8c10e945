"""The four main pages look as they did; a slip is seen. ``pytest tests/browser/test_pictures.py --update-pictures`` keeps new pictures on purpose."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from tests.browser.conftest import running_server, settled, visit

FOLDER = Path(__file__).parent / "pictures"
PAGES = {
    "overview": "",
    "talent_grid": "talent_grid",
    "ranking": "ranking?post=dinas-kominfo",
    "succession": "succession",
}
#: Pictures are compared this small, so that the edges of letters do not count.
SMALL = (342, 192)
#: A small pixel is another one when a channel differs by more; so many of them may be: fonts and a date.
APART, MOST = 40, 0.015


@pytest.fixture(scope="module")
def untouched(demo_template, tmp_path_factory):
    """A server whose data no other test changes."""
    folder = tmp_path_factory.mktemp("pictures") / "local"
    shutil.copytree(demo_template, folder)
    with running_server(folder) as server:
        yield server


def measure_difference(one: Image.Image, other: Image.Image) -> float:
    """Share of the small pixels that differ visibly."""
    pictures = [picture.convert("RGB").resize(SMALL, Image.Resampling.BOX) for picture in (one, other)]
    return float((np.asarray(ImageChops.difference(*pictures)).max(axis=2) > APART).mean())


@pytest.mark.parametrize("name", PAGES)
def test_a_main_page_looks_as_it_did(name, untouched, page, request):
    visit(page, untouched, untouched.password("member"), PAGES[name])
    if name == "ranking":
        page.locator(".panel .row .share:not(:empty)").first.wait_for()
    if name in ("talent_grid", "succession"):
        page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
    settled(page)
    page.evaluate("() => document.fonts.ready")
    file = FOLDER / f"{name}.png"

    def shoot() -> Image.Image:
        return Image.open(io.BytesIO(page.screenshot(animations="disabled")))

    if request.config.getoption("--update-pictures"):
        page.wait_for_timeout(2000)
        shoot().convert("RGB").resize((683, 384), Image.Resampling.LANCZOS).quantize(128).save(file, optimize=True)
        return
    wanted = Image.open(file)
    for _ in range(40):  # what is drawn last may still be on its way; a page that stays other fails
        difference = measure_difference(shoot(), wanted)
        if difference <= MOST:
            return
        page.wait_for_timeout(250)
    shoot().save(untouched.folder / f"{name}.png")
    pytest.fail(f"{name}: {difference:.1%} of the page looks otherwise; see {untouched.folder / name}.png")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_has_slipped_is_seen(name):
    picture = Image.open(FOLDER / f"{name}.png").convert("RGB")
    slipped = Image.new("RGB", picture.size, "white")
    slipped.paste(picture, (0, 24))
    assert measure_difference(picture, slipped) > MOST
    for other in PAGES:
        if other != name:
            assert measure_difference(picture, Image.open(FOLDER / f"{other}.png")) > MOST
