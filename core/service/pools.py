"""Kelompok rencana suksesi: proposed, reviewed, fixed; frozen with their members, rubric, data and date."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from core.service.accounts import Right, ask_anew, require_right
from core.service.clock import now
from core.service.decisions import get_decided_boxes
from core.service.saved import SavedKind, check_name, list_named, remove_named, save_named
from core.service.trail import record, writing
from core.store import saved as store
from core.store.accounts import Account
from core.store.tables import SuccessionPool
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.succession.pool import select_pool
from core.trail.events import Event

#: From each state the next, and who may take the step.
NEXT: dict[str, tuple[str, Right]] = {"proposed": ("reviewed", "calibrate"), "reviewed": ("fixed", "administer")}


class PoolProblem(MantelError):
    """A pool that cannot be proposed, moved on or removed as asked."""


_POOLS = SavedKind(
    SuccessionPool, Event.GROUP_SAVED, Event.GROUP_REMOVED, PoolProblem, stays=lambda row: row["state"] == "fixed"
)


@dataclass(frozen=True)
class Pool:
    """A pool as it was frozen; ``members``: NIP, name, unit, box, computed box, talent value (None unknown)."""

    id: int
    name: str
    post: str
    boxes: str
    members: tuple[tuple[str, str, str, int, int, float | None], ...]
    state: str
    rubric_digest: str
    data_version: int
    as_of: dt.date
    username: str
    state_by: str
    state_at: dt.datetime


def list_pools(engine: sa.Engine) -> list[Pool]:
    """All pools, the newest first."""
    names = [name for name in Pool.__dataclass_fields__ if name != "members"]
    return [
        Pool(
            **{name: row[name] for name in names},
            members=tuple(tuple(member) for member in json.loads(row["members"])),
        )
        for row in list_named(engine, _POOLS)
    ]


def propose_pool(
    engine: sa.Engine, review: TalentReview, name: str, post: str, boxes: Sequence[int], *, by: Account
) -> int:
    """Freeze the pool of a post (or ``semua``) as a proposal; returns its number.

    Raises
    ------
    NotAllowed, PoolProblem, UnknownPost
    """
    require_right(by, "weigh")
    check_name(_POOLS, name)
    if not boxes or not set(boxes) <= set(range(1, 10)):
        raise PoolProblem(N_("choose at least one box from 1 to 9"))
    members = select_pool(review, post, boxes, get_decided_boxes(engine))
    if members.empty:
        raise PoolProblem(N_("nobody belongs to this group; choose more boxes or another post"))
    columns = ("full_name", "unit", "box", "computed_box", "talent")
    rows = [
        [nip, name, unit, int(box), int(computed), None if math.isnan(talent) else talent]
        for nip, name, unit, box, computed, talent in zip(
            members.index, *(members[column].tolist() for column in columns), strict=True
        )
    ]
    return save_named(
        engine,
        _POOLS,
        name,
        post,
        by=by,
        post=post,
        boxes=",".join(str(box) for box in sorted(boxes, reverse=True)),
        members=json.dumps(rows, ensure_ascii=False),
        state="proposed",
        rubric_digest=review.rubric.digest,
        data_version=review.data_version,
        as_of=review.as_of,
        state_by=by.username,
        state_at=now(),
    )


def move_pool_on(engine: sa.Engine, number: int, *, by: Account) -> str:
    """Take a pool to its next state; returns it.

    Raises
    ------
    NotAllowed, PoolProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, None)
        rows = store.list_saved(connection, SuccessionPool, id=number)
        if not rows or rows[0]["state"] not in NEXT:
            raise PoolProblem(N_("this group cannot be moved on any further"))
        state, right = NEXT[rows[0]["state"]]
        require_right(by, right)
        store.change_saved(connection, SuccessionPool, number, state=state, state_by=by.username, state_at=now())
        record(connection, Event.GROUP_MOVED_ON, by, str(number), before=rows[0]["state"], after=state)
    return state


def remove_pool(engine: sa.Engine, number: int, *, by: Account) -> None:
    """Remove a pool that has not been fixed; only who proposed it or an administrator may.

    Raises
    ------
    NotAllowed, PoolProblem
    """
    remove_named(engine, _POOLS, number, by=by)
