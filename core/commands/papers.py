"""Papers: the register, and verifying one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from core.commands.shown import Format, show_rows
from core.papers.standing import Answer
from core.papers.statement import find_token
from core.reports.verification import choose_sentence, read_day
from core.service import installation
from core.service.accounts import COMMAND_LINE
from core.service.papers import keys, publishing, register, verification
from core.service.trail import digest_content
from core.settings import settings
from core.store.database import check_version

app = typer.Typer(no_args_is_help=True, help="The register of papers.")

_Paper = Annotated[int, typer.Argument(help="the paper's row, see “register list”")]
_Reason = Annotated[str, typer.Option(help="why; kept with it")]


def verify(
    file: Annotated[Path | None, typer.Argument(help="a PDF or other file of a paper")] = None,
    number: Annotated[str, typer.Option(help="the number as printed")] = "",
    day: Annotated[str, typer.Option(help="the day of the paper, DD-MM-YYYY")] = "",
    code: Annotated[str, typer.Option(help="the signed code of the QR, after #")] = "",
) -> None:
    """Whether a paper is the office's, in one sentence; exit 1 when it is not, or does not hold as it is."""
    engine = installation.open_configured_engine()
    check_version(engine)
    issued_on = read_day(day) if day else None
    if day and issued_on is None:
        raise typer.BadParameter(f"{day!r} is no day; expected DD-MM-YYYY")
    if file is not None:
        answer = _verify_file(file, number, issued_on)
    elif code:
        answer = verification.verify_code(engine, code.rpartition("#")[2])
    elif number and issued_on:
        answer = verification.verify_number(engine, number, issued_on)
    else:
        raise typer.BadParameter("a file, or --number with --day, or --code is needed")
    typer.echo(choose_sentence(answer, settings().language))
    if answer.standing != "valid":
        raise typer.Exit(1)


def _verify_file(file: Path, number: str, issued_on: dt.date | None) -> Answer:
    content = _read(file)
    return verification.verify_file(
        installation.open_configured_engine(),
        digest_content(content),
        find_token(content),
        number,
        issued_on,
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}") from None


@app.command("list")
def list_(form: Format = "table") -> None:
    """All papers, the newest first."""
    engine = installation.open_configured_engine()
    check_version(engine)
    rows = [
        (
            each.id,
            each.number,
            each.issued_on.isoformat(),
            each.subject,
            each.standing,
            each.since.isoformat() if each.since else "",
            each.replaced_by,
            each.reason,
        )
        for each in register.list_papers(engine, by=COMMAND_LINE)
    ]
    columns = ["row", "number", "day", "subject", "standing", "since", "replaced_by", "reason"]
    show_rows(pd.DataFrame(rows, columns=columns), form)


@app.command()
def add(
    number: Annotated[str, typer.Argument(help="as printed")],
    day: Annotated[str, typer.Option(help="the day of the paper, DD-MM-YYYY")],
    subject: Annotated[str, typer.Option(help="what it is about")],
    file: Annotated[Path | None, typer.Option(help="its file; only the digest is kept")] = None,
) -> None:
    """Enter a paper that was typed outside Mantel."""
    engine = installation.open_configured_engine()
    check_version(engine)
    issued_on = read_day(day)
    if issued_on is None:
        raise typer.BadParameter(f"{day!r} is no day; expected DD-MM-YYYY")
    content = None if file is None else _read(file)
    row = register.enter_paper(engine, number, issued_on, subject, content, by=COMMAND_LINE)
    typer.echo(f"Paper {row} is in the register.")


@app.command()
def revoke(paper: _Paper, reason: _Reason) -> None:
    """Say that a paper does not hold any more."""
    engine = installation.open_configured_engine()
    check_version(engine)
    register.revoke_paper(engine, paper, reason, by=COMMAND_LINE)
    typer.echo(f"Paper {paper} is revoked.")


@app.command()
def replace(
    paper: _Paper,
    number: Annotated[str, typer.Option("--by", help="number of the paper in its place")],
    reason: _Reason,
) -> None:
    """Say that another paper stands in the place of one."""
    engine = installation.open_configured_engine()
    check_version(engine)
    register.replace_paper(engine, paper, number, reason, by=COMMAND_LINE)
    typer.echo(f"Paper {paper} is replaced by {number}.")


@app.command()
def publish(folder: Annotated[Path, typer.Argument(help="folder of the regency's web site")]) -> None:
    """Write a page that verifies papers without a server, with the register's public part, signed."""
    engine = installation.open_configured_engine()
    check_version(engine)
    count = publishing.publish_register(engine, folder, by=COMMAND_LINE)
    typer.echo(f"{folder}: {count} papers can be verified there.")


@app.command("new-key")
def new_key() -> None:
    """Sign with a new key from now on; papers of the old one stay verifiable. Publish the register anew afterwards."""
    engine = installation.open_configured_engine()
    check_version(engine)
    typer.echo(f"Papers are signed with key {keys.replace_key(engine, by=COMMAND_LINE)} from now on.")
