"""How much each criterion decides an order: its influence, which is not its weight.

A criterion on which all score alike decides nothing, however much it weighs. The influence on a person's place is the
Shapley value of the place among the criteria: what the place owes to the person's own value of the criterion, averaged
over all ways in which the others are the person's own or those of somebody else (ShaRP: Pliatsika, Fonseca, Akhynko,
Shevchenko & Stoyanovich, PVLDB 18, 2025, quantity of interest *rank* and *top-k*). Criteria move people only within a
group of the order rule; what gates and boxes decide is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np

from core.talent.arrays import FloatArray, IntArray
from core.talent.ranking.decision_matrix import DecisionMatrix
from core.talent.scoring.nine_box import RESOLUTION

#: Most people whose places are explained, and most whose values stand in for theirs: more change no figure that is read.
_PEOPLE, _OTHERS = 200, 16
#: Coalitions x people x others that are looked at once at most.
_MOST = 250_000


@dataclass(frozen=True)
class Influence:
    """What an order hangs on.

    ``of_rank`` and ``of_first`` give each criterion's share (0-1, summing to 1) in the places of everybody, and in who is
    within the first places; all zero where criteria decide nothing. ``by_group`` is the share of pairs (0-1) that gates and
    boxes decide before any score, ``pairs`` how many are left to the criteria.
    """

    of_rank: FloatArray
    of_first: FloatArray
    by_group: float
    pairs: int


def measure_influence(matrix: DecisionMatrix, weights: FloatArray, places: int = 3) -> Influence:
    """The influence of each criterion under some weights (shares summing to 1), among those who have a score.

    Deterministic: where there are many people, evenly spaced ones of the order stand for all.
    """
    carried = np.flatnonzero(weights)
    scored = np.flatnonzero(matrix.scored(weights))
    parts = matrix.value[np.ix_(scored, carried)] * weights[carried]
    groups = matrix.groups[scored]
    of_rank, of_first = np.zeros(matrix.criteria), np.zeros(matrix.criteria)
    before = pairs = within = 0
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        if len(rows) > 1 and len(carried):
            on_rank, on_first = _explain_group(parts[rows], places - before)
            of_rank[carried] += on_rank
            of_first[carried] += on_first
        within += len(rows) * (len(rows) - 1) // 2
        before += len(rows)
    pairs = before * (before - 1) // 2
    return Influence(_shared(of_rank), _shared(of_first), 1 - within / pairs if pairs else 0.0, within)


def _shared(total: FloatArray) -> FloatArray:
    whole = total.sum()
    return total / whole if whole > RESOLUTION else np.zeros(len(total))


def _explain_group(parts: FloatArray, places: int) -> tuple[FloatArray, FloatArray]:
    """Sum over the people of a group of the absolute Shapley values of their place, and of standing within ``places``.

    Parameters
    ----------
    parts
        People x criteria, what each criterion adds to the score.
    """
    people, criteria = parts.shape
    scores = np.sort(parts.sum(axis=1))
    order = np.argsort(parts.sum(axis=1), kind="stable")
    masks = np.arange(2**criteria)
    member = (masks[:, None] >> np.arange(criteria)) & 1  # coalitions x criteria
    others = order[_spaced(people, min(_OTHERS, max(2, _MOST // (len(masks) * min(people, _PEOPLE)))))]
    chosen = order[_spaced(people, _PEOPLE)]
    own = parts[chosen] @ member.T  # people x coalitions
    rest = parts[others] @ (1 - member).T
    made = own[:, :, None] + rest.T[None, :, :]  # people x coalitions x others
    above = people - np.searchsorted(scores, made.ravel() + RESOLUTION, side="right").reshape(made.shape)
    # The person's true score is among those counted, and is nobody else's.
    above -= (parts[chosen].sum(axis=1)[:, None, None] > made + RESOLUTION).astype(np.int64)
    place = above.mean(axis=2)
    shapley = _weigh_coalitions(criteria, member)
    on_rank = np.abs(place @ shapley).sum(axis=0)
    if not 0 < places < people:
        return on_rank, np.zeros(criteria)
    return on_rank, np.abs((above < places).mean(axis=2) @ shapley).sum(axis=0)


def _weigh_coalitions(criteria: int, member: IntArray) -> FloatArray:
    """The matrix (coalitions x criteria) that makes Shapley values of the values of coalitions."""
    size = member.sum(axis=1)
    joining = np.array([factorial(s) * factorial(criteria - s - 1) / factorial(criteria) for s in range(criteria)])
    with_it = np.where(size > 0, joining[np.maximum(size - 1, 0)], 0.0)[:, None]
    without = np.where(size < criteria, joining[np.minimum(size, criteria - 1)], 0.0)[:, None]
    return np.where(member == 1, with_it, -without)


def _spaced(count: int, most: int) -> IntArray:
    """At most so many evenly spaced numbers below a count, ends included."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))
