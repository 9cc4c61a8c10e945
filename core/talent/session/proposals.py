"""Ways to make one order of the members' orders. None decides; the official order stands beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.talent.arrays import FloatArray, IntArray
from core.talent.scoring.nine_box import quantise_scores
from core.talent.session.opinions import Opinions

#: So many candidates are put in order exactly by Kemeny's rule; those behind keep the order of Borda.
KEMENY_EXACT = 10


@dataclass(frozen=True)
class Proposal:
    """One order: ``places`` a candidate (1 is first, ties share a place), ``weights`` where it comes from weights."""

    key: str
    places: IntArray
    weights: FloatArray | None = None

    def find_first(self, count: int) -> IntArray:
        """Rows that share the first places, in order."""
        order = np.argsort(self.places, kind="stable")
        return order[self.places[order] <= count]


def average_weights(weights: FloatArray) -> FloatArray:
    """The mean of the members' weights: shares that sum to 1."""
    return np.asarray(weights.mean(axis=0))


def take_median_weights(weights: FloatArray) -> FloatArray:
    """The median of each criterion's weights, brought to a sum of 1; the mean where every median is 0."""
    median = np.median(weights, axis=0)
    return np.asarray(median / median.sum()) if median.sum() > 0 else average_weights(weights)


def sum_borda(places: FloatArray) -> FloatArray:
    """Borda's points of each candidate (Borda 1781): for each member, how many stand behind; shared places count as their mean."""
    return np.asarray((places.shape[1] - places).sum(axis=0))


def order_by_kemeny(places: FloatArray) -> IntArray:
    """The order with the least sum of disagreements with the members' orders over pairs (Kemeny 1959; Young 1988), exactly.

    By dynamic programming over sets of candidates, so for about a dozen at most. A tie of a member counts half either way;
    of several best orders the one nearest to Borda's comes out.

    Parameters
    ----------
    places
        members x candidates.

    Returns
    -------
    Row numbers from first to last.
    """
    count = places.shape[1]
    before = (places[:, :, None] < places[:, None, :]).sum(axis=0) + 0.5 * (
        places[:, :, None] == places[:, None, :]
    ).sum(axis=0)
    # Candidates in Borda's order, so that of equals the earlier one is taken first.
    start = np.argsort(-sum_borda(places), kind="stable")
    before = before[np.ix_(start, start)]
    # against[x]: how many would rather have each other candidate before x, once x stands first of those left.
    least = {0: 0.0}
    choice: dict[int, int] = {}
    for left in range(1, 1 << count):
        members = [row for row in range(count) if left >> row & 1]
        costs = [least[left ^ (1 << row)] + float(before[members, row].sum() - before[row, row]) for row in members]
        best = int(np.argmin(np.round(costs, 6)))
        least[left], choice[left] = costs[best], members[best]
    order, left = [], (1 << count) - 1
    while left:
        order.append(choice[left])
        left ^= 1 << choice[left]
    return np.asarray(start[order], dtype=np.int64)


def _rank_points(opinions: Opinions, points: FloatArray) -> IntArray:
    """Places by points (more is better); people of a later group stay behind, and who nobody can order comes last."""
    keys = np.round(-points, 9)
    order = np.lexsort((keys, opinions.groups))
    places = np.zeros(len(points), dtype=np.int64)
    for at, row in enumerate(order):
        same = at and keys[row] == keys[order[at - 1]] and opinions.groups[row] == opinions.groups[order[at - 1]]
        places[row] = places[order[at - 1]] if same else at + 1
    return places


def _by_weights(key: str, average: Callable[[FloatArray], FloatArray]) -> Callable[[Opinions], Proposal]:
    def propose(opinions: Opinions) -> Proposal:
        weights = average(opinions.weights)
        ranking = opinions.rank_under(weights)
        return Proposal(key, _close(ranking.rank), weights)

    return propose


def _close(ranks: IntArray) -> IntArray:
    """Places in which who has no score comes last."""
    return np.where(ranks > 0, ranks, len(ranks) + 1)


def _by_scores(opinions: Opinions) -> Proposal:
    """The mean of the members' scores of each candidate."""
    scores = np.array([ranking.score for ranking in opinions.rankings])
    mean = quantise_scores(scores.mean(axis=0))
    return Proposal("scores_mean", _rank_points(opinions, np.where(np.isnan(mean), -1.0, mean)))


def _by_borda(opinions: Opinions) -> Proposal:
    return Proposal("borda", _rank_points(opinions, sum_borda(opinions.places)))


def _by_kemeny(opinions: Opinions) -> Proposal:
    order = np.argsort(_by_borda(opinions).places, kind="stable")
    head = order[:KEMENY_EXACT]
    order = np.concatenate([head[order_by_kemeny(opinions.places[:, head])], order[KEMENY_EXACT:]])
    before = (opinions.places[:, :, None] < opinions.places[:, None, :]).sum(axis=0)
    places = np.empty(len(order), dtype=np.int64)
    first = 0
    for at, row in enumerate(order):
        # As many want each before the other: their order is nobody's, they share the place.
        if any(before[row, other] != before[other, row] for other in order[first:at]):
            first = at
        places[row] = first + 1
    return Proposal("kemeny", places)


#: Each way by its key, in the order in which they are shown.
PROPOSALS: dict[str, Callable[[Opinions], Proposal]] = {
    "weights_mean": _by_weights("weights_mean", average_weights),
    "weights_median": _by_weights("weights_median", take_median_weights),
    "scores_mean": _by_scores,
    "borda": _by_borda,
    "kemeny": _by_kemeny,
}


def propose_orders(opinions: Opinions) -> tuple[Proposal, ...]:
    """All proposals for a post."""
    return tuple(propose(opinions) for propose in PROPOSALS.values())
