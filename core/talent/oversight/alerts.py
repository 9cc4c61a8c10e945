"""What needs attention: the few figures a committee should see first."""

from __future__ import annotations

from dataclasses import dataclass

from core.talent.review import TalentReview
from core.talent.succession.table import NEAR_MONTHS


@dataclass(frozen=True)
class Attention:
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


def attention(review: TalentReview) -> Attention:
    """Look a review through."""
    board = review.board
    states = review.assessments
    return Attention(
        vacant=int(board["vacant"].sum()),
        vacant_without_ready=tuple(board.loc[board["vacant"] & (board["ready_now"] == 0), "title"]),
        retiring_soon=tuple(board.loc[board["months_left"].astype(float) <= NEAR_MONTHS, "title"]),
        expired=int((states == "expired").any(axis=1).sum()),
        missing=int((states == "missing").any(axis=1).sum()),
        people=len(review.people),
        on_grid=int((review.people["box"] > 0).sum()),
    )
