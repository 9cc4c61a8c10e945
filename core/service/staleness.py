"""What was kept and rests on old data: checked against the data of now, so that each import tells in the same minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from core.service import placement, pools, scenarios
from core.service.clock import local_day
from core.service.sessions import records
from core.service.sessions.judging import find_own_recusal
from core.service.sessions.preparing import load_session_review, require_freeze
from core.service.sessions.records import Session
from core.store import decisions as decision_store
from core.store import facts as facts_store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.oversight.staleness import (
    Changes,
    Reason,
    compare_boxes,
    compare_first_places,
    find_filled_posts,
    find_person_reasons,
)
from core.talent.ranking.scenario import digest_order, find_first_places
from core.talent.review import TalentReview
from core.talent.succession.readiness import classify_readiness

#: What can be stale; a readiness is a decision of the committee, a pool a kelompok rencana suksesi.
Kind = Literal["scenario", "plan", "pool", "readiness", "session"]


@dataclass(frozen=True)
class Stale:
    """Something kept that rests on old data: its kind and number, its name, the post it is about ("" for several), why."""

    kind: Kind
    number: int
    name: str
    post: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SessionView:
    """What of an open session somebody may be told: posts and candidates without those a conflict of interest keeps away."""

    posts: tuple[str, ...]
    nips: tuple[str, ...]


def name_kept(engine: sa.Engine) -> str:
    """A text that differs whenever something kept for everybody came or went: what is found of it can be shared."""
    with reading(engine) as connection:
        readiness = decision_store.list_decisions(connection, subject="readiness", revoked_at=None)
    kept = (
        [saved.id for saved in scenarios.list_scenarios(engine)],
        [plan.id for plan in placement.list_plans(engine)],
        [pool.id for pool in pools.list_pools(engine)],
        [row["id"] for row in readiness],
    )
    return repr(kept)


def find_stale(engine: sa.Engine, review: TalentReview, *, by: Account) -> list[Stale]:
    """Everything kept that rests on old data: open sessions first, then what is kept for everybody.

    Parameters
    ----------
    review
        The review of the data of now.
    """
    sessions = [session for session in records.list_sessions(engine, by=by) if is_behind(session, review)]
    checked = [
        check_session(engine, review, session, view_session(engine, session, by=by), _find_holders(engine, session))
        for session in sessions
    ]
    return [*(each for each in checked if each.reasons), *find_stale_kept(engine, review)]


def find_stale_kept(engine: sa.Engine, review: TalentReview) -> list[Stale]:
    """What is kept for everybody and rests on old data."""
    checked = [
        *_check_scenarios(engine, review),
        *_check_plans(engine, review),
        *_check_pools(engine, review),
        *_check_readiness(engine, review),
    ]
    return [each for each in checked if each.reasons]


def is_behind(session: Session, review: TalentReview) -> bool:
    """Whether an open session judges by other data than those of now; asks no database."""
    freeze = session.freeze
    return freeze is not None and session.phase != "closed" and freeze.data_version != review.data_version


def view_session(engine: sa.Engine, session: Session, *, by: Account) -> SessionView:
    """What of a session somebody may be told."""
    with reading(engine) as connection:
        recusal = find_own_recusal(connection, session, by)
    posts = [post for post in session.posts if not recusal.hides(post.post)]
    nips = {nip for post in posts for nip in post.candidates} - recusal.people
    return SessionView(tuple(post.post for post in posts), tuple(sorted(nips)))


def check_session(
    engine: sa.Engine, review: TalentReview, session: Session, view: SessionView, holders: Mapping[str, str]
) -> Stale:
    """Why an open session rests on old data.

    Parameters
    ----------
    holders
        Who held which post in the review that the session judges by.

    Raises
    ------
    SessionProblem
        Before the opening.
    """
    freeze = require_freeze(session)
    reasons = _of_people(engine, review, freeze.data_version, view.nips, freeze.as_of)
    reasons += find_filled_posts(review, [post for post in view.posts if not holders.get(post)])
    return Stale("session", session.id, session.name, "", tuple(reasons))


def _find_holders(engine: sa.Engine, session: Session) -> Mapping[str, str]:
    try:
        return load_session_review(engine, session).holders
    except MantelError:  # what it judges by cannot be put together any more; its own page says so
        return {}


def _load_changes(engine: sa.Engine, review: TalentReview, version: int, nips: Sequence[str]) -> Changes:
    if version == review.data_version:
        return Changes({}, ())
    with reading(engine) as connection:
        return Changes(
            facts_store.list_changed_kinds(connection, version, nips), facts_store.find_moved(connection, version, nips)
        )


def _of_people(
    engine: sa.Engine, review: TalentReview, version: int, nips: Sequence[str], since: dt.date
) -> list[Reason]:
    return find_person_reasons(review, nips, _load_changes(engine, review, version, nips), since)


def _check_scenarios(engine: sa.Engine, review: TalentReview) -> list[Stale]:
    stale = []
    for saved in scenarios.list_scenarios(engine):
        kept = saved.scenario
        try:
            ranked = scenarios.rank_scenario(kept, review)
        except MantelError:
            reasons = [Reason(N_("its post or its criteria are not there any more"))]
        else:
            same = digest_order(ranked) == kept.order_digest
            reasons = compare_first_places(kept.first, find_first_places(ranked), same)
            reasons += _of_people(engine, review, kept.data_version, kept.first, kept.as_of)
        stale.append(Stale("scenario", saved.id, kept.name, kept.post, tuple(reasons)))
    return stale


def _check_plans(engine: sa.Engine, review: TalentReview) -> list[Stale]:
    stale = []
    for plan in placement.list_plans(engine):
        posts, nips = [pair[0] for pair in plan.pairs], [pair[1] for pair in plan.pairs]
        reasons = _of_people(engine, review, plan.data_version, nips, local_day(plan.saved_at))
        # Holders whom the plan itself moves on still hold their post until then.
        vacant = [post for post in posts if review.holders.get(post) not in nips]
        reasons += [each for each in find_filled_posts(review, vacant) if _is_news(review, plan, each)]
        stale.append(Stale("plan", plan.id, plan.name, "", tuple(reasons)))
    return stale


def _is_news(review: TalentReview, plan: placement.SavedPlan, reason: Reason) -> bool:
    """Whether a post's holder came after the plan; a post of the horizon had one then already, who retires."""
    if not reason.nip:
        return True
    since = review.people["position_since"].get(reason.nip)
    return since is not None and since == since and since.date() > local_day(plan.saved_at)


