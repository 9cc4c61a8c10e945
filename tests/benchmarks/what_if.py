"""The what-if on the server: ranking, acceptability, smallest changes, and how often the alarm is wrong.

``python -m tests.benchmarks.what_if``; a part of ``make bench``. Figures are ratios to something bare
or to another library, measured in turn in the same run.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
import pymcdm.methods
import skcriteria
from skcriteria.agg.simple import WeightedSumModel

from core.talent.ranking.acceptability import compute_acceptability, draw_weightings, draw_weightings_near
from core.talent.ranking.decision_matrix import DecisionMatrix, build_decision_matrix
from core.talent.ranking.influence import measure_influence
from core.talent.ranking.order import find_leaders
from core.talent.ranking.robustness import compute_shares_anywhere
from core.talent.ranking.smallest_change import find_smallest_changes, round_change
from core.talent.ranking.tailoring import AlarmLimits, detect_tailoring
from tests.benchmarks.timing import in_turn, report
from tests.matrices import matrix

PARTS, WEIGHTINGS = 24, 10_000


def main() -> None:
    """All of them."""
    ranking()
    acceptability()
    changes()
    influence()


def _beside(what: str, ours: Callable[[], object], other: str, theirs: Callable[[], object], runs: int = 15) -> None:
    """Two things in turn, and the ratio pair by pair."""
    mine, others = in_turn(ours, theirs, runs)
    report(what, mine, "ms")
    report(f"  {other}", others, "ms")
    ratios = [our / two for our, two in zip(mine, others, strict=True)]
    print(f"  ratio median {statistics.median(ratios):.3f}  min {min(ratios):.3f}  max {max(ratios):.3f}")


def ranking() -> None:
    """The first ten of n x 24 beside the bare product and partition, and beside two libraries."""
    generator = np.random.default_rng(1)
    for people in (500, 15_000, 1_000_000):
        matrix = generator.uniform(1, 100, (people, PARTS))
        weights = generator.dirichlet(np.ones(PARTS))
        groups = np.zeros(people, dtype=np.int64)

        def ours(m=matrix, w=weights, g=groups) -> object:
            return find_leaders(m, w, g, 10)

        def floor(m=matrix, w=weights) -> object:
            return np.argpartition(-(m @ w), 9)[:10]

        _beside(
            f"first ten of {people} x {PARTS}", ours, "bare product and partition", floor, 101 if people < 1e6 else 15
        )
        if people == 15_000:
            decision = skcriteria.mkdm(matrix, [max] * PARTS, weights=weights)
            types = np.ones(PARTS)
            _beside(
                "  ours",
                ours,
                "scikit-criteria, weighted sum",
                lambda d=decision: _quiet(WeightedSumModel().evaluate, d),
                7,
            )
            _beside(
                "  ours",
                ours,
                "pymcdm, weighted sum with ranking",
                lambda m=matrix, w=weights, t=types: _ranked_by_pymcdm(m, w, t),
                5,
            )


def _quiet(work: Callable[..., object], *arguments: object) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return work(*arguments)


def _ranked_by_pymcdm(matrix: np.ndarray, weights: np.ndarray, types: np.ndarray) -> object:
    method = pymcdm.methods.WSM()
    return _quiet(lambda: method.rank(method(matrix, weights, types)))


def acceptability() -> None:
    """10,000 weightings x 500 people, first ten places, beside the bare product and a loop over a library."""
    generator = np.random.default_rng(2)
    values = generator.uniform(1, 100, (500, PARTS))
    drawn = draw_weightings(WEIGHTINGS, PARTS, 1)
    field = matrix(values)

    def ours() -> object:
        return compute_acceptability(field, drawn, (10,), 1)

    _beside(
        f"{WEIGHTINGS} weightings x 500 people, first ten", ours, "bare matrix product", lambda: drawn @ values.T, 31
    )
    few, types = drawn[:100], np.ones(PARTS)
    mine, others = in_turn(ours, lambda: [_ranked_by_pymcdm(values, weights, types) for weights in few], 3)
    scaled = statistics.median(others) * WEIGHTINGS / len(few)
    print(
        f"  a loop over pymcdm (100 of them, times 100): {scaled / 1000:.1f} s, ratio {scaled / statistics.median(mine):.0f}"
    )


def changes() -> None:
    """All smallest changes of 200 candidates, to first place and into the first three."""
    generator = np.random.default_rng(3)
    field = matrix(np.round(generator.uniform(40, 100, (200, 6)), 1))
    weights = np.full(6, 1 / 6)
    for places in (1, 3):
        mine, _ = in_turn(lambda p=places: find_smallest_changes(field, weights, np.arange(200), p), lambda: None, 5)
        report(f"smallest changes of 200 candidates, first {places}", mine, "ms")


def influence() -> None:
    """The influence of six criteria on the places of 200 candidates, and of eight."""
    generator = np.random.default_rng(4)
    for parts in (6, 8):
        field = matrix(np.round(generator.uniform(40, 100, (200, parts)), 1))
        weights = generator.dirichlet(np.ones(parts))
        mine, _ = in_turn(lambda f=field, w=weights: measure_influence(f, w), lambda: None, 15)
        report(f"influence of {parts} criteria on 200 places", mine, "ms")


def fits() -> None:
    """The fit in three parts of the candidates of every post, once what is common to all has been tabulated."""
    from core.service import installation
    from core.service.review import load_review

    review = load_review(installation.open_configured_engine())
    posts = review.post_table["post"].tolist()
    review.fit_parts(posts[0], review.candidates(posts[0]))
    taken, counts = [], []
    for post in posts:
        nips = review.candidates(post)
        review.eligibility_for(post)
        began = time.perf_counter()
        review.fit_parts(post, nips)
        taken.append(1000 * (time.perf_counter() - began))
        counts.append(len(nips))
    report(f"fit of the candidates of a post (median {statistics.median(counts):.0f} of them)", taken, "ms")


def alarm() -> None:
    """How often honest weightings raise the alarm, and tailored ones do not: the demo's vacant posts."""
    from core.service import installation
    from core.service.review import load_review

    review = load_review(installation.open_configured_engine())
    official = np.array(review.rubric.weights)
    criteria = len(official)
    posts = review.post_table.loc[review.post_table["vacant"], "post"].tolist()
    for rule in ("box", "score"):
        fields = [build_decision_matrix(review, post, rule) for post in posts]
        anywhere = [compute_shares_anywhere(field).first for field in fields]
        generator = np.random.default_rng(4)
        draws = {
            "30 % given out anew": lambda g: draw_weightings_near(official, 0.3, g.dirichlet(np.ones(criteria))),
            "one slider moved": lambda g: _slid(official, g),
            "drawn from all": lambda g: g.dirichlet(np.ones(criteria)),
        }
        for name, draw in draws.items():
            named = sum(
                detect_tailoring(
                    fields[n % len(posts)], draw(generator), official, anywhere[n % len(posts)], AlarmLimits()
                )
                is not None
                for n in range(1000)
            )
            print(f"alarm, order by {rule}, 1,000 honest weightings, {name}: {named} told, {named / 10:.1f} %")
        tailored = [
            detect_tailoring(field, np.array(tenths) / 1000, official, first, AlarmLimits()) is not None
            for field, first in zip(fields, anywhere, strict=True)
            for tenths in _made_to_measure(field, official)
        ]
        print(
            f"alarm, order by {rule}, weights made to put one person first with 20 points or more: {sum(tailored)} of {len(tailored)} told"
        )


def _slid(official: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    criterion, value = int(generator.integers(len(official))), generator.uniform()
    weights = official * (1 - value) / (1 - official[criterion])
    weights[criterion] = value
    return weights


def _made_to_measure(field: DecisionMatrix, official: np.ndarray) -> list[list[int]]:
    changes = find_smallest_changes(field, official, np.arange(len(field)), 1)
    far = [change for change in changes if change.state == "possible" and (change.distance or 0.0) >= AlarmLimits().far]
    made = [round_change(field, change, official) for change in far]
    return [tenths for tenths in made if tenths is not None]


if __name__ == "__main__":
    main()
