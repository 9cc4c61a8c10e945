"""Keeping an installation: backup, restore, move, health."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.locales import finish, sentence, stamp, translator
from core.service import backup as backups
from core.service import health as health_service
from core.service import installation, moving
from core.settings import settings
from core.store.database import open_engine
from core.talent.messages import N_

app = typer.Typer()

_Passphrase = Annotated[
    Path | None, typer.Option("--passphrase-file", help="first line: passphrase instead of the key")
]


def _say(words: str, **values: object) -> None:
    typer.echo(finish(translator(settings().language)(words).format(**values)))


def _first_line(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        line = file.read_text(encoding="utf-8").splitlines()[0].strip()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}") from None
    except (UnicodeDecodeError, IndexError):
        line = ""
    if not line:
        raise typer.BadParameter(f"{file} holds no passphrase in its first line")
    return line


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="file to write, or the folder of nightly backups")],
    passphrase: _Passphrase = None,
) -> None:
    """Write an encrypted backup and prove it by restoring it into a scratch database; exit 1 when it is not proven."""
    engine = installation.open_configured_engine()
    if file.is_dir() and passphrase:
        raise typer.BadParameter(
            "nightly backups are encrypted to the backup key; give a file for one under a passphrase"
        )
    if file.is_dir():
        status = backups.make_nightly_backup(engine, file)
    else:
        status = backups.make_backup(engine, file, _first_line(passphrase))
    if status.fault:
        _say(
            N_("the backup {file} was written and could NOT be restored: {fault}"), file=status.file, fault=status.fault
        )
        raise typer.Exit(1)
    _say(
        N_("backup {file}, {size} kB, restored for proof, {count} entries of the trail"),
        file=status.file,
        size=status.size // 1024,
        count=status.entries,
    )


@app.command("backup-key")
def backup_key() -> None:
    """Show the key that opens the backups; made when there is none. Write it down: without it no backup opens."""
    installation.open_configured_engine()
    typer.echo(backups.make_backup_key())


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="a backup")],
    passphrase: _Passphrase = None,
    key: Annotated[
        Path | None, typer.Option("--key-file", help="file with the backup key, where this is a new machine")
    ] = None,
    checkpoint: Annotated[Path | None, typer.Option(help="the last checkpoint that was kept elsewhere")] = None,
) -> None:
    """Put a backup back into an empty database."""
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")
    text = checkpoint.read_text(encoding="utf-8", errors="replace") if checkpoint else None
    engine = installation.open_configured_engine()
    restored = backups.restore_backup(engine, file, _first_line(passphrase), key, text)
    for told in restored.told:
        typer.echo(sentence(told, translator(settings().language)), err=True)
    _say(N_("restored: {rows} rows as of {time} UTC"), rows=restored.rows, time=restored.made_at)
    if restored.told:
        raise typer.Exit(1)


@app.command()
def move(to: Annotated[str, typer.Option(help="URL of an empty database, e.g. postgresql+psycopg:///mantel")]) -> None:
    """Copy everything into another, empty database and verify it there; the source stays."""
    source = installation.open_configured_engine()
    rows, entries = moving.move_database(source, open_engine(to), lambda table: typer.echo(table, err=True))
    _say(N_("moved: {rows} rows; the trail of {count} entries adds up there as here"), rows=rows, count=entries)
    _say(N_("now set MANTEL_DATABASE_URL to the target and start Mantel again"))


@app.command()
def health() -> None:
    """Whether everything is in order; exit 1 when not."""
    engine = installation.open_configured_engine()
    checks = health_service.check_health(engine)
    checks |= health_service.check_more(engine) if not checks["database"] else {}
    status = backups.read_status()
    for name, fault in checks.items():
        typer.echo(f"{name}: {fault or 'ok'}")
    typer.echo(f"backup: {_describe(status)}")
    if any(checks.values()) or health_service.find_backup_fault(status):
        raise typer.Exit(1)


def _describe(status: backups.BackupStatus | None) -> str:
    fault = health_service.find_backup_fault(status)
    if fault is not None:
        return sentence(fault, translator(settings().language))
    assert status is not None, "none at all is a fault"
    return f"ok, {stamp(health_service.read_time(status))} WIB"
