"""Fit for a target post: talent value and technical competence mixed by the post's level.

Kepka BKN 411/2025: JPT Pratama 70:30, administrator 60:40, pengawas 50:50; the shares are data of
the rubric. Field of study and years of service in the post's family stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.talent.context import Context
from core.talent.employee import level_of
from core.talent.job_family import JobFamily, family_of_subjects, study_fit
from core.talent.posts import Position
from core.talent.scoring.measures import valid_assessments
from core.talent.scoring.rubric import Fit


def technical_scores(context: Context, validity_years: int) -> pd.DataFrame:
    """Latest valid technical score (0-100) of everyone in each family, NaN where not assessed."""
    valid = valid_assessments(context, "technical_assessment", validity_years)
    valid = valid.assign(family=family_of_subjects(valid["subject"], context.families))
    latest = valid.sort_values("assessed_on").drop_duplicates(["nip", "family"], keep="last")
    table = latest.assign(score=latest["score"].astype(float)).pivot(index="nip", columns="family", values="score")
    return table.reindex(index=context.nips, columns=[family.key for family in context.families])


def fit_for(
    position: Position,
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
    level = level_of(position.echelon, position.title)
    talent_share, technical_share = rule.shares.get(level, (1.0, 0.0))
    score = technical.loc[people.index, position.family]
    open_low, open_high = score.fillna(0.0), score.fillna(100.0)
    if technical_share == 0:
        score = open_low = open_high = pd.Series(0.0, index=people.index)
    years = family_years["any" if position.family == families[0].key else position.family]
    return pd.DataFrame(
        {
            "fit": people["talent"] * talent_share + score * technical_share,
            "fit_low": people["talent_low"] * talent_share + open_low * technical_share,
            "fit_high": people["talent_high"] * talent_share + open_high * technical_share,
            "technical": technical.loc[people.index, position.family],
            "field_fit": study_fit(people["education_field"], position.family, position.fields, families),
            "family_years": years.loc[people.index],
        }
    )
