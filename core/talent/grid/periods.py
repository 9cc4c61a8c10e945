"""The boxes over time: where people stood at the end of past years, by what is known today."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import pandas as pd

from core.talent.context import Context, measure_coverage
from core.talent.employee import parse_nip
from core.talent.errors import InvalidNip
from core.talent.review import TalentReview
from core.talent.scoring.score_table import compute_scores

#: How many past years can be looked at.
MOST_YEARS = 5
_AXES = [f"{axis}{end}" for axis in ("performance", "potential", "talent") for end in ("", "_low", "_high")]


def list_period_days(review: TalentReview) -> list[dt.date]:
    """Last days of the years before the reference date for which ratings are known, the earliest first."""
    years = sorted({int(year) for year in review.context.facts["performance_rating"]["year"].dropna()})
    return [dt.date(year, 12, 31) for year in years if year < review.as_of.year][-MOST_YEARS:]


def tabulate_people_at(review: TalentReview, day: dt.date) -> pd.DataFrame:
    """The people of a review with axes and box as of a past day, without those appointed later.

    Facts dated after the day do not count; who people are (unit, level, post) is as of the review.
    """
    at = pd.Timestamp(day)
    people = review.people[[_appointed(nip) <= day for nip in review.people.index]]
    context = Context(review.context.facts, people, at, review.families, measure_coverage(review.context.facts, at))
    axes = compute_scores(context, review.rubric).axes
    return people.drop(columns=[*_AXES, "box"]).join(axes)


@lru_cache(maxsize=50_000)
def _appointed(nip: str) -> dt.date:
    """First day of the month of appointment; long ago where the NIP does not say."""
    try:
        return parse_nip(nip).appointed or dt.date.min
    except InvalidNip:
        return dt.date.min


def trace_person(review: TalentReview, nip: str, days: list[dt.date]) -> pd.DataFrame:
    """Where one person stood on each day and on the reference date: day, performance, potential, talent, box."""
    of_person = review.context.of_person(nip)
    rows = []
    for day in [*days, review.as_of]:
        if day < _appointed(nip):
            continue
        at = pd.Timestamp(day)
        context = Context(
            of_person.facts, of_person.people, at, review.families, measure_coverage(review.context.facts, at)
        )
        axes = compute_scores(context, review.rubric).axes.iloc[0]
        rows.append({"day": day, **axes[["performance", "potential", "talent"]], "box": int(axes["box"])})
    return pd.DataFrame(rows, columns=["day", "performance", "potential", "talent", "box"])
