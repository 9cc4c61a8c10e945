"""The succession table: for every post who holds it, until when, and how many could take over.

Who is ready is said in ``readiness`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from core.talent.posts import falls_vacant
from core.talent.review import TalentReview
from core.talent.succession.readiness import count_ready

Risk = Literal["high", "medium", "low"]


def classify_risk(near: bool, ready: int) -> Risk:
    """Risk of a post in a word.

    ``near``: the post is vacant or falls vacant within a year. Then without anyone ready it is high, with someone
    ready medium; else it is medium where nobody is ready, and low.
    """
    if near:
        return "high" if ready == 0 else "medium"
    return "medium" if ready == 0 else "low"


def tabulate_succession(review: TalentReview, decided: Mapping[str, Mapping[str, str]] | None = None) -> pd.DataFrame:
    """One row a post: the columns of ``tabulate_posts``, ready_now, ready_soon, ready_later, risk and uncovered (vacant and nobody ready now).

    Parameters
    ----------
    decided
        For each post the classes of readiness decided on, by NIP; they count instead of the computed ones.
    """
    ready = count_ready(review, decided).set_axis(["ready_now", "ready_soon", "ready_later"], axis=1)
    table = pd.concat([review.post_table, ready], axis=1)
    risks = [classify_risk(bool(near), int(now)) for near, now in zip(table["near"], table["ready_now"], strict=True)]
    return table.assign(risk=risks, uncovered=table["vacant"] & (table["ready_now"] == 0))


def select_falling_vacant(review: TalentReview, table: pd.DataFrame, years: int) -> pd.DataFrame:
    """Posts of a succession table that are vacant or fall vacant within some years, the soonest first.

    Adds ``years_left``, 0 where vacant.
    """
    coming = table[falls_vacant(table, pd.Timestamp(review.as_of), 12 * years)]
    coming = coming.assign(years_left=coming["months_left"].fillna(0.0) / 12)
    return coming.sort_values(["years_left", "title"]).reset_index(drop=True)


def count_falling_vacant(review: TalentReview, table: pd.DataFrame, years: tuple[int, ...]) -> list[int]:
    """How many posts of a succession table are vacant or fall vacant within each of some years, by the calendar."""
    return [int(falls_vacant(table, pd.Timestamp(review.as_of), 12 * horizon).sum()) for horizon in years]


def list_agenda(review: TalentReview) -> list[str]:
    """Posts worth a talk, by their keys: vacant ones, then those that fall vacant within three years; else all."""
    coming = select_falling_vacant(review, review.post_table, 3)
    return list((coming if len(coming) else review.post_table)["post"])


def count_strength(table: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """How strong the benches of groups of posts are: posts, vacant, now, soon, later, empty (nobody ready now).

    People count once for each post they are ready for.

    Parameters
    ----------
    groups
        The group of each row of the succession table.
    """
    return (
        table.assign(group=groups.to_numpy())
        .groupby("group", sort=False)
        .agg(
            posts=("post", "size"),
            vacant=("vacant", "sum"),
            now=("ready_now", "sum"),
            soon=("ready_soon", "sum"),
            later=("ready_later", "sum"),
            empty=("ready_now", lambda ready: int((ready == 0).sum())),
        )
    )
