"""The audit trail: list, verify, checkpoint."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from core.commands.shown import Format, show_rows
from core.locales import finish, sentence, translator
from core.service import installation, trail, trail_reading
from core.service.accounts import COMMAND_LINE
from core.settings import settings
from core.store.database import check_version
from core.talent.messages import N_
from core.trail.entry import Entry

app = typer.Typer(no_args_is_help=True, help="The audit trail.")


@app.command("list")
def list_(
    user: Annotated[str, typer.Option(help="user name")] = "",
    event: Annotated[list[str] | None, typer.Option(help="subject:action; may be repeated")] = None,
    subject: Annotated[str, typer.Option(help="NIP, user name, number or key it was done to")] = "",
    most: Annotated[int, typer.Option(help="how many of the latest", min=1)] = 100,
    form: Format = "table",
) -> None:
    """The latest entries, the newest first."""
    engine = installation.open_configured_engine()
    check_version(engine)
    entries = trail_reading.list_entries(
        engine, by=COMMAND_LINE, username=user, events=tuple(event or []), subject=subject, most=most
    )
    show_rows(pd.DataFrame([asdict(entry) for entry in entries], columns=list(Entry.__slots__)), form)


@app.command()
def verify(
    checkpoint: Annotated[Path | None, typer.Option(help="a checkpoint kept elsewhere")] = None,
) -> None:
    """Compute the whole trail again; exit 1 when something was changed in it."""
    engine = installation.open_configured_engine()
    check_version(engine)
    text = _read(checkpoint) if checkpoint else None
    found = trail.verify_trail(engine, text)
    translate = translator(settings().language)
    for fault in found.faults:
        typer.echo(sentence(fault, translate), err=True)
    if not found.sound:
        raise typer.Exit(1)
    typer.echo(finish(translate(N_("{count} entries, none was changed")).format(count=found.size)))
    if found.covered is None:
        typer.echo(
            translate(
                N_(
                    "Without a checkpoint from outside nobody can tell a trail that was written anew with the key, nor an older database put back."
                )
            )
        )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}") from None


@app.command()
def key() -> None:
    """The public key by which others verify what this installation has signed; to be printed and given out."""
    typer.echo(trail.read_key().public_key().public_bytes_raw().hex())


@app.command()
def checkpoint(out: Annotated[Path | None, typer.Option(help="file to write it to")] = None) -> None:
    """The signed checkpoint of now, to be printed and kept where nobody reaches it."""
    engine = installation.open_configured_engine()
    check_version(engine)
    text = trail.make_checkpoint(engine)
    if out:
        out.write_text(text, encoding="ascii")
    else:
        typer.echo(text, nl=False)
