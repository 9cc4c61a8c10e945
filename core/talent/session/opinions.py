"""What all members think of a post, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.stats import rankdata

from core.talent.arrays import BoolArray, FloatArray, IntArray
from core.talent.ranking.order import Ranking, find_leaders, rank_rows


@dataclass(frozen=True)
class Opinions:
    """The same candidates as each member weighs and scores them.

    ``value`` (candidates x criteria, 0-100, NaN where not assessed) and ``groups`` (``assign_groups``) are the same for
    all. ``weights`` (members x criteria) are shares that sum to 1. ``scores`` (members x candidates x parts, 0-100, NaN
    where a member gave none) are what members themselves score, e.g. an interview; ``part_weights`` their shares of the
    whole, the criteria's together being what is left of 1.
    """

    value: FloatArray
    groups: IntArray
    weights: FloatArray
    scores: FloatArray
    part_weights: FloatArray

    @property
    def members(self) -> int:
        """How many members there are."""
        return len(self.weights)

    @property
    def left(self) -> float:
        """The share of the whole that the criteria have together."""
        return float(1.0 - self.part_weights.sum())

    def rank(self, member: int) -> Ranking:
        """The order of a member."""
        return rank_rows(self._matrix(member), self._shares(self.weights[member]), self.groups)

    def find_first(self, member: int, places: int) -> IntArray:
        """Rows that share a member's first places, in order."""
        return find_leaders(self._matrix(member), self._shares(self.weights[member]), self.groups, places)

    def rank_under(self, weights: FloatArray) -> Ranking:
        """The order under some weights of the criteria (shares) and the mean of the members' scores."""
        matrix = np.concatenate([self.value, self.mean_scores], axis=1)
        return rank_rows(matrix, self._shares(weights), self.groups)

    @cached_property
    def mean_scores(self) -> FloatArray:
        """Candidates x parts: the mean of those members who gave a score, NaN where nobody did."""
        given = ~np.isnan(self.scores)
        total = np.where(given, self.scores, 0.0).sum(axis=0)
        with np.errstate(invalid="ignore"):
            return np.asarray(total / given.sum(axis=0))

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """The order of each member."""
        return tuple(self.rank(member) for member in range(self.members))

    @cached_property
    def places(self) -> FloatArray:
        """Members x candidates: the place in each member's order, the mean of the places that are shared.

        Who has no score shares the last places of the group.
        """
        count = len(self.value)
        return np.array(
            [
                rankdata(self.groups * (count + 2) + np.where(ranking.rank > 0, ranking.rank, count + 1))
                for ranking in self.rankings
            ]
        ).reshape(self.members, count)

    def only(self, rows: IntArray | BoolArray) -> Opinions:
        """The opinions on some of the candidates."""
        return replace(self, value=self.value[rows], groups=self.groups[rows], scores=self.scores[:, rows])

    def of_members(self, members: IntArray | BoolArray) -> Opinions:
        """The opinions of some of the members."""
        return replace(self, weights=self.weights[members], scores=self.scores[members])

    def _matrix(self, member: int) -> FloatArray:
        return np.concatenate([self.value, self.scores[member]], axis=1)

    def _shares(self, weights: FloatArray) -> FloatArray:
        return np.concatenate([weights * self.left, self.part_weights])
