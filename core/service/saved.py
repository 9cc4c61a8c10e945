"""What is saved by name has one rule: a name of its own, removed by whoever saved it or an administrator, in the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from core.service.accounts import NotAllowed, ask_anew, has_right, require_right
from core.service.clock import now
from core.service.trail import record, writing
from core.store import saved as store
from core.store.accounts import Account
from core.store.database import reading
from core.store.tables import Base
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event

_LONGEST = 100


@dataclass(frozen=True)
class SavedKind:
    """A kind of thing saved by name: its rows, its events in the audit trail, and how it is refused.

    ``within`` is the column within whose values a name must be its own, empty for everywhere; ``stays`` says of a row
    whether it may not be removed any more.
    """

    rows: type[Base]
    saved: Event
    removed: Event
    problem: type[MantelError]
    within: str = ""
    stays: Callable[[sa.RowMapping], bool] = lambda row: False


def list_named(engine: sa.Engine, kind: SavedKind, **where: object) -> list[sa.RowMapping]:
    """All of a kind that have not been removed, the newest first."""
    with reading(engine) as connection:
        return store.list_saved(connection, kind.rows, **where)


def check_name(kind: SavedKind, name: str) -> str:
    """A name without the blanks around it; one that is empty or too long is refused."""
    name = name.strip()
    if not name or len(name) > _LONGEST:
        raise kind.problem(N_("the name has {count} characters; expected 1 to 100"), count=len(name))
    return name


def save_named(
    engine: sa.Engine, kind: SavedKind, name: str, detail: str = "", *, by: Account, **values: object
) -> int:
    """Save a row under a name of its own (whatever its capitals); returns its number.

    Parameters
    ----------
    detail
        What the audit trail says beside the number.

    Raises
    ------
    NotAllowed, and the kind's own problem
    """
    require_right(by, "weigh")
    name = check_name(kind, name)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        where = {kind.within: values[kind.within]} if kind.within else {}
        taken = {row["name"].casefold() for row in store.list_saved(connection, kind.rows, **where)}
        if name.casefold() in taken:
            raise kind.problem(N_("the name “{name}” is taken; choose another one"), name=name)
        number = store.add_saved(connection, kind.rows, name=name, username=by.username, saved_at=now(), **values)
        record(connection, kind.saved, by, str(number), detail, after={"name": name})
    return number


def may_remove(username: str, by: Account) -> bool:
    """Whether an account may remove what a user saved: who saved it, or an administrator."""
    return has_right(by, "weigh" if username == by.username else "administer")


def remove_named(engine: sa.Engine, kind: SavedKind, number: int, *, by: Account) -> None:
    """Remove a row; only who saved it or an administrator may.

    Raises
    ------
    NotAllowed, and the kind's own problem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, None)
        rows = store.list_saved(connection, kind.rows, id=number)
        if not rows:
            raise kind.problem(N_("this has been removed already"))
        if not may_remove(rows[0]["username"], by):
            raise NotAllowed(N_("the role “{role}” may not do this"), role=by.role)
        if kind.stays(rows[0]):
            raise kind.problem(N_("what is fixed stays as it is"))
        store.mark_removed(connection, kind.rows, number, now())
        record(connection, kind.removed, by, str(number), before={"name": rows[0]["name"]})
