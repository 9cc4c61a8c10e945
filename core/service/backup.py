"""Backups: the whole installation in one encrypted file, proven by restoring it, and put back from it.

A backup holds the database as of one moment, the keys without which it is worth little, and a list of what it holds. It is
encrypted with age (filippo.io/age), to the installation's own backup key or under a passphrase.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyrage
import sqlalchemy as sa

from core.service import trail
from core.service.accounts import COMMAND_LINE
from core.service.clock import now
from core.service.papers import keys as paper_keys
from core.settings import settings
from core.store import trail as trail_store
from core.store.copying import (
    check_integrity,
    count_rows,
    dump_database,
    load_dump,
    require_empty,
    scratch_database,
)
from core.store.database import check_version, migrate, reading
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.checkpoint import read_checkpoint
from core.trail.events import Event

#: What of ``local_dir`` a backup holds beside the database.
_KEYS = ("cookie_key", "audit_key", "paper_key")
#: What older backups do not hold, and need not: the next paper makes one.
_LATER_KEYS = frozenset({"paper_key"})
_KEY_FILE, _STATUS_FILE = "backup_key", "backup.json"
#: A backup this old is told (a nightly one has a day and some hours).
OLDEST = dt.timedelta(hours=26)
_DAILY, _WEEKLY = 7, 4
#: What a nightly backup is called; whatever else lies in the folder is somebody's and stays.
_NIGHTLY = re.compile(r"mantel-[0-9]{8}-[0-9]{6}\.age")


class BackupProblem(MantelError):
    """A backup that cannot be made, read or put back."""


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """The last backup: when (UTC), which file, how large, how many entries of the trail, and what was wrong ("": proven)."""

    made_at: str
    file: str
    size: int
    entries: int
    fault: str


def make_backup_key() -> str:
    """The installation's backup key, made when there is none; to be written down, for without it no backup opens."""
    path = settings().local_dir / _KEY_FILE
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{pyrage.x25519.Identity.generate()}\n")
    return str(_read_identity(path))


def _read_identity(path: Path) -> Any:
    try:
        return pyrage.x25519.Identity.from_str(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError, pyrage.IdentityError):
        raise BackupProblem(
            N_("the file “{file}” holds no backup key; expected one line AGE-SECRET-KEY-1…"), file=str(path)
        ) from None


def make_backup(engine: sa.Engine, file: Path, passphrase: str = "") -> BackupStatus:
    """Write a backup and prove it by restoring it into a scratch database; what was found stands on Beranda.

    Parameters
    ----------
    passphrase
        Encrypts under it; else to the installation's backup key.

    Raises
    ------
    BackupProblem, DatabaseProblem
        When nothing could be written. A backup that was written and could not be proven is returned with its fault.
    """
    check_version(engine)
    if file.exists():
        raise BackupProblem(N_("there is already a file “{file}”; a backup overwrites none"), file=str(file))
    if not file.parent.is_dir():
        raise BackupProblem(N_("there is no folder “{folder}”"), folder=str(file.parent))
    try:
        # What is not encrypted yet stands in the installation's own folder, never where backups are copied from.
        with tempfile.TemporaryDirectory(dir=settings().local_dir, prefix=".backup-") as name:
            manifest = _write(engine, Path(name), file, passphrase)
        fault = _prove(engine, file, manifest, passphrase)
    except (MantelError, OSError) as error:
        problem = error if isinstance(error, MantelError) else _explain(error)
        _keep_status(BackupStatus(now().isoformat(), str(file), 0, 0, str(problem)))
        raise problem from None
    entries = int(manifest["counts"]["audit_event"])
    status = BackupStatus(now().isoformat(), str(file), file.stat().st_size, entries, fault)
    _keep_status(status)
    trail.record_alone(
        engine,
        Event.BACKUP_MADE,
        COMMAND_LINE,
        file.name,
        fault or "proven",
    )
    return status


def _explain(error: OSError) -> BackupProblem:
    return BackupProblem(
        N_("“{file}” cannot be written or read: {reason}"), file=str(error.filename or ""), reason=error.strerror or ""
    )


