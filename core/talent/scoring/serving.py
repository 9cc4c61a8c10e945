"""Until when a disciplinary punishment is served (PP 94/2021)."""

from __future__ import annotations

import datetime as dt

import pandas as pd

#: Months of serving by level where a decree's own are not known: the longest of the level, the cautious reading. A
#: moderate one takes 6, 9 or 12, a severe one 12; a light one (a reprimand) is not served.
SERVING_MONTHS: dict[str, int] = {"light": 0, "moderate": 12, "severe": 12}


def find_last_day(start: dt.date, months: int) -> dt.date:
    """The last day of serving so many months from a day on: 12 months from 1 January end on 31 December.

    With no months the last day is the one before the start: nothing is served.
    """
    end = pd.Timestamp(start) + pd.DateOffset(months=months) - pd.Timedelta(days=1)
    return end.date()


def find_ends_of_serving(punishments: pd.DataFrame) -> pd.Series:
    """The last day of serving of each punishment: as given, else computed from TMT and months.

    Parameters
    ----------
    punishments
        punishment, decided_on, served_until, and where they are known effective_on (TMT, else the day of the decree) and
        months (else those of the level).

    Returns
    -------
    Days, in the order of the rows.
    """
    start = punishments["effective_on"].fillna(punishments["decided_on"])
    usual = punishments["punishment"].map(SERVING_MONTHS).astype(float)
    given = punishments["months"].astype(float)
    months = given.where(given.notna(), usual).fillna(0).astype(int)
    computed = [pd.Timestamp(find_last_day(day.date(), count)) for day, count in zip(start, months, strict=True)]
    ends = pd.Series(computed, index=punishments.index, dtype="datetime64[ns]")
    return punishments["served_until"].where(punishments["served_until"].notna(), ends)
