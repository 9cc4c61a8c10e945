"""How commands show rows."""

from __future__ import annotations

import json
from typing import Annotated

import pandas as pd
import typer

from core.reports.workbook import frame_csv

Format = Annotated[str, typer.Option("--format", help="table, csv or json")]


def show_rows(frame: pd.DataFrame, form: str) -> None:
    """Print a frame as a table, csv or json.

    Raises
    ------
    typer.BadParameter
        For another form.
    """
    if form not in ("table", "csv", "json"):
        raise typer.BadParameter(f"{form!r} is not one of table, csv, json")
    if form == "csv":
        typer.echo(frame_csv(frame), nl=False)
    elif form == "json":
        plain = frame.astype(object).where(frame.notna(), None)
        typer.echo(json.dumps(plain.to_dict("records"), ensure_ascii=False, default=str, indent=1))
    else:
        typer.echo(frame.astype(object).where(frame.notna(), "–").to_string(index=False) if len(frame) else "(0)")
