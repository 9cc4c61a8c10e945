"""Importing: one door for pages, commands and the demo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import sqlalchemy as sa

from core.imports.faults import Fault, RefusedImport
from core.imports.parse import Reading, Source, read_files
from core.imports.plan import ImportPlan, plan_import
from core.imports.reader import Limits
from core.service.accounts import Account, require
from core.service.clock import now
from core.settings import settings
from core.store import facts as store
from core.store.database import reading, writing

#: Told how far an import is, 0 to 1.
Progress = Callable[[float], object]
#: Shares of the work after which reading and planning are done; the rest is writing.
_READ, _PLANNED = 0.6, 0.75


def _read(files: Sequence[Source], progress: Progress = lambda share: None) -> Reading:
    config = settings()
    large = [file for file in files if len(file.content) > config.max_upload_mb * 2**20]
    if large:
        raise RefusedImport(
            [
                Fault(
                    file.name,
                    "the file is larger than {limit} MB; split it into smaller files",
                    {"limit": config.max_upload_mb},
                )
                for file in large
            ]
        )
    limits = Limits(config.max_unpacked_mb * 2**20, config.max_cells)
    return read_files(files, limits, lambda done: progress(_READ * done / len(files)))


def _plan(connection: sa.Connection, what: Reading) -> ImportPlan:
    kinds = {"employee", *(record.kind for record in what.records)}
    return plan_import(what, store.load_facts(connection, kinds))


def preview(engine: sa.Engine, files: Sequence[Source], account: Account) -> ImportPlan:
    """What importing these files together would do; a refused one is logged and nothing else.

    Raises
    ------
    NotAllowed
        When the account may not import.
    RefusedImport
        With every fault.
    """
    require(account, "import")
    try:
        what = _read(files)
        with reading(engine) as connection:
            return _plan(connection, what)
    except RefusedImport as refusal:
        _log_refusal(engine, files, account, refusal)
        raise


def import_files(
    engine: sa.Engine, files: Sequence[Source], account: Account, progress: Progress = lambda share: None
) -> ImportPlan:
    """Import files together in one transaction, planned against the data at that very moment.

    Raises
    ------
    NotAllowed, RefusedImport, DatabaseProblem
        Nothing was changed then.
    """
    require(account, "import")
    try:
        what = _read(files, progress)
        with writing(engine) as connection:
            plan = _plan(connection, what)
            progress(_PLANNED)
            time = now()
            batch = store.write_import(connection, plan, account.username, time)
            store.log_attempt(connection, time, account.username, [file.name for file in files], 0, batch)
        progress(1.0)
        return plan
    except RefusedImport as refusal:
        _log_refusal(engine, files, account, refusal)
        raise


def _log_refusal(engine: sa.Engine, files: Sequence[Source], account: Account, refusal: RefusedImport) -> None:
    with writing(engine) as connection:
        store.log_attempt(connection, now(), account.username, [file.name for file in files], len(refusal.faults), None)


def history(engine: sa.Engine) -> pd.DataFrame:
    """The last attempts to import, newest first."""
    with reading(engine) as connection:
        return store.attempts(connection)


def fact_counts(engine: sa.Engine) -> dict[str, int]:
    """How many current facts there are of each kind."""
    with reading(engine) as connection:
        return store.count_facts(connection)
