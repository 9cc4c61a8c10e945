"""Kelompok rencana suksesi: proposed, reviewed, fixed; frozen with their members, rubric, data and date."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from core.service import calibration
from core.service.accounts import Account, Right, require
from core.service.clock import now
from core.store import accounts as trail
from core.store import succession as store
from core.store.database import reading, writing
from core.talent.errors import MantelError
from core.talent.review import TalentReview
from core.talent.succession.pool import pool_of

#: From each state the next, and who may take the step.
NEXT: dict[str, tuple[str, Right]] = {"proposed": ("reviewed", "calibrate"), "reviewed": ("fixed", "administer")}


class PoolProblem(MantelError):
    """A pool that cannot be proposed or moved on as asked."""


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


def all_of(engine: sa.Engine) -> list[Pool]:
    """All pools, the newest first."""
    with reading(engine) as connection:
        rows = store.pools(connection)
    names = [name for name in Pool.__dataclass_fields__ if name != "members"]
    return [
        Pool(**{name: row[name] for name in names}, members=tuple(tuple(one) for one in json.loads(row["members"])))
        for row in rows
    ]


def propose(engine: sa.Engine, review: TalentReview, name: str, post: str, boxes: Sequence[int], by: Account) -> int:
    """Freeze the pool of a post (or ``semua``) as a proposal; returns its number.

    Raises
    ------
    NotAllowed, PoolProblem, UnknownPost
    """
    require(by, "weigh")
    name = name.strip()
    if not name or len(name) > 100:
        raise PoolProblem("a group needs a name of 1 to 100 characters; this one has {count}", count=len(name))
    if not boxes or not set(boxes) <= set(range(1, 10)):
        raise PoolProblem("choose at least one box from 1 to 9")
    decided = {nip: one.box for nip, one in calibration.standing(engine).items()}
    members = pool_of(review, post, boxes, decided)
    if members.empty:
        raise PoolProblem("nobody belongs to this group; choose more boxes or another post")
    rows = [
        [
            nip,
            row.full_name,
            row.unit,
            int(row.box),
            int(row.computed_box),
            None if row.talent != row.talent else row.talent,
        ]
        for nip, row in zip(members.index, members.itertuples(), strict=True)
    ]
    with writing(engine) as connection:
        number = store.add_pool(
            connection,
            name=name,
            post=post,
            boxes=",".join(str(box) for box in sorted(boxes, reverse=True)),
            members=json.dumps(rows, ensure_ascii=False),
            state="proposed",
            rubric_digest=review.rubric.digest,
            data_version=review.data_version,
            as_of=review.as_of,
            username=by.username,
            saved_at=now(),
            state_by=by.username,
            state_at=now(),
        )
        trail.note(connection, now(), by.username, "succession group proposed", str(number))
    return number


def move_on(engine: sa.Engine, number: int, by: Account) -> str:
    """Take a pool to its next state; returns it.

    Raises
    ------
    NotAllowed, PoolProblem
    """
    pool = next((one for one in all_of(engine) if one.id == number), None)
    if pool is None or pool.state not in NEXT:
        raise PoolProblem("this group cannot be moved on any further")
    state, right = NEXT[pool.state]
    require(by, right)
    with writing(engine) as connection:
        if not store.set_pool_state(connection, number, pool.state, state=state, state_by=by.username, state_at=now()):
            raise PoolProblem("somebody else has just moved this group on; look again")
        trail.note(connection, now(), by.username, f"succession group {state}", str(number))
    return state
