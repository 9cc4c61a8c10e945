"""Making an installation: folder, database, cookie key, first administrator, demo data."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import tempfile
from pathlib import Path

import sqlalchemy as sa

from core.imports.parse import Source
from core.service import accounts, importing, reference, rubrics
from core.service.clock import now, today
from core.settings import settings
from core.store.accounts import list_accounts
from core.store.database import migrate, open_engine, reading
from core.store.facts import get_data_version


def open_configured_engine() -> sa.Engine:
    """An engine for the configured database."""
    settings().local_dir.mkdir(parents=True, exist_ok=True)
    return open_engine(settings().url)


def read_cookie_key() -> str:
    """The key that signs cookies: made at set-up, readable by the owner only, never in git."""
    path = settings().local_dir / "cookie_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Made aside and linked into place: another process sees no key or a whole one, and keeps the first.
        descriptor, made = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
        os.unlink(made)
    return path.read_text(encoding="ascii")


def set_up(database: sa.Engine) -> str | None:
    """Create or migrate the database and the first administrator; return the new password, if any."""
    migrate(database)
    rubrics.keep_shipped(database)
    read_cookie_key()
    with reading(database) as connection:
        if list_accounts(connection):
            return None
    return accounts.add_user(database, "admin", "Administrator", "administrator", by=accounts.COMMAND_LINE)


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
