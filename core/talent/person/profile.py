"""A person seen whole: criteria beside peers, competencies beside what a post asks for, history, strengths and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.talent.facts import COMPETENCIES, POTENTIAL_ASPECTS
from core.talent.fit.standard import get_required_level, list_asked_competencies
from core.talent.review import TalentReview

#: Differences to the median of the peers below this many points are neither strength nor gap.
_TELLING = 3.0


def get_asked_levels(review: TalentReview, nip: str, post: str) -> dict[str, int]:
    """The level a post asks for of each competency."""
    asked = review.post(post)
    if asked is None:
        return dict.fromkeys(COMPETENCIES, get_required_level(str(review.people.at[nip, "level"])))
    return list_asked_competencies(asked)


def find_peers(review: TalentReview, nip: str) -> pd.Index:
    """Everyone of the same level, the person included."""
    people = review.people
    return people.index[people["level"] == people.at[nip, "level"]]


def compare_with_peers(review: TalentReview, nip: str) -> pd.DataFrame:
    """Each criterion of a person beside its peers: criterion, value, low, high, median (of the peers assessed), peers."""
    scores = review.scores
    at = int(scores.nips.get_indexer(pd.Index([nip]))[0])
    rows = scores.nips.get_indexer(find_peers(review, nip))
    peers = scores.value[rows]
    known = (~np.isnan(peers)).sum(axis=0)
    medians = [float(np.nanmedian(peers[:, k])) if known[k] else float("nan") for k in range(peers.shape[1])]
    return pd.DataFrame(
        {
            "criterion": list(review.rubric.criterion_keys),
            "value": scores.value[at],
            "low": scores.low[at],
            "high": scores.high[at],
            "median": medians,
            "peers": known,
        }
    )


def _latest(review: TalentReview, nip: str, kind: str) -> pd.Series | None:
    frame = review.context.of_person(nip).facts[kind]
    past = frame[frame["assessed_on"] <= pd.Timestamp(review.as_of)].sort_values("assessed_on")
    return None if past.empty else past.iloc[-1]


def tabulate_competencies(review: TalentReview, nip: str, required: Mapping[str, int]) -> pd.DataFrame:
    """The nine competencies of the latest assessment: competency, level (1-5, NaN unknown), required, gap, assessed_on."""
    latest = _latest(review, nip, "competency_assessment")
    levels = [float(latest[key]) if latest is not None and pd.notna(latest[key]) else np.nan for key in COMPETENCIES]
    return pd.DataFrame(
        {
            "competency": list(COMPETENCIES),
            "level": levels,
            "required": [required[key] for key in COMPETENCIES],
            "gap": np.array(levels) - [required[key] for key in COMPETENCIES],
            "assessed_on": pd.NaT if latest is None else latest["assessed_on"],
        }
    )


def tabulate_potential_aspects(review: TalentReview, nip: str) -> pd.DataFrame:
    """The eight aspects of the latest assessment: aspect, value (0-5, NaN unknown), assessed_on."""
    latest = _latest(review, nip, "potential_assessment")
    values = [
        float(latest[key]) if latest is not None and pd.notna(latest[key]) else np.nan for key in POTENTIAL_ASPECTS
    ]
    day = pd.NaT if latest is None else latest["assessed_on"]
    return pd.DataFrame({"aspect": list(POTENTIAL_ASPECTS), "value": values, "assessed_on": day})


def tabulate_posts_held(review: TalentReview, nip: str) -> pd.DataFrame:
    """Posts held, the latest first: title, unit, holding, started_on, ended_on (the reference date while held)."""
    day = pd.Timestamp(review.as_of)
    frame = review.context.of_person(nip).facts["position_history"]
    frame = frame[frame["started_on"] <= day][["title", "unit", "holding", "started_on", "ended_on"]]
    ended = frame["ended_on"].fillna(day)
    frame = frame.assign(ended_on=ended.where(ended <= day, day))
    return frame.sort_values("started_on", ascending=False).reset_index(drop=True)


@dataclass(frozen=True)
class Highlight:
    """A criterion or competency that stands out: its key, the person's figure and what it is held against."""

    kind: str  # "criterion" or "competency"
    key: str
    value: float
    against: float


def find_strengths(criteria: pd.DataFrame, most: int = 2) -> list[Highlight]:
    """The criteria furthest above the median of the peers."""
    return _apart(criteria, 1.0, most)


def find_weaknesses(criteria: pd.DataFrame, levels: pd.DataFrame, most: int = 3) -> list[Highlight]:
    """Competencies furthest below what is asked for, then criteria furthest below the median of the peers."""
    short = levels[levels["gap"] < 0].sort_values("gap", kind="stable").head(most)
    highlights = [
        Highlight("competency", str(key), float(level), float(required))
        for key, level, required in zip(short["competency"], short["level"], short["required"], strict=True)
    ]
    return highlights + _apart(criteria, -1.0, most - len(highlights))


def _apart(criteria: pd.DataFrame, sign: float, most: int) -> list[Highlight]:
    """Criteria furthest from the median on one side of it."""
    lead = sign * (criteria["value"] - criteria["median"])
    telling = criteria.assign(lead=lead).sort_values("lead", ascending=False, kind="stable")
    telling = telling[telling["lead"] >= _TELLING].head(most)
    return [
        Highlight("criterion", str(key), float(value), float(median))
        for key, value, median in zip(telling["criterion"], telling["value"], telling["median"], strict=True)
    ]


def compare_people(review: TalentReview, nips: list[str]) -> pd.DataFrame:
    """Figures of several people: one row a figure (``axis:…``, ``criterion:…``), one column a NIP; NaN where not assessed."""
    axes = review.people.loc[nips, ["performance", "potential", "talent"]].T
    axes.index = [f"axis:{key}" for key in axes.index]
    at = review.scores.nips.get_indexer(pd.Index(nips))
    criteria = pd.DataFrame(
        review.scores.value[at].T, index=[f"criterion:{key}" for key in review.rubric.criterion_keys], columns=nips
    )
    return pd.concat([axes.astype(float), criteria])
