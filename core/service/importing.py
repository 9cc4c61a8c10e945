"""Importing, and undoing an import: one door for pages, commands and the demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import sqlalchemy as sa

from core.imports.faults import Fault, RefusedImport
from core.imports.layouts import BY_KEY
from core.imports.parse import Reading, Source, read_files
from core.imports.plan import ImportPlan, plan_import
from core.imports.reader import Limits
from core.service.accounts import require_right
from core.service.clock import now
from core.settings import settings
from core.store import accounts as trail
from core.store import facts as store
from core.store import imports
from core.store.accounts import Account
from core.store.database import many_rows, reading, writing
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.vocabulary import fold_text

#: Told how far an import is, 0 to 1.
Progress = Callable[[float], object]
#: Shares of the work after which reading and planning are done; the rest is writing.
_READ, _PLANNED = 0.6, 0.75


class UnconfirmedMatches(MantelError):
    """Rows without a NIP whose people nobody has confirmed."""


class UnusableMapping(MantelError):
    """A column mapping that says nothing or names what does not exist."""


def _read(engine: sa.Engine, files: Sequence[Source], progress: Progress = lambda share: None) -> Reading:
    config = settings()
    large = [file for file in files if len(file.content) > config.max_upload_mb * 2**20]
    if large:
        raise RefusedImport(
            [
                Fault(
                    file.name,
                    N_("the file is larger than {limit} MB; split it into smaller files"),
                    {"limit": config.max_upload_mb},
                )
                for file in large
            ]
        )
    limits = Limits(config.max_unpacked_mb * 2**20, config.max_cells)
    with reading(engine) as connection:
        mappings = imports.load_mappings(connection)
    return read_files(files, limits, lambda done: progress(_READ * done / len(files)), mappings)


def _plan(connection: sa.Connection, what: Reading) -> ImportPlan:
    kinds = {"employee", *(record.kind for record in what.records)}
    return plan_import(what, store.load_facts(connection, kinds))


def preview_import(engine: sa.Engine, files: Sequence[Source], *, by: Account) -> ImportPlan:
    """What importing these files together would do; a refused one is logged and nothing else.

    Raises
    ------
    NotAllowed
        When the account may not import.
    RefusedImport
        With every fault.
    """
    require_right(by, "import")
    try:
        with many_rows():
            what = _read(engine, files)
            with reading(engine) as connection:
                return _plan(connection, what)
    except RefusedImport as refusal:
        _log_refusal(engine, files, by, refusal)
        raise


def import_files(
    engine: sa.Engine,
    files: Sequence[Source],
    progress: Progress = lambda share: None,
    *,
    by: Account,
    reason: str = "",
    confirmed: bool = True,
    recorded_at: dt.datetime | None = None,
) -> ImportPlan:
    """Import files together in one transaction, planned against the data at that very moment.

    Files that say nothing new leave everything as it is but the log of attempts.

    Parameters
    ----------
    reason
        Why known facts change; kept with what it changes.
    confirmed
        Whether somebody has looked at the people found by name.
    recorded_at
        Recording time (UTC), for invented data only; now.

    Raises
    ------
    NotAllowed, RefusedImport, UnconfirmedMatches, DatabaseProblem
        Nothing was changed then.
    """
    require_right(by, "import")
    try:
        with many_rows():
            what = _read(engine, files, progress)
        with many_rows(), writing(engine) as connection:
            plan = _plan(connection, what)
            if plan.matched_by_name and plan.says_something and not confirmed:
                raise UnconfirmedMatches(
                    N_("{count} rows were matched to people by name; please confirm the list first"),
                    count=len(plan.matched_by_name),
                )
            progress(_PLANNED)
            time = recorded_at or now()
            batch = None
            if plan.says_something:
                batch = imports.write_import(connection, plan, by.username, reason.strip()[:500], time)
            imports.log_attempt(connection, time, by.username, [file.name for file in files], 0, batch)
        progress(1.0)
        return plan
    except RefusedImport as refusal:
        _log_refusal(engine, files, by, refusal)
        raise


def _log_refusal(engine: sa.Engine, files: Sequence[Source], by: Account, refusal: RefusedImport) -> None:
    with writing(engine) as connection:
        imports.log_attempt(connection, now(), by.username, [file.name for file in files], len(refusal.faults), None)


def undo_import(engine: sa.Engine, batch: int, reason: str, *, by: Account) -> None:
    """Undo an import as a whole, while nothing newer rests on it.

    Raises
    ------
    NotAllowed, CannotUndo
    """
    require_right(by, "import")
    if not reason.strip():
        raise imports.CannotUndo(N_("please say why the import is undone"))
    with writing(engine) as connection:
        time = now()
        undoing = imports.undo_import(connection, batch, by.username, reason.strip()[:500], time)
        imports.log_attempt(connection, time, by.username, [], 0, undoing)
        trail.write_audit_event(connection, time, by.username, "import undone", f"{batch}: {reason.strip()[:500]}")


def remember_columns(engine: sa.Engine, layout: str, headers: Mapping[str, str], *, by: Account) -> None:
    """Remember which headers mean which fields of a layout, for this and every later file.

    Raises
    ------
    NotAllowed, UnusableMapping
    """
    require_right(by, "import")
    fields = {column.field for column in BY_KEY[layout].columns} if layout in BY_KEY else set()
    folded = {fold_text(header): field for header, field in headers.items() if fold_text(header)}
    known = BY_KEY[layout].column_of() if layout in BY_KEY else {}
    if not folded or set(folded.values()) - fields or set(folded) & set(known):
        raise UnusableMapping(N_("choose a header of the file for at least one column the layout still lacks"))
    with writing(engine) as connection:
        imports.remember_mapping(connection, layout, folded, by.username, now())
        trail.write_audit_event(connection, now(), by.username, "columns mapped", f"{layout}: {folded}")


def list_attempts(engine: sa.Engine) -> pd.DataFrame:
    """The last attempts to import, newest first."""
    with reading(engine) as connection:
        return imports.load_attempts(connection)


def count_facts(engine: sa.Engine) -> dict[str, int]:
    """How many current facts there are of each kind."""
    with reading(engine) as connection:
        return store.count_facts(connection)
