"""Criteria beside peers, competencies beside what a post asks for, the aspects of potential."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.charts.profile import bars_against
from core.reports.wording import field_header
from core.talent.person import profile
from core.talent.review import TalentReview
from core.ui.bars import build_bars
from core.ui.export import bars_with_files
from core.ui.language import named, show_day, t
from core.ui.terms import level_name, say_article, score_or_interval


def show_criteria(current: TalentReview, criteria: pd.DataFrame, level: str) -> None:
    """Criteria beside the median of the peers."""
    names = {criterion.key: named(criterion.name) for criterion in current.rubric.criteria}
    table = criteria.assign(
        name=criteria["criterion"].map(names),
        mark=criteria["median"],
        label=[score_or_interval(row.value, row.low, row.high) for row in criteria.itertuples()],
    )
    title = t(
        "Criteria; the mark is the median of {count} peers ({level})",
        count=int(criteria["peers"].max()),
        level=level_name(level),
    )
    text = {"name": t("Criterion"), "value": t("Score"), "mark": t("Median of peers")}
    bars_with_files(
        "criteria",
        "mantel_kriteria",
        build_bars(table, 100),
        lambda: bars_against(table, 100, text),
        criteria,
        title,
    )


def show_competencies(levels: pd.DataFrame) -> None:
    """Competencies beside what the post asks for."""
    names = [field_header("competency_assessment", key) for key in levels["competency"]]
    labels = [f"{row.level:g} ({row.gap:+g})" if row.gap else f"{row.level:g}" for row in levels.itertuples()]
    asked = sorted(set(levels["required"]))
    title = (
        t("Competencies; the mark is level {level}", level=asked[0])
        if len(asked) == 1
        else t("Competencies; the mark is what the post asks for")
    )
    _levels(
        "competencies",
        title,
        t("Competency"),
        names,
        levels["level"],
        labels,
        levels["assessed_on"].iloc[0],
        levels["required"],
        say_article("competency"),
    )


def show_aspects(current: TalentReview, nip: str) -> None:
    """The eight aspects of potential."""
    aspects = profile.tabulate_potential_aspects(current, nip)
    names = [field_header("potential_assessment", key) for key in aspects["aspect"]]
    labels = [f"{value:g}" for value in aspects["value"]]
    title = t("Potential, eight aspects of 5")
    _levels(
        "potential", title, t("Aspect"), names, aspects["value"], labels, aspects["assessed_on"].iloc[0], float("nan")
    )


def _levels(
    key: str,
    title: str,
    what: str,
    names: list[str],
    values: pd.Series,
    labels: list[str],
    day: pd.Timestamp,
    mark: float | pd.Series,
    explained: str | None = None,
) -> None:
    """Levels of 5 of the latest assessment with its date, or that there is none."""
    title += f" · {show_day(day)}" if pd.notna(day) else ""
    if values.isna().all():
        st.markdown(f"**{title}**")
        st.text(t("not assessed"))
        return
    known = values.notna()
    table = pd.DataFrame(
        {
            "name": names,
            "value": values,
            "low": 0.0,
            "high": 0.0,
            "mark": mark,
            "label": [label if is_known else "–" for label, is_known in zip(labels, known, strict=True)],
        }
    )
    text = {"name": what, "value": t("Level"), "mark": t("Asked for")}
    bars_with_files(
        key,
        f"mantel_{key}",
        build_bars(table, 5),
        lambda: bars_against(table, 5, text),
        table[["name", "value", "mark"]],
        title,
        explained=explained,
    )
