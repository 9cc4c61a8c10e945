"""Importing, and undoing an import: one door for pages, commands and the demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import sqlalchemy as sa

from core.imports.faults import Fault, RefusedImport
from core.imports.layouts import BY_KEY, FIELDS
from core.imports.parse import Reading, Source, read_files
from core.imports.plan import Change, ImportPlan, Wishes, plan_import
from core.imports.values import Limits
from core.service.accounts import ask_anew, require_right
from core.service.clock import now, today
from core.service.review import build_current_review
from core.service.trail import digest_content, record, writing
from core.settings import settings
from core.store import facts as store
from core.store import imports
from core.store.accounts import Account
from core.store.database import many_rows, reading
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.vocabulary import fold_text
from core.trail.events import Event

#: Told how far an import is, 0 to 1.
Progress = Callable[[float], object]
#: Shares of the work after which reading and planning are done; the rest is writing.
_READ, _PLANNED = 0.6, 0.75


class UnconfirmedPeople(MantelError):
    """People found by name, or missing in an export of everybody, whom nobody has confirmed; the ``plan`` lists them."""

    def __init__(self, message: str, plan: ImportPlan, count: int) -> None:
        super().__init__(message, count=count)
        self.plan = plan


class UnusableMapping(MantelError):
    """A column mapping that says nothing or names what does not exist."""


@dataclass(frozen=True)
class Options:
    """What whoever imports has said about the files.

    ``columns`` tells which column is meant where several could be (field -> header or letters); ``skip_unknown`` leaves
    rows about nobody known out; empty cells of the fields ``erase`` take away what is known.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    skip_unknown: bool = False
    erase: frozenset[str] = frozenset()


NOTHING_SAID = Options()


def _read(
    engine: sa.Engine, files: Sequence[Source], options: Options, progress: Progress = lambda share: None
) -> Reading:
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
    limits = Limits(
        config.max_unpacked_mb * 2**20, config.max_cells, config.read_memory_mb * 2**20, config.read_seconds
    )
    unknown = sorted({*options.columns, *options.erase} - FIELDS)
    if unknown:
        raise UnusableMapping(
            N_("no column fills “{field}”; expected one of: {known}"), field=unknown[0], known=", ".join(sorted(FIELDS))
        )
    with reading(engine) as connection:
        mappings = imports.load_mappings(connection)
    return read_files(
        files,
        limits,
        lambda done: progress(_READ * done / len(files)),
        mappings,
        choices=options.columns,
        today=today(),
    )


def _plan(connection: sa.Connection, what: Reading, options: Options) -> ImportPlan:
    kinds = {"employee", *(record.kind for record in what.records)}
    return plan_import(what, store.load_facts(connection, kinds), Wishes(options.skip_unknown, options.erase))


def preview_import(
    engine: sa.Engine, files: Sequence[Source], *, by: Account, options: Options = NOTHING_SAID
) -> ImportPlan:
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
            what = _read(engine, files, options)
            with reading(engine) as connection:
                return _plan(connection, what, options)
    except RefusedImport as refusal:
        _log_refusal(engine, files, by, refusal)
        raise


def preview_boxes(engine: sa.Engine, plan: ImportPlan) -> pd.DataFrame:
    """Who would stand in another box after an import: name, nip, before and after (0: no box), in the order of the people.

    Whoever the import says has left is not among them.
    """
    with reading(engine) as connection:
        facts = store.load_facts(connection)
    before = build_current_review(engine, facts).people["box"]
    people = build_current_review(engine, _after(facts, plan)).people
    boxes = pd.DataFrame({"before": before.reindex(people.index).fillna(0).astype(int), "after": people["box"]})
    moved = boxes[boxes["before"] != boxes["after"]]
    moved = moved.assign(name=people["full_name"].reindex(moved.index)).rename_axis("nip").reset_index()
    return moved[["name", "nip", "before", "after"]]


def _after(facts: Mapping[str, pd.DataFrame], plan: ImportPlan) -> dict[str, pd.DataFrame]:
    """The facts as they would be after an import."""
    after = dict(facts)
    by_kind: dict[str, list[Change]] = {}
    for change in plan.changes:
        if not change.overruled:
            by_kind.setdefault(change.record.kind, []).append(change)
    for kind, changes in by_kind.items():
        frame = facts[kind]
        replaced = {change.replaces for change in changes if change.replaces is not None}
        rows = pd.DataFrame([change.values for change in changes])
        rows["id"] = range(-1, -len(rows) - 1, -1)
        for column in rows.columns:
            rows[column] = _as_loaded(rows[column], frame[column].dtype)
        after[kind] = pd.concat([frame[~frame["id"].isin(replaced)], rows], ignore_index=True)
    return after


