"""What keeps a person from a post, and what closing each gap would do to the talent value, computed by the rubric itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.talent.context import Context
from core.talent.facts import COMPETENCIES, KINDS
from core.talent.person.profile import get_asked_levels, tabulate_competencies
from core.talent.review import TalentReview
from core.talent.scoring.measures import compute_job_person_match, get_standard
from core.talent.scoring.score_table import compute_scores

#: Training hours (JP) in a year from which on the rubric gives the full score.
FULL_HOURS = 20


@dataclass(frozen=True)
class Gap:
    """One gap towards a post.

    ``key``: ``competency:…``, ``competencies`` (all of them together), ``training``, ``assessment``,
    ``potential`` or ``technical`` (not validly assessed). ``now`` and ``wanted`` are levels or hours, NaN where not
    assessed. ``before`` and ``after`` are the talent value as it is and with the gap closed, NaN where it cannot be said.
    """

    key: str
    now: float
    wanted: float
    before: float
    after: float


def find_gaps(review: TalentReview, nip: str, post: str) -> list[Gap]:
    """The gaps of a person towards a post (or the own level, for ``semua``), the one that moves most first."""
    asked = review.post(post)
    person = review.people.loc[nip]
    required = get_asked_levels(review, nip, post)
    levels = tabulate_competencies(review, nip, required)
    before = float(str(person["talent"]))
    gaps = []
    short = levels[levels["gap"] < 0]
    states = review.assessments.loc[nip]
    if states.get("competency_assessment", "missing") == "valid":
        for key, level in zip(short["competency"], short["level"], strict=True):
            after = _talent_with(review, nip, _raised(review, nip, {key: required[key]}))
            gaps.append(Gap(f"competency:{key}", float(level), float(required[key]), before, after))
        if len(short) > 1:
            after = _talent_with(review, nip, _raised(review, nip, {key: required[key] for key in short["competency"]}))
            gaps.append(Gap("competencies", float(short["level"].min()), float(short["required"].max()), before, after))
    else:
        gaps.append(Gap("assessment", np.nan, float(max(required.values())), before, np.nan))
    # A rubric that takes one value for both knows no assessment of potential alone.
    if states.get("potential_assessment", states.get("combined_assessment", "missing")) != "valid":
        gaps.append(Gap("potential", np.nan, np.nan, before, np.nan))
    after = _talent_with(review, nip, _trained(review, nip))
    facts = review.context.of_person(nip).facts["training"]
    day = pd.Timestamp(review.as_of)
    recent = facts[(facts["started_on"] > day - pd.DateOffset(years=1)) & (facts["started_on"] <= day)]
    hours = float(recent["hours"].astype(float).sum())
    if hours < FULL_HOURS:
        gaps.append(Gap("training", hours, float(FULL_HOURS), before, after))
    if asked and np.isnan(review.technical_scores(asked)[review.people.index.get_loc(nip)]):
        gaps.append(Gap("technical", np.nan, np.nan, before, np.nan))
    return sorted(gaps, key=lambda gap: -float(np.nan_to_num(gap.after - gap.before, nan=-1.0)))


def _raised(review: TalentReview, nip: str, levels: Mapping[str, int]) -> dict[str, pd.DataFrame]:
    """The person's facts with a new competency assessment in which some levels are reached."""
    facts = dict(review.context.of_person(nip).facts)
    frame = facts["competency_assessment"]
    day = pd.Timestamp(review.as_of)
    latest = frame[frame["assessed_on"] <= day].sort_values("assessed_on").tail(1)
    raised = latest.assign(**{key: float(level) for key, level in levels.items()}, assessed_on=day)
    if latest["job_person_match"].notna().all():
        # A match that was given rises by what the levels alone would add.
        standard = _standard(review)
        was, would = (
            float(compute_job_person_match(level[list(COMPETENCIES)].astype(float), standard).to_numpy()[0])
            for level in (latest, raised)
        )
        raised["job_person_match"] = latest["job_person_match"].astype(float) + np.nan_to_num(would - was)
    facts["competency_assessment"] = pd.concat([frame[frame["assessed_on"] < day], raised])
    return facts


def _standard(review: TalentReview) -> float:
    """The level the rubric computes a match against."""
    rules = [measure for measure in review.rubric.measures.values() if measure.fact == "competency_assessment"]
    return get_standard(rules[0].parameters if rules else {})


def _trained(review: TalentReview, nip: str) -> dict[str, pd.DataFrame]:
    """The person's facts with enough training hours in the last year."""
    facts = dict(review.context.of_person(nip).facts)
    frame = facts["training"]
    day = pd.Timestamp(review.as_of)
    row = dict.fromkeys(KINDS["training"].columns) | {"nip": nip, "started_on": day, "hours": float(FULL_HOURS)}
    more = pd.DataFrame([row]).astype({column: frame[column].dtype for column in ("nip",) if column in frame})
    facts["training"] = pd.concat([frame, more.reindex(columns=frame.columns)]) if len(frame) else more
    return facts


def _talent_with(review: TalentReview, nip: str, facts: Mapping[str, pd.DataFrame]) -> float:
    """The person's talent value (0-100) under other facts, NaN where not assessed."""
    whole = review.context
    context = Context(facts, whole.people.loc[[nip]], whole.as_of, whole.families, whole.coverage)
    return float(compute_scores(context, review.rubric).axes["talent"].iloc[0])
