"""A rubric with a threshold, a table or the years of the ratings put otherwise: a what-if, never kept as a version."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.talent.review import TalentReview
from core.talent.scoring.rubric import Rubric, build_rubric
from core.talent.scoring.score_table import compute_scores


def modify_rubric(
    data: Mapping[str, Any],
    tables: Mapping[str, str],
    high: float | None = None,
    middle: float | None = None,
    combine: str | None = None,
) -> Rubric:
    """The rubric of a file's content with some entries put otherwise.

    Parameters
    ----------
    tables
        The table in force by name, each among those the rubric offers.
    high, middle
        Lower bounds of the classes, 0-100.
    combine
        How the ratings of several years make one, of ``COMBINE``.

    Raises
    ------
    InvalidRubric
        When the outcome is no rubric, e.g. the middle bound not below the high one.
    """
    changed = copy.deepcopy(dict(data))
    changed.setdefault("tables", {}).update(tables)
    if high is not None:
        changed["thresholds"]["high"] = high
    if middle is not None:
        changed["thresholds"]["middle"] = middle
    if combine is not None:
        for measure in list_yearly_ratings(changed):
            measure["combine"] = combine
    return build_rubric(changed)


def list_yearly_ratings(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The measures of a rubric file that make one value of the yearly ratings."""
    return [
        measure
        for axis in data.get("axis", ())
        for part in axis.get("part", ())
        for measure in part.get("measure", ())
        if measure.get("method") == "yearly_category" and measure.get("fact") == "performance_rating"
    ]


def rescore_review(review: TalentReview, rubric: Rubric) -> TalentReview:
    """The people of a review scored by another rubric; gates and posts stay as they are in it."""
    return replace(review, rubric=rubric, scores=compute_scores(review.context, rubric, like=review.scores))
