"""Preparing a session: its frame, members and posts; opening it; taking over later data."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from core.service.accounts import ask_anew, has_right, require_right
from core.service.clock import now
from core.service.review import load_frozen_review
from core.service.sessions import records
from core.service.sessions.records import Freeze, Session, SessionPost, SessionProblem
from core.service.trail import writing
from core.store import facts as facts_store
from core.store import sessions as store
from core.store.accounts import Account, find_account, list_accounts
from core.store.database import reading
from core.talent.eligibility.order_rule import ORDER_RULES
from core.talent.employee import parse_nip
from core.talent.errors import MantelError, join_problems
from core.talent.messages import N_
from core.talent.review import TalentReview, list_candidates
from core.talent.session.committee import SEATS, Member, check_committee
from core.talent.session.phases import NEXT
from core.talent.session.settings import SessionSettings, check_settings, write_settings
from core.trail.events import Event

#: Fewest applicants of a post, and fewest who go on.
LEAST_APPLICANTS, LEAST_NAMES = 4, 3
_LEFT = "tidak lagi dalam dinas aktif menurut data yang lebih baru"
_MOST_MEMBERS, _MOST_POSTS, _MOST_CANDIDATES = 45, 60, 2000


def make_session(
    engine: sa.Engine, name: str, place: str, held_on: dt.date, settings: SessionSettings, *, by: Account
) -> int:
    """Make a session in preparation; returns its number.

    Raises
    ------
    NotAllowed, SessionProblem, SettingsProblem
    """
    require_right(by, "import")
    frame = _check_frame(name, place, settings)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        number = store.add_session(
            connection,
            **frame,
            held_on=held_on,
            phase="preparation",
            event=0,
            version=0,
            username=by.username,
            saved_at=now(),
        )
        session = records.load(connection, number)
        records.note(connection, Event.SESSION_PREPARED, by, session, session.name)
    return number


def change_session(
    engine: sa.Engine,
    shown: Session,
    name: str,
    place: str,
    held_on: dt.date,
    settings: SessionSettings,
    members: Sequence[Member],
    posts: Sequence[SessionPost],
    *,
    by: Account,
) -> None:
    """Change what was prepared, all or nothing.

    Parameters
    ----------
    shown
        The session as the form showed it: where somebody has changed it since, nothing is saved.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem, SettingsProblem
    """
    require_right(by, "import")
    frame = _check_frame(name, place, settings)
    _check_lists(members, posts)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session = records.load_for(connection, shown.id, by, "prepare")
        if session.version != shown.version:
            raise SessionProblem(
                N_("somebody else has changed this session meanwhile: reload the page and enter your changes again")
            )
        _check_accounts(connection, members)
        store.change_session(connection, session.id, **frame, held_on=held_on, version=session.version + 1)
        if list(session.members) != list(members):
            store.replace_members(connection, session.id, [_member_row(member) for member in members])
        store.replace_posts(connection, session.id, [_post_row(post) for post in posts])
        records.note(connection, Event.SESSION_PREPARED, by, session, name.strip())
        store.add_event(connection, session.id)


def list_seatable(engine: sa.Engine, *, by: Account) -> dict[str, str]:
    """The accounts that can sit in a committee: full name by user name.

    Raises
    ------
    NotAllowed
    """
    require_right(by, "import")
    with reading(engine) as connection:
        return {each.username: each.full_name for each in list_accounts(connection) if _may_sit(each)}


def _may_sit(account: Account) -> bool:
    """Whoever judges reads no audit trail: what is kept from a recused member stands there."""
    return has_right(account, "weigh") and not has_right(account, "administer")


def _check_accounts(connection: sa.Connection, members: Sequence[Member]) -> None:
    for member in members:
        account = find_account(connection, member.username) if member.username else None
        if member.username and account is None:
            raise SessionProblem(N_("there is no user “{value}”"), value=member.username)
        if account is not None and not _may_sit(account):
            message = N_("“{value}” cannot sit in a committee: the account administers Mantel, or may only look on")
            raise SessionProblem(message, value=member.username)


def remove_session(engine: sa.Engine, number: int, *, by: Account) -> None:
    """Take back a session that never opened.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session = records.load_for(connection, number, by, "remove")
        store.change_session(connection, number, removed_at=now())
        records.note(connection, Event.SESSION_REMOVED, by, session, session.name)


