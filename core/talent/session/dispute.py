"""What members really argue about: the fewest differences that, once agreed, would settle the first places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from core.talent.arrays import FloatArray, IntArray
from core.talent.session.opinions import Opinions

#: Differences that are tried together in every combination; more are sought among the criteria alone.
_PAIRED = 2
#: Candidates whose scores by members are looked at: those nearest to the first places, for each of them so many.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that members see differently: the weight of a criterion, or the scores of a candidate.

    ``low`` and ``high`` are the least and the greatest weight (shares), or score (points).
    """

    kind: Literal["weight", "score"]
    index: int
    low: float
    high: float


@dataclass(frozen=True)
class Dispute:
    """What decides the first places of a post.

    ``common`` are the rows that every member has among the first, ``contested`` the others that some have with how many
    members have them, ``answers`` the smallest sets of differences that would settle it, the smallest difference first;
    one of them is enough; ``fewest`` whether it is known that no fewer would do. Without contested rows nothing is in
    dispute and there are no answers. ``firsts`` counts the members who have each row first.
    """

    places: int
    members: int
    common: tuple[int, ...]
    contested: dict[int, int]
    answers: tuple[tuple[Difference, ...], ...]
    fewest: bool
    firsts: dict[int, int]

    @property
    def open_places(self) -> int:
        """How many of the first places are contested."""
        return max(1, self.places - len(self.common)) if self.contested else 0


def find_dispute(opinions: Opinions, places: int) -> Dispute:
    """Find what decides the first places, among all differences of members.

    A difference is agreed when every member takes the members' mean: of a criterion's weight, the other weights keeping
    their proportions; of a candidate's scores. Up to two differences are sought in every combination, more among the
    criteria alone; where that is not enough, from all differences those are left out that are not needed.
    """
    firsts = _list_firsts(opinions, places)
    named = Counter(row for first in firsts for row in set(first))
    common = tuple(row for row, count in named.items() if count == opinions.members)
    contested = {row: count for row, count in named.most_common() if count < opinions.members}
    leaders = Counter(first[0] for first in firsts if first)
    answers, fewest = _find_answers(opinions, places, named) if contested else ((), True)
    return Dispute(places, opinions.members, common, contested, answers, fewest, dict(leaders.most_common()))


def _list_firsts(opinions: Opinions, places: int) -> list[list[int]]:
    return [opinions.find_first(member, places).tolist() for member in range(opinions.members)]


def _find_answers(
    opinions: Opinions, places: int, named: Iterable[int]
) -> tuple[tuple[tuple[Difference, ...], ...], bool]:
    near = _take_near(opinions, places)
    reduced, rows = opinions.only(near), {int(row): at for at, row in enumerate(near)}
    criteria = [_weight_difference(opinions, index) for index in range(opinions.weights.shape[1])]
    scored = [_score_difference(opinions, row) for row in named]
    criteria, scored = ([found for found in kind if found.high > found.low] for kind in (criteria, scored))
    items = criteria + scored

    def settles(chosen: Iterable[Difference]) -> bool:
        agreed = _agree(reduced, chosen, rows)
        return _is_settled(agreed, places) and _is_settled(_agree(opinions, chosen, _EVERY_ROW), places)

    for size in range(1, len(items) + 1):
        tried = combinations(items if size <= _PAIRED else criteria, size)
        if found := [chosen for chosen in tried if settles(chosen)]:
            return tuple(sorted(found, key=lambda chosen: _measure(opinions, chosen))), not scored or size <= _PAIRED
    # All at once, and then without whatever is not needed, the smallest difference first.
    everything = criteria + [_score_difference(opinions, int(row)) for row in near]
    needed = list(everything)
    for difference in sorted(everything, key=lambda one: _measure(opinions, (one,))):
        without = [one for one in needed if one is not difference]
        if settles(without):
            needed = without
    return ((tuple(needed),) if settles(needed) else ()), False


class _EveryRow(dict[int, int]):
    """Each row by its own number."""

    def __missing__(self, row: int) -> int:
        return row


_EVERY_ROW = _EveryRow()


def _is_settled(opinions: Opinions, places: int) -> bool:
    """Whether all members have the same first names."""
    first = set(opinions.find_first(0, places).tolist())
    return all(set(opinions.find_first(member, places).tolist()) == first for member in range(1, opinions.members))


def _take_near(opinions: Opinions, places: int) -> IntArray:
    """Rows that may come into the first places: by each member's order the nearest, and all who share the last."""
    most = min(len(opinions.value), places * _NEAR)
    return np.unique(np.concatenate([opinions.find_first(member, most) for member in range(opinions.members)]))


def _weight_difference(opinions: Opinions, index: int) -> Difference:
    column = opinions.weights[:, index]
    return Difference("weight", index, float(column.min()), float(column.max()))


def _score_difference(opinions: Opinions, row: int) -> Difference:
    """The least and the greatest of what members give a candidate for the scored parts together, in points."""
    whole = opinions.part_weights.sum()
    if whole <= 0:
        return Difference("score", row, 0.0, 0.0)
    given = (opinions.scores[:, row] * opinions.part_weights).sum(axis=1) / whole
    given = given[~np.isnan(given)]
    return Difference("score", row, float(given.min(initial=100.0)), float(given.max(initial=0.0)))


def _agree(opinions: Opinions, chosen: Iterable[Difference], rows: dict[int, int]) -> Opinions:
    """The opinions once members take the mean of some differences."""
    criteria = [difference.index for difference in chosen if difference.kind == "weight"]
    scored = [rows[difference.index] for difference in chosen if difference.kind == "score"]
    scores = opinions.scores
    if scored:
        scores = scores.copy()
        scores[:, scored] = opinions.mean_scores[scored]
    return replace(opinions, weights=agree_on_weights(opinions.weights, criteria), scores=scores)


def agree_on_weights(weights: FloatArray, criteria: list[int]) -> FloatArray:
    """Weights (members x criteria) once all take the mean weight of some criteria; the others keep their proportions.

    Who gives the others no weight at all takes their mean proportions.
    """
    if not criteria:
        return weights
    mean = weights.mean(axis=0)
    result = weights.copy()
    others = np.setdiff1d(np.arange(weights.shape[1]), criteria)
    rest = weights[:, others].sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(rest > 0, weights[:, others] / rest, mean[others] / mean[others].sum())
    result[:, criteria] = mean[criteria]
    result[:, others] = np.nan_to_num(shares) * (1 - mean[criteria].sum())
    return result


def _measure(opinions: Opinions, chosen: tuple[Difference, ...]) -> float:
    """How far apart members are in some differences, in shares of the whole."""
    whole = float(opinions.part_weights.sum())
    factors = {"weight": opinions.left, "score": whole / 100}
    return sum((difference.high - difference.low) * factors[difference.kind] for difference in chosen)
