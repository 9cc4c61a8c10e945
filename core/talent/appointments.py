"""Who was inaugurated before the imported facts show it: beside the facts, until an export confirms it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.talent.posts import Post
from core.talent.vocabulary import fold_text

#: Why an inauguration is not confirmed: the facts are older (``waits``); they have somebody else in the post since that day;
#: they have the person in another post since that day; the person left service; the post is not among the posts any more.
Why = Literal["waits", "other_holder", "other_post", "left", "no_post"]


@dataclass(frozen=True, slots=True)
class Appointment:
    """An inauguration: the post by key, the NIP, the day, the number of its letter.

    ``titles`` are those of the person's present post in the facts recorded since it was entered.
    """

    post: str
    nip: str
    day: dt.date
    number: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """An inauguration that the facts do not show, and why; ``other`` is whom they have in the post instead ("" for none).

    Only one that ``waits`` makes a holder.
    """

    appointment: Appointment
    why: Why
    other: str = ""


def place_appointed(
    holders: Mapping[str, str], appointments: Sequence[Appointment], people: pd.DataFrame, posts: Sequence[Post]
) -> tuple[dict[str, str], tuple[Unconfirmed, ...]]:
    """Holders with those who were inaugurated since the facts, and which inaugurations the facts do not confirm.

    An inauguration is confirmed for good once facts recorded after it have shown the person in the post; whoever the facts show
    there now is the holder before others of the same title. Facts of the inauguration's day or later that say
    otherwise stand, and the difference is told.

    Parameters
    ----------
    holders
        NIP by the key of the post, as the facts have them.
    people
        ``position_title`` and ``position_since`` by NIP, of those in active service.
    """
    titles = {post.key: fold_text(post.title) for post in posts}
    placed, unconfirmed = dict(holders), list[Unconfirmed]()
    for each in sorted(appointments, key=lambda one: one.day):
        unconfirmed = [
            kept for kept in unconfirmed if kept.appointment.post != each.post and kept.appointment.nip != each.nip
        ]
        title, now = titles.get(each.post), _find_title(people, each.nip)
        if title is not None and now == title:
            placed = _put(placed, each)
        elif title is None or title not in map(fold_text, each.titles):
            why, other = _find_reason(each, title, holders, people)
            unconfirmed.append(Unconfirmed(each, why, other))
            if why == "waits":
                placed = _put(placed, each)
    return placed, tuple(unconfirmed)


def _put(placed: Mapping[str, str], made: Appointment) -> dict[str, str]:
    """The holders once somebody has left their post for another."""
    return {**{post: nip for post, nip in placed.items() if nip != made.nip}, made.post: made.nip}


def _find_title(people: pd.DataFrame, nip: str) -> str | None:
    title = people["position_title"].get(nip)
    return fold_text(title) if isinstance(title, str) else None


def _find_reason(
    made: Appointment, title: str | None, holders: Mapping[str, str], people: pd.DataFrame
) -> tuple[Why, str]:
    if title is None:
        return "no_post", ""
    if made.nip not in people.index:
        return "left", ""
    if _is_of_the_day(people, made.nip, made.day):
        return "other_post", ""
    other = holders.get(made.post, "")
    return ("other_holder", other) if other and _is_of_the_day(people, other, made.day) else ("waits", "")


def _is_of_the_day(people: pd.DataFrame, nip: str, day: dt.date) -> bool:
    """Whether the facts of somebody's present post are of a day or later."""
    return bool(people["position_since"].get(nip, pd.NaT) >= pd.Timestamp(day))
