"""Acting holders (Plt, Plh) who have been so for long."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from core.talent.review import TalentReview
from core.talent.scoring.tenure import is_definitive
from core.talent.vocabulary import fold_text

_ACTING = re.compile(r"(?i)^\s*pl[th]\b[. ]*")


@dataclass(frozen=True, slots=True)
class ActingHolder:
    """Somebody (NIP) who holds a post (its title) for the time being, since a day, for so many whole months."""

    nip: str
    title: str
    since: pd.Timestamp
    months: int


def list_long_acting(review: TalentReview, months: int) -> list[ActingHolder]:
    """Acting holders whose assignment still lasts and has for longer than some months, the longest first.

    Histories seldom say when an assignment ended. It is over once anybody holds the post or acts in it since a later day, or the
    person holds another post since.
    """
    history, day = review.context.known("position_history"), pd.Timestamp(review.as_of)
    history = history[history["started_on"] <= day].assign(post=_name_posts(history))
    acting = history[~is_definitive(history) & (history["ended_on"].isna() | (history["ended_on"] > day))]
    latest = history.groupby("post")["started_on"].max()
    holders = {fold_text(post.title): review.holders.get(post.key) for post in review.posts}
    limit = day - pd.DateOffset(months=months)
    found = []
    rows = acting[acting["started_on"] < limit].sort_values("started_on")
    columns = ([str(text) for text in rows[name]] for name in ("nip", "title", "post"))
    for nip, title, post, since in zip(*columns, pd.DatetimeIndex(rows["started_on"]), strict=True):
        holder = holders.get(post.partition("|")[0])
        later = [review.find_day_in_post(one) for one in (holder, nip) if one is not None]
        if since >= latest[post] and not any(other is not None and other > since for other in later):
            found.append(ActingHolder(nip, _ACTING.sub("", title), since, _count_months(since, day)))
    return found


def _name_posts(history: pd.DataFrame) -> list[str]:
    """A text a post: its title without the word on how it is held, and its unit, for many posts share a title."""
    pairs = list(zip(history["title"], history["unit"].fillna(""), strict=True))
    names = {pair: f"{fold_text(_ACTING.sub('', pair[0]))}|{fold_text(pair[1])}" for pair in set(pairs)}
    return [names[pair] for pair in pairs]


def _count_months(since: pd.Timestamp, day: pd.Timestamp) -> int:
    """Whole months from one day to another."""
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
