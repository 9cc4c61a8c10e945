"""The posts: the list that comes with Mantel, overlaid by what was edited in the browser or by file, with its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd
import sqlalchemy as sa

from core.imports.reader import Limits, read_sheets
from core.service import reference
from core.service.accounts import Account, require
from core.service.clock import end_of_day, now, today
from core.store import accounts as trail
from core.store import succession as store
from core.store.database import reading, writing
from core.talent.posts import Position, PositionProblem, check_positions

#: Columns of a file of posts, in order; the first five must be there.
COLUMNS = tuple(Position.__dataclass_fields__)
_NEEDED = COLUMNS[:5]
_FIGURES = ("criticality", "required_level")
#: The largest file of posts once unpacked, in bytes and cells.
_LARGEST, _MOST_CELLS = 20 * 2**20, 200_000


@dataclass(frozen=True)
class Edit:
    """One version of a post: what it became, when, by whom and why; ``abolished`` where it was taken away."""

    position: Position
    abolished: bool
    reason: str
    username: str
    saved_at: dt.datetime


def history(engine: sa.Engine) -> list[Edit]:
    """All edits, the oldest first."""
    with reading(engine) as connection:
        rows = store.position_versions(connection)
    return [
        Edit(
            Position(**{name: row[name] for name in COLUMNS}),
            row["abolished"],
            row["reason"],
            row["username"],
            row["saved_at"],
        )
        for row in rows
    ]


def current(engine: sa.Engine, as_of: dt.date | None = None) -> tuple[Position, ...]:
    """The posts in force, or as they were known by the evening of a past date."""
    posts = {one.post: one for one in reference.positions()}
    until = end_of_day(as_of) if as_of is not None and as_of < today() else None
    for edit in history(engine):
        if until is not None and edit.saved_at > until:
            break
        if edit.abolished:
            posts.pop(edit.position.post, None)
        else:
            posts[edit.position.post] = edit.position
    return tuple(posts.values())


def edit(engine: sa.Engine, wanted: Sequence[Position], reason: str, by: Account) -> tuple[int, int, int]:
    """Make the posts be the wanted ones, all or nothing; returns how many are new, changed and abolished.

    Raises
    ------
    NotAllowed, PositionProblem
    """
    require(by, "import")
    reason = reason.strip()
    if not reason or len(reason) > 2000:
        raise PositionProblem("say why the posts change, in 1 to 2000 characters")
    if not wanted:
        raise PositionProblem("the list of posts is empty; at least one post is needed")
    check_positions(wanted, [family.key for family in reference.families()])
    before = {one.post: one for one in current(engine)}
    after = {one.post: one for one in wanted}
    new = [one for one in wanted if one.post not in before]
    changed = [one for one in wanted if one.post in before and before[one.post] != one]
    gone = [one for key, one in before.items() if key not in after]
    if not (new or changed or gone):
        raise PositionProblem("nothing differs from the posts in force")
    common = {"reason": reason, "username": by.username, "saved_at": now()}
    rows = [{**asdict(one), "abolished": False, **common} for one in (*new, *changed)]
    rows += [{**asdict(one), "abolished": True, **common} for one in gone]
    with writing(engine) as connection:
        store.add_positions(connection, rows)
        trail.note(connection, now(), by.username, "posts changed", f"{len(new)}+ {len(changed)}~ {len(gone)}-")
    return len(new), len(changed), len(gone)


def from_table(table: pd.DataFrame) -> list[Position]:
    """Posts from a table with the columns of ``COLUMNS``; the first five are needed, others may be missing.

    Raises
    ------
    PositionProblem
    """
    named = table.rename(columns=lambda column: str(column).strip().casefold())
    lacking = [column for column in _NEEDED if column not in named]
    if lacking:
        raise PositionProblem(
            "the column “{column}” is missing; expected: {expected}", column=lacking[0], expected=", ".join(COLUMNS)
        )
    posts = []
    for at, row in enumerate(named.to_dict("records"), start=1):
        values: dict[str, object] = {}
        for column in COLUMNS:
            value = row.get(column)
            text = "" if value is None or pd.isna(value) else str(value).strip()
            if column in _FIGURES:
                try:
                    values[column] = int(float(text)) if text else {"criticality": 2, "required_level": 0}[column]
                except ValueError:
                    raise PositionProblem(
                        "row {row}: {column} is “{value}”; expected a whole number",
                        row=at,
                        column=column,
                        value=text[:40],
                    ) from None
            else:
                values[column] = text
        if any(values[column] for column in _NEEDED):
            posts.append(Position(**values))  # type: ignore[arg-type]  # each column has its field's type by now
    return posts


def from_file(name: str, content: bytes) -> list[Position]:
    """Posts from the first sheet of a workbook (XLSX, XLS, ODS) or a CSV file, the header in its first row that is filled.

    Raises
    ------
    UnreadableFile, PositionProblem
    """
    limits = Limits(_LARGEST, _MOST_CELLS)
    sheet = read_sheets(name, content, limits)[0]
    rows = [row for row in sheet.rows if any(cell not in (None, "") for cell in row)]
    if not rows:
        raise PositionProblem("the file {name} holds no rows", name=name)
    width = max(len(row) for row in rows)
    filled = [[*row, *([None] * (width - len(row)))] for row in rows]
    header = ["" if cell is None else str(cell) for cell in filled[0]]
    return from_table(pd.DataFrame(filled[1:], columns=header, dtype=object).loc[:, [bool(name) for name in header]])