def _write(engine: sa.Engine, folder: Path, file: Path, passphrase: str) -> dict[str, Any]:
    dump, packed = folder / "database", folder / "packed"
    sealed = file.with_name(f".{file.name}.partial")
    counts = dump_database(engine, dump)
    manifest = {
        "made_at": now().isoformat(),
        "database": engine.dialect.name,
        "counts": counts,
    }
    with tarfile.open(packed, "w:gz", compresslevel=6) as tar:
        _add_text(tar, "manifest.json", json.dumps(manifest, indent=1))
        paper_keys.read_key()  # made when there is none
        for key in _KEYS:
            _add_text(tar, key, (settings().local_dir / key).read_text(encoding="ascii"))
        tar.add(dump, "database")
    if passphrase:
        sealed.write_bytes(pyrage.passphrase.encrypt(packed.read_bytes(), passphrase))
    else:
        make_backup_key()
        public = _read_identity(settings().local_dir / _KEY_FILE).to_public()
        with packed.open("rb") as plain, sealed.open("wb") as out:
            pyrage.encrypt_io(plain, out, [public])
    with sealed.open("rb") as written:
        os.fsync(written.fileno())
    sealed.rename(file)
    return manifest


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))


@contextmanager
def _opened(file: Path, folder: Path, passphrase: str, key_file: Path | None) -> Iterator[dict[str, Any]]:
    """A backup unpacked into a folder; what it says it holds."""
    packed = folder / "packed"
    try:
        if passphrase:
            packed.write_bytes(pyrage.passphrase.decrypt(file.read_bytes(), passphrase))
        else:
            identity = _read_identity(key_file or settings().local_dir / _KEY_FILE)
            with file.open("rb") as sealed, packed.open("wb") as plain:
                pyrage.decrypt_io(sealed, plain, [identity])
    except (pyrage.DecryptError, OSError):
        raise BackupProblem(
            N_("the backup “{file}” does not open: it is damaged, or the key or passphrase is another"), file=str(file)
        ) from None
    try:
        with tarfile.open(packed) as tar:
            for name in ("manifest.json", *_KEYS, "database"):  # these and nothing else, whatever the archive names
                if name in _LATER_KEYS and name not in tar.getnames():
                    continue
                content = tar.extractfile(name)
                if content is None:
                    raise KeyError(name)
                with (folder / name).open("wb") as out:
                    shutil.copyfileobj(content, out)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, ValueError, EOFError, KeyError):
        raise BackupProblem(N_("the backup “{file}” is not complete"), file=str(file)) from None
    yield manifest


def _prove(engine: sa.Engine, file: Path, manifest: dict[str, Any], passphrase: str) -> str:
    """Restore a backup into a scratch database and compare; what is wrong, empty when it is proven."""
    try:
        with tempfile.TemporaryDirectory(dir=settings().local_dir, prefix=".backup-") as name:
            folder = Path(name)
            with _opened(file, folder, passphrase, None), scratch_database(engine, folder) as scratch:
                load_dump(scratch, folder / "database")
                return _compare(scratch, manifest)
    except MantelError as problem:
        return str(problem)


