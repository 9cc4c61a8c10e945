"""What rests on old data, in words: on Beranda, and beside each thing that was kept."""

from __future__ import annotations

import streamlit as st

from core.service import staleness
from core.service.staleness import Kind, Stale
from core.store.accounts import Account
from core.talent.messages import N_
from core.talent.oversight.staleness import Reason
from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview
from core.ui.language import plain, t, tn
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


@shared_result(max_entries=16)
def _find(key: str, _review: TalentReview, _by: Account) -> list[Stale]:
    return staleness.find_stale(engine(), _review, by=_by)


def list_stale(review: TalentReview, account: Account) -> list[Stale]:
    """Everything kept that rests on old data, found once for all who may see the same."""
    kept = staleness.name_kept(engine(), by=account)
    return _find(f"{review.cache_key}|{kept}", review, account)


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


def mark_stale(kind: Kind, number: int, review: TalentReview, account: Account) -> None:
    """Beside something kept: why it rests on old data; nothing where it does not."""
    for stale in list_stale(review, account):
        if (stale.kind, stale.number) == (kind, number):
            st.warning(plain(say_stale(stale, review)), icon=":material/update:")