def _check_pools(engine: sa.Engine, review: TalentReview) -> list[Stale]:
    stale = []
    for pool in pools.list_pools(engine):
        nips = [member[0] for member in pool.members]
        reasons = compare_boxes(review, {member[0]: member[4] for member in pool.members})
        reasons += _of_people(engine, review, pool.data_version, nips, pool.as_of)
        stale.append(Stale("pool", pool.id, pool.name, pool.post, tuple(reasons)))
    return stale


def _check_readiness(engine: sa.Engine, review: TalentReview) -> list[Stale]:
    with reading(engine) as connection:
        rows = decision_store.list_decisions(connection, subject="readiness", revoked_at=None)
    classes, stale = {}, []
    titles = {post.key: post.title for post in review.posts}
    for row in rows:
        post, nip = row["post"], row["nip"]
        reasons = _of_people(engine, review, row["data_version"], [nip], local_day(row["decided_at"]))
        if post not in titles:
            reasons.append(Reason(N_("the post {post} is not there any more"), "", {"post": post}))
        else:
            if post not in classes:
                classes[post] = classify_readiness(review, post).classes
            now = str(classes[post].get(nip, ""))
            if now and now != row["computed"]:
                reasons.append(Reason(N_("what is computed has become another readiness"), nip))
        stale.append(Stale("readiness", row["id"], titles.get(post, post), post, tuple(reasons)))
    return stale
