"""A placement under other weights: how many of many weightings keep each pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.placement.limits import get_shares
from core.talent.placement.plans import Plan
from core.talent.placement.problem import PlacementProblem
from core.talent.placement.search import assign_freely
from core.talent.review import TalentReview


@dataclass(frozen=True)
class FitComponents:
    """What the fits of some problem are made of.

    ``scores`` people x criteria (0-100), ``share`` of the talent value in the fit for each post, ``technical`` posts x
    people, what technical competence adds (NaN where nobody may take the post), ``own_share`` and ``own_technical``
    the same for each person in the post held.
    """

    scores: FloatArray
    share: FloatArray
    technical: FloatArray
    own_share: FloatArray
    own_technical: FloatArray


def split_fits(review: TalentReview, problem: PlacementProblem) -> FitComponents:
    """Take the fits of problem apart by the review's rubric."""
    rows = review.scores.nips.get_indexer(pd.Index(problem.nips))
    scores = review.scores.value[rows]
    talent = scores @ np.array(review.rubric.weights)
    share = np.array([get_shares(review, post)[0] for post in problem.posts])
    held = problem.held_by
    own_share = np.where(held >= 0, share[held], 0.0)
    return FitComponents(
        scores,
        share,
        problem.fit - share[:, None] * talent,
        own_share,
        np.where(held >= 0, problem.own - own_share * np.nan_to_num(talent), 0.0),
    )


def reweigh_problem(problem: PlacementProblem, components: FitComponents, weights: FloatArray) -> PlacementProblem:
    """The same problem with the fits that other weights (shares summing to 1) give."""
    talent = components.scores @ weights
    return replace(
        problem,
        fit=components.share[:, None] * talent + components.technical,
        own=components.own_share * np.nan_to_num(talent) + components.own_technical,
    )


def compute_kept_shares(
    problem: PlacementProblem, components: FitComponents, weightings: FloatArray, plans: Sequence[Plan]
) -> list[FloatArray]:
    """For each plan the share (0-1) of the weightings whose own best total has each of its pairs.

    Pins and the limit of moves are not asked for, and holders may also exchange posts among themselves.
    """
    posts, people = problem.fit.shape
    counts = np.zeros((posts, people + 1))
    for weights in weightings:
        for post, person in assign_freely(reweigh_problem(problem, components, weights)):
            counts[post, person] += 1
    counts /= max(len(weightings), 1)
    return [np.array([counts[pair] for pair in plan.pairs]) for plan in plans]
