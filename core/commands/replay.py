"""Compute the orders of a session's file again and say what is not as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core.locales import finish, sentence, translator
from core.service.sessions.replay import replay_file
from core.settings import settings
from core.talent.messages import N_

app = typer.Typer()


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="made by “core session evidence” or on the page")],
    key: Annotated[str, typer.Option(help="the office's public key, see “core audit key”")] = "",
) -> None:
    """Compute the orders of a session's file again, without a database; exit 1 when anything is not as it was."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}") from None
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)) if key else None
    except ValueError:
        raise typer.BadParameter("a public key has 64 hexadecimal digits") from None
    found, translate = replay_file(content, public), translator(settings().language)
    for fault in found.faults:
        typer.echo(sentence(fault, translate), err=True)
    for post, nips in found.firsts.items():
        typer.echo(f"{post}: {', '.join(nips)}")
    if not found.same:
        raise typer.Exit(1)
    typer.echo(
        finish(
            translate(N_("Everything comes out again to the last bit (digest {digest})")).format(
                digest=found.digest[:16]
            )
        )
    )
    if public is None:
        typer.echo(translate(N_("Without the office's public key nobody can tell who signed the file's checkpoint.")))
