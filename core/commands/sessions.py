"""Sessions of the committee: list, show, export. Nothing that is sealed is told before it is opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from core.commands.shown import Format, show_rows
from core.service import installation
from core.service.accounts import COMMAND_LINE
from core.service.sessions import preparing, records, seen
from core.service.sessions.evidence import export_evidence
from core.store.database import check_version

app = typer.Typer(no_args_is_help=True, help="Sessions of the committee.")

_Number = Annotated[int, typer.Argument(help="number of the session")]


@app.command("list")
def list_(form: Format = "table") -> None:
    """All sessions, the newest first."""
    engine = installation.open_configured_engine()
    check_version(engine)
    rows = [
        (each.id, each.name, each.place, each.held_on.isoformat(), each.phase, len(each.members), len(each.posts))
        for each in records.list_sessions(engine, by=COMMAND_LINE)
    ]
    show_rows(pd.DataFrame(rows, columns=["number", "name", "place", "day", "phase", "members", "posts"]), form)


@app.command()
def show(number: _Number, form: Format = "table") -> None:
    """Who sits in a session, who is there, who has sealed."""
    engine = installation.open_configured_engine()
    check_version(engine)
    session = records.read_session(engine, number, by=COMMAND_LINE)
    status = seen.read_status(engine, session, by=COMMAND_LINE)
    rows = [
        (
            member.id,
            member.full_name,
            member.seat,
            member.username,
            member.id in status.present,
            member.id in status.declared,
            member.id in status.sealed,
        )
        for member in session.members
    ]
    columns = ["member", "name", "seat", "user", "present", "declared", "sealed"]
    show_rows(pd.DataFrame(rows, columns=columns), form)


@app.command()
def export(number: _Number, form: Annotated[str, typer.Option("--format", help="json")] = "json") -> None:
    """A session as JSON: frame, settings, steps and, once it is open, judgements (first and final), decisions, votes."""
    if form != "json":
        raise typer.BadParameter(f"{form!r} is not json")
    engine = installation.open_configured_engine()
    check_version(engine)
    exported = seen.export_session(engine, number, by=COMMAND_LINE)
    typer.echo(json.dumps(exported, ensure_ascii=False, indent=1, sort_keys=True, default=str))


@app.command()
def evidence(
    number: _Number, out: Annotated[Path, typer.Option(help="file to write it to; an existing one stays")]
) -> None:
    """A closed session as one file: facts, rules, judgements, orders, the decision, with proofs; see “core replay”."""
    engine = installation.open_configured_engine()
    check_version(engine)
    review = preparing.load_session_review(engine, records.read_session(engine, number, by=COMMAND_LINE))
    content = export_evidence(engine, review, number, by=COMMAND_LINE)
    try:
        with out.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise typer.BadParameter(f"{out}: {error.strerror}") from None
    typer.echo(f"{out}: {len(content) / 1e6:.1f} MB")
