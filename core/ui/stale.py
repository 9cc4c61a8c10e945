"""What rests on old data, in words: on Beranda, and beside each thing that was kept."""

from __future__ import annotations

import streamlit as st

from core.service import staleness
from core.service.sessions import records
from core.service.sessions.records import Session
from core.service.staleness import Kind, SessionView, Stale
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.oversight.staleness import Reason
from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview
from core.ui.language import plain, t, tn
from core.ui.session.shared import session_review
from core.ui.shared import engine, shared_result

_KINDS: dict[Kind, str] = {
    "scenario": N_("Scenario “{name}”"),
    "plan": N_("Plan “{name}”"),
    "pool": N_("Group “{name}”"),
    "readiness": N_("Readiness for {name}"),
    "session": N_("Session “{name}”"),
}
#: Where each kind is looked at.
PAGES: dict[Kind, str] = {
    "scenario": "ranking",
    "plan": "succession",
    "pool": "succession",
    "readiness": "succession",
    "session": "session",
}
#: So many reasons are said of one thing.
_SAID = 3


@shared_result(max_entries=8)
def _find_kept(key: str, _review: TalentReview) -> list[Stale]:
    return staleness.find_stale_kept(engine(), _review)


def _list_kept(review: TalentReview) -> list[Stale]:
    return _find_kept(f"{review.cache_key}|{staleness.name_kept(engine())}", review)


@shared_result(max_entries=32)
def _check(key: str, _review: TalentReview, _session: Session, _view: SessionView) -> Stale:
    try:
        holders = session_review(_session).holders
    except MantelError:  # what it judges by cannot be put together any more; its own page says so
        holders = {}
    return staleness.check_session(engine(), _review, _session, _view, holders)


def _check_session(session: Session, review: TalentReview, account: Account) -> Stale | None:
    """Of an open session: asks nothing while the data are those of now, and once for all who may be told the same."""
    if not staleness.is_behind(session, review):
        return None
    view = staleness.view_session(engine(), session, by=account)
    stale = _check(f"{review.cache_key}|{session.id}|{session.freeze}|{view}", review, session, view)
    return stale if stale.reasons else None


def list_stale(review: TalentReview, account: Account) -> list[Stale]:
    """Everything kept that rests on old data, found once for all who may see the same."""
    sessions = [_check_session(session, review, account) for session in records.list_sessions(engine(), by=account)]
    return [*filter(None, sessions), *_list_kept(review)]


def say_reason(reason: Reason, review: TalentReview) -> str:
    """A reason in words, with the name of whom it is about."""
    words = t(reason.message, **reason.values)
    if not reason.nip:
        return words
    names = review.people["full_name"]
    name = names.get(reason.nip) or review.left["full_name"].get(reason.nip, reason.nip)
    return f"{name} {words}"


def say_stale(stale: Stale, review: TalentReview) -> str:
    """What is stale and why, in one line."""
    said = [say_reason(reason, review) for reason in stale.reasons[:_SAID]]
    if more := len(stale.reasons) - _SAID:
        said += [tn("and {count} more", "and {count} more", more)] if more > 0 else []
    return f"{t(_KINDS[stale.kind], name=stale.name)}: {'; '.join(said)}"


def link_to(stale: Stale) -> dict[str, str]:
    """What a link to it says beside the page."""
    if stale.kind == "session":
        return {"session": str(stale.number)}
    return {"post": stale.post} if stale.kind == "scenario" and stale.post != ALL_PEOPLE else {}


def find_marks(kind: Kind, review: TalentReview) -> dict[int, str]:
    """Of everything kept of a kind that rests on old data: why, in words, by its number."""
    return {stale.number: say_stale(stale, review) for stale in _list_kept(review) if stale.kind == kind}


def say_mark(words: str | None) -> None:
    """Beside something kept: why it rests on old data; nothing where it does not."""
    if words:
        st.warning(plain(words), icon=":material/update:")


def mark_session(session: Session, review: TalentReview, account: Account) -> None:
    """On an open session's page: why it rests on old data; nothing where it does not."""
    stale = _check_session(session, review, account)
    say_mark(say_stale(stale, review) if stale else None)
