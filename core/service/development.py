"""Steps of a person's development: kept, followed, closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from core.service.accounts import ask_anew, require_right
from core.service.clock import now
from core.service.trail import record, writing
from core.store import development as store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.person.development import Gap
from core.talent.review import TalentReview
from core.trail.events import Event

#: Years ahead that a step may be due.
_FURTHEST = 10


class DevelopmentProblem(MantelError):
    """A step that cannot be kept or closed as asked."""


@dataclass(frozen=True)
class Step:
    """What a person shall do about a gap towards a post until a day; ``state`` open, done or dropped."""

    id: int
    nip: str
    post: str
    gap: str
    what: str
    due_on: dt.date
    talent_before: float | None
    talent_after: float | None
    state: str
    username: str


def list_steps(engine: sa.Engine, nip: str) -> list[Step]:
    """A person's steps, the soonest first."""
    with reading(engine) as connection:
        return [
            Step(**{name: row[name] for name in Step.__dataclass_fields__}) for row in store.steps_of(connection, nip)
        ]


def plan_step(
    engine: sa.Engine,
    review: TalentReview,
    nip: str,
    post: str,
    gap: Gap,
    what: str,
    due_on: dt.date | None,
    *,
    by: Account,
) -> int:
    """Keep a step; returns its number.

    Raises
    ------
    NotAllowed, DevelopmentProblem
    """
    require_right(by, "weigh")
    what = what.strip()
    if nip not in review.people.index:
        raise DevelopmentProblem(N_("the person {nip} is not known here any more"), nip=nip)
    if not what or len(what) > 500:
        raise DevelopmentProblem(N_("say what shall be done in 1 to 500 characters"))
    if due_on is None or not review.as_of < due_on <= review.as_of + dt.timedelta(days=366 * _FURTHEST):
        raise DevelopmentProblem(
            N_("choose a day after {day} and within ten years"), day=review.as_of.strftime("%d-%m-%Y")
        )
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        number = store.add_step(
            connection,
            nip=nip,
            post=post,
            gap=gap.key,
            what=what,
            due_on=due_on,
            talent_before=_or_none(gap.before),
            talent_after=_or_none(gap.after),
            state="open",
            username=by.username,
            saved_at=now(),
        )
        record(
            connection, Event.DEVELOPMENT_PLANNED, by, nip, f"{number} {gap.key}", after={"what": what, "due": due_on}
        )
    return number


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def close_step(engine: sa.Engine, number: int, state: str, *, by: Account) -> None:
    """Say that a step is done or dropped.

    Raises
    ------
    NotAllowed, DevelopmentProblem
    """
    require_right(by, "weigh")
    if state not in ("done", "dropped"):
        raise DevelopmentProblem(N_("the state is “{state}”; expected done or dropped"), state=state)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        if not store.close_step(connection, number, state, now()):
            raise DevelopmentProblem(N_("this step is not open any more"))
        record(connection, Event.DEVELOPMENT_CLOSED, by, str(number), before="open", after=state)
