"""What needs attention: the few figures a committee should see first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.talent.review import TalentReview


@dataclass(frozen=True)
class Alerts:
    """Counts and names for the start page."""

    vacant: int
    vacant_without_ready: tuple[str, ...]
    retiring_soon: tuple[str, ...]
    expired: int
    missing: int
    people: int
    on_grid: int

    @property
    def share_on_grid(self) -> float:
        """Share of people with a box, in percent."""
        return 100 * self.on_grid / self.people if self.people else 0.0


def find_alerts(review: TalentReview, table: pd.DataFrame) -> Alerts:
    """Look a review and its succession table (``tabulate_succession``) through."""
    states = review.assessments
    return Alerts(
        vacant=int(table["vacant"].sum()),
        vacant_without_ready=tuple(table.loc[table["uncovered"], "title"]),
        retiring_soon=tuple(table.loc[table["near"] & ~table["vacant"], "title"]),
        expired=int((states == "expired").any(axis=1).sum()),
        missing=int((states == "missing").any(axis=1).sum()),
        people=len(review.people),
        on_grid=int((review.people["box"] > 0).sum()),
    )
