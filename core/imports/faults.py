"""What is wrong in a file, one row a fault: where, what, and what was expected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.talent.errors import MantelError
from core.talent.messages import N_


class UnreadableFile(MantelError):
    """A file that cannot be opened as a workbook or csv at all."""


@dataclass(frozen=True)
class MappingOffer:
    """Headers of a sheet that no layout knows, and the fields a layout still lacks.

    ``layout`` is empty where it is not even clear which layout is meant. ``is_choice``: the headers are letters of columns
    of which one is meant, in this file alone.
    """

    layout: str
    headers: tuple[str, ...]
    lacking: tuple[str, ...]
    is_choice: bool = False


@dataclass(frozen=True)
class Fault:
    """One fault with its place. ``sheet``, ``row`` and ``column`` are empty where they make no sense.

    ``message`` is an English template for ``values``; it says what was expected.
    """

    file: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    offer: MappingOffer | None = None

    @classmethod
    def from_error(cls, file: str, error: MantelError, **place: Any) -> Fault:
        """The fault that an error means at a place."""
        return cls(file, error.message, dict(error.values), **place)


class RefusedImport(MantelError):
    """An import that was refused as a whole, with every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(N_("the import was refused: {count} faults; nothing was changed"), count=len(faults))
        self.faults = faults