def _check_frame(name: str, place: str, settings: SessionSettings) -> dict[str, object]:
    name, place = name.strip(), place.strip()
    problems: list[MantelError] = []
    if not 1 <= len(name) <= 100:
        problems.append(SessionProblem(N_("the name has {count} characters; expected 1 to 100"), count=len(name)))
    if not 1 <= len(place) <= 200:
        problems.append(SessionProblem(N_("the place has {count} characters; expected 1 to 200"), count=len(place)))
    problems += check_settings(settings)
    if problems:
        raise join_problems(problems)
    return {"name": name, "place": place, "settings": write_settings(settings)}


def _check_lists(members: Sequence[Member], posts: Sequence[SessionPost]) -> None:
    problems: list[MantelError] = []
    if len(members) > _MOST_MEMBERS or len(posts) > _MOST_POSTS:
        problems.append(
            SessionProblem(
                N_("expected at most {members} members and {posts} posts"), members=_MOST_MEMBERS, posts=_MOST_POSTS
            )
        )
    for member in members:
        if not 1 <= len(member.full_name.strip()) <= 200 or member.seat not in SEATS:
            problems.append(SessionProblem(N_("each member needs a name and a seat")))
    for post in posts:
        if post.rule not in ORDER_RULES or post.places not in (1, 3):
            problems.append(SessionProblem(N_("“{post}”: expected one or three names"), post=post.post))
        if post.reference_date:
            try:
                dt.date.fromisoformat(post.reference_date)
            except ValueError:
                problems.append(
                    SessionProblem(N_("“{value}” is not a date YYYY-MM-DD"), value=post.reference_date[:20])
                )
        if len(post.candidates) > _MOST_CANDIDATES:
            problems.append(
                SessionProblem(N_("“{post}” has more than {most} applicants"), post=post.post, most=_MOST_CANDIDATES)
            )
        for nip in post.candidates:
            try:
                parse_nip(nip)
            except MantelError as error:
                problems.append(error)
    keys = [post.post for post in posts]
    if len(set(keys)) < len(keys):
        problems.append(SessionProblem(N_("a post stands twice in the list")))
    if problems:
        raise join_problems(problems[:5])


def _member_row(member: Member) -> dict[str, object]:
    row = {name: getattr(member, name) for name in Member.__dataclass_fields__ if name != "id"}
    return {**row, "full_name": member.full_name.strip()}


def _post_row(post: SessionPost) -> dict[str, object]:
    row = {name: getattr(post, name) for name in SessionPost.__dataclass_fields__}
    return {**row, "candidates": json.dumps(list(dict.fromkeys(post.candidates)))}


