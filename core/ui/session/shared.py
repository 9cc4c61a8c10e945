"""The review a session judges by, and what is computed once for all who see the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from core.service.sessions import judging, preparing, records, seen
from core.service.sessions.records import Session, SessionProblem
from core.service.sessions.seen import Room, Status
from core.store.accounts import Account
from core.talent.ranking.fairness import list_group_kinds, monitor_selection
from core.talent.review import TalentReview, list_candidates
from core.talent.session.agreement import Agreement, measure_agreement
from core.talent.session.dispute import Dispute, find_dispute
from core.talent.session.phases import is_sealed
from core.talent.session.proposals import Proposal, propose_orders
from core.ui.shared import engine, shared_result
from core.ui.shared import review as current_review


@dataclass(frozen=True)
class Seen:
    """A post as the room sees it, with all that is computed of it."""

    room: Room
    agreement: Agreement
    before: Agreement
    dispute: Dispute
    proposals: tuple[Proposal, ...]


def session_review(session: Session) -> TalentReview:
    """The review a session judges by: frozen once it has opened, today's before."""
    freeze = session.freeze
    if freeze is None:
        return preparing.seat_review(current_review(), session)
    key = f"{session.id}|{freeze.rubric}|{freeze.data_version}|{freeze.known_at}|{hash(session.posts)}"
    return _review(key, session)


# What begins with an underscore is no part of what a result is known by.
@shared_result(max_entries=3)
def _review(key: str, _session: Session) -> TalentReview:
    return preparing.load_session_review(engine(), _session)


def naming_posts(session: Session, act: Callable[[], object]) -> Callable[[], object]:
    """An act whose refusals call posts by their titles."""

    def acting() -> object:
        try:
            return act()
        except SessionProblem as problem:
            titles = {post.key: post.title for post in session_review(session).posts}
            named = {
                key: titles.get(str(value), value) if key == "post" else value for key, value in problem.values.items()
            }
            raise SessionProblem(problem.message, **named) from problem

    return acting


def review_without(session: Session, post: str, hidden: frozenset[str]) -> TalentReview:
    """The session's review in which some people are no candidates of a post."""
    review = session_review(session)
    if not hidden:
        return review
    return list_candidates(review, {**review.listed, post: set(review.listed[post]) - hidden})


def read_status(session: Session, account: Account) -> Status:
    """Where a session stands, read once for all screens; while members judge, papers are entered without an event."""
    if is_sealed(session.phase):
        return seen.read_status(engine(), session, by=account)
    records.require_sight(session, account)
    return _status(f"{session.id}|{session.event}", session, account)


@shared_result(max_entries=32)
def _status(key: str, _session: Session, _account: Account) -> Status:
    return seen.read_status(engine(), _session, by=_account)


def see_post(session: Session, post: str, account: Account) -> Seen | None:
    """A post as an account may see it; None where it is kept from them. Computed once for all who see the same."""
    key = seen.find_view_key(engine(), session, post, by=account)
    return None if key is None else _see(key, session, post, account)


@shared_result(max_entries=64)
def _see(key: str, _session: Session, post: str, _account: Account) -> Seen | None:
    room = seen.open_room(engine(), _session, session_review(_session), post, by=_account)
    if room is None or not room.members:
        return None
    return Seen(
        room,
        measure_agreement(room.opinions, room.places, room.stated),
        measure_agreement(room.first, room.places, room.stated_first),
        find_dispute(room.opinions, room.places),
        propose_orders(room.opinions),
    )


def list_broken_seals(session: Session, account: Account) -> list[int]:
    """Members whose sealed values were changed in the database, looked at once for each phase."""
    if not judging.may_check_seals(engine(), session, by=account):
        return []
    return _broken_seals(f"{session.id}|{session.phase}", session, account)


@shared_result(max_entries=32)
def _broken_seals(key: str, _session: Session, _account: Account) -> list[int]:
    return judging.find_broken_seals(engine(), _session, by=_account)


@shared_result(max_entries=16)
def monitor_proposals(key: str, _session: Session, _seen: Seen) -> pd.DataFrame:
    """Who the first places go to under each proposal and the official order, by groups of people."""
    review, room = session_review(_session), _seen.room
    people = review.people.loc[list(room.candidates)]
    ranks = {"official": room.official, **{each.key: each.places for each in _seen.proposals}}
    return monitor_selection(people, ranks, room.places, list_group_kinds(people))
