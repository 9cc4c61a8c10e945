"""A matrix: those who compete for the first places, with all that their order under any weights needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.talent.arrays import BoolArray, FloatArray, IntArray
from core.talent.eligibility.order_rule import OrderRule, assign_groups
from core.talent.ranking.order import find_leaders
from core.talent.review import Basis, TalentReview
from core.talent.scoring.nine_box import Thresholds, assign_boxes


@dataclass(frozen=True)
class DecisionMatrix:
    """Candidates x criteria, 0-100, and the order rule over them.

    ``value`` is NaN where a criterion is not assessed; there the true value lies between ``low`` and
    ``high``. ``eligibility`` is 0, 1 or 2 as in ``assign_groups``. ``axis_shares`` (2 x criteria) and
    ``thresholds`` give the box that a possible value of a missing criterion would lead to; where ``boxes`` are given (1-9,
    0 not assessed) the criteria lead to none, and everyone keeps that one.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    eligibility: IntArray
    rule: OrderRule
    axis_shares: FloatArray
    thresholds: Thresholds
    boxes: IntArray | None = None

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
        return self.groups_of(self.value)

    def groups_of(self, values: FloatArray, rows: IntArray | slice = slice(None)) -> IntArray:
        """Groups of some rows with such criterion values; leading dimensions beyond people x criteria are kept."""
        shape = values.shape[:-1]
        eligibility = np.broadcast_to(self.eligibility[rows], shape)
        if self.rule != "box":
            return assign_groups(self.rule, eligibility, eligibility)
        if self.boxes is not None:
            return assign_groups(self.rule, eligibility, np.broadcast_to(self.boxes[rows], shape))
        return self.groups_at(values @ self.axis_shares.T, rows)

    @property
    def moves_by_box(self) -> bool:
        """Whether the value of a missing criterion can move a row to another group."""
        return self.rule == "box" and self.boxes is None

    def groups_at(self, axes: FloatArray, rows: IntArray | slice) -> IntArray:
        """Groups of some rows under the order by box, from such values on the two axes (… x rows x 2)."""
        eligibility = np.broadcast_to(self.eligibility[rows], axes.shape[:-1])
        return assign_groups(self.rule, eligibility, assign_boxes(axes[..., 0], axes[..., 1], self.thresholds))

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
            None if self.boxes is None else self.boxes[rows],
        )


def build_decision_matrix(review: TalentReview, post: str, rule: OrderRule, basis: Basis = "talent") -> DecisionMatrix:
    """The matrix among the candidates of a post (or everyone), in the order in which ties stay.

    Raises
    ------
    UnknownPost
    """
    view = review.view(post, basis)
    axes = tuple(review.rubric.axes)
    shares = [
        [criterion.share if criterion.axis == axis else 0.0 for criterion in view.scores.criteria] for axis in axes
    ]
    return DecisionMatrix(
        value=view.scores.value,
        low=view.scores.low,
        high=view.scores.high,
        eligibility=view.answers,
        rule=rule,
        axis_shares=np.array(shares),
        thresholds=review.rubric.thresholds,
        boxes=None if basis == "talent" else view.boxes,
    )
