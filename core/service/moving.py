"""Moving an installation to another database, of whichever kind."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from core.service import trail
from core.service.accounts import COMMAND_LINE
from core.store.copying import copy_database, count_rows
from core.store.database import DatabaseProblem, check_version, reading
from core.talent.messages import N_
from core.trail.events import Event


def move_database(
    source: sa.Engine, target: sa.Engine, progress: Callable[[str], None] = lambda table: None
) -> tuple[int, int]:
    """Copy everything into an empty database and verify it there; how many rows, and how many entries of the trail.

    The source stays as it is; which of the two is used from now on is a setting.

    Raises
    ------
    DatabaseProblem
        When the target is not empty, or the trail does not add up there to what it does here.
    """
    check_version(source)
    before = trail.verify_trail(source)
    copy_database(source, target, progress)
    after = trail.verify_trail(target)
    if [str(fault) for fault in before.faults] != [str(fault) for fault in after.faults] or before.size > after.size:
        raise DatabaseProblem(
            N_("the trail does not add up in the target as it does in the source; do not use the target")
        )
    with reading(target) as connection:
        rows = sum(count_rows(connection).values())
    trail.record_alone(target, Event.DATABASE_MOVED, COMMAND_LINE, source.dialect.name, target.dialect.name)
    return rows, after.size
