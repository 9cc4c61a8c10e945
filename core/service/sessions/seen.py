"""What somebody may see of a session. Whatever is shown, offered as a file or printed by a command comes from here.

Before the reveal nobody sees what another member thinks. After it a member with a conflict of interest sees nothing that
depends on the values of the posts, or of the candidates, the member is shut out from: not a mean, not a count, not an order.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
import sqlalchemy as sa

from core.service.sessions import records
from core.service.sessions.deciding import is_leading, is_vote_going_on, list_entitled, tally
from core.service.sessions.judging import (
    OPINION,
    find_broken_seals,
    find_own_recusal,
    hear_members,
    list_declared,
    list_hidden,
    load_declared,
    load_opinions,
    load_recusal,
)
from core.service.sessions.meeting import list_present, list_sealed
from core.service.sessions.records import Session, SessionProblem
from core.store import sessions as store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.session.conflict import Declaration, Recusal, list_undeclared
from core.talent.session.decision import VOTES, Choice, Standing, Tally
from core.talent.session.opinion import Opinion
from core.talent.session.opinions import Opinions
from core.talent.session.phases import Phase, is_sealed
from core.talent.session.proposals import PROPOSALS
from core.talent.session.room import seat_candidates


@dataclass(frozen=True)
class Step:
    """A change of phase: when, by whom, with what is to be said of it."""

    before: Phase
    after: Phase
    username: str
    at: dt.datetime
    reason: str
    without: tuple[int, ...]
    absent: tuple[int, ...]


@dataclass(frozen=True)
class Task:
    """Something to do after the meeting; ``done_at`` empty while it is open."""

    key: str
    what: str
    owner: str
    due: dt.date
    done_at: str


@dataclass(frozen=True)
class Status:
    """Where a session stands, for everybody who has a part in it; members by number.

    ``agenda`` is what the chair has turned to (post, nip, show_names) with the number of that ``item``; empty at first.
    """

    present: tuple[int, ...]
    declared: tuple[int, ...]
    sealed: tuple[int, ...]
    papers: tuple[int, ...]
    agenda: Mapping[str, object]
    parked: tuple[str, ...]
    steps: tuple[Step, ...]
    tasks: tuple[Task, ...]
    withdrawn: tuple[tuple[str, str, str], ...]
    updates: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Own:
    """What a member has said: the only reading of a judgement before the reveal."""

    member: int
    declared: Mapping[str, Declaration]
    undeclared: tuple[str, ...]
    recusal: Recusal
    opinions: Mapping[str, Opinion]
    seal: str


@dataclass(frozen=True)
class Room:
    """A post as the room sees it after the reveal.

    ``candidates`` are NIP, the rows of ``opinions``; ``members`` the numbers of those whose judgement counts, in the order of
    the opinions; ``first`` the opinions as they were sealed, of the same members where they had sealed; ``official`` the
    place of each candidate under the official weights and the members' mean scores. ``stated`` are the first names (rows)
    that members named themselves, ``stated_first`` those of the time of the seal, ``notes`` what they wrote.
    """

    session: int
    event: int
    post: str
    places: int
    candidates: tuple[str, ...]
    members: tuple[int, ...]
    opinions: Opinions
    first: Opinions
    sealed: tuple[int, ...]
    official_weights: tuple[float, ...]
    answers: np.ndarray
    stated: Mapping[int, tuple[int, ...]]
    stated_first: Mapping[int, tuple[int, ...]]
    notes: Mapping[int, str]

    @property
    def cache_key(self) -> str:
        """Names what is computed from the room: who was left out changes the candidates."""
        return f"{self.session}|{self.event}|{self.post}|{hash(self.candidates)}|{hash(self.members)}"

    @cached_property
    def official(self) -> np.ndarray:
        """The place of each candidate by the official weights, 0 without one."""
        return self.opinions.rank_under(np.array(self.official_weights)).rank


@dataclass(frozen=True)
class Decided:
    """What is put to the vote for a post, and how the votes stand.

    ``text`` is what was kept, to notice another's change; ``votes`` are by member and empty where the vote is secret.
    ``tally`` is None while a secret vote goes on: each vote could be told from the next count; ``cast`` is how many voted.
    """

    text: str
    choices: tuple[Choice, ...]
    reason: str
    tally: Tally | None
    cast: int
    votes: Mapping[int, str]
    entitled: tuple[int, ...]
    own: str
    dissents: Mapping[int, str]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True)
class Earlier:
    """What was put to the vote before, and how the votes stood when other names took its place."""

    choices: tuple[str, ...]
    yes: int
    no: int
    abstain: int


def read_status(engine: sa.Engine, session: Session, *, by: Account) -> Status:
    """Where a session stands.

    Raises
    ------
    NotAllowed
    """
    records.require_sight(session, by)
    with reading(engine) as connection:
        declared = list_declared(store.list_entries(connection, session.id, ("conflict",)))
        agenda = store.list_entries(connection, session.id, ("agenda",))
        complete = [
            member.id
            for member in session.members
            if not list_undeclared(declared.get(member.id, {}), session.candidates)
        ]
        papers = {
            row["member_id"]
            for row in store.list_entries(connection, session.id, (*OPINION, "conflict"))
            if row["paper"]
        }
        return Status(
            tuple(list_present(connection, session)),
            tuple(complete),
            tuple(list_sealed(connection, session)),
            tuple(sorted(papers)),
            {**json.loads(agenda[0]["value"]), "item": agenda[0]["id"]} if agenda else {},
            tuple(json.loads(row["value"]) for row in store.list_entries(connection, session.id, ("parked",))),
            tuple(_step(row) for row in store.list_entries(connection, session.id, ("step",))),
            tuple(_task(row) for row in store.list_entries(connection, session.id, ("task",))),
            tuple(
                (row["post"], row["subject"], json.loads(row["value"]))
                for row in store.list_entries(connection, session.id, ("withdrawn",))
            ),
            tuple(
                (value["from"], value["to"], value["reason"])
                for row in store.list_entries(connection, session.id, ("update",))
                for value in [json.loads(row["value"])]
            ),
        )


def _step(row: sa.RowMapping) -> Step:
    value = json.loads(row["value"])
    lists = (tuple(value.get(name, ())) for name in ("without", "absent"))
    return Step(value["from"], value["to"], row["username"], row["saved_at"], value.get("reason", ""), *lists)


def _task(row: sa.RowMapping) -> Task:
    value = json.loads(row["value"])
    return Task(row["subject"], value["what"], value["owner"], dt.date.fromisoformat(value["due"]), value["done_at"])


def list_open_tasks(engine: sa.Engine, *, by: Account) -> list[tuple[Session, Task]]:
    """The open tasks of all sessions somebody has a part in, the most urgent first."""
    sessions = records.list_sessions(engine, by=by)
    with reading(engine) as connection:
        found = [
            (session, _task(row))
            for session in sessions
            for row in store.list_entries(connection, session.id, ("task",))
        ]
    found = [(session, task) for session, task in found if not task.done_at]
    return sorted(found, key=lambda pair: pair[1].due)


def read_own(engine: sa.Engine, session: Session, *, by: Account, member: int | None = None) -> Own:
    """What somebody has said in a session; of a member without an account what the secretariat entered from the paper.

    Raises
    ------
    SessionProblem
        For anybody who is no member, and for another member's judgement.
    """
    if member is None:
        seat = records.require_seat(session, by)
    else:
        seat = session.find_member(member)
        parts = records.find_parts(session, by)
        if seat.username or "secretariat" not in parts or session.find_own_seat(by):
            raise SessionProblem(N_("nobody sees what another member thinks"))
    with reading(engine) as connection:
        declared = load_declared(connection, session, seat.id)
        seals = store.list_entries(connection, session.id, ("seal",), member_id=seat.id)
        return Own(
            seat.id,
            declared,
            tuple(list_undeclared(declared, session.candidates)),
            load_recusal(connection, session, seat.id),
            load_opinions(connection, session, seat.id),
            json.loads(seals[0]["value"])["digest"] if seals else "",
        )


def list_seen_posts(engine: sa.Engine, session: Session, *, by: Account) -> list[str]:
    """The posts of which somebody may see what was judged, once it is open."""
    records.require_sight(session, by)
    if is_sealed(session.phase):
        return []
    with reading(engine) as connection:
        recusal = find_own_recusal(connection, session, by)
    return [each.post for each in session.posts if not recusal.hides(each.post)]


def find_view_key(engine: sa.Engine, session: Session, post: str, *, by: Account) -> str | None:
    """What tells apart what different people see of a post in the room; None where it is kept from somebody, or still sealed."""
    records.require_sight(session, by)
    if is_sealed(session.phase):
        return None
    with reading(engine) as connection:
        recusal = find_own_recusal(connection, session, by)
    left_out = sorted(recusal.people & set(session.find_post(post).candidates))
    return None if recusal.hides(post) else f"{session.id}|{session.event}|{session.phase}|{post}|{','.join(left_out)}"


def open_room(engine: sa.Engine, session: Session, review: TalentReview, post: str, *, by: Account) -> Room | None:
    """A post as somebody may see it in the room; None before the reveal and where a conflict of interest shuts them out.

    Parameters
    ----------
    review
        From ``load_session_review``.

    Raises
    ------
    NotAllowed, SessionProblem
    """
    records.require_sight(session, by)
    chosen = session.find_post(post)
    if is_sealed(session.phase):
        return None
    with reading(engine) as connection:
        recusal = find_own_recusal(connection, session, by)
        if recusal.hides(post):
            return None
        rows = store.list_entries(connection, session.id, OPINION, superseded=True)
        shut_out = {member.id: load_recusal(connection, session, member.id) for member in session.members}
        sealed = list_sealed(connection, session)
        seals = store.list_entries(connection, session.id, ("seal",))
    heard = hear_members(session, post, rows, seals, shut_out)
    members = list(heard)
    hidden = recusal.people & set(chosen.candidates)
    listed = set(chosen.candidates) - recusal.people
    bench = seat_candidates(review, post, chosen.rule, listed, [part.tenths for part in session.settings.parts])
    sealed_given = {member: first for member, (first, _) in heard.items()}
    given = {member: final for member, (_, final) in heard.items()}

    def gather(opinions: Mapping[int, Opinion]) -> Opinions:
        return bench.gather(list(opinions.values()), [shut_out[member].people for member in opinions])

    number = {nip: row for row, nip in enumerate(bench.nips)}
    stated = {
        at: tuple(number[nip] for nip in given[member].first if nip in number)
        for at, member in enumerate(members)
        # A list out of which a hidden candidate was taken would tell that the candidate was on it.
        if given[member].first and not hidden
    }
    before = {
        at: tuple(number[nip] for nip in sealed_given[member].first if nip in number)
        for at, member in enumerate(members)
        if sealed_given[member].first and not hidden
    }
    notes = {at: given[member].note for at, member in enumerate(members) if given[member].note and not hidden}
    return Room(
        session.id,
        session.event,
        post,
        chosen.places,
        bench.nips,
        tuple(members),
        gather(given),
        gather(sealed_given),
        tuple(sealed),
        bench.official,
        bench.answers,
        stated,
        before,
        notes,
    )


def find_standings(session: Session, room: Room) -> dict[str, Standing]:
    """How every candidate stands, by NIP: in the official order and in the session's consensus."""
    consensus = PROPOSALS[session.settings.consensus](room.opinions).places if room.members else room.official
    return {
        nip: Standing(
            int(room.official[row]),
            int(consensus[row]),
            int(room.answers[row]),
            int((room.official == room.official[row]).sum()) if room.official[row] else 1,
            int((consensus == consensus[row]).sum()),
        )
        for row, nip in enumerate(room.candidates)
    }


