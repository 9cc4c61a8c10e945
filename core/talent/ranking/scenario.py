"""A scenario: weights kept with all that their order came from, so that it can be looked at again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from core.talent.eligibility.order_rule import OrderRule
from core.talent.review import Basis, TalentReview


@dataclass(frozen=True)
class Scenario:
    """Weights in tenths of a percent (None: the official ones) for a post, with rubric and data they were seen under.

    ``basis`` is what the candidates are ordered by; ``rubric`` is that of the talent value either way,
    ``weighed_digest`` that of what is ordered by.
    ``order_digest`` names the order they gave then, ``first`` holds the NIP of its first three places.
    """

    name: str
    note: str
    post: str
    rule: OrderRule
    basis: Basis
    tenths: tuple[int, ...] | None
    criterion_keys: tuple[str, ...]
    rubric_digest: str
    weighed_digest: str
    rubric: str  # key@version
    data_version: int
    as_of: dt.date
    order_digest: str
    first: tuple[str, ...]


def digest_order(ranked: pd.DataFrame) -> str:
    """A name of an order: who stands at which place, to the last person (64 hexadecimal digits)."""
    lines = [
        f"{nip} {'-' if pd.isna(place) else place}" for nip, place in zip(ranked["nip"], ranked["rank"], strict=True)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def find_first_places(ranked: pd.DataFrame, places: int = 3) -> tuple[str, ...]:
    """NIP of those who share the first places, in order."""
    return tuple(ranked.loc[ranked["rank"].le(places).fillna(False), "nip"])


def build_scenario(
    review: TalentReview,
    post: str,
    rule: OrderRule,
    tenths: Sequence[int] | None,
    ranked: pd.DataFrame,
    name: str,
    note: str,
    basis: Basis = "talent",
) -> Scenario:
    """The scenario of what is looked at now; ``ranked`` is its order."""
    rubric = review.rubric
    return Scenario(
        name=name,
        note=note,
        post=post,
        rule=rule,
        basis=basis,
        tenths=tuple(tenths) if tenths is not None else None,
        criterion_keys=review.rubric_of(basis).criterion_keys,
        rubric_digest=rubric.digest,
        weighed_digest=review.rubric_of(basis).digest,
        rubric=f"{rubric.key}@{rubric.version}",
        data_version=review.data_version,
        as_of=review.as_of,
        order_digest=digest_order(ranked),
        first=find_first_places(ranked),
    )


@dataclass(frozen=True)
class ScenarioDrift:
    """What differs between a scenario as it was kept and a review now."""

    same_order: bool
    rubric: bool
    data: bool
    day: bool
    same_first: bool


def compare_scenario(scenario: Scenario, review: TalentReview, ranked: pd.DataFrame) -> ScenarioDrift:
    """Compare a scenario with its order (``ranked``) in a review."""
    return ScenarioDrift(
        same_order=digest_order(ranked) == scenario.order_digest,
        rubric=review.rubric_of(scenario.basis).digest != (scenario.weighed_digest or scenario.rubric_digest),
        data=review.data_version != scenario.data_version,
        day=review.as_of != scenario.as_of,
        same_first=find_first_places(ranked) == scenario.first,
    )


@dataclass(frozen=True)
class OrdersCompared:
    """Several orders beside one another: ``ranks`` has name of the order, nip, name and rank of everybody within the
    first places of any of them; ``always`` the NIP within the first three of every one.
    """

    ranks: pd.DataFrame
    always: frozenset[str]


def compare_orders(orders: Mapping[str, pd.DataFrame], depth: int = 10) -> OrdersCompared:
    """Compare orders (from ``rank_post``) by their names, down to a depth."""
    placed = {name: ranked[ranked["rank"].notna()].set_index("nip") for name, ranked in orders.items()}
    always = frozenset.intersection(*(frozenset(find_first_places(ranked)) for ranked in orders.values()))
    seen = set().union(*(frame.index[frame["rank"] <= depth] for frame in placed.values()))
    rows = [
        {"order": name, "nip": nip, "name": frame.at[nip, "name"], "rank": int(str(frame.at[nip, "rank"]))}
        for name, frame in placed.items()
        for nip in frame.index
        if nip in seen
    ]
    return OrdersCompared(pd.DataFrame(rows, columns=["order", "nip", "name", "rank"]), always)