def open_session(
    engine: sa.Engine, review: TalentReview, number: int, shown: int | None = None, *, by: Account
) -> None:
    """Open a session for judging: rubric, rules, data and candidates stay as they are now.

    Parameters
    ----------
    review
        The current review, by the official rubric.
    shown
        The version of what was prepared that the button was drawn for: nobody opens what they have not seen. None: not asked.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem, UnknownPost
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "open")
        if shown is not None and session.version != shown:
            raise SessionProblem(
                N_("somebody else has changed this session meanwhile: reload the page and look at it once more")
            )
        if facts_store.get_data_version(connection) != review.data_version:
            raise SessionProblem(N_("the data have just been changed by an import; open the session once more"))
        _check_accounts(connection, session.members)
        problems = find_obstacles(session, review)
        if problems:
            raise join_problems(problems)
        seated = seat_review(review, session)
        for post in session.posts:
            chosen = json.dumps([str(nip) for nip in seated.candidates(post.post)])
            store.change_post(connection, number, post.post, candidates=chosen)
        _freeze(connection, session, review)
        records.move(connection, session, "judging", by)
        records.note(
            connection, Event.SESSION_OPENED, by, session, f"data {review.data_version}", after=review.rubric.digest
        )


def return_to_preparation(engine: sa.Engine, number: int, reason: str, *, by: Account) -> None:
    """Take a session that was prepared wrongly back into its preparation, as long as nobody has sealed.

    What members have judged so far is taken back, as it was said of other candidates or parts; conflicts stay declared.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    reason = check_reason(reason)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session = records.load_for(connection, number, by, "return")
        if sealed := store.list_entries(connection, number, ("seal",)):
            message = N_("{count} members have sealed already; a session goes back only while nobody has")
            raise SessionProblem(message, count=len(sealed))
        for kind in ("weights", "first", "score"):
            store.take_back_entry(connection, now(), session_id=number, kind=kind)
        for post in session.posts:
            if not post.by_list:
                store.change_post(connection, number, post.post, candidates="[]")
        store.change_session(
            connection,
            number,
            rubric_digest="",
            data_version=0,
            as_of=None,
            frozen_at=None,
            version=session.version + 1,
        )
        records.move(connection, session, NEXT["judging", "return"], by, reason=reason)
        records.note(connection, Event.SESSION_REOPENED, by, session, reason, before=session.phase, after="preparation")


def _freeze(connection: sa.Connection, session: Session, review: TalentReview) -> None:
    store.change_session(
        connection,
        session.id,
        rubric_digest=review.rubric.digest,
        data_version=review.data_version,
        as_of=review.as_of,
        frozen_at=now(),
    )


def find_obstacles(session: Session, review: TalentReview) -> list[MantelError]:
    """What keeps a session from opening."""
    known = {post.key for post in review.posts}
    problems: list[MantelError] = [finding.problem for finding in check_committee(session.members, ()) if finding.grave]
    if not session.posts:
        problems.append(SessionProblem(N_("no post is chosen")))
    seated = None
    for post in session.posts:
        if post.post not in known:
            problems.append(SessionProblem(N_("the post “{value}” does not exist any more"), value=post.post))
            continue
        seated = seated or seat_review(review, session)
        if not len(seated.candidates(post.post)):
            problems.append(SessionProblem(N_("“{post}” has no candidate"), post=post.post))
        unknown = [nip for nip in post.candidates if nip not in review.people.index] if post.by_list else []
        if unknown:
            problems.append(
                SessionProblem(
                    N_("“{post}”: not known or not in active service: {nips}"),
                    post=post.post,
                    nips=", ".join(unknown[:10]),
                )
            )
    return problems


def seat_review(review: TalentReview, session: Session) -> TalentReview:
    """A review as a session sees it: with its reference dates and its lists of candidates."""
    dates = {post.post: post.reference_date for post in session.posts if post.reference_date}
    posts = tuple(replace(post, reference_date=dates.get(post.key, post.reference_date)) for post in review.posts)
    listed = {post.post: post.candidates for post in session.posts if post.by_list or session.freeze is not None}
    return list_candidates(replace(review, posts=posts), listed)


def load_session_review(engine: sa.Engine, session: Session) -> TalentReview:
    """The review that a session judges by, as frozen at its opening.

    Raises
    ------
    SessionProblem
        Before the opening.
    """
    freeze = require_freeze(session)
    review = load_frozen_review(engine, freeze.rubric, freeze.as_of, freeze.data_version, freeze.known_at)
    return seat_review(review, session)


def require_freeze(session: Session) -> Freeze:
    """What a session judges by.

    Raises
    ------
    SessionProblem
        Before the opening.
    """
    if session.freeze is None:
        raise SessionProblem(N_("the session has not opened yet"))
    return session.freeze


