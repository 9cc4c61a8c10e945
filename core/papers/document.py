"""A paper's content, whichever file it becomes: sections of headings, sentences, lists and tables, all texts final.

Its digest is what the office signs; the same content always has the same one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

#: Columns that fit beside the first one on an upright and on a wide page.
UPRIGHT, WIDE = 6, 11


@dataclass(frozen=True)
class Block:
    """One thing on a paper. ``level`` counts for headings (1 or 2); ``header`` and ``rows`` for tables; ``items`` for lists.

    ``kind`` ``signatures`` leaves room to sign: ``rows`` are pairs of seat and name.
    """

    kind: Literal["heading", "text", "list", "table", "signatures"]
    text: str = ""
    level: int = 1
    items: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Section:
    """Blocks on pages of their own; ``wide`` pages lie."""

    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True)
class Document:
    """A paper. ``facts`` are pairs that stand above the first section, e.g. the place; ``foot`` stands on every page."""

    office: str
    title: str
    number: str
    issued_on: str
    subject: str
    language: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    foot: str = ""

    def printable(self) -> Document:
        """The same paper in which characters that no font of ours prints stand by their code, e.g. ``[U+1F600]``."""
        data = _spell(asdict(self))
        sections = tuple(
            Section(
                tuple(
                    Block(
                        block["kind"],
                        block["text"],
                        block["level"],
                        tuple(block["items"]),
                        tuple(block["header"]),
                        tuple(tuple(row) for row in block["rows"]),
                    )
                    for block in section["blocks"]
                ),
                section["wide"],
            )
            for section in data["sections"]
        )
        facts = tuple((name, value) for name, value in data["facts"])
        return Document(**{**data, "facts": facts, "sections": sections})

    @cached_property
    def data(self) -> dict[str, Any]:
        """The paper as plain data that JSON can hold; not to be changed."""
        return asdict(self)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content in hexadecimal digits."""
        text = json.dumps(self.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


#: Latin with its marks, Greek, Cyrillic, punctuation, currencies, letter-like signs, arrows, mathematics.
_PRINTED = re.compile(r"[^\n\x20-\x7e\xa0-\u04ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u22ff]")


def _spell(value: Any) -> Any:
    if isinstance(value, str):
        return _PRINTED.sub(lambda found: f"[U+{ord(found[0]):04X}]", value.replace("\r\n", "\n").replace("\t", " "))
    if isinstance(value, dict):
        return {name: _spell(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_spell(each) for each in value]
    return value


def head(text: str, level: int = 1) -> Block:
    """A heading."""
    return Block("heading", text, level)


def say(text: str) -> Block:
    """A sentence or more."""
    return Block("text", text)


def list_items(items: Sequence[str]) -> Block:
    """A list with bullets."""
    return Block("list", items=tuple(items))


def tabulate(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], most: int = UPRIGHT) -> list[Block]:
    """A table; one with more than ``most`` columns beside the first becomes several, each with the first column."""
    rest = len(header) - 1
    pieces = max(1, -(-rest // most))
    size = -(-rest // pieces) if rest else 1
    starts = range(1, max(rest, 1) + 1, max(size, 1))
    return [
        Block(
            "table",
            title,
            header=(header[0], *header[start : start + size]),
            rows=tuple((row[0], *row[start : start + size]) for row in rows),
        )
        for start in starts
    ]
