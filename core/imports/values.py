"""What the reader hands out: sheets of plain rows, and cells that are not what their bytes say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Row = list[object]

#: How the error of a formula looks where it is written out: Excel's, and LibreOffice's own.
ERROR_TEXT = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}")


class Percent(float):
    """A number of a cell whose format is percent, as a person reads it: 85.5 where the file holds 0.855."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell without a value: the error of a formula (``#N/A``), or a formula whose result was not stored."""

    text: str
    is_error: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Limits:
    """How much a file may hold once unpacked, and what reading it may take."""

    unpacked_bytes: int = 500 * 2**20
    cells: int = 10_000_000
    memory_bytes: int = 600 * 2**20
    seconds: int = 30


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and rows; ``rows[0]`` is row 1 of the sheet. What is hidden is counted from 1."""

    name: str
    rows: list[Row]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    is_hidden: bool = False


@dataclass
class Marks:
    """What a sheet says beside its values: hidden rows and columns (from 1), cells (row, column from 0) to put right."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: dict[tuple[int, int], object] = field(default_factory=dict)


def column_number(letters: str) -> int:
    """Number of a column from its letters, A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Letters of a column from its number, 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