def read_decided(engine: sa.Engine, session: Session, post: str, *, by: Account) -> Decided | None:
    """What was decided on a post; None where nothing was yet, or where a conflict of interest keeps it from somebody.

    Raises
    ------
    NotAllowed, SessionProblem
    """
    records.require_sight(session, by)
    session.find_post(post)
    with reading(engine) as connection:
        if post in list_hidden(connection, session, by):
            return None
        rows = store.list_entries(connection, session.id, ("decision",), post=post)
        if not rows:
            return None
        value = json.loads(rows[0]["value"])
        given = {
            row["member_id"]: json.loads(row["value"])
            for row in store.list_entries(connection, session.id, ("vote",), post=post)
        }
        seat = session.find_own_seat(by)
        counted = tally(connection, session, post)
        return Decided(
            rows[0]["value"],
            tuple(Choice(**choice) for choice in value["choices"]),
            value["reason"],
            None if is_vote_going_on(session, counted) else counted,
            counted.cast,
            {} if session.settings.secret_votes else given,
            tuple(list_entitled(connection, session, post)),
            given.get(seat.id, "") if seat else "",
            {
                row["member_id"]: json.loads(row["value"])
                for row in store.list_entries(connection, session.id, ("dissent",), post=post)
            },
            _list_earlier(store.list_entries(connection, session.id, ("decision", "vote"), superseded=True, post=post)),
        )


