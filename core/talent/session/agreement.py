"""How far members agree: on the weights, on the order, on the first names.

Each figure is 0 (none) to 1 (full), stays the same when every member is counted twice, and has a word on a scale of five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from core.talent.arrays import FloatArray, IntArray
from core.talent.session.opinions import Opinions

#: Where the words begin, from "low" to "very high". Consensus on weights: Goepel's scale of 2022, from 140 group decisions.
CONSENSUS_STEPS = (0.5, 0.625, 0.75, 0.875)
#: Concordance of orders: midway between the values that Schmidt (1997) calls very weak, weak, moderate, strong, very strong.
CONCORDANCE_STEPS = (0.2, 0.4, 0.6, 0.8)
#: Names in common: equal steps, ours.
OVERLAP_STEPS = (0.2, 0.4, 0.6, 0.8)
#: Consensus from which two members are said to weigh alike; Goepel (2022) looks for clusters from 0.7 to 0.975.
LIKE_MINDED = 0.9


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of a post: consensus on the weights, concordance of the orders, and the first names.

    ``overlap`` is the mean share of a member's first names that most members name, ``same_pairs`` of ``pairs`` pairs of
    members have the same first names. ``clusters`` numbers the like-minded members from 0, by member.
    """

    consensus: float
    concordance: float
    overlap: float
    same_pairs: int
    pairs: int
    clusters: tuple[int, ...]


def measure_agreement(
    opinions: Opinions, places: int, stated: Mapping[int, Collection[int]] | None = None
) -> Agreement:
    """Measure how far members agree on a post with so many first places.

    ``stated`` are the rows of the first names that some members (by number from 0) name themselves; for the others those of
    their own order count.

    Orders are compared among the candidates of those groups that reach the first places: gates and boxes put the same
    people behind for everybody, and would make any orders look alike.
    """
    computed = [frozenset(opinions.find_first(member, places).tolist()) for member in range(opinions.members)]
    firsts = [frozenset((stated or {}).get(member) or first) for member, first in enumerate(computed)]
    reached = [int(opinions.groups[row]) for first in computed for row in first]
    competing = opinions.groups <= max(reached, default=-1)
    same, pairs = count_same_pairs(firsts)
    return Agreement(
        measure_weight_consensus(opinions.weights),
        measure_concordance(opinions.only(competing).places),
        measure_overlap(firsts),
        same,
        pairs,
        cluster_members(opinions.weights),
    )


def measure_weight_consensus(weights: FloatArray, scale: float | None = None) -> float:
    """Consensus on weights, 0-1, from Shannon's entropy (Goepel 2013; with the greatest diversity of Goepel 2022).

    The diversity of the mean weights beside the mean diversity of each member's: 1 when all weigh alike.

    Parameters
    ----------
    weights
        members x criteria, shares that sum to 1.
    scale
        The most that one criterion can be preferred to another (9 in AHP), None where a weight may be anything.
    """
    if len(weights) < 2 or weights.shape[1] < 2:
        return 1.0
    count = weights.shape[1]
    alpha, gamma = _entropy(weights).mean(), _entropy(weights.mean(axis=0))
    least = 1.0
    if scale is not None:
        whole = count + scale - 1
        heaviest, other = scale / whole, 1 / whole
        least = float(np.exp(-heaviest * np.log(heaviest) - (count - 1) * other * np.log(other)))
    lowest = least / count
    return float(np.clip((np.exp(alpha - gamma) - lowest) / (1 - lowest), 0.0, 1.0))


def _entropy(weights: FloatArray) -> FloatArray:
    safe = np.where(weights > 0, weights, 1.0)
    return np.asarray(-(weights * np.log(safe)).sum(axis=-1))


def measure_concordance(places: FloatArray) -> float:
    """Kendall's W of some orders, 0-1, corrected for ties (Kendall & Babington Smith 1939; Siegel & Castellan 1988).

    Parameters
    ----------
    places
        members x candidates, shared places as their mean. NaN where there is nothing to order.
    """
    members, count = places.shape
    if members < 1 or count < 2:
        return float("nan")
    total = places.sum(axis=0)
    ties = sum(float((np.unique(row, return_counts=True)[1] ** 3.0).sum() - count) for row in places)
    most = members**2 * (count**3 - count) - members * ties
    return float(12 * ((total - total.mean()) ** 2).sum() / most) if most > 0 else float("nan")


def measure_overlap(firsts: Sequence[Collection[int]]) -> float:
    """The mean share of a member's first names that more than half of the members name, 0-1; NaN where nobody is named."""
    named = Counter(row for first in firsts for row in first)
    shares = [sum(2 * named[row] > len(firsts) for row in first) / len(first) for first in firsts if first]
    return float(np.mean(shares)) if shares else float("nan")


def count_same_pairs(firsts: Sequence[Collection[int]]) -> tuple[int, int]:
    """How many pairs of members have the same first names, and how many pairs there are."""
    sizes = Counter(frozenset(first) for first in firsts).values()
    return sum(size * (size - 1) // 2 for size in sizes), len(firsts) * (len(firsts) - 1) // 2


def cluster_members(weights: FloatArray, alike: float = LIKE_MINDED) -> tuple[int, ...]:
    """Number the groups of members of whom any two have a consensus of at least ``alike``, from 0 in the members' order."""
    if len(weights) < 2:
        return (0,) * len(weights)
    apart = 1.0 - compare_members(weights)
    upper = apart[np.triu_indices(len(weights), 1)]
    found = fcluster(linkage(np.maximum(upper, 0.0), "complete"), 1 - alike + 1e-12, "distance")
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(int(label), len(numbers)) for label in found)


def compare_members(weights: FloatArray) -> FloatArray:
    """Members x members: the consensus of each two on the weights, 0-1, brought to 0 where two have nothing in common."""
    count = len(weights)
    result = np.ones((count, count))
    for one in range(count):
        for other in range(one):
            pair = weights[[one, other]]
            # Two can at most be twice as diverse together as alone.
            alike = np.exp(_entropy(pair).mean() - _entropy(pair.mean(axis=0)))
            result[one, other] = result[other, one] = 2 * alike - 1
    return result


def rate_agreement(figure: float, steps: Sequence[float]) -> int:
    """The word of a figure: 0 very low, 1 low, 2 moderate, 3 high, 4 very high."""
    return int(np.searchsorted(np.asarray(steps), figure, side="right"))


def list_clusters(clusters: Sequence[int]) -> list[IntArray]:
    """The members of each cluster, the largest first."""
    numbers = np.asarray(clusters)
    found = [np.flatnonzero(numbers == cluster) for cluster in dict.fromkeys(clusters)]
    return sorted(found, key=len, reverse=True)
