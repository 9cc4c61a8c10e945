"""Posts that can change hands and people who can take them: what every placement is sought in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.talent.arrays import FloatArray, IntArray
from core.talent.errors import MantelError
from core.talent.messages import N_


class PlacementImpossible(MantelError):
    """Limits and pins that no plan can keep."""

    def __init__(
        self,
        message: str = N_("no plan keeps all pins and limits; let go of a pin or allow more moves"),
        **values: object,
    ) -> None:
        super().__init__(message, **values)


@dataclass(frozen=True)
class PlacementProblem:
    """Posts that can change hands and people who can take them.

    ``fit`` is posts x people, 0-100, NaN where the person may not take the post; the first ``vacant`` posts are
    vacant, the others held. ``holder`` is, for each post, the row of its holder among the people, -1 where vacant.
    ``own`` is each person's fit in the post held among these, 0 for everyone else. ``box`` is 0 where not assessed.
    ``suits`` (posts x people, 0-1) tells apart what is equal in fit: field of study and years in the post's family.
    ``pins`` are pairs (post, person) that must be, ``most_moves`` how many people may move at most, None for any.
    """

    posts: tuple[str, ...]
    nips: tuple[str, ...]
    vacant: int
    fit: FloatArray
    holder: IntArray
    own: FloatArray
    box: IntArray
    suits: FloatArray
    pins: tuple[tuple[int, int], ...] = ()
    most_moves: int | None = None

    @property
    def held_by(self) -> IntArray:
        """For each person the post held among these, -1 for none."""
        held = np.full(len(self.nips), -1, dtype=np.intp)
        at = np.flatnonzero(self.holder >= 0)
        held[self.holder[at]] = at
        return held


def find_cycles(problem: PlacementProblem, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Cycles of holders who only exchange posts among themselves, as lists of places in ``pairs``."""
    held = problem.held_by
    place_of = {post: at for at, (post, _) in enumerate(pairs)}
    seen: set[int] = set()
    cycles = []
    for start in range(len(pairs)):
        way: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            way.append(at)
            # Who takes the post that this one leaves.
            left = int(held[pairs[at][1]])
            at = place_of.get(left) if left >= 0 else None
        if at is not None and at in way:
            cycles.append(way[way.index(at) :])
    return cycles
