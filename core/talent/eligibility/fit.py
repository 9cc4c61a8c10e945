"""Fit for a target post: talent value and technical competence mixed by the post's level.

Kepka BKN 411/2025: JPT Pratama 70:30, administrator 60:40, pengawas 50:50; the shares are data of
the rubric. Field of study and years of service in the post's family stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.talent.context import Context
from core.talent.employee import derive_level
from core.talent.job_family import JobFamily, assign_subject_families, judge_study_fit
from core.talent.posts import Post
from core.talent.scoring.measures import select_valid_assessments
from core.talent.scoring.rubric import Fit


def tabulate_technical_scores(context: Context, validity_years: int) -> pd.DataFrame:
    """Latest valid technical score (0-100) of everyone in each family, NaN where not assessed."""
    valid = select_valid_assessments(context, "technical_assessment", validity_years)
    valid = valid.assign(family=assign_subject_families(valid["subject"], context.families))
    latest = valid.sort_values("assessed_on").drop_duplicates(["nip", "family"], keep="last")
    table = latest.assign(score=latest["score"].astype(float)).pivot(index="nip", columns="family", values="score")
    return table.reindex(index=context.nips, columns=[family.key for family in context.families])


def compute_fit(
    post: Post,
    people: pd.DataFrame,
    technical: pd.DataFrame,
    family_years: pd.DataFrame,
    families: Sequence[JobFamily],
    rule: Fit,
) -> pd.DataFrame:
    """Fit of people for a post.

    Parameters
    ----------
    people
        Rows with ``talent`` and its bounds; the result has the same index.
    technical, family_years
        People x families; ``family_years`` also has ``any``.

    Returns
    -------
    pd.DataFrame
        fit, fit_low, fit_high (0-100), technical (NaN where not assessed), field_fit
        (``same_family``, ``general``, ``other`` or missing), family_years.
    """
    level = derive_level(post.echelon, post.title)
    talent_share, technical_share = rule.shares_at(level)
    score = technical.loc[people.index, post.family]
    open_low, open_high = score.fillna(0.0), score.fillna(100.0)
    if technical_share == 0:
        score = open_low = open_high = pd.Series(0.0, index=people.index)
    years = family_years["any" if post.family == families[0].key else post.family]
    return pd.DataFrame(
        {
            "fit": people["talent"] * talent_share + score * technical_share,
            "fit_low": people["talent_low"] * talent_share + open_low * technical_share,
            "fit_high": people["talent_high"] * talent_share + open_high * technical_share,
            "technical": technical.loc[people.index, post.family],
            "field_fit": judge_study_fit(people["education_field"], post.family, post.fields, families),
            "family_years": years.loc[people.index],
        }
    )
