"""The report of a refused import: one row a fault, and faults of one kind in one line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.imports.faults import Fault
from core.locales import Translate, finish


def fault_frame(faults: Sequence[Fault], translate: Translate) -> pd.DataFrame:
    """Columns, translated: file, sheet, row, column, value, what is wrong and what was expected."""
    return pd.DataFrame(
        [(fault.file, fault.sheet, fault.row, fault.column, fault.value, _say(fault, translate)) for fault in faults],
        columns=[
            translate("File"),
            translate("Sheet"),
            translate("Row"),
            translate("Column"),
            translate("Value"),
            translate("What is wrong"),
        ],
    ).astype({translate("Row"): "Int64"})


def _say(fault: Fault, translate: Translate) -> str:
    return finish(translate(fault.message).format(**{"value": fault.value, **fault.values}))


def group_faults(faults: Sequence[Fault], translate: Translate) -> pd.DataFrame:
    """Faults of one kind in one column of one sheet as one row, the most frequent first.

    Columns, translated: what is wrong (of the first), how many rows, which, where.
    """
    groups: dict[tuple[str, str, str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.file, fault.sheet, fault.column, fault.message), []).append(fault)
    ordered = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    return pd.DataFrame(
        [
            (
                _say(alike[0], translate),
                len(alike),
                _name_rows([fault.row for fault in alike if fault.row]),
                " · ".join(text for text in (file, sheet, column) if text),
            )
            for (file, sheet, column, _), alike in ordered
        ],
        columns=[translate("What is wrong"), translate("How often"), translate("Rows"), translate("Where")],
    )


def _name_rows(rows: Sequence[int]) -> str:
    """Row numbers as ranges: 12–58, 60."""
    ranges: list[list[int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    named = [f"{first}–{last}" if last > first else str(first) for first, last in ranges]
    return ", ".join(named[:8]) + (", …" if len(named) > 8 else "")
