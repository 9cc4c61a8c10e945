"""A talent review: everything computed from one set of facts, one rubric and one date.

This is what pages and commands read. It is built once and shared; nothing in it is ever changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.context import DATED_ASSESSMENTS, Context, coverage_of
from core.talent.eligibility.fit import fit_for, technical_scores
from core.talent.eligibility.order_rule import OrderRule, order_groups
from core.talent.eligibility.rules import Eligibility, Rules, judge
from core.talent.facts import Facts
from core.talent.job_family import JobFamily
from core.talent.people import people_frame
from core.talent.posts import ALL_PEOPLE, Position, candidates, find_position, incumbents
from core.talent.ranking.order import inseparable, rank
from core.talent.scoring.nine_box import possible_boxes
from core.talent.scoring.rubric import Rubric
from core.talent.scoring.score_table import ScoreTable, score_table
from core.talent.scoring.tenure import years_by_family
from core.talent.succession.table import board, ready_candidates


@dataclass(frozen=True)
class TalentReview:
    """Facts made into an overview.

    ``people`` has one row a person, indexed by NIP, ordered by name: identity, level, family,
    age, ``retires_on``, ``performance``, ``potential``, ``talent`` (NaN where not assessed) with
    their ``_low`` and ``_high``, ``box`` (0 where not assessed) and ``eligibility``.
    ``assessments`` has one row a person with the state (``valid``, ``expired``, ``missing``) of
    each kind of dated assessment. ``data_version`` names the facts it was computed from, ``context`` holds them.
    ``narrowed_to`` names the set of people it was narrowed to, if it was.
    """

    as_of: dt.date
    data_version: int
    rubric: Rubric
    families: tuple[JobFamily, ...]
    positions: tuple[Position, ...]
    people: pd.DataFrame
    scores: ScoreTable
    rules: Rules
    eligibilities: Mapping[str | None, Eligibility]
    technical: pd.DataFrame
    family_years: pd.DataFrame
    context: Context
    assessments: pd.DataFrame
    holders: dict[str, str]
    board: pd.DataFrame
    narrowed_to: str = ""

    def possible_boxes(self, nip: str) -> tuple[int, ...]:
        """Boxes the missing records of a person could still lead to."""
        bounds = [
            float(str(self.people.at[nip, f"{axis}_{end}"]))
            for axis in ("performance", "potential")
            for end in ("low", "high")
        ]
        return possible_boxes((bounds[0], bounds[1]), (bounds[2], bounds[3]), self.rubric.thresholds)

    def with_scores(self, rubric: Rubric, people: pd.DataFrame, scores: ScoreTable) -> TalentReview:
        """The same facts and gates under other scores; the board counts who is ready by them."""
        day = pd.Timestamp(self.as_of)
        counted = board(self.positions, people, self.eligibilities, self.holders, self.families, day)
        return replace(self, rubric=rubric, people=people, scores=scores, board=counted)

    @property
    def eligibility(self) -> Eligibility:
        """Everyone's answers without a post in view."""
        return self.eligibilities[None]

    def position(self, post: str) -> Position | None:
        """A post by its short name or title, None for ``semua``.

        Raises
        ------
        UnknownPost
        """
        return None if post == ALL_PEOPLE else find_position(self.positions, post)

    def eligibility_for(self, post: str) -> Eligibility:
        """Everyone's answers for a post; without a post in view for ``semua``."""
        position = self.position(post)
        return self.eligibilities[position.family if position else None]

    def fit(self, post: str, nips: pd.Index) -> pd.DataFrame | None:
        """Fit of people for a post, see ``fit_for``; None without a post or a rule for it."""
        position = self.position(post)
        if position is None or self.rubric.fit is None:
            return None
        people = self.people.loc[nips]
        return fit_for(position, people, self.technical, self.family_years, self.families, self.rubric.fit)

    def candidates(self, post: str) -> pd.Index:
        """NIP of those considered for a post, by its short name or title; everyone for ``semua``."""
        if post == ALL_PEOPLE:
            return self.people.index
        position = find_position(self.positions, post)
        return candidates(position, self.people, self.holders.get(position.post))


