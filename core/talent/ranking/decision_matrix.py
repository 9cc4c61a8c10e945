"""A matrix: those who compete for the first places, with all that their order under any weights needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.talent.arrays import BoolArray, FloatArray, IntArray
from core.talent.eligibility.order_rule import OrderRule, assign_groups
from core.talent.ranking.order import find_leaders
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import Thresholds, assign_boxes


@dataclass(frozen=True)
class DecisionMatrix:
    """Candidates x criteria, 0-100, and the order rule over them.

    ``value`` is NaN where a criterion is not assessed; there the true value lies between ``low`` and
    ``high``. ``eligibility`` is 0, 1 or 2 as in ``assign_groups``. ``axis_shares`` (2 x criteria) and
    ``thresholds`` give the box that a possible value of a missing criterion would lead to.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    eligibility: IntArray
    rule: OrderRule
    axis_shares: FloatArray
    thresholds: Thresholds

    def __len__(self) -> int:
        return len(self.value)

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        return int(self.value.shape[1])

    @cached_property
    def open(self) -> BoolArray:
        """Who lacks a criterion."""
        return np.asarray(np.isnan(self.value).any(axis=1))

    @cached_property
    def groups(self) -> IntArray:
        """Everyone's group under the order rule; people without a box end their eligibility."""
        return self.groups_of(self.value, self.eligibility)

    def groups_of(self, values: FloatArray, eligibility: IntArray) -> IntArray:
        """Groups of people with such criterion values; leading dimensions beyond people x criteria are kept."""
        axes = values @ self.axis_shares.T
        box = assign_boxes(axes[..., 0], axes[..., 1], self.thresholds)
        if self.rule == "score":
            return np.zeros(box.shape, dtype=np.int64)
        return assign_groups(self.rule, np.broadcast_to(eligibility, box.shape), box)

    def scored(self, weights: FloatArray) -> BoolArray:
        """Who has a score: no missing criterion carries weight."""
        carried = weights != 0
        return np.asarray(~np.isnan(self.value[:, carried]).any(axis=1))

    def first(self, weights: FloatArray, places: int) -> IntArray:
        """Rows that share the first places, in order."""
        return find_leaders(self.value, weights, self.groups, places)

    def only(self, rows: IntArray | BoolArray) -> DecisionMatrix:
        """The matrix among some of the candidates."""
        return DecisionMatrix(
            self.value[rows],
            self.low[rows],
            self.high[rows],
            self.eligibility[rows],
            self.rule,
            self.axis_shares,
            self.thresholds,
        )


def build_decision_matrix(review: TalentReview, post: str, rule: OrderRule) -> DecisionMatrix:
    """The matrix among the candidates of a post (or everyone), in the order in which ties stay.

    Raises
    ------
    UnknownPost
    """
    nips = review.candidates(post)
    at = review.people.index.get_indexer(nips)
    axes = tuple(review.rubric.axes)
    return DecisionMatrix(
        value=review.scores.value[at],
        low=review.scores.low[at],
        high=review.scores.high[at],
        eligibility=review.eligibility_for(post).overall.to_numpy()[at],
        rule=rule,
        axis_shares=np.array(
            [
                [criterion.share if criterion.axis == axis else 0.0 for criterion in review.rubric.criteria]
                for axis in axes
            ]
        ),
        thresholds=review.rubric.thresholds,
    )
