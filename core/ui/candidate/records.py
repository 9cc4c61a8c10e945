"""What the person has done: posts held, education, training, awards, punishments, and how sure it all is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.charts.profile import posts_held
from core.talent.person import profile
from core.talent.review import TalentReview
from core.talent.scoring.tenure import is_definitive
from core.talent.study import write_study
from core.ui.bars import build_spans
from core.ui.export import bars_with_files
from core.ui.language import named, show_day, show_number, t, tn
from core.ui.terms import answer_name, fact_name, gate_sentence, say_article, say_rules


def show_gates(current: TalentReview, nip: str, post: str) -> None:
    """Every gate with its answer for the post."""
    eligibility = current.eligibility_for(post)
    st.markdown(f"**{t('Eligibility')}: {answer_name(int(eligibility.overall.at[nip]))}**", help=say_article("gates"))
    lines = []
    for gate in eligibility.gates:
        if gate.effect != "shown":
            answer = int(eligibility.answers[gate.key].at[nip, "answer"])
            words = answer_name(answer) if answer == 0 else gate_sentence(eligibility, gate.key, nip)
            lines.append(f"{('✓', '?', '✗')[answer]} {named(gate.name)}: {words}")
    st.text("\n".join(lines))
    st.caption(say_rules(eligibility))


def show_posts_held(current: TalentReview, nip: str) -> None:
    """The posts held, as a chart."""
    held = profile.tabulate_posts_held(current, nip)
    title = t("Posts held")
    if held.empty:
        st.markdown(f"**{title}**")
        st.text(t("no history has been imported"))
        return
    table = held.assign(
        acting=~is_definitive(held),
        days=[f"{show_day(row.started_on)} – {show_day(row.ended_on)}" for row in held.itertuples()],
    )
    latest, text = table.head(8), {"post": t("Post"), "unit": t("Unit"), "time": t("Time")}
    bars, scale = build_spans(latest)
    bars_with_files("held", "mantel_riwayat_jabatan", bars, lambda: posts_held(latest, text), held, title, scale)


def say_how_sure(current: TalentReview, nip: str) -> str:
    """How much of the talent value rests on records, and of which days the latest are."""
    lacking = set(current.scores.missing_measures(nip))
    weights = {
        measure.key: criterion.weight * measure.share
        for criterion in current.rubric.criteria
        for measure in criterion.measures
    }
    known = show_number(100 * sum(weight for key, weight in weights.items() if key not in lacking))
    names = {"valid": t("valid"), "expired": t("expired"), "missing": t("missing")}
    latest = {
        kind: frame["assessed_on"].max()
        for kind, frame in current.context.of_person(nip).facts.items()
        if kind in current.assessments and len(frame)
    }
    dated = "; ".join(
        f"{fact_name(kind)}: {names[state]}" + (f" ({show_day(latest[kind])})" if kind in latest else "")
        for kind, state in current.assessments.loc[nip].items()
    )
    year = current.context.coverage.latest_year["performance_rating"]
    return t(
        "{share} % of the weight rests on records; ratings up to {year}; {dated}.", share=known, year=year, dated=dated
    )


def show_records(current: TalentReview, nip: str) -> None:
    """Education, training, awards and discipline in one line each."""
    facts = current.context.of_person(nip).facts
    person = current.people.loc[nip]
    study = write_study(person["education_level"], person["education_field"])
    hours = facts["training"]["hours"].astype(float).sum()
    lines = [
        (t("Education"), study or "–"),
        (
            t("Training"),
            tn(
                "{count} course, {hours} JP",
                "{count} courses, {hours} JP",
                len(facts["training"]),
                hours=show_number(hours, 0),
            )
            + _latest_names(facts["training"], "name_of_training", "started_on"),
        ),
        (t("Awards"), _latest_names(facts["award"], "name_of_award", "awarded_on").removeprefix(": ") or "–"),
        (
            t("Disciplinary punishments"),
            "; ".join(f"{row.punishment} ({show_day(row.decided_on)})" for row in facts["discipline"].itertuples())
            or "–",
        ),
    ]
    for title, words in lines:
        st.text(f"{title}: {words}")


def _latest_names(frame: pd.DataFrame, name: str, day: str) -> str:
    """The three latest with their years, after a colon; empty without any."""
    latest = frame.sort_values(day, ascending=False, kind="stable").head(3)
    words = [
        f"{text} ({when.year})" if pd.notna(when) else str(text)
        for text, when in zip(latest[name], latest[day], strict=True)
    ]
    return f": {'; '.join(words)}" if words else ""
