"""The score table: people x criteria, 0-100, with what the missing records leave open.

Built once for a data version, a rubric and a reference date; never changed afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray, IntArray
from core.talent.context import Context
from core.talent.people import PER_PERSON
from core.talent.scoring.measures import compute_measure
from core.talent.scoring.nine_box import assign_boxes
from core.talent.scoring.rubric import Criterion, Measure, Rubric


def compute_weighted_scores(matrix: FloatArray, weights: FloatArray) -> FloatArray:
    """Weighted sum of each row, criterion after criterion; a criterion of weight zero does not count at all."""
    scores = np.zeros(len(matrix))
    for column, weight in enumerate(weights):
        if weight != 0:
            scores += matrix[:, column] * weight
    return scores


@dataclass(frozen=True)
class CriterionScores:
    """Scores of some people by some criteria.

    ``value``, ``low``, ``high`` are people x criteria, 0-100, ``value`` NaN where not assessed; ``measures`` are people x
    the measures of all criteria in order.
    """

    criteria: tuple[Criterion, ...]
    value: FloatArray
    low: FloatArray
    high: FloatArray
    measures: FloatArray


@dataclass(frozen=True)
class ScoreTable:
    """Scores of everyone under one rubric.

    ``value``, ``low`` and ``high`` are people x criteria, 0-100, column-major and read-only;
    ``value`` is NaN where a criterion is not assessed, and there ``low``..``high`` is what the missing
    records leave open. ``measures`` holds the same three of each measure. ``axes`` has the
    columns ``performance``, ``potential``, ``talent`` with ``_low`` and ``_high`` variants, and
    ``box`` (0 = not assessed).
    """

    rubric: Rubric
    nips: pd.Index = field(metadata=PER_PERSON)
    value: FloatArray = field(metadata=PER_PERSON)
    low: FloatArray = field(metadata=PER_PERSON)
    high: FloatArray = field(metadata=PER_PERSON)
    measures: dict[str, pd.DataFrame] = field(metadata=PER_PERSON)
    axes: pd.DataFrame = field(metadata=PER_PERSON)

    @property
    def measure_values(self) -> FloatArray:
        """People x measures in the rubric's order, 0-100, NaN where not assessed."""
        return np.column_stack([self.measures[key]["value"].to_numpy(dtype=np.float64) for key in self.rubric.measures])

    def of_rows(self, rows: IntArray) -> CriterionScores:
        """The scores of some rows."""
        value, low, high = (np.asfortranarray(bound[rows]) for bound in (self.value, self.low, self.high))
        return CriterionScores(self.rubric.criteria, value, low, high, self.measure_values[rows])

    def missing_measures(self, nip: str) -> list[str]:
        """Keys of the measures that are not assessed for a person."""
        return [key for key, frame in self.measures.items() if bool(frame["value"].isna().at[nip])]


def _same_rule(measure: Measure, other: Measure) -> bool:
    return (measure.method, measure.fact, measure.parameters) == (other.method, other.fact, other.parameters)


def compute_scores(context: Context, rubric: Rubric, like: ScoreTable | None = None) -> ScoreTable:
    """Score everyone.

    Weights are never spread again over what is known: one missing measure leaves its criterion, its
    axis and the talent value unknown, with an interval.

    Parameters
    ----------
    like
        A score table of the same context under another rubric; measures by the same rule are
        taken from it.
    """
    known = list(like.rubric.measures.values()) if like else []
    measures = {}
    for measure in rubric.measures.values():
        same = next((other for other in known if _same_rule(measure, other)), None)
        measures[measure.key] = (
            like.measures[same.key]
            if like and same
            else compute_measure(context, measure.method, measure.fact, measure.parameters)
        )
    criteria = {
        bound: np.column_stack(
            [
                sum(
                    measure.share * measures[measure.key][bound].to_numpy(dtype=np.float64)
                    for measure in criterion.measures
                )
                for criterion in rubric.criteria
            ]
        )
        for bound in ("value", "low", "high")
    }
    for matrix in criteria.values():
        matrix.setflags(write=False)
    axes = pd.DataFrame(index=context.nips)
    for bound, suffix in (("value", ""), ("low", "_low"), ("high", "_high")):
        for axis in rubric.axes:
            shares = np.array([criterion.share if criterion.axis == axis else 0.0 for criterion in rubric.criteria])
            axes[axis + suffix] = criteria[bound][:, shares > 0] @ shares[shares > 0]
        axes["talent" + suffix] = criteria[bound] @ np.array(rubric.weights)
    axes["box"] = assign_boxes(axes["performance"].to_numpy(), axes["potential"].to_numpy(), rubric.thresholds)
    return ScoreTable(rubric, context.nips, criteria["value"], criteria["low"], criteria["high"], measures, axes)
