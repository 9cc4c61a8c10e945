"""Making an installation: folder, database, cookie key, first administrator, demo data."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from core.imports.parse import Source
from core.service import accounts, importing, reference, rubrics, trail
from core.service.clock import now, today
from core.service.secret_files import read_secret
from core.settings import settings
from core.store.accounts import list_accounts
from core.store.database import is_made, migrate, open_engine, reading
from core.store.facts import get_data_version


def open_configured_engine() -> sa.Engine:
    """An engine for the configured database."""
    settings().local_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open_engine(settings().url)


def read_cookie_key() -> str:
    """The key that signs cookies: made at set-up, readable by the owner only, never in git.

    Raises
    ------
    UnusableSecret
    """
    return read_secret(settings().local_dir / "cookie_key", lambda: secrets.token_hex(32))


def set_up(database: sa.Engine) -> str | None:
    """Create or migrate the database and the first administrator; return the new password, if any."""
    _shut_folder(settings().local_dir)
    new = not is_made(database)
    migrate(database)
    trail.sign_first(database, new=new)
    rubrics.keep_shipped(database)
    read_cookie_key()
    with reading(database) as connection:
        if list_accounts(connection):
            return None
    return accounts.add_user(database, "admin", "Administrator", "administrator", by=accounts.COMMAND_LINE)


def guard_new_files() -> None:
    """Let every file that this process makes be its owner's alone."""
    os.umask(0o077)


def _shut_folder(folder: Path) -> None:
    """Let nobody else into the folder with the database and the keys, however it was made before."""
    folder.chmod(0o700)
    for path in folder.rglob("*"):
        # What somebody else has put there is theirs to shut: the folder itself is closed.
        if not path.is_symlink() and path.stat().st_uid == os.getuid():
            path.chmod(0o700 if path.is_dir() else 0o600)


def is_empty(database: sa.Engine) -> bool:
    """Whether nothing has been imported yet."""
    with reading(database) as connection:
        return get_data_version(connection) == 0


def write_demo_files(folder: Path, people: int) -> list[Source]:
    """Invent a regency and write its files in the layouts that really arrive."""
    from core.demo.files import demo_files  # only needed here, and it needs the workbook writer

    files = demo_files(people, today(), reference.read_posts())
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file.name).write_bytes(file.content)
    return files


def load_demo(database: sa.Engine, people: int) -> tuple[Path, int]:
    """Invent a regency and import its files through the same door as everyone's.

    The files are recorded as of a month ago and a small update as of now, so that a past date can be
    looked at. Returns the folder of the files and how many facts were imported.
    """
    from core.demo.files import demo_update

    folder = settings().local_dir / "demo"
    files = write_demo_files(folder, people)
    month_ago = now() - dt.timedelta(days=30)
    plan = importing.import_files(
        database, files, by=accounts.COMMAND_LINE, reason="data rekaan", confirmed=True, recorded_at=month_ago
    )
    later = demo_update(people, today(), reference.read_posts())
    for file in later:
        (folder / "update" / file.name).parent.mkdir(exist_ok=True)
        (folder / "update" / file.name).write_bytes(file.content)
    update = importing.import_files(
        database, later, by=accounts.COMMAND_LINE, reason="data rekaan, susulan", confirmed=True
    )
    return folder, plan.total("new") + update.total("new")
