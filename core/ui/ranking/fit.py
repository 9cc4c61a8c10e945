"""Fit of the candidates for the post: in three parts, and the official figure beside it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from core.service.posts import is_example
from core.store.accounts import Account
from core.talent.posts import ALL_PEOPLE, Post
from core.talent.ranking.of_post import rank_post
from core.talent.review import TalentReview
from core.ui.language import named, show_number, t
from core.ui.people_table import people_doors
from core.ui.ranking.weights_in_session import Simulation
from core.ui.shared import engine
from core.ui.terms import answer_name, field_fit_name, score_or_interval, scores_or_intervals


def wanted(simulation: Simulation) -> bool:
    """Whether there is a post and a rubric for its fit."""
    return simulation.post != ALL_PEOPLE and simulation.review.fit_rubric is not None


def draw(simulation: Simulation, account: Account) -> None:
    """What the post asks for, then each candidate: three parts, the official figure, field of study, years."""
    current = simulation.review
    post = current.post(simulation.post)
    if post is None or current.fit_rubric is None:
        return
    st.text(say_standard(current, post))
    if is_example(engine(), post):
        st.caption(
            t("An example that comes with Mantel: set what the post asks for on Suksesi, Jabatan, before it counts.")
        )
    ranked = rank_post(current, simulation.post, np.array(current.fit_rubric.weights), "eligible", "fit")
    table = fit_table(current, simulation.post, ranked)
    people_doors(
        current, table, ranked["nip"].tolist(), "fit_people", simulation.post, alt=t("Fit for the post"), height=300
    )
    shares = current.rubric.fit.shares_at(current.standard(post).level) if current.rubric.fit else (1.0, 0.0)
    st.caption(
        t(
            "Fit in three parts by “{rubric}”. The official figure is {a} % talent value and {b} % technical competence ({source}).",
            rubric=named(current.fit_rubric.name),
            a=show_number(shares[0] * 100),
            b=show_number(shares[1] * 100),
            source=current.rubric.fit.source if current.rubric.fit else "–",
        )
    )


def say_standard(review: TalentReview, post: Post) -> str:
    """What a post asks for, in a sentence."""
    standard = review.standard(post)
    families = {family.key: named(family.name) for family in review.families}
    levels = sorted(set(standard.competencies.values()))
    return t(
        "The post asks for: {education}, field {field}; competencies at level {levels}; {years} years in {family} count as full.",
        education=standard.education,
        field=", ".join(filter(None, post.required_field.split("|"))) or families[post.family],
        levels="–".join(str(level) for level in sorted({levels[0], levels[-1]})),
        years=standard.years or _full_years(review),
        family=families[post.family],
    )


def _full_years(review: TalentReview) -> int:
    """Years in the field that count as full where the post does not say."""
    measure = review.fit_rubric.measures.get("years_in_field") if review.fit_rubric else None
    return int(measure.parameters["full_years"]) if measure else 0


def fit_table(review: TalentReview, post: str, ranked: pd.DataFrame) -> pd.DataFrame:
    """Candidates of a post by their fit in three parts (``ranked``), with the parts and the official figure."""
    view = review.view(post, "fit")
    at = view.candidates.get_indexer(pd.Index(ranked["nip"]))
    parts = {
        named(criterion.name): [
            score_or_interval(*(bound[row, k] for bound in (view.scores.value, view.scores.low, view.scores.high)))
            for row in at
        ]
        for k, criterion in enumerate(view.scores.criteria)
    }
    columns = {
        t("Name"): ranked["name"],
        t("Fit for the post"): scores_or_intervals(ranked["score"], ranked["score_low"], ranked["score_high"]),
        **parts,
    }
    if view.fit is not None:
        columns[t("Official figure")] = scores_or_intervals(ranked["fit"], ranked["fit_low"], ranked["fit_high"])
        columns[t("Field of study")] = ranked["field_fit"].map(field_fit_name)
        columns[t("Years in the family")] = [show_number(value, 1) for value in ranked["family_years"]]
    return pd.DataFrame({**columns, t("Eligibility"): ranked["eligibility"].map(answer_name)})
