"""Fit for a target post: talent value and technical competence mixed by the post's level.

Kepka BKN 411/2025: JPT Pratama 70:30, administrator 60:40, pengawas 50:50; the shares are data of
the rubric. Field of study and years of service in the post's family stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.context import Context
from core.talent.employee import derive_level
from core.talent.job_family import JobFamily, assign_subject_families, judge_study_fit
from core.talent.names import split_words
from core.talent.posts import Post
from core.talent.scoring.measures import select_valid_assessments
from core.talent.scoring.rubric import Fit


def tabulate_technical_scores(context: Context, validity_years: int) -> pd.DataFrame:
    """Latest valid technical score (0-100) of everyone in each family, NaN where not assessed."""

    def compute() -> pd.DataFrame:
        valid = select_valid_assessments(context, "technical_assessment", validity_years)
        valid = valid.assign(family=assign_subject_families(valid["subject"], context.families))
        latest = valid.sort_values("assessed_on").drop_duplicates(["nip", "family"], keep="last")
        table = latest.assign(score=latest["score"].astype(float)).pivot(index="nip", columns="family", values="score")
        return table.reindex(index=context.nips, columns=[family.key for family in context.families])

    return context.once(f"technical {validity_years}", compute)


def select_technical_assessments(subjects: pd.Series, post: Post, families: Sequence[JobFamily]) -> pd.Series:
    """Which subjects of technical assessments count for a post: those that name one of its words, else its family's."""
    if not post.subjects:
        return assign_subject_families(subjects, families) == post.family
    named = {
        subject: any(f" {word} " in f" {split_words(subject)} " for word in post.subjects)
        for subject in subjects.unique()
    }
    return subjects.map(named).astype(bool)


def find_technical_scores(context: Context, post: Post, validity_years: int) -> FloatArray:
    """Latest valid technical score (0-100) of everyone that counts for a post, NaN where not assessed."""
    if not post.subjects:
        return tabulate_technical_scores(context, validity_years)[post.family].to_numpy(dtype=np.float64)

    def compute() -> pd.Series:
        valid = select_valid_assessments(context, "technical_assessment", validity_years)
        valid = valid[select_technical_assessments(valid["subject"], post, context.families)]
        latest = valid.sort_values("assessed_on").drop_duplicates("nip", keep="last").set_index("nip")
        return latest["score"].astype(float).reindex(context.nips)

    return context.once(f"technical {validity_years} {post.subjects}", compute).to_numpy(dtype=np.float64)


def compute_fit(
    post: Post,
    people: pd.DataFrame,
    technical: FloatArray,
    family_years: pd.DataFrame,
    families: Sequence[JobFamily],
    rule: Fit,
) -> pd.DataFrame:
    """Fit of people for a post.

    Parameters
    ----------
    people
        Rows with ``talent`` and its bounds; the result has the same index.
    technical
        Technical score of each of the people, see ``find_technical_scores``.
    family_years
        People x families and ``any``.

    Returns
    -------
    pd.DataFrame
        fit, fit_low, fit_high (0-100), technical (NaN where not assessed), field_fit
        (``same_family``, ``general``, ``other`` or missing), family_years.
    """
    level = derive_level(post.echelon, post.title)
    talent_share, technical_share = rule.shares_at(level)
    score = pd.Series(technical, index=people.index)
    open_low, open_high = score.fillna(0.0), score.fillna(100.0)
    if technical_share == 0:
        score = open_low = open_high = pd.Series(0.0, index=people.index)
    years = family_years["any" if post.family == families[0].key else post.family]
    return pd.DataFrame(
        {
            "fit": people["talent"] * talent_share + score * technical_share,
            "fit_low": people["talent_low"] * talent_share + open_low * technical_share,
            "fit_high": people["talent_high"] * talent_share + open_high * technical_share,
            "technical": technical,
            "field_fit": judge_study_fit(people["education_field"], post.family, post.fields, families),
            "family_years": years.loc[people.index],
        }
    )