def find_changed_people(engine: sa.Engine, session: Session) -> list[str]:
    """NIP of the candidates of whom something was imported since the session froze its data."""
    freeze = require_freeze(session)
    nips = {nip for post in session.posts for nip in post.candidates}
    with reading(engine) as connection:
        if facts_store.get_data_version(connection) == freeze.data_version:
            return []
        return sorted(nips & facts_store.find_changed(connection, freeze.data_version))


def take_over_data(engine: sa.Engine, review: TalentReview, number: int, reason: str, *, by: Account) -> None:
    """Judge by the data of now instead of those of the opening; every seal is broken, as what was judged has changed.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    reason = check_reason(reason)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session = records.load_for(connection, number, by, "update")
        before = require_freeze(session)
        if before.data_version == review.data_version:
            raise SessionProblem(N_("the session has the newest data already"))
        if facts_store.get_data_version(connection) != review.data_version:
            raise SessionProblem(N_("the data have just been changed by an import; open the session once more"))
        # Rubric, rules, posts and day stay those of the opening: only the facts are the newer ones.
        store.change_session(connection, number, data_version=review.data_version)
        for post in session.posts:
            for nip in (nip for nip in post.candidates if nip not in review.people.index):
                _take_off(connection, records.load(connection, number), post.post, nip, _LEFT, by)
        store.take_back_entry(connection, now(), session_id=number, kind="seal")
        value = {"from": before.data_version, "to": review.data_version, "reason": reason}
        records.say(connection, session, "update", value, by, subject=str(session.event + 1), told=True)
        records.note(
            connection,
            Event.SESSION_DATA_TAKEN_OVER,
            by,
            session,
            reason,
            before=before.data_version,
            after=review.data_version,
        )


def withdraw_candidate(engine: sa.Engine, number: int, post: str, nip: str, reason: str, *, by: Account) -> None:
    """Take a candidate who has withdrawn, or must, off a post; what was said of them stays in the record.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    reason = check_reason(reason)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session = records.load_for(connection, number, by, "withdraw")
        chosen = session.find_post(post)
        if nip not in chosen.candidates:
            raise SessionProblem(N_("{nip} is not among the candidates of this post"), nip=nip[:40])
        _take_off(connection, session, post, nip, reason, by)


def _take_off(connection: sa.Connection, session: Session, post: str, nip: str, reason: str, by: Account) -> None:
    """Take a candidate off a post; a decision that names them is taken back with its votes."""
    left = [each for each in session.find_post(post).candidates if each != nip]
    store.change_post(connection, session.id, post, candidates=json.dumps(left))
    records.say(connection, session, "withdrawn", reason, by, post=post, subject=nip, told=True)
    decided = store.list_entries(connection, session.id, ("decision",), post=post)
    if decided and any(choice["nip"] == nip for choice in json.loads(decided[0]["value"])["choices"]):
        for kind in ("decision", "vote"):
            store.take_back_entry(connection, now(), session_id=session.id, kind=kind, post=post)
    records.note(connection, Event.SESSION_CANDIDATE_WITHDRAWN, by, session, f"{post}: {reason}", before=nip)


def check_reason(reason: str) -> str:
    """A reason without the blanks around it, 10 to 2000 characters.

    Raises
    ------
    SessionProblem
    """
    reason = reason.strip()
    if not 10 <= len(reason) <= 2000:
        raise SessionProblem(N_("the reason has {count} characters; expected 10 to 2000"), count=len(reason))
    return reason


def count_least(post: SessionPost) -> int:
    """How many candidates of a post are usual at least: applicants by a list, or those by the rule."""
    return LEAST_APPLICANTS if post.by_list else LEAST_NAMES


def count_applicants(posts: Sequence[SessionPost]) -> tuple[int, int]:
    """Applications and persons: an applicant for two posts is one person."""
    nips = [nip for post in posts if post.by_list for nip in post.candidates]
    return len(nips), len(set(nips))
