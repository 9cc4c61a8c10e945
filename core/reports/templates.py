"""The import templates as workbooks: title, header, one example row."""

from __future__ import annotations

from core.imports.layout import Layout
from core.reports.workbook import Table, workbook


def template(layout: Layout) -> bytes:
    """The workbook of a template; its example row says it is one by its name."""
    headers = [column.headers[0] for column in layout.columns]
    return workbook(
        [Table("Data", headers, [[column.example for column in layout.columns]], [layout.title["id"].upper()])]
    )
