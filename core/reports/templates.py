"""The import templates as workbooks: title, header, one example row, and a sheet of what each column takes."""

from __future__ import annotations

from core.imports.cells import EXPECTS
from core.imports.layout import Column, Layout
from core.locales import Language, translator
from core.reports.workbook import Table, workbook


def template(layout: Layout, language: Language = "id") -> bytes:
    """The workbook of a template; its example row says it is one by its name."""
    t = translator(language)
    headers = [column.headers[0] for column in layout.columns]
    guide = [
        [column.headers[0], t("yes") if column.required else t("no"), _expected(column, language), column.example]
        for column in layout.columns
    ]
    return workbook(
        [
            Table("Data", headers, [[column.example for column in layout.columns]], [layout.title["id"].upper()]),
            Table(t("Allowed values"), [t("Heading"), t("Must be filled"), t("What it takes"), t("Example")], guide),
        ]
    )


def _expected(column: Column, language: Language) -> str:
    message, values = EXPECTS[column.parse]
    return translator(language)(message).format(**values)
