"""What rests on old data: what is known now of the people that something kept names, against what was known then.

Something kept (a scenario, a plan, a group, a decision, an open session) names people under a version of the data. It is
stale where one of them has left, moved, was punished, where an assessment has expired since, or where what was computed
comes out otherwise now. Each reason says whom it is about; nothing here changes what was kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from core.talent.context import DATED_ASSESSMENTS
from core.talent.messages import N_
from core.talent.review import TalentReview, list_validity_years


@dataclass(frozen=True)
class Reason:
    """Why something is stale: an English template, its values, and the person it is about (NIP, "" for nobody)."""

    message: str
    nip: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """What was recorded of some people after a version: kinds of facts by NIP, and whose post or unit is another one."""

    kinds: Mapping[str, Collection[str]]
    moved: Collection[str]


#: Changes of these kinds are said by their own words.
_OWN_WORDS = frozenset({"employee", "position_history", "discipline"})


def find_person_reasons(review: TalentReview, nips: Sequence[str], changes: Changes, since: dt.date) -> list[Reason]:
    """What has happened to people since something named them.

    Parameters
    ----------
    nips
        Whom it names.
    since
        The day it was kept for; an assessment that had expired by then already is no news.
    """
    reasons = []
    for nip in dict.fromkeys(nips):
        if nip not in review.people.index:
            reasons.append(Reason(N_("is not in active service any more"), nip))
            continue
        kinds = changes.kinds.get(nip, ())
        if nip in changes.moved:
            reasons.append(Reason(N_("has moved"), nip))
        if "discipline" in kinds:
            reasons.append(Reason(N_("was punished, or a punishment was corrected"), nip))
        if _has_expired_since(review, nip, since):
            reasons.append(Reason(N_("an assessment has expired"), nip))
        if set(kinds) - _OWN_WORDS:
            reasons.append(Reason(N_("has newer records"), nip))
    return reasons


def _has_expired_since(review: TalentReview, nip: str, since: dt.date) -> bool:
    """Whether an assessment of a person that was valid on a day is not valid on the review's."""
    validity = list_validity_years(review.rubric)
    for kind in DATED_ASSESSMENTS:
        if kind not in validity or kind not in review.assessments or review.assessments.at[nip, kind] != "expired":
            continue
        known = review.context.known(kind)
        latest = known.loc[known["nip"] == nip, "assessed_on"].max()
        if latest > pd.Timestamp(since) - pd.DateOffset(years=validity[kind]):
            return True
    return False


def compare_first_places(then: Sequence[str], now: Sequence[str], same_order: bool) -> list[Reason]:
    """Where an order differs from the one that was kept: its first names then and now, and whether the whole is the same."""
    for place, (before, after) in enumerate(zip(then, now, strict=False), 1):
        if before != after:
            return [Reason(N_("the order has changed at place {place}"), after, {"place": place})]
    if len(then) != len(now):
        return [Reason(N_("the order has changed at place {place}"), "", {"place": min(len(then), len(now)) + 1})]
    return [] if same_order else [Reason(N_("the order has changed behind the first three"))]


def compare_boxes(review: TalentReview, boxes: Mapping[str, int]) -> list[Reason]:
    """Whose computed box is another one than it was (by NIP, 0 not assessed)."""
    now = dict(zip(review.people.index, review.people["box"].astype(int), strict=True))
    return [
        Reason(N_("box {then} has become {now}"), nip, {"then": box or "–", "now": now[nip] or "–"})
        for nip, box in boxes.items()
        if nip in now and now[nip] != box
    ]


def find_filled_posts(review: TalentReview, posts: Sequence[str]) -> list[Reason]:
    """Which of some posts that were vacant have a holder now, or are not there any more."""
    titles = {post.key: post.title for post in review.posts}
    reasons = []
    for post in posts:
        if post not in titles:
            reasons.append(Reason(N_("the post {post} is not there any more"), "", {"post": post}))
        elif holder := review.holders.get(post):
            reasons.append(Reason(N_("now holds {post}"), holder, {"post": titles[post]}))
    return reasons
