"""What needs attention: the few figures a committee should see first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.talent.review import TalentReview


@dataclass(frozen=True)
class PostAlert:
    """A post that calls for somebody: its key and title."""

    key: str
    title: str


@dataclass(frozen=True)
class Alerts:
    """What the start page says: vacant posts without anybody ready (``uncovered``) and with (``waiting``), filled ones that
    fall vacant within twelve months (``retiring``), and how many people lack a box or an assessment.
    """

    uncovered: tuple[PostAlert, ...]
    waiting: tuple[PostAlert, ...]
    retiring: tuple[PostAlert, ...]
    expired: int
    missing: int
    people: int
    on_grid: int

    @property
    def anything(self) -> bool:
        """Whether anything calls for somebody."""
        posts = self.uncovered or self.waiting or self.retiring
        return bool(posts or self.expired or self.missing or self.people > self.on_grid)


def find_alerts(review: TalentReview, table: pd.DataFrame) -> Alerts:
    """Look a review and its succession table (``tabulate_succession``) through."""

    def list_posts(wanted: pd.Series) -> tuple[PostAlert, ...]:
        return tuple(PostAlert(str(key), str(title)) for key, title in table.loc[wanted, ["post", "title"]].to_numpy())

    states = review.assessments
    return Alerts(
        uncovered=list_posts(table["uncovered"]),
        waiting=list_posts(table["vacant"] & ~table["uncovered"]),
        retiring=list_posts(table["near"] & ~table["vacant"]),
        expired=int((states == "expired").any(axis=1).sum()),
        missing=int((states == "missing").any(axis=1).sum()),
        people=len(review.people),
        on_grid=int((review.people["box"] > 0).sum()),
    )
