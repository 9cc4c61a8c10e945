"""Deciding: votes, the names of each post with their reasons, dissent, tasks, closing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import sqlalchemy as sa

from core.service.accounts import ask_anew
from core.service.clock import now, today
from core.service.sessions import records
from core.service.sessions.evidence import digest_session
from core.service.sessions.judging import load_recusal
from core.service.sessions.preparing import check_reason
from core.service.sessions.records import Session, SessionProblem
from core.service.trail import writing
from core.store import sessions as store
from core.store.accounts import Account
from core.talent.errors import join_problems
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.session.committee import SEATS
from core.talent.session.decision import VOTES, Choice, Standing, Tally, Vote, check_decision, count_votes
from core.talent.session.phases import NEXT
from core.trail.events import Event


def list_entitled(connection: sa.Connection, session: Session, post: str) -> list[int]:
    """Members who vote on a post: all but those a conflict of interest shuts out from it, or from one of its candidates."""
    entitled = []
    for member in session.members:
        recusal = load_recusal(connection, session, member.id)
        if not recusal.hides(post) and not recusal.people & set(session.find_post(post).candidates):
            entitled.append(member.id)
    return entitled


def _require_entitled(connection: sa.Connection, session: Session, post: str, member: int) -> None:
    """Refuse a member whom a conflict of interest shuts out from a post."""
    if member not in list_entitled(connection, session, session.find_post(post).post):
        raise SessionProblem(N_("a declared conflict of interest shuts this member out from the post"))


def tally(connection: sa.Connection, session: Session, post: str) -> Tally:
    """The votes on a post as they stand; those of members who may not vote do not count."""
    entitled = list_entitled(connection, session, post)
    votes: list[Vote] = [
        json.loads(row["value"])
        for row in store.list_entries(connection, session.id, ("vote",), post=post)
        if row["member_id"] in entitled
    ]
    quorum = session.settings.count_quorum(len(session.members))
    return count_votes(votes, len(entitled), quorum, session.settings.majority)


def is_vote_going_on(session: Session, counted: Tally) -> bool:
    """Whether a secret vote is still under way, so that nobody is told how it stands."""
    return session.settings.secret_votes and session.phase != "closed" and not counted.complete


def vote(
    engine: sa.Engine,
    number: int,
    post: str,
    value: Vote,
    shown: str | None = None,
    *,
    by: Account,
    member: int | None = None,
) -> None:
    """Vote on what is decided on a post; a vote can be changed until the session closes, a secret one until all have voted.

    Parameters
    ----------
    shown
        What was put to the vote as JSON, as the button was drawn: a vote never counts for other names. None: not asked.
    member
        The member whose paper the secretariat enters, None for one's own.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    if value not in VOTES:
        raise SessionProblem(N_("“{value}” is not one of: {known}"), value=str(value)[:20], known=", ".join(VOTES))
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "vote" if member is None else "enter")
        seat = records.require_seat(session, by) if member is None else session.find_member(member)
        if member is not None:
            records.refuse_seated(session, by)
        if member is not None and seat.username:
            raise SessionProblem(N_("{name} has an account and votes alone"), name=seat.full_name)
        _require_entitled(connection, session, post, seat.id)
        if not store.list_entries(connection, number, ("decision",), post=post):
            raise SessionProblem(N_("nothing was put to the vote for this post yet"))
        _require_shown(connection, session, post, shown)
        if session.settings.secret_votes and tally(connection, session, post).complete:
            raise SessionProblem(N_("the secret vote is complete and counted; put the names to the vote anew"))
        records.say(
            connection, session, "vote", value, by, member=seat.id, post=post, paper=member is not None, told=True
        )
        shown = None if session.settings.secret_votes else value
        records.note(connection, Event.SESSION_VOTED, by, session, f"member {seat.id}: {post}", after=shown)