def _as_loaded(values: pd.Series, wanted: Any) -> pd.Series:
    """Values of a column as the store would load them; what cannot hold an empty one, whole numbers and truths, gives way."""
    if values.isna().any() and wanted.kind in "iub":
        return values.astype("float64" if wanted.kind != "b" else object)
    return values.astype(wanted)


def import_files(
    engine: sa.Engine,
    files: Sequence[Source],
    progress: Progress = lambda share: None,
    *,
    by: Account,
    reason: str = "",
    confirmed: bool = False,
    recorded_at: dt.datetime | None = None,
    options: Options = NOTHING_SAID,
) -> ImportPlan:
    """Import files together in one transaction, planned against the data at that very moment.

    Files that say nothing new leave everything as it is but the log of attempts.

    Parameters
    ----------
    reason
        Why known facts change; kept with what it changes.
    confirmed
        Whether somebody has looked at the people found by name and at those the export does not name any more.
    recorded_at
        Recording time (UTC), for invented data only; now.

    Raises
    ------
    NotAllowed, RefusedImport, UnconfirmedPeople, DatabaseProblem
        Nothing was changed then.
    """
    require_right(by, "import")
    try:
        with many_rows():
            what = _read(engine, files, options, progress)
        with many_rows(), writing(engine) as connection:
            by = ask_anew(connection, by, "import")
            plan = _plan(connection, what, options)
            if plan.says_something and not confirmed:
                _require_nobody_to_confirm(plan)
            progress(_PLANNED)
            time = recorded_at or now()
            batch = None
            if plan.says_something:
                batch = imports.write_import(connection, plan, by.username, reason.strip()[:500], time)
            imports.log_attempt(connection, time, by.username, [file.name for file in files], 0, batch)
            counts = {state: plan.total(state) for state in ("new", "changed", "unchanged")}
            told = {"files": {file.name: digest_content(file.content) for file in files}, **counts}
            record(connection, Event.IMPORT_DONE, by, str(batch or ""), reason.strip(), after=told)
        progress(1.0)
        return plan
    except RefusedImport as refusal:
        _log_refusal(engine, files, by, refusal)
        raise


def _require_nobody_to_confirm(plan: ImportPlan) -> None:
    for found, message in (
        (plan.matched_by_name, N_("{count} rows were matched to people by name; please confirm the list first")),
        (
            plan.gone_back,
            N_("{count} people would hold a post since an earlier day than is known; please confirm the list first"),
        ),
        (
            plan.not_in_export,
            N_("{count} people who are known are not in this export any more; please confirm the list first"),
        ),
    ):
        if found:
            raise UnconfirmedPeople(message, plan, len(found))


def _log_refusal(engine: sa.Engine, files: Sequence[Source], by: Account, refusal: RefusedImport) -> None:
    with writing(engine) as connection:
        names = [file.name for file in files]
        imports.log_attempt(connection, now(), by.username, names, len(refusal.faults), None)
        record(connection, Event.IMPORT_REFUSED, by, after={"files": names, "faults": len(refusal.faults)})


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
        by = ask_anew(connection, by, "import")
        time = now()
        undoing = imports.undo_import(connection, batch, by.username, reason.strip()[:500], time)
        imports.log_attempt(connection, time, by.username, [], 0, undoing)
        record(connection, Event.IMPORT_UNDONE, by, str(batch), reason.strip(), after=undoing)


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
        by = ask_anew(connection, by, "import")
        imports.remember_mapping(connection, layout, folded, by.username, now())
        record(connection, Event.COLUMNS_MAPPED, by, layout, after=folded)


def list_attempts(engine: sa.Engine) -> pd.DataFrame:
    """The last attempts to import, newest first."""
    with reading(engine) as connection:
        return imports.load_attempts(connection)


def load_facts(engine: sa.Engine, *, by: Account) -> dict[str, pd.DataFrame]:
    """All current facts, to be handed out as a file.

    Raises
    ------
    NotAllowed
        When the account may not import.
    """
    require_right(by, "import")
    with reading(engine) as connection:
        return store.load_facts(connection)


def count_facts(engine: sa.Engine) -> dict[str, int]:
    """How many current facts there are of each kind."""
    with reading(engine) as connection:
        return store.count_facts(connection)
