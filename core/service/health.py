"""Whether an installation is in order: for the technician, for the server in front, for Beranda."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable

import sqlalchemy as sa
from cryptography import x509

from core.service import trail
from core.service.backup import OLDEST, BackupProblem, BackupStatus
from core.service.clock import now
from core.service.installation import read_cookie_key
from core.settings import settings
from core.store.database import check_version, reading
from core.store.trail import load_head
from core.talent.errors import MantelError
from core.talent.messages import N_

#: Less free disk than this is a fault, in bytes.
_LEAST_FREE = 500 * 1024 * 1024
#: A certificate that is good for fewer days is told.
_CERTIFICATE_DAYS = 21


def check_health(engine: sa.Engine) -> dict[str, str]:
    """What is wrong with the database, its version, the keys and the disk, each "" when nothing is; no names, no paths."""
    return {
        "database": _fault(lambda: _ask(engine)),
        "migrations": _fault(lambda: check_version(engine)),
        "key": _fault(lambda: (read_cookie_key(), trail.read_key())),
        "disk": "" if shutil.disk_usage(settings().local_dir).free >= _LEAST_FREE else "less than 500 MB free",
    }


def check_more(engine: sa.Engine) -> dict[str, str]:
    """What the technician is told beside ``check_health``, as it is no reason to send nobody here: the trail's signature, TLS."""
    return {"trail": _fault(lambda: trail.check_head(engine)), "certificate": _check_certificate()}


def _check_certificate() -> str:
    """What is wrong with the certificate that the web server uses; nothing where none is configured."""
    file = settings().certificate
    if file is None:
        return ""
    try:
        end = x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return "cannot be read"
    left = (end.replace(tzinfo=None) - now()).days
    return "" if left >= _CERTIFICATE_DAYS else f"expires in {left} days"


def _ask(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        load_head(connection)  # an empty database answers, and is none of Mantel's


def _fault(check: Callable[[], object]) -> str:
    try:
        check()
    except MantelError as error:
        return type(error).__name__
    return ""


def read_time(status: BackupStatus) -> dt.datetime:
    """When a backup was made (UTC)."""
    return dt.datetime.fromisoformat(status.made_at)


def find_backup_fault(status: BackupStatus | None) -> BackupProblem | None:
    """What is to be told of the last backup: that there is none, that it is old, or that it was not proven."""
    if status is None:
        return BackupProblem(N_("there is no backup yet"))
    if status.fault:
        return BackupProblem(N_("the last backup could not be restored: {fault}"), fault=status.fault)
    if now() - read_time(status) > OLDEST:
        return BackupProblem(N_("the last backup is older than a day"))
    return None