def dissent(engine: sa.Engine, number: int, post: str, text: str, *, by: Account) -> None:
    """Write down that one thinks otherwise, and why; it stays beside the decision.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    text = check_reason(text)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "dissent")
        seat = records.require_seat(session, by)
        _require_entitled(connection, session, post, seat.id)
        records.say(connection, session, "dissent", text, by, member=seat.id, post=post, told=True)
        records.note(connection, Event.SESSION_DISSENTED, by, session, f"member {seat.id}: {post}: {text}")


def is_leading(connection: sa.Connection, session: Session, post: str, by: Account) -> bool:
    """Whether somebody leads the decision on a post.

    The chair; where a conflict of interest shuts the chair out the secretary, then the next member who may. Where nobody
    may, the chair leads, who can only leave the post open.
    """
    entitled = list_entitled(connection, session, session.find_post(post).post)
    seat = session.find_own_seat(by)
    order = sorted(session.members, key=lambda member: SEATS.index(member.seat))
    may = [member.id for member in order if member.id in entitled and member.username] or [order[0].id]
    return seat is not None and seat.id == may[0]


def _require_lead(connection: sa.Connection, session: Session, post: str, by: Account) -> None:
    """Refuse whoever does not lead the decision on a post."""
    if is_leading(connection, session, post, by):
        return
    _require_entitled(connection, session, post, records.require_seat(session, by).id)
    raise SessionProblem(N_("the chair decides; the secretary only where the chair has a conflict of interest"))


def decide(
    engine: sa.Engine,
    number: int,
    post: str,
    choices: Sequence[Choice],
    standings: Mapping[str, Standing],
    shown: str | None = None,
    *,
    by: Account,
) -> None:
    """Put the names of a post to the vote; votes on other names before do not count any more.

    Parameters
    ----------
    standings
        Of every candidate by NIP, as the session's review and consensus have them.
    shown
        The decision as JSON that the form showed, empty for none: where it is another by now nothing is saved. None: not asked.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem, DecisionFault
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "decide")
        chosen = session.find_post(post)
        _require_lead(connection, session, post, by)
        if not list_entitled(connection, session, post):
            raise SessionProblem(N_("{post}: nobody may vote on it; leave it open with the reason"), post=post)
        _require_shown(connection, session, post, shown)
        among = {nip: standing for nip, standing in standings.items() if nip in chosen.candidates}
        faults = check_decision(choices, among, chosen.places)
        if faults:
            raise join_problems(faults)
        value = {"choices": [asdict(choice) for choice in choices], "reason": ""}
        standing = store.list_entries(connection, number, ("decision",), post=post)
        if standing and json.loads(standing[0]["value"]) == value and not _is_spent(connection, session, post):
            raise SessionProblem(N_("these very names with these reasons are put to the vote already"))
        _put(connection, session, post, value, by)


def leave_open(
    engine: sa.Engine, number: int, post: str, reason: str, shown: str | None = None, *, by: Account
) -> None:
    """Decide to name nobody for a post, with the reason, e.g. too few who pass the gates, or nobody who may vote.

    ``shown`` as in ``decide``.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    reason = check_reason(reason)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "decide")
        _require_lead(connection, session, post, by)
        _require_shown(connection, session, post, shown)
        _put(connection, session, post, {"choices": [], "reason": reason}, by)


def _require_shown(connection: sa.Connection, session: Session, post: str, shown: str | None) -> None:
    if shown is None:
        return
    standing = store.list_entries(connection, session.id, ("decision",), post=post)
    if (standing[0]["value"] if standing else "") != shown:
        raise SessionProblem(N_("somebody else has just put other names to the vote; look at them first"))


def _is_spent(connection: sa.Connection, session: Session, post: str) -> bool:
    """Whether a secret vote is counted and not carried: the same names may be put to the vote once more."""
    counted = tally(connection, session, post)
    return session.settings.secret_votes and counted.complete


def _put(connection: sa.Connection, session: Session, post: str, value: Mapping[str, object], by: Account) -> None:
    store.take_back_entry(connection, now(), session_id=session.id, kind="vote", post=post)
    records.say(connection, session, "decision", value, by, post=post, told=True)
    records.note(connection, Event.SESSION_DECIDED, by, session, post, after=value)


def assign_task(engine: sa.Engine, number: int, what: str, owner: str, due: dt.date, *, by: Account) -> None:
    """Give somebody something to do after the meeting, until a day.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    what, owner = what.strip(), owner.strip()
    if not 3 <= len(what) <= 500 or not 1 <= len(owner) <= 200:
        raise SessionProblem(N_("a task needs what is to be done (3 to 500 characters) and by whom"))
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "assign")
        value = {"what": what, "owner": owner, "due": due.isoformat(), "done_at": ""}
        records.say(connection, session, "task", value, by, subject=str(session.event + 1), told=True)
        records.note(connection, Event.SESSION_TASK_SET, by, session, f"{owner}: {what}", after=due.isoformat())


