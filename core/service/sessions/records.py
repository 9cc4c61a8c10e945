"""A session as it is kept, and who somebody is in it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from core.service.accounts import NotAllowed, has_right
from core.service.clock import now
from core.service.trail import record
from core.store import sessions as store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.eligibility.order_rule import OrderRule
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.session.committee import Member
from core.talent.session.phases import Act, Part, Phase, require_act
from core.talent.session.settings import SessionSettings, read_settings
from core.trail.events import Event


class SessionProblem(MantelError):
    """Something that cannot be done in a session as asked."""


@dataclass(frozen=True)
class SessionPost:
    """A post of a session: ``candidates`` are NIP, empty before the opening where the rule gives them."""

    post: str
    reference_date: str
    places: int
    rule: OrderRule
    by_list: bool
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Freeze:
    """What a session judges by: the content of the rubric, the data, the day, and the time up to which posts and rules count."""

    rubric: str
    data_version: int
    as_of: dt.date
    known_at: dt.datetime


@dataclass(frozen=True)
class Session:
    """A session's frame. What members say in it is not here; see ``seen``."""

    id: int
    name: str
    place: str
    held_on: dt.date
    settings: SessionSettings
    phase: Phase
    event: int
    version: int
    freeze: Freeze | None
    members: tuple[Member, ...]
    posts: tuple[SessionPost, ...]

    @property
    def candidates(self) -> dict[str, tuple[str, ...]]:
        """NIP of the candidates by post."""
        return {each.post: each.candidates for each in self.posts}

    def find_post(self, post: str) -> SessionPost:
        """A post of the session by its key.

        Raises
        ------
        SessionProblem
        """
        for each in self.posts:
            if each.post == post:
                return each
        raise SessionProblem(N_("the post “{value}” is not filled in this session"), value=post[:100])

    def find_member(self, number: int) -> Member:
        """A member by number.

        Raises
        ------
        SessionProblem
        """
        for member in self.members:
            if member.id == number:
                return member
        raise SessionProblem(N_("this person is no member of the session"))

    def find_own_seat(self, account: Account) -> Member | None:
        """The seat an account has in the session, None where it has none."""
        return next((member for member in self.members if member.username == account.username), None)


def find_parts(session: Session, account: Account) -> frozenset[Part]:
    """As whom an account may act in a session."""
    parts: set[Part] = {member.seat for member in session.members if member.username == account.username}
    if has_right(account, "import"):
        parts.add("secretariat")
    return frozenset(parts)


def require_sight(session: Session, account: Account) -> None:
    """Refuse whoever has no part in a session; a viewer looks on, as the projector does.

    Raises
    ------
    NotAllowed
    """
    if not find_parts(session, account) and account.role != "viewer":
        raise NotAllowed(N_("you have no part in this session"))


def load(connection: sa.Connection, number: int) -> Session:
    """A session's frame.

    Raises
    ------
    SessionProblem
    """
    row = store.find_session(connection, number)
    if row is None:
        raise SessionProblem(N_("there is no session number {value}; it may have been removed"), value=number)
    freeze = Freeze(row["rubric_digest"], row["data_version"], row["as_of"], row["frozen_at"]) if row["as_of"] else None
    members = tuple(
        Member(**{name: member[name] for name in Member.__dataclass_fields__})
        for member in store.list_members(connection, number)
    )
    posts = tuple(
        SessionPost(
            post["post"],
            post["reference_date"],
            post["places"],
            cast("OrderRule", post["rule"]),
            post["by_list"],
            tuple(json.loads(post["candidates"])),
        )
        for post in store.list_posts(connection, number)
    )
    frame = {name: row[name] for name in ("id", "name", "place", "held_on", "phase", "event", "version")}
    return Session(**frame, settings=read_settings(row["settings"]), freeze=freeze, members=members, posts=posts)


def read_session(engine: sa.Engine, number: int, *, by: Account) -> Session:
    """A session's frame, for whoever has a part in it.

    Raises
    ------
    SessionProblem, NotAllowed
    """
    with reading(engine) as connection:
        session = load(connection, number)
    require_sight(session, by)
    return session


def list_sessions(engine: sa.Engine, *, by: Account) -> list[Session]:
    """The sessions somebody has a part in, the newest first."""
    with reading(engine) as connection:
        sessions = [load(connection, row["id"]) for row in store.list_sessions(connection)]
    return [session for session in sessions if find_parts(session, by) or by.role == "viewer"]


def find_event(engine: sa.Engine, number: int) -> int | None:
    """The number of the last thing that everybody in the room may see; None where there is no such session."""
    with reading(engine) as connection:
        return store.find_event(connection, number)


def load_for(connection: sa.Connection, number: int, by: Account, act: Act) -> Session:
    """A session in which somebody may do something now.

    Raises
    ------
    SessionProblem, PhaseProblem
    """
    session = load(connection, number)
    require_act(session.phase, find_parts(session, by), act)
    return session


def require_seat(session: Session, by: Account) -> Member:
    """The seat of whoever acts.

    Raises
    ------
    SessionProblem
    """
    seat = session.find_own_seat(by)
    if seat is None:
        raise SessionProblem(N_("only members of the committee may do this"))
    return seat


def refuse_seated(session: Session, by: Account) -> None:
    """Refuse whoever sits in the committee where a paper of another member is entered.

    Raises
    ------
    SessionProblem
    """
    if session.find_own_seat(by) is not None:
        raise SessionProblem(N_("whoever sits in the committee enters no other member's paper"))


def say(
    connection: sa.Connection,
    session: Session,
    kind: str,
    value: Any,
    by: Account,
    *,
    member: int = 0,
    post: str = "",
    subject: str = "",
    paper: bool = False,
    told: bool = False,
) -> None:
    """Keep something that is said; ``told`` where everybody in the room may see that it was."""
    store.add_entry(
        connection,
        now(),
        session_id=session.id,
        kind=kind,
        member_id=member,
        post=post,
        subject=subject,
        value=json.dumps(value, ensure_ascii=False, sort_keys=True),
        phase=session.phase,
        username=by.username,
        paper=paper,
    )
    if told:
        store.add_event(connection, session.id)


def note(connection: sa.Connection, event: Event, by: Account, session: Session, detail: str = "", **more: Any) -> None:
    """Write an entry of the audit trail about a session."""
    record(connection, event, by, f"session {session.id}", detail, **more)


def move(connection: sa.Connection, session: Session, to: Phase, by: Account, **told: Any) -> None:
    """Put a session into another phase; the step stays with its time and what is to be said of it."""
    store.change_session(connection, session.id, phase=to)
    say(
        connection,
        session,
        "step",
        {"from": session.phase, "to": to, **told},
        by,
        subject=str(session.event + 1),
        told=True,
    )
