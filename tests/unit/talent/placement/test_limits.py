"""Tests of core/talent/placement/limits.py."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.service.placement import find_placement, tabulate_chains
from core.talent.placement.limits import Limits, build_problem, find_vacancies
from core.talent.placement.problem import PlacementImpossible


def test_nobody_is_placed_who_may_not_be(current):
    day = pd.Timestamp(current.as_of)
    problem = build_problem(current, Limits(horizon=12))
    assert list(problem.posts[: problem.vacant]) == find_vacancies(current, 12)
    for post in range(len(problem.posts)):
        for person in np.flatnonzero(~np.isnan(problem.fit[post])):
            nip = problem.nips[person]
            assert current.eligibility_for(problem.posts[post]).overall[nip] == 0
            assert current.people.at[nip, "retires_on"] > day + pd.DateOffset(months=24)
    for person in np.flatnonzero(problem.held_by >= 0):
        since = current.people.at[problem.nips[person], "position_since"]
        assert (day - since).days / 365 >= 2


def test_the_rows_of_a_chain_end_outside_or_empty(current):
    placement = find_placement(current, Limits(horizon=36))
    for plan in placement.plans:
        rows = tabulate_chains(placement, plan)
        assert sorted(rows["chain"].unique()) == list(range(placement.problem.vacant))
        for _, chain in rows.groupby("chain"):
            assert chain["kind"].tolist()[-1] in ("left", "empty")
            assert set(chain["kind"].tolist()[:-1]) <= {"filled"}
            assert chain["step"].tolist() == list(range(len(chain)))
        assert sorted(nip for nip in rows["nip"] if nip) == sorted(
            placement.problem.nips[person] for _, person in plan.pairs
        )


def test_a_holder_cannot_be_pinned_while_holders_stay(current):
    problem = build_problem(current, Limits())
    at = next(
        person
        for person in np.flatnonzero(problem.held_by >= 0)
        if not np.isnan(problem.fit[: problem.vacant, person]).all()
    )
    vacant = int(np.flatnonzero(~np.isnan(problem.fit[: problem.vacant, at]))[0])
    pin = ((problem.posts[vacant], problem.nips[at]),)
    assert build_problem(current, Limits(pins=pin)).pins
    with pytest.raises(PlacementImpossible, match="let them move"):
        build_problem(current, Limits(pins=pin, chains=False))


@pytest.mark.parametrize(("since", "moves"), [("2024-11-23", True), ("2024-11-24", True), ("2024-11-25", False)])
def test_a_holder_moves_only_after_the_minimum_years_in_the_post(since, moves, current):
    """Two years are 730 days: on 24 November 2026 whoever came by 24 November 2024 has them."""
    posts = build_problem(current, Limits()).posts
    post, nip = next((post, nip) for post, nip in current.holders.items() if post in posts)
    people = current.context.people.assign(
        position_since=current.context.people["position_since"].where(
            current.context.people.index != nip, pd.Timestamp(since)
        )
    )
    moved = replace(current, context=replace(current.context, people=people))
    assert (post in build_problem(moved, Limits()).posts) == moves
