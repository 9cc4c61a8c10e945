"""Ten years ahead: which posts stay uncovered in how many of many simulated futures.

Known are the retirements of holders and of those ready to follow; other departures come by chance at a stated rate.
A post that falls vacant is filled at the end of the year by the next ready person of its family, else it is uncovered;
posts of the first family (general administration) are open to every family's people when their own are used up.
Whoever is ready in one to two years joins the ready after two, in three to five years after four.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.talent.arrays import BoolArray, FloatArray, IntArray
from core.talent.review import TalentReview
from core.talent.succession.readiness import readiness

#: Years a simulation looks ahead, its futures, and the share of people who leave in a year for other reasons.
YEARS, FUTURES, RATE = 10, 1000, 0.03
#: The most people kept ready for a family; more never come to be needed.
_MOST_READY = 300
#: After how many years each class of readiness is ready.
_READY_AFTER = {"now": 0, "soon": 2, "later": 4}
#: Years that the extra people trained for a family need, and still serve then.
_TRAINED_AFTER, _TRAINED_SERVE = 2, 15


@dataclass(frozen=True)
class Field:
    """What is simulated: posts with family and the year in which the holder retires (0 vacant now, beyond the years never);
    for each family the people of its bench with the year they are ready and the year they retire.
    """

    posts: tuple[str, ...]
    families: tuple[str, ...]
    leaves: IntArray
    first_family: str
    ready: Mapping[str, IntArray]
    retires: Mapping[str, IntArray]


@dataclass(frozen=True)
class Outlook:
    """``uncovered`` is years x posts, the share of futures (0-1) in which a post is uncovered at the end of that year;
    ``ever`` the share in which it ever is; ``dry`` years x families, the share in which nobody is ready any more.
    """

    posts: tuple[str, ...]
    families: tuple[str, ...]
    uncovered: FloatArray
    ever: FloatArray
    dry: FloatArray


def field_of(review: TalentReview) -> Field:
    """The posts and benches of a review. A person counts for the family in which the person serves."""
    day = pd.Timestamp(review.as_of)
    board, people = review.board, review.people

    def years_until(dates: pd.Series) -> IntArray:
        return np.ceil((pd.to_datetime(dates) - day).dt.days.to_numpy(dtype=float) / 365.2425).astype(np.int64)

    vacant = board["vacant"].to_numpy(dtype=bool)
    leaves = np.zeros(len(board), dtype=np.int64)
    leaves[~vacant] = years_until(board.loc[~vacant, "retires_on"])
    holders = people.index.isin(list(review.holders.values()))
    ready, retires = {}, {}
    for family in dict.fromkeys(board["family"]):
        # The lowest post of the family has the widest bench (to be Sekretaris Daerah one must hold a post already).
        lowest = board[board["family"] == family].sort_values("echelon", kind="stable")
        post = str(lowest["post"].iloc[-1])
        classes = readiness(review, post).classes
        bench = people[classes.isin(list(_READY_AFTER)) & (people["family"] == family) & ~holders]
        bench = bench.assign(after=classes[bench.index].map(_READY_AFTER)).sort_values(
            ["after", "talent"], ascending=[True, False], kind="stable"
        )
        ready[str(family)] = bench["after"].to_numpy(dtype=np.int64)[:_MOST_READY]
        retires[str(family)] = years_until(bench["retires_on"])[:_MOST_READY]
    return Field(
        tuple(str(post) for post in board["post"]),
        tuple(str(family) for family in board["family"]),
        leaves,
        review.families[0].key,
        ready,
        retires,
    )


def look_ahead(
    field: Field,
    seed: int,
    years: int = YEARS,
    futures: int = FUTURES,
    rate: float = RATE,
    trained: Mapping[str, int] | None = None,
) -> Outlook:
    """Simulate; the same arguments give the same outlook.

    Parameters
    ----------
    rate
        Share of holders and ready people who leave in a year for other reasons than retirement, 0-1.
    trained
        More people trained for a family, ready after two years.
    """
    rng = np.random.default_rng(seed)
    families = tuple(dict.fromkeys(field.families))
    more = trained or {}
    after, until, there = {}, {}, {}
    for family in families:
        extra = int(more.get(family, 0))
        after[family] = np.concatenate([field.ready.get(family, _NONE), np.full(extra, _TRAINED_AFTER)])
        until[family] = np.concatenate(
            [field.retires.get(family, _NONE), np.full(extra, _TRAINED_AFTER + _TRAINED_SERVE)]
        )
        there[family] = np.ones((futures, len(after[family])), dtype=bool)
    leaves = np.tile(field.leaves, (futures, 1))
    held = leaves > 0
    uncovered = np.zeros((years, len(field.posts)))
    ever = np.zeros((futures, len(field.posts)), dtype=bool)
    dry = np.zeros((years, len(families)))
    of_family = {family: np.array([one == family for one in field.families]) for family in families}
    order = sorted(families, key=lambda family: family == field.first_family)
    for year in range(1, years + 1):
        held &= (leaves > year) & (rng.random(held.shape) >= rate)
        for family in families:
            there[family] &= (until[family] > year) & (rng.random(there[family].shape) >= rate)
        # Posts that only their own family can fill go first; general ones take what is left.
        for family in order:
            sources = [family] if family != field.first_family else [family, *(one for one in order if one != family)]
            for source in sources:
                _fill(held, leaves, of_family[family], there[source], after[source] <= year, until[source])
        uncovered[year - 1] = (~held).mean(axis=0)
        ever |= ~held
        for at, family in enumerate(families):
            dry[year - 1, at] = (~(there[family] & (after[family] <= year)).any(axis=1)).mean()
    return Outlook(field.posts, families, uncovered, ever.mean(axis=0), dry)


_NONE: IntArray = np.zeros(0, dtype=np.int64)


def _fill(
    held: BoolArray,
    leaves: IntArray,
    posts: BoolArray,
    there: BoolArray,
    ready: BoolArray,
    until: IntArray,
) -> None:
    """In every future give the k-th vacant of some posts to the k-th person who is ready and there."""
    at = np.flatnonzero(posts)
    free = there & ready
    vacant = ~held[:, at]
    if not free.size or not vacant.any():
        return
    turn = np.cumsum(vacant, axis=1)
    count = free.sum(axis=1)
    filled = vacant & (turn <= count[:, None])
    if not filled.any():
        return
    queue = np.argsort(~free, axis=1, kind="stable")
    future, post = np.nonzero(filled)
    person = queue[future, turn[future, post] - 1]
    held[future, at[post]] = True
    leaves[future, at[post]] = until[person]
    there[future, person] = False