def _compare(restored: sa.Engine, manifest: dict[str, Any]) -> str:
    if not check_integrity(restored):
        return "the database itself finds faults"
    with reading(restored) as connection:
        # A table that a later version has added is in no older backup.
        counts = {name: count for name, count in count_rows(connection).items() if name in manifest["counts"]}
    if counts != manifest["counts"]:
        return "rows are missing: " + ", ".join(
            sorted(name for name in counts if counts[name] != manifest["counts"].get(name))
        )
    return "; ".join(map(str, trail.verify_trail(restored).faults))


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: when the backup was made (UTC), its rows in all, and what has to be told about it."""

    made_at: str
    rows: int
    told: tuple[MantelError, ...]


def restore_backup(
    engine: sa.Engine, file: Path, passphrase: str = "", key_file: Path | None = None, checkpoint: str | None = None
) -> Restored:
    """Put a backup back into an empty database, with its keys; bring it to this version.

    Parameters
    ----------
    checkpoint
        A checkpoint kept elsewhere; a backup that is older is told.

    Raises
    ------
    BackupProblem, DatabaseProblem
        When the target is not empty, the backup does not open, or is of the other kind of database.
    InvalidCheckpoint
        When the checkpoint is none, or not of the installation that was backed up; nothing was restored then.
    """
    require_empty(engine)
    local = settings().local_dir
    with tempfile.TemporaryDirectory(dir=local, prefix=".restore-") as name:
        folder = Path(name)
        with _opened(file, folder, passphrase, key_file) as manifest:
            if manifest["database"] != engine.dialect.name:
                raise BackupProblem(
                    N_("the backup is of {kind}; restore it into such a database and then move it"),
                    kind=manifest["database"],
                )
            if checkpoint is not None:  # looked at first: after a wrong one the target must still be empty
                read_checkpoint(
                    checkpoint, trail.open_key((folder / "audit_key").read_text(encoding="ascii")).public_key()
                )
            load_dump(engine, folder / "database")
            _put_keys_back(folder, local)
    migrate(engine)
    fault = _compare(engine, manifest)
    told: list[MantelError] = _compare_outside(engine, checkpoint)
    if fault:
        told.insert(0, BackupProblem(N_("the restored database is not what the backup says: {fault}"), fault=fault))
    trail.record_alone(engine, Event.DATABASE_RESTORED, COMMAND_LINE, file.name, f"made {manifest['made_at']}")
    return Restored(manifest["made_at"], sum(manifest["counts"].values()), tuple(told))


def _put_keys_back(folder: Path, local: Path) -> None:
    """The keys of the backup take the place of those an empty installation has made; the latter are kept aside."""
    for key in _KEYS:
        kept, here = folder / key, local / key
        if not kept.exists():
            continue
        if here.exists() and here.read_bytes() != kept.read_bytes():
            here.rename(local / f"{key}.before-{now():%Y%m%d%H%M%S}")
        if not here.exists():
            here.write_bytes(kept.read_bytes())
            here.chmod(0o600)
    trail.forget_key()


def _compare_outside(engine: sa.Engine, checkpoint: str | None) -> list[MantelError]:
    """What a checkpoint kept elsewhere says of the trail that was put back; nothing where all is well, or without one."""
    if checkpoint is None:
        return []
    outside = read_checkpoint(checkpoint, trail.read_key().public_key())
    with reading(engine) as connection:
        tree, _ = trail_store.load_head(connection)
    if tree.size < outside.size:
        return [
            BackupProblem(
                N_("the backup is older than the checkpoint: {count} entries written since are not in it"),
                count=outside.size - tree.size,
            )
        ]
    return list(trail.verify_trail(engine, checkpoint).faults)


def _keep_status(status: BackupStatus) -> None:
    path = settings().local_dir / _STATUS_FILE
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(asdict(status)), encoding="utf-8")
    aside.replace(path)


def read_status() -> BackupStatus | None:
    """The last backup; None when there has been none, or what was kept of it cannot be read."""
    try:
        return BackupStatus(**json.loads((settings().local_dir / _STATUS_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def make_nightly_backup(engine: sa.Engine, folder: Path) -> BackupStatus:
    """A backup with its time as its name; of older ones seven days and four weeks stay.

    Raises
    ------
    BackupProblem, DatabaseProblem
    """
    status = make_backup(engine, folder / f"mantel-{now():%Y%m%d-%H%M%S}.age")
    if not status.fault:
        for old in choose_old([path.name for path in folder.glob("mantel-*.age")]):
            (folder / old).unlink()
    return status


def choose_old(names: list[str]) -> list[str]:
    """Which backups go: all but those of the newest day, the last of each of the last seven days and of each of the last four weeks.

    What was made by hand before an update stays beside the night's.
    """
    days: dict[dt.date, str] = {}
    weeks: dict[tuple[int, int], str] = {}
    for name in sorted(name for name in names if _NIGHTLY.fullmatch(name)):
        day = dt.datetime.strptime(name[7:15], "%Y%m%d").date()
        days[day] = name
        weeks[day.isocalendar()[:2]] = name
    kept = {days[day] for day in sorted(days)[-_DAILY:]} | {weeks[week] for week in sorted(weeks)[-_WEEKLY:]}
    newest = f"mantel-{max(days):%Y%m%d}-" if days else ""
    return sorted(name for name in set(names) - kept if _NIGHTLY.fullmatch(name) and not name.startswith(newest or "?"))