def finish_task(engine: sa.Engine, number: int, task: str, *, by: Account) -> None:
    """Note that a task is done; also after the session closed.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "finish")
        rows = store.list_entries(connection, number, ("task",), subject=task)
        if not rows or json.loads(rows[0]["value"])["done_at"]:
            raise SessionProblem(N_("this task is done already, or there is none"))
        value = {**json.loads(rows[0]["value"]), "done_at": today().isoformat()}
        records.say(connection, session, "task", value, by, subject=task, told=True)
        records.note(connection, Event.SESSION_TASK_DONE, by, session, value["what"])


def close(engine: sa.Engine, review: TalentReview, number: int, *, by: Account) -> None:
    """Close the session: nothing in it changes any more, unless it is reopened with a reason.

    The audit trail keeps a digest of all that its orders rest on, so that they can be computed again and compared.

    Parameters
    ----------
    review
        From ``load_session_review``.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
        Where a post has neither names that are carried nor the reason why it has none.
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "close")
        problems = []
        titles = {post.key: post.title for post in review.posts}
        for each in session.posts:
            title = titles.get(each.post, each.post)
            decided = store.list_entries(connection, number, ("decision",), post=each.post)
            if not decided:
                problems.append(SessionProblem(N_("{post}: nothing was decided yet"), post=title))
            elif gone := [
                choice["nip"]
                for choice in json.loads(decided[0]["value"])["choices"]
                if choice["nip"] not in each.candidates
            ]:
                message = N_("{post}: {nip} is no candidate any more; decide anew")
                problems.append(SessionProblem(message, post=title, nip=gone[0]))
            elif json.loads(decided[0]["value"])["choices"]:
                counted = tally(connection, session, each.post)
                lacking = _find_lacking_votes(title, counted)
                if lacking and is_vote_going_on(session, counted):
                    message = N_("{post}: {count} of {all} members have voted, which is no majority yet")
                    lacking = [SessionProblem(message, post=title, count=counted.cast, all=counted.entitled)]
                if lacking and records.require_seat(session, by).id not in list_entitled(
                    connection, session, each.post
                ):
                    # How the votes stand is kept from whoever is shut out.
                    lacking = [SessionProblem(N_("{post}: the decision is not finished"), post=title)]
                problems += lacking
        if problems:
            raise join_problems(problems)
        digest = digest_session(connection, session, review)
        records.move(connection, session, NEXT["decision", "close"], by)
        records.note(connection, Event.SESSION_CLOSED, by, session, after=digest)


def _find_lacking_votes(post: str, votes: Tally) -> list[SessionProblem]:
    if votes.carried:
        return []
    if not votes.entitled:
        return [SessionProblem(N_("{post}: nobody may vote on it; leave it open with the reason"), post=post)]
    if not votes.quorate:
        message = N_("{post}: {count} of {all} members have voted, which is no quorum")
        return [SessionProblem(message, post=post, count=votes.cast, all=votes.entitled)]
    message = N_("{post}: {yes} for, {no} against is no majority; decide on other names or leave it open")
    return [SessionProblem(message, post=post, yes=votes.yes, no=votes.no)]
