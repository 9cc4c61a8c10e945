"""All that is known as one workbook, a sheet a kind of fact, under headers that the import reads again."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from core.imports.layout import Column, Layout
from core.imports.layouts import LAYOUTS
from core.reports.workbook import Table, workbook
from core.talent.facts import DATE_COLUMNS, KINDS
from core.talent.vocabulary import spell_code


def write_facts(facts: Mapping[str, pd.DataFrame]) -> bytes:
    """The workbook of some facts; imported again it says nothing new.

    Parameters
    ----------
    facts
        One frame a kind with the fact's columns; ``employee`` must be there. A kind without rows gets no sheet.
    """
    names = dict(zip(facts["employee"]["nip"], facts["employee"]["name"], strict=True))
    return workbook([_sheet(kind, facts[kind], names) for kind in KINDS if kind in facts and len(facts[kind])])


def _sheet(kind: str, frame: pd.DataFrame, names: Mapping[str, str]) -> Table:
    layout = next(layout for layout in LAYOUTS if layout.kind == kind)
    columns = [column for column in layout.columns if column.field in KINDS[kind].columns or column.field == "name"]
    cells = [_cells(column, frame, names) for column in columns]
    rows = list(zip(*cells, strict=True))
    return Table(_sheet_name(layout), [column.headers[0] for column in columns], rows)


def _sheet_name(layout: Layout) -> str:
    """The layout's title without what a sheet's name must not hold."""
    return "".join(letter for letter in layout.title["id"] if letter not in "[]:*?/\\")


def _cells(column: Column, frame: pd.DataFrame, names: Mapping[str, str]) -> list[object]:
    if column.field == "name" and "name" not in frame:
        return [names.get(nip, "") for nip in frame["nip"]]
    return [_cell(column.field, value) for value in frame[column.field].tolist()]


def _cell(field: str, value: object) -> object:
    """A stored value as people write it; empty where nothing is known."""
    if value is None or pd.isna(value):
        return ""
    if field in DATE_COLUMNS:
        return pd.Timestamp(value).date()
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return spell_code(field, value) if isinstance(value, str) else value
