"""Tests of core/talent/placement/limits.py."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.service.placement import find_placement, tabulate_chains
from core.talent.placement.limits import Limits, build_problem, find_vacancies, get_shares
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


def test_the_shares_of_a_fit_are_those_of_the_posts_level(current):
    post = current.post_table["post"].iloc[-1]
    assert get_shares(current, post) == (0.7, 0.3)
    without = replace(current, context=current.context, rubric=replace(current.rubric, fit=None))
    assert get_shares(without, post) == (1.0, 0.0)


@pytest.mark.parametrize("months", [-1, 121])
def test_a_horizon_outside_its_bounds_is_refused(months, current):
    with pytest.raises(PlacementImpossible, match=f"the horizon is {months} months; expected 0 to 120"):
        build_problem(current, Limits(horizon=months))


def test_the_horizon_may_be_nothing_or_the_most(current):
    now = build_problem(current, Limits(horizon=0))
    far = build_problem(current, Limits(horizon=120))
    assert now.vacant == current.post_table["vacant"].sum()
    assert far.vacant > now.vacant


def test_pins_and_bans_that_contradict_are_told(current):
    problem = build_problem(current, Limits())
    (one, other), people = problem.posts[:2], [problem.nips[at] for at in np.flatnonzero(~np.isnan(problem.fit[0]))[:2]]
    names = current.people["full_name"]
    refused = [
        (Limits(pins=((one, people[0]), (other, people[0]))), f"{names[people[0]]} is pinned to two posts"),
        (Limits(pins=((one, people[0]), (one, people[1]))), "two people are pinned to"),
        (Limits(pins=((one, people[0]),), bans=((one, people[0]),)), "is both pinned to"),
        (Limits(pins=((one, people[0]),), most_moves=0), "at most 0 moves are allowed but 1 are pinned"),
        (Limits(bans=((one, "190001011920011001"),)), "190001011920011001 of a pin or ban is not known here"),
    ]
    for limits, words in refused:
        with pytest.raises(PlacementImpossible) as refusal:
            build_problem(current, limits)
        assert words in str(refusal.value)
    assert build_problem(current, Limits(pins=((one, people[0]),), most_moves=1)).pins
    banned = build_problem(current, Limits(bans=((one, people[0]),)))
    assert people[0] not in banned.nips or np.isnan(banned.fit[0, banned.nips.index(people[0])])


def test_what_suits_a_post_is_half_the_field_of_study_and_half_the_years_in_the_family(current):
    problem = build_problem(current, Limits())
    half = {"same_family": 0.5, "general": 0.25}
    for at, post in enumerate(problem.posts):
        fit = current.fit(post, pd.Index(problem.nips))
        expected = [
            half.get(field, 0.0) + min(years, 20) / 40
            for field, years in zip(fit["field_fit"], fit["family_years"], strict=True)
        ]
        np.testing.assert_allclose(problem.suits[at], expected)


def test_a_holders_own_fit_and_box_are_those_of_the_review(current):
    problem = build_problem(current, Limits())
    assert (problem.own > 0).any()
    for person, nip in enumerate(problem.nips):
        held = problem.held_by[person]
        own = current.fit(problem.posts[held], pd.Index([nip]))["fit"].iloc[0] if held >= 0 else 0.0
        assert problem.own[person] == pytest.approx(own)
        box = current.people.at[nip, "box"]
        assert problem.box[person] == (0 if pd.isna(box) else box)
    assert build_problem(current, Limits(chains=False)).posts == problem.posts[: problem.vacant]


def test_nothing_said_is_now_with_chains_and_any_number_of_moves():
    assert Limits() == Limits(horizon=0, term=12, chains=True, most_moves=None, pins=(), bans=())


def test_where_the_rubric_has_no_rule_for_fit_the_talent_value_is_the_fit(current):
    without = replace(current, rubric=replace(current.rubric, fit=None))
    problem = build_problem(without, Limits())
    assert (problem.suits == 0).all()
    for post, person in np.argwhere(~np.isnan(problem.fit)):
        assert problem.fit[post, person] == current.people.at[problem.nips[person], "talent"]
    assert (~np.isnan(problem.fit)).any()


def with_people(review, **columns):
    """A review in which some values of some people are others: column -> NIP -> value."""
    people = review.context.people
    changed = people.assign(
        **{
            name: people[name].where(~people.index.isin(list(values)), pd.Series(values))
            for name, values in columns.items()
        }
    )
    return replace(review, context=replace(review.context, people=changed))


@pytest.mark.parametrize(("days", "takes"), [(0, False), (1, True)])
def test_who_takes_a_post_serves_beyond_the_term(days, takes, current):
    problem = build_problem(current, Limits())
    person = int(np.flatnonzero(~np.isnan(problem.fit[0]) & (problem.held_by < 0))[0])
    nip = problem.nips[person]
    last = pd.Timestamp(current.as_of) + pd.DateOffset(months=12) + pd.Timedelta(days=days)
    later = with_people(current, retires_on={nip: last})
    found = build_problem(later, Limits())
    assert (nip in found.nips and not np.isnan(found.fit[0, found.nips.index(nip)])) == takes
    pin = Limits(pins=((problem.posts[0], nip),))
    if takes:
        assert build_problem(later, pin).pins == ((0, found.nips.index(nip)),)
    else:
        with pytest.raises(PlacementImpossible, match="retires within the term"):
            build_problem(later, pin)


def test_a_holder_new_in_the_post_cannot_be_pinned_elsewhere(current):
    problem = build_problem(current, Limits())
    person = next(
        int(at) for at in np.flatnonzero(problem.held_by >= 0) if (~np.isnan(problem.fit[: problem.vacant, at])).any()
    )
    post = problem.posts[int(np.flatnonzero(~np.isnan(problem.fit[: problem.vacant, person]))[0])]
    nip = problem.nips[person]
    fresh = with_people(current, position_since={nip: pd.Timestamp("2026-01-01")})
    with pytest.raises(PlacementImpossible, match="under 2 years in the present post"):
        build_problem(fresh, Limits(pins=((post, nip),)))
    # Whoever holds none of the posts may have come yesterday.
    free = next(int(at) for at in np.flatnonzero(~np.isnan(problem.fit[0])) if problem.held_by[at] < 0)
    new = with_people(current, position_since={problem.nips[free]: pd.Timestamp("2026-01-01")})
    assert build_problem(new, Limits(pins=((problem.posts[0], problem.nips[free]),))).pins


def test_pins_of_different_people_to_different_posts_stand_beside_each_other(current):
    problem = build_problem(current, Limits())
    first = int(np.flatnonzero(~np.isnan(problem.fit[0]))[0])
    second = next(int(at) for at in np.flatnonzero(~np.isnan(problem.fit[1])) if at != first)
    pins = tuple((problem.posts[at], problem.nips[who]) for at, who in enumerate((first, second)))
    assert len(build_problem(current, Limits(pins=pins, most_moves=2)).pins) == 2


def test_vacant_posts_have_no_holder_and_the_others_theirs(current):
    problem = build_problem(current, Limits())
    assert set(problem.holder[: problem.vacant]) == {-1}
    held = [problem.nips[at] for at in problem.holder[problem.vacant :]]
    assert held == [current.holders[post] for post in problem.posts[problem.vacant :]]