def build_review(
    facts: Facts,
    rubric: Rubric,
    rules: Rules,
    positions: Sequence[Position],
    families: Sequence[JobFamily],
    as_of: dt.date,
    data_version: int = 0,
) -> TalentReview:
    """Compute a review; the date is an argument, so the same facts always give the same review."""
    day = pd.Timestamp(as_of)
    people = people_frame(facts, families, day)
    context = Context(facts, people, day, families, coverage_of(facts, day))
    scores = score_table(context, rubric)
    eligibilities = judge(context, rules.gates)
    people = people.join(scores.axes).assign(eligibility=eligibilities[None].overall)
    holders = incumbents(positions, people)
    return TalentReview(
        as_of=as_of,
        data_version=data_version,
        rubric=rubric,
        families=tuple(families),
        positions=tuple(positions),
        people=people,
        scores=scores,
        rules=rules,
        eligibilities=eligibilities,
        technical=technical_scores(context, rubric.fit.validity_years if rubric.fit else 3),
        family_years=years_by_family(context),
        context=context,
        assessments=_assessment_states(context, rubric),
        holders=holders,
        board=board(positions, people, eligibilities, holders, families, day),
    )


def narrowed(review: TalentReview, nips: Collection[str]) -> TalentReview:
    """The same review with only some of its people; posts, their holders and the board stay as they are."""
    keep = review.people.index[review.people.index.isin(list(nips))]
    at = review.people.index.get_indexer(keep)
    scores = review.scores
    eligibilities = {
        family: Eligibility(
            one.gates, one.overall.loc[keep], {key: frame.loc[keep] for key, frame in one.answers.items()}
        )
        for family, one in review.eligibilities.items()
    }
    return replace(
        review,
        people=review.people.loc[keep],
        scores=replace(
            scores,
            nips=keep,
            value=np.asfortranarray(scores.value[at]),
            low=np.asfortranarray(scores.low[at]),
            high=np.asfortranarray(scores.high[at]),
            measures={key: frame.loc[keep] for key, frame in scores.measures.items()},
            axes=scores.axes.loc[keep],
        ),
        eligibilities=eligibilities,
        technical=review.technical.loc[keep],
        family_years=review.family_years.loc[keep],
        assessments=review.assessments.loc[keep],
        narrowed_to=hashlib.sha256("~".join(keep).encode()).hexdigest()[:16],
    )


def rank_post(review: TalentReview, post: str, weights: FloatArray, rule: OrderRule) -> pd.DataFrame:
    """Rank the candidates of a post under any weights (shares summing to 1), in order.

    Columns: rank (NA without a score), nip, name, unit, score, score_low, score_high, inseparable
    (how many others the missing data cannot tell apart from this one), box (NA where not
    assessed), eligibility; for a post also fit, fit_low, fit_high, technical, field_fit,
    family_years.

    Raises
    ------
    UnknownPost
        When there is no such post.
    """
    rows = review.people.index.get_indexer(review.candidates(post))
    people = review.people.iloc[rows]
    eligibility = review.eligibility_for(post).overall.iloc[rows].to_numpy()
    groups = order_groups(rule, eligibility, people["box"].to_numpy())
    ranking = rank(review.scores.value[rows], weights, groups)
    low, high = (bound[rows] @ weights for bound in (review.scores.low, review.scores.high))
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranking.rank, dtype="Int64"),
            "nip": people.index,
            "name": people["full_name"].to_numpy(),
            "unit": people["unit"].to_numpy(),
            "score": ranking.score,
            "score_low": low,
            "score_high": high,
            "inseparable": inseparable(ranking.score, low, high),
            "box": pd.array(people["box"].to_numpy(), dtype="Int64"),
            "eligibility": eligibility,
        }
    )
    frame[["rank", "box"]] = frame[["rank", "box"]].replace(0, pd.NA)
    fit = review.fit(post, people.index)
    if fit is not None:
        frame = pd.concat([frame, fit.reset_index(drop=True)], axis=1)
    return frame.iloc[ranking.order].reset_index(drop=True)


def _assessment_states(context: Context, rubric: Rubric) -> pd.DataFrame:
    """``valid``, ``expired`` or ``missing`` for each person and kind of dated assessment."""
    validity = {
        measure.fact: measure.parameters["validity_years"]
        for part in rubric.parts
        for measure in part.measures
        if "validity_years" in measure.parameters
    }
    states = pd.DataFrame(index=context.nips)
    for kind in DATED_ASSESSMENTS:
        if kind not in validity:
            continue
        past = context.known(kind)
        latest = past[past["assessed_on"] <= context.as_of].groupby("nip")["assessed_on"].max().reindex(context.nips)
        current = latest > context.as_of - pd.DateOffset(years=validity[kind])
        states[kind] = np.where(latest.isna(), "missing", np.where(current, "valid", "expired"))
    return states


def ready_for(review: TalentReview, post: str) -> pd.Index:
    """NIP of the people ready for a post now, the highest talent value first."""
    position = find_position(review.positions, post)
    ready = ready_candidates(
        position,
        review.people,
        review.eligibilities,
        review.holders.get(position.post),
        review.families,
        pd.Timestamp(review.as_of),
    )
    return review.people.loc[ready].sort_values("talent", ascending=False, kind="stable").index