def _list_earlier(rows: Sequence[sa.RowMapping]) -> tuple[Earlier, ...]:
    """Decisions that others have taken the place of, the oldest first, out of all entries on decisions and votes of a post."""
    earlier, decided = [], [row for row in rows if row["kind"] == "decision"]
    for at, row in enumerate(decided):
        if row["superseded_at"] is None:
            continue
        end = decided[at + 1]["id"] if at + 1 < len(decided) else float("inf")
        votes = {
            vote["member_id"]: json.loads(vote["value"])
            for vote in rows
            if vote["kind"] == "vote" and row["id"] < vote["id"] < end
        }
        nips = tuple(choice["nip"] for choice in json.loads(row["value"])["choices"])
        earlier.append(Earlier(nips, *(list(votes.values()).count(vote) for vote in VOTES)))
    return tuple(earlier)


def may_lead_decision(engine: sa.Engine, session: Session, post: str, *, by: Account) -> bool:
    """Whether somebody leads the decision on a post: the chair, or the secretary where the chair is shut out from it."""
    with reading(engine) as connection:
        return is_leading(connection, session, post, by)


def read_recusals(engine: sa.Engine, session: Session, *, by: Account) -> dict[int, list[Declaration]]:
    """Who declared which conflicts, by member: printed once what was judged is open, before that nobody's business."""
    records.require_sight(session, by)
    if is_sealed(session.phase):
        return {}
    with reading(engine) as connection:
        declared = list_declared(store.list_entries(connection, session.id, ("conflict",)))
    return {
        member: [each for each in said.values() if each.ground]
        for member, said in declared.items()
        if any(each.ground for each in said.values())
    }


