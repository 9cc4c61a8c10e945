"""The guide of ``docs/guide``: its parts, one a role, as blocks of text and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from core.settings import ROOT

FOLDER = ROOT / "docs" / "guide"
_PICTURE = re.compile(r"^!\[(?P<text>[^\]]*)\]\((?P<name>\w+)\)$", flags=re.M)


@dataclass(frozen=True)
class Block:
    """A piece of the guide: Markdown of ours, or what a picture shows with its file."""

    text: str
    picture: Path | None = None


@dataclass(frozen=True)
class Part:
    """The guide of one role: its key (0, 1, …), its title, its blocks."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def picture_of(name: str, language: str) -> Path:
    """The file of a picture in a language; ``make shots`` draws them."""
    return FOLDER / f"{name}_{language}.jpg"


def read_guide(language: str) -> list[Part]:
    """The parts of the guide in a language."""
    text = (FOLDER / f"{language}.md").read_text(encoding="utf-8")
    parts = []
    for number, part in enumerate(re.split(r"^## ", text, flags=re.M)[1:]):
        title, _, body = part.partition("\n")
        parts.append(Part(str(number), title.strip(), tuple(_split(body, language))))
    return parts


def _split(body: str, language: str) -> list[Block]:
    blocks, end = [], 0
    for found in _PICTURE.finditer(body):
        blocks += [Block(body[end : found.start()].strip()), Block(found["text"], picture_of(found["name"], language))]
        end = found.end()
    blocks.append(Block(body[end:].strip()))
    return [block for block in blocks if block.text]
