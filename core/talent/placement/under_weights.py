"""A placement under other weights: how many of many weightings keep each pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.placement.limits import talent_share
from core.talent.placement.plans import Plan
from core.talent.placement.problem import Seats
from core.talent.placement.search import assigned
from core.talent.review import TalentReview


@dataclass(frozen=True)
class Parts:
    """What the fits of some seats are made of.

    ``scores`` people x parts (0-100), ``share`` of the talent value in the fit for each post, ``technical`` posts x
    people, what technical competence adds (NaN where nobody may take the post), ``own_share`` and ``own_technical``
    the same for each person in the post held.
    """

    scores: FloatArray
    share: FloatArray
    technical: FloatArray
    own_share: FloatArray
    own_technical: FloatArray


def parts_of(review: TalentReview, seats: Seats) -> Parts:
    """Take the fits of seats apart by the review's rubric."""
    rows = review.scores.nips.get_indexer(pd.Index(seats.nips))
    scores = review.scores.value[rows]
    talent = scores @ np.array(review.rubric.weights)
    share = np.array([talent_share(review, post)[0] for post in seats.posts])
    held = seats.held_by
    own_share = np.where(held >= 0, share[held], 0.0)
    return Parts(
        scores,
        share,
        seats.fit - share[:, None] * talent,
        own_share,
        np.where(held >= 0, seats.own - own_share * np.nan_to_num(talent), 0.0),
    )


def seats_under(seats: Seats, parts: Parts, weights: FloatArray) -> Seats:
    """The same seats with the fits that other weights (shares summing to 1) give."""
    talent = parts.scores @ weights
    return replace(
        seats,
        fit=parts.share[:, None] * talent + parts.technical,
        own=parts.own_share * np.nan_to_num(talent) + parts.own_technical,
    )


def kept_shares(seats: Seats, parts: Parts, weightings: FloatArray, plans: Sequence[Plan]) -> list[FloatArray]:
    """For each plan the share (0-1) of the weightings whose own best total has each of its pairs.

    Pins and the limit of moves are not asked for, and holders may also exchange posts among themselves.
    """
    posts, people = seats.fit.shape
    counts = np.zeros((posts, people + 1))
    for weights in weightings:
        for post, person in assigned(seats_under(seats, parts, weights)):
            counts[post, person] += 1
    counts /= max(len(weightings), 1)
    return [np.array([counts[pair] for pair in plan.pairs]) for plan in plans]
