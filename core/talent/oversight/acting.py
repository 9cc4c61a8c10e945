"""Acting holders (Plt, Plh) who have been so for long."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.talent.review import TalentReview
from core.talent.scoring.tenure import is_definitive


@dataclass(frozen=True, slots=True)
class ActingHolder:
    """Somebody (NIP) who holds a post (its title) for the time being, since a day, for so many whole months."""

    nip: str
    title: str
    since: pd.Timestamp
    months: int


def list_long_acting(review: TalentReview, months: int) -> list[ActingHolder]:
    """Acting holders whose assignment has no end yet and has lasted longer than some months, the longest first."""
    history, day = review.context.known("position_history"), pd.Timestamp(review.as_of)
    open_ones = history["ended_on"].isna() | (history["ended_on"] > day)
    limit = day - pd.DateOffset(months=months)
    found = history[~is_definitive(history) & open_ones & (history["started_on"] < limit)]
    return [
        ActingHolder(str(nip), str(title), since, _count_months(since, day))
        for nip, title, since in found.sort_values("started_on")[["nip", "title", "started_on"]].itertuples(index=False)
    ]


def _count_months(since: pd.Timestamp, day: pd.Timestamp) -> int:
    """Whole months from one day to another."""
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
