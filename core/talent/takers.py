"""Who can take a post now: the one rule that readiness, ranking, risk, the start page and placement rest on.

Somebody can take a post now who is a candidate by level, passes all gates by the post's rules on its day, stands in a box
that the rules let be promoted, has a known fit (talent value, and technical competence where it counts), and still serves
some months. What is not known is no yes: the check is not passed, and is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from core.talent.arrays import BoolArray
from core.talent.eligibility.rules import ELIGIBLE
from core.talent.employee import derive_level
from core.talent.posts import TERM_MONTHS, Post, find_post
from core.talent.review import Basis, TalentReview
from core.talent.scoring.score_table import compute_weighted_scores

#: What is asked, in the order in which it is told.
CHECKS = ("level", "gates", "box", "fit", "serves")


@dataclass(frozen=True)
class Takers:
    """Everyone's answers to what a post asks of who takes it now: people x ``CHECKS``, True where passed."""

    checks: pd.DataFrame

    @cached_property
    def now(self) -> BoolArray:
        """Who can take the post now, one entry a person."""
        return np.asarray(self.checks.all(axis=1).to_numpy(dtype=bool))

    @cached_property
    def nips(self) -> pd.Index:
        """NIP of those who can take the post now."""
        return self.checks.index[self.now]

    def lacking(self, nip: str) -> list[str]:
        """The checks that a person does not pass."""
        passed = self.checks.loc[nip]
        return [name for name in CHECKS if not bool(passed[name])]


def find_takers(review: TalentReview, post: str, months: int = TERM_MONTHS, basis: Basis = "talent") -> Takers:
    """Who can take a post now; its holder is no candidate.

    Parameters
    ----------
    months
        How long somebody must still serve at least, from the post's day on.
    basis
        Which fit must be known: the official figure (``talent``), or that in three parts (``fit``).

    Raises
    ------
    UnknownPost
    """
    asked = find_post(review.posts, post)
    same = ("takers", asked.key, months, basis)
    if same not in review.judged:
        review.judged[same] = _ask_everyone(review, asked, months, basis)
    found: Takers = review.judged[same]
    return found


def _ask_everyone(review: TalentReview, asked: Post, months: int, basis: Basis) -> Takers:
    people = review.people
    boxes = review.rule_book.find(asked).boxes
    until = review.context_for(asked).as_of + pd.DateOffset(months=months)
    checks = {
        "level": people.index.isin(review.candidates(asked.key)),
        "gates": (review.eligibility_for(asked.key).overall == ELIGIBLE).to_numpy(dtype=bool),
        "box": people["box"].isin(boxes).to_numpy(dtype=bool) if boxes else np.ones(len(people), dtype=bool),
        "fit": _is_fit_known(review, asked, basis),
        "serves": (people["retires_on"] > until).to_numpy(dtype=bool),
    }
    return Takers(pd.DataFrame(checks, index=people.index))


def _is_fit_known(review: TalentReview, post: Post, basis: Basis) -> BoolArray:
    """Whether the fit is known of everyone; that in three parts of nobody but candidates."""
    if basis == "fit":
        view = review.view(post.key, basis)
        known = np.zeros(len(review.people), dtype=bool)
        known[view.rows] = ~np.isnan(
            compute_weighted_scores(view.scores.value, np.array(review.rubric_of(basis).weights))
        )
        return known
    known = review.people["talent"].notna().to_numpy(dtype=bool)
    rule = review.rubric.fit
    if rule is None or rule.shares_at(derive_level(post.echelon or None, post.title))[1] == 0:
        return known
    return np.asarray(known & ~np.isnan(review.technical_scores(post)))
