"""The report of a refused import, one row a fault."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.imports.faults import Fault
from core.locales import Translate, finish


def fault_frame(faults: Sequence[Fault], translate: Translate) -> pd.DataFrame:
    """Columns, translated: file, sheet, row, column, value, what is wrong and what was expected."""
    return pd.DataFrame(
        [
            (
                fault.file,
                fault.sheet,
                fault.row,
                fault.column,
                fault.value,
                finish(translate(fault.message).format(**{"value": fault.value, **fault.values})),
            )
            for fault in faults
        ],
        columns=[
            translate("File"),
            translate("Sheet"),
            translate("Row"),
            translate("Column"),
            translate("Value"),
            translate("What is wrong"),
        ],
    ).astype({translate("Row"): "Int64"})
