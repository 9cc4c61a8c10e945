"""Tests of core/ui/guide.py: the guide is whole in both languages, and its pictures are there."""

import pytest

from core.ui.guide import FOLDER, read_guide


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_role_has_its_part_with_pictures(language):
    parts = read_guide(language)
    assert [part.key for part in parts] == ["0", "1", "2"]
    for part in parts:
        assert any(block.picture for block in part.blocks), part.title
        for block in part.blocks:
            assert block.text
            assert block.picture is None or block.picture.is_file(), block.picture


def test_both_languages_say_the_same_in_the_same_order():
    shapes = [
        [(part.key, [block.picture and block.picture.stem[:-3] for block in part.blocks]) for part in read_guide(words)]
        for words in ("id", "en")
    ]
    assert shapes[0] == shapes[1]
    heads = [
        sum(line.startswith("### ") for line in (FOLDER / f"{w}.md").read_text().splitlines()) for w in ("id", "en")
    ]
    assert heads[0] == heads[1] > 10


def test_no_picture_lies_about_that_the_guide_does_not_show():
    shown = {block.picture for words in ("id", "en") for part in read_guide(words) for block in part.blocks}
    assert set(FOLDER.glob("*.jpg")) == shown - {None}
