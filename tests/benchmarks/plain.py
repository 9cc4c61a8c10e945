"""The yardstick: what somebody would write in a notebook with pandas alone, values only.

No intervals, no steps written down, no origin, no gates; experience counts the open post only.
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from core.store.tables import FACT_TABLES
from core.talent.context import Context
from core.talent.scoring.rubric import Measure, Rubric


def load(url: str, version: int | None = None) -> dict[str, pd.DataFrame]:
    """All fact tables by ``read_sql``."""
    known = (
        "superseded_by IS NULL"
        if version is None
        else f"import_id <= {version} AND (superseded_by IS NULL OR superseded_by > {version})"
    )
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        return {name: pd.read_sql(f"SELECT * FROM {name} WHERE {known}", connection) for name in FACT_TABLES}


def talent_values(facts: dict[str, pd.DataFrame] | Context, rubric: Rubric, day: pd.Timestamp) -> pd.Series:
    """Everyone's talent value, 0-100, NaN where something is missing."""
    frames = facts.facts if isinstance(facts, Context) else facts
    nips = frames["employee"]["nip"]
    criteria = [
        _measure(frames, measure, day, nips) * measure.share
        for criterion in rubric.criteria
        for measure in criterion.measures
    ]
    weights = rubric.weights
    number = iter(range(len(criteria)))
    total = pd.Series(0.0, index=nips)
    for criterion, weight in zip(rubric.criteria, weights, strict=True):
        total = total + weight * sum(criteria[next(number)] for _ in criterion.measures)
    return total


def _measure(frames: dict[str, pd.DataFrame], measure: Measure, day: pd.Timestamp, nips: pd.Series) -> pd.Series:
    given, frame = measure.parameters, frames[measure.fact]
    table = given.get("table", {})
    if measure.method == "yearly_category":
        last = frame["year"].max()
        recent = frame[frame["year"] > last - given["years"]]
        means = recent.assign(score=recent[given["column"]].map(table)).groupby("nip")["score"].mean()
        return means.reindex(nips)
    if measure.method in ("best_event", "worst_event"):
        dates = pd.to_datetime(frame[given["date"]])
        start = day - pd.DateOffset(years=given.get("window_years", 100))
        recent = frame[(dates > start) & (dates <= day)]
        scores = recent.assign(score=recent[given["column"]].map(table)).groupby("nip")["score"]
        means = scores.max() if measure.method == "best_event" else scores.min()
        return means.reindex(nips).fillna(table["none"])
    if measure.method == "training_hours":
        dates = pd.to_datetime(frame["started_on"])
        start = day - pd.DateOffset(months=given["window_months"])
        hours = frame[(dates > start) & (dates <= day)].groupby("nip")["hours"].sum().reindex(nips).fillna(0)
        return _stepped(hours, given["steps"])
    if measure.method in ("latest_score", "aspect_sum", "latest_value"):
        dates = pd.to_datetime(frame["assessed_on"])
        valid = frame[(dates > day - pd.DateOffset(years=given["validity_years"])) & (dates <= day)]
        latest = valid.sort_values("assessed_on").groupby("nip").last()
        if measure.method == "latest_score":
            return latest[given["column"]].reindex(nips).clip(upper=100)
        if measure.method == "latest_value":
            return latest[given["column"]].reindex(nips)
        aspects = latest.select_dtypes("number").drop(columns=["id", "import_id", "row"], errors="ignore")
        return (100 * aspects.mean(axis=1) / given["highest"]).reindex(nips)
    employees = frames["employee"].set_index("nip")
    if measure.method == "education_level":
        return employees["education_level"].map(table).reindex(nips)
    if measure.method == "experience":
        since = (day - pd.to_datetime(employees["position_since"])).dt.days / 365
        return _stepped(since, given["tenure_steps"]).reindex(nips)
    return pd.Series(80.0, index=nips)  # field of study


def _stepped(values: pd.Series, steps: list[list[float]]) -> pd.Series:
    scores = pd.Series(float("nan"), index=values.index)
    for least, score in sorted(steps):
        scores[values >= least] = score
    return scores
