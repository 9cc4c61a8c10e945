"""A scenario: weights kept with all that their order came from, so that it can be looked at again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.talent.eligibility.order_rule import OrderRule
from core.talent.review import TalentReview


@dataclass(frozen=True)
class Scenario:
    """Weights in tenths of a percent (None: the official ones) for a post, with rubric and data they were seen under.

    ``order_digest`` names the order they gave then, ``first`` holds the NIP of its first three places.
    """

    name: str
    note: str
    post: str
    rule: OrderRule
    tenths: tuple[int, ...] | None
    part_keys: tuple[str, ...]
    rubric_digest: str
    rubric: str  # key@version
    data_version: int
    as_of: dt.date
    order_digest: str
    first: tuple[str, ...]


def order_digest(ranked: pd.DataFrame) -> str:
    """A name of an order: who stands at which place, to the last person (64 hexadecimal digits)."""
    lines = [
        f"{nip} {'-' if pd.isna(place) else place}" for nip, place in zip(ranked["nip"], ranked["rank"], strict=True)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def first_places(ranked: pd.DataFrame, places: int = 3) -> tuple[str, ...]:
    """NIP of those who share the first places, in order."""
    return tuple(ranked.loc[ranked["rank"].le(places).fillna(False), "nip"])


def scenario_of(
    review: TalentReview,
    post: str,
    rule: OrderRule,
    tenths: Sequence[int] | None,
    ranked: pd.DataFrame,
    name: str,
    note: str,
) -> Scenario:
    """The scenario of what is looked at now; ``ranked`` is its order."""
    rubric = review.rubric
    return Scenario(
        name=name,
        note=note,
        post=post,
        rule=rule,
        tenths=tuple(tenths) if tenths is not None else None,
        part_keys=rubric.part_keys,
        rubric_digest=rubric.digest,
        rubric=f"{rubric.key}@{rubric.version}",
        data_version=review.data_version,
        as_of=review.as_of,
        order_digest=order_digest(ranked),
        first=first_places(ranked),
    )


@dataclass(frozen=True)
class Since:
    """What differs between a scenario as it was kept and a review now."""

    same_order: bool
    rubric: bool
    data: bool
    day: bool
    same_first: bool


def since(scenario: Scenario, review: TalentReview, ranked: pd.DataFrame) -> Since:
    """Compare a scenario with its order (``ranked``) in a review."""
    return Since(
        same_order=order_digest(ranked) == scenario.order_digest,
        rubric=review.rubric.digest != scenario.rubric_digest,
        data=review.data_version != scenario.data_version,
        day=review.as_of != scenario.as_of,
        same_first=first_places(ranked) == scenario.first,
    )