def export_session(engine: sa.Engine, number: int, *, by: Account) -> dict[str, object]:
    """A session as plain data; what members think only once it is open, and only what ``by`` may see.

    Raises
    ------
    SessionProblem, NotAllowed
    """
    session = records.read_session(engine, number, by=by)
    status = read_status(engine, session, by=by)
    seen = list_seen_posts(engine, session, by=by)
    frame = {name: getattr(session, name) for name in ("id", "name", "place", "held_on", "phase")}
    freeze = asdict(session.freeze) if session.freeze else None
    with reading(engine) as connection:
        rows = store.list_entries(connection, number, OPINION, superseded=True)
        seals = store.list_entries(connection, number, ("seal",))
        hidden = find_own_recusal(connection, session, by).people
        shut_out = {member.id: load_recusal(connection, session, member.id) for member in session.members}
    sealed = {row["member_id"] for row in seals}
    posts = []
    for each in session.posts:
        post: dict[str, object] = {**asdict(each), "candidates": len(each.candidates)}
        if each.post in seen and not hidden:
            post["candidates"] = list(each.candidates)
            post["judgements"] = [
                {
                    "member": member,
                    "sealed": member in sealed,
                    "first": asdict(first),
                    "final": asdict(final),
                }
                for member, (first, final) in hear_members(session, each.post, rows, seals, shut_out).items()
            ]
            decided = read_decided(engine, session, each.post, by=by)
            post["decision"] = asdict(decided) if decided else None
        posts.append(post)
    recusals = {
        str(member): [asdict(each) for each in said] for member, said in read_recusals(engine, session, by=by).items()
    }
    return {
        "session": frame,
        "settings": asdict(session.settings),
        "frozen": freeze,
        "members": [asdict(member) for member in session.members],
        "status": asdict(status),
        "recusals": recusals,
        "broken_seals": find_broken_seals(engine, session, by=by),
        "posts": posts,
    }
