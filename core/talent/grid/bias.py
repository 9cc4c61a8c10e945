"""Hints at bias in the ratings: figures to talk about, never a correction."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy.stats import mannwhitneyu

from core.talent.review import TalentReview

#: Fewest people of a unit that say anything, the least difference told (points of 100), and the error allowed
#: over all units together (Bonferroni).
_FEWEST, _LEAST, _ERROR = 5, 3.0, 0.05


@dataclass(frozen=True)
class UnitHint:
    """A unit whose performance lies apart from everyone else's: medians, people, chance of it by accident."""

    unit: str
    people: int
    median: float
    others: float
    chance: float


@dataclass(frozen=True)
class SameRatings:
    """Of the people rated in two years or more, how many have the same rating in every one of them.

    ``units`` are those where that is so for everybody, with their number of people.
    """

    people: int
    unchanged: int
    units: tuple[tuple[str, int], ...]


def find_units_apart(review: TalentReview) -> list[UnitHint]:
    """Units whose performance is higher or lower than the rest's, the furthest first (Mann-Whitney, two-sided)."""
    assessed = review.people.dropna(subset=["performance", "unit"])
    units = [unit for unit, group in assessed.groupby("unit") if len(group) >= _FEWEST]
    hints = []
    for unit in units:
        inside = assessed["unit"] == unit
        here, others = assessed.loc[inside, "performance"], assessed.loc[~inside, "performance"]
        if others.empty or abs(here.median() - others.median()) < _LEAST:
            continue
        chance = float(mannwhitneyu(here, others).pvalue)
        if chance * len(units) < _ERROR:
            hints.append(UnitHint(str(unit), len(here), float(here.median()), float(others.median()), chance))
    return sorted(hints, key=lambda hint: -abs(hint.median - hint.others))


def count_same_ratings(review: TalentReview) -> SameRatings:
    """Ratings that never vary between years."""
    rated = review.context.facts["performance_rating"].dropna(subset=["rating"])
    rated = rated[(rated["year"] <= review.as_of.year) & rated["nip"].isin(review.people.index)]
    per = rated.groupby("nip")["rating"].agg(["nunique", "size"])
    several = per[per["size"] >= 2]
    same = several["nunique"] == 1
    units = pd.DataFrame({"unit": review.people["unit"].reindex(several.index), "same": same}).dropna()
    counted = units.groupby("unit")["same"].agg(["all", "size"])
    whole = counted[counted["all"] & (counted["size"] >= _FEWEST)]
    return SameRatings(
        len(several), int(same.sum()), tuple((str(unit), int(size)) for unit, size in whole["size"].items())
    )
