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
from core.talent.people import count_years_until
from core.talent.review import TalentReview
from core.talent.succession.readiness import classify_readiness

#: Years a simulation looks ahead, its futures, and the share of people who leave in a year for other reasons.
YEARS, FUTURES, RATE = 10, 1000, 0.03
#: The most people kept ready for a family; more never come to be needed.
_MOST_READY = 300
#: After how many years each class of readiness is ready.
_READY_AFTER = {"now": 0, "soon": 2, "later": 4}
#: Years that the extra people trained for a family need, and still serve then.
_TRAINED_AFTER, _TRAINED_SERVE = 2, 15


@dataclass(frozen=True)
class SupplyModel:
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
class Forecast:
    """``uncovered`` is years x posts, the share of futures (0-1) in which a post is uncovered at the end of that year;
    ``ever`` the share in which it ever is; ``dry`` years x families, the share in which nobody is ready any more.
    """

    posts: tuple[str, ...]
    families: tuple[str, ...]
    uncovered: FloatArray
    ever: FloatArray
    dry: FloatArray


def build_supply_model(review: TalentReview) -> SupplyModel:
    """The posts and benches of a review. A person counts for the family in which the person serves."""
    day = pd.Timestamp(review.as_of)
    posts, people = review.post_table, review.people
    vacant = posts["vacant"].to_numpy(dtype=bool)
    leaves = np.zeros(len(posts), dtype=np.int64)
    leaves[~vacant] = count_years_until(posts.loc[~vacant, "retires_on"], day)
    holders = people.index.isin(list(review.holders.values()))
    ready, retires = {}, {}
    for family in dict.fromkeys(posts["family"]):
        # The lowest post of the family has the widest bench (to be Sekretaris Daerah one must hold a post already).
        lowest = posts[posts["family"] == family].sort_values("echelon", kind="stable")
        post = str(lowest["post"].iloc[-1])
        classes = classify_readiness(review, post).classes
        bench = people[classes.isin(list(_READY_AFTER)) & (people["family"] == family) & ~holders]
        bench = bench.assign(after=classes[bench.index].map(_READY_AFTER)).sort_values(
            ["after", "talent"], ascending=[True, False], kind="stable"
        )
        ready[str(family)] = bench["after"].to_numpy(dtype=np.int64)[:_MOST_READY]
        retires[str(family)] = count_years_until(bench["retires_on"], day)[:_MOST_READY]
    return SupplyModel(
        tuple(str(post) for post in posts["post"]),
        tuple(str(family) for family in posts["family"]),
        leaves,
        review.families[0].key,
        ready,
        retires,
    )


def forecast_supply(
    model: SupplyModel,
    seed: int,
    years: int = YEARS,
    futures: int = FUTURES,
    rate: float = RATE,
    trained: Mapping[str, int] | None = None,
) -> Forecast:
    """Simulate; the same arguments give the same forecast.

    Parameters
    ----------
    rate
        Share of holders and ready people who leave in a year for other reasons than retirement, 0-1.
    trained
        More people trained for a family, ready after two years.
    """
    rng = np.random.default_rng(seed)
    families = tuple(dict.fromkeys(model.families))
    more = trained or {}
    after, until, there = {}, {}, {}
    for family in families:
        extra = int(more.get(family, 0))
        after[family] = np.concatenate([model.ready.get(family, _NONE), np.full(extra, _TRAINED_AFTER)])
        until[family] = np.concatenate(
            [model.retires.get(family, _NONE), np.full(extra, _TRAINED_AFTER + _TRAINED_SERVE)]
        )
        there[family] = np.ones((futures, len(after[family])), dtype=bool)
    leaves = np.tile(model.leaves, (futures, 1))
    held = np.ones(leaves.shape, dtype=bool)
    uncovered = np.zeros((years, len(model.posts)))
    ever = np.zeros((futures, len(model.posts)), dtype=bool)
    dry = np.zeros((years, len(families)))
    of_family = {family: np.array([of_row == family for of_row in model.families]) for family in families}
    order = sorted(families, key=lambda family: family == model.first_family)
    for year in range(1, years + 1):
        held &= (leaves > year) & (rng.random(held.shape) >= rate)
        for family in families:
            there[family] &= (until[family] > year) & (rng.random(there[family].shape) >= rate)
        # Posts that only their own family can fill go first; general ones take what is left.
        for family in order:
            sources = (
                [family]
                if family != model.first_family
                else [family, *(source for source in order if source != family)]
            )
            for source in sources:
                _fill(held, leaves, of_family[family], there[source], after[source] <= year, until[source])
        uncovered[year - 1] = (~held).mean(axis=0)
        ever |= ~held
        for at, family in enumerate(families):
            dry[year - 1, at] = (~(there[family] & (after[family] <= year)).any(axis=1)).mean()
    return Forecast(model.posts, families, uncovered, ever.mean(axis=0), dry)


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


#: From this share of futures on something is said to happen in most of them.
_MOST_FUTURES = 0.5
#: Posts that are uncovered in a smaller share of futures are not worth a line.
_LEAST_SHARE = 0.005


def list_uncovered(forecast: Forecast, most: int = 20, least: int = 5) -> list[int]:
    """Places of the posts that are uncovered longest, the longest first; at least a few, whatever their share."""
    order = sorted(range(len(forecast.posts)), key=lambda at: -float(forecast.uncovered[:, at].mean()))
    telling = [at for at in order if forecast.uncovered[:, at].max() >= _LEAST_SHARE]
    return telling[:most] or order[:least]


def find_dry_families(forecast: Forecast) -> list[tuple[str, int]]:
    """Families of whom nobody is ready in most futures, with the first such year (1 is the first), the soonest first."""
    dry = [
        (family, int((forecast.dry[:, at] >= _MOST_FUTURES).argmax()) + 1)
        for at, family in enumerate(forecast.families)
        if (forecast.dry[:, at] >= _MOST_FUTURES).any()
    ]
    return sorted(dry, key=lambda pair: pair[1])


def count_uncovered_years(model: SupplyModel, forecast: Forecast, family: str) -> float:
    """Years in which a post of a family is uncovered, on average over its posts and all futures."""
    own = [at for at, of_post in enumerate(model.families) if of_post == family]
    return float(forecast.uncovered[:, own].sum(axis=0).mean()) if own else 0.0
