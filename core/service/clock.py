"""The only clock: dates for the domain, times for the store."""

from __future__ import annotations

import datetime as dt

from core.locales import WIB
from core.settings import settings


def today() -> dt.date:
    """The reference date: the setting, or today in western Indonesia, whichever zone the server keeps."""
    return settings().reference_date or local_day(now())


def now() -> dt.datetime:
    """UTC, without zone, as the store keeps times."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)


def end_of_day(day: dt.date) -> dt.datetime:
    """The end of a day in western Indonesia (WIB, UTC+7), as the store keeps times."""
    return dt.datetime(day.year, day.month, day.day) + dt.timedelta(days=1) - WIB


def find_cutoff(as_of: dt.date | None) -> dt.datetime | None:
    """Until when something must have been said to be known on a date: the evening of a past one, no limit else."""
    return end_of_day(as_of) if as_of is not None and as_of < today() else None


def local_day(time: dt.datetime) -> dt.date:
    """The day in western Indonesia of a time as the store keeps it."""
    return (time + WIB).date()
