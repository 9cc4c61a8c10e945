"""Tests of core/talent/succession/look_ahead.py."""

import numpy as np
import pytest

from core.talent.succession.look_ahead import (
    Forecast,
    SupplyModel,
    build_supply_model,
    count_uncovered_years,
    find_dry_families,
    forecast_supply,
    list_uncovered,
)
from core.talent.succession.readiness import classify_readiness


def one_post(leaves=99, ready=(), retires=()):
    return SupplyModel(
        ("p",),
        ("f",),
        np.array([leaves]),
        "first",
        {"f": np.array(ready, dtype=int)},
        {"f": np.array(retires, dtype=int)},
    )


@pytest.mark.parametrize("rate", [0.0, 0.03, 0.2])
def test_one_post_without_a_bench_follows_the_closed_form(rate):
    seen = forecast_supply(one_post(), 1, years=10, futures=20_000, rate=rate)
    expected = 1 - (1 - rate) ** np.arange(1, 11)
    np.testing.assert_allclose(seen.uncovered[:, 0], expected, atol=0.015)
    assert seen.ever[0] == pytest.approx(expected[-1], abs=0.015)


def test_a_known_retirement_is_covered_by_the_bench_until_it_retires_too():
    seen = forecast_supply(one_post(leaves=3, ready=[0], retires=[6]), 1, years=10, futures=50, rate=0.0)
    assert seen.uncovered[:, 0].tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    later = forecast_supply(one_post(leaves=1, ready=[4], retires=[99]), 1, years=6, futures=50, rate=0.0)
    assert later.uncovered[:, 0].tolist() == [1, 1, 1, 0, 0, 0]
    trained = forecast_supply(one_post(leaves=1), 1, years=6, futures=50, rate=0.0, trained={"f": 1})
    assert trained.uncovered[:, 0].tolist() == [1, 0, 0, 0, 0, 0]


def two_families(ready_first=(), ready_own=()):
    """A post of general administration and one of a family, both vacant."""
    return SupplyModel(
        ("general", "own"),
        ("first", "own"),
        np.array([0, 0]),
        "first",
        {"first": np.array(ready_first, dtype=int), "own": np.array(ready_own, dtype=int)},
        {"first": np.full(len(ready_first), 99), "own": np.full(len(ready_own), 99)},
    )


@pytest.mark.parametrize(
    ("model", "uncovered"),
    [
        (two_families(ready_first=[0, 0]), [0, 1]),  # general people fill no post of another family
        (two_families(ready_own=[0]), [1, 0]),  # its own family's post comes first
        (two_families(ready_own=[0, 0]), [0, 0]),  # what is left goes to general administration
        (two_families(ready_first=[0], ready_own=[0]), [0, 0]),
        (two_families(), [1, 1]),
    ],
)
def test_general_posts_are_open_to_every_familys_people(model, uncovered):
    assert forecast_supply(model, 1, years=1, futures=10, rate=0.0).uncovered[0].tolist() == uncovered


def test_a_familys_bench_is_that_of_its_lowest_post(current):
    model = build_supply_model(current)
    sekda = current.post_table.iloc[0]
    assert sekda["family"] == current.families[0].key
    lowest = current.post_table[current.post_table["family"] == sekda["family"]].iloc[-1]["post"]
    ready = classify_readiness(current, lowest).classes == "now"
    holders = current.people.index.isin(list(current.holders.values()))
    own = (current.people["family"] == sekda["family"]) & ~holders
    assert (model.ready[sekda["family"]] == 0).sum() == (ready & own).sum() > 0


def test_dry_families_and_posts_long_uncovered_are_named_the_worst_first():
    model = SupplyModel(
        ("a", "b", "c"),
        ("f", "g", "g"),
        np.array([3, 1, 99]),
        "first",
        {"f": np.array([0]), "g": np.array([], dtype=int)},
        {"f": np.array([3]), "g": np.array([], dtype=int)},
    )
    seen = forecast_supply(model, 1, years=4, futures=10, rate=0.0)
    assert list_uncovered(seen) == [1, 0]
    assert list_uncovered(seen, most=1) == [1]
    assert find_dry_families(seen) == [("g", 1), ("f", 3)]
    assert count_uncovered_years(model, seen, "f") == 2
    assert count_uncovered_years(model, seen, "g") == 2  # four years of one post, none of the other
    assert count_uncovered_years(model, seen, "x") == 0
    calm = forecast_supply(one_post(ready=[0], retires=[99]), 1, years=4, futures=10, rate=0.0)
    assert (list_uncovered(calm), find_dry_families(calm)) == ([0], [])


def test_the_same_seed_gives_the_same_future_and_more_people_never_harm(current):
    field = build_supply_model(current)
    first, again = forecast_supply(field, 5, futures=200), forecast_supply(field, 5, futures=200)
    np.testing.assert_array_equal(first.uncovered, again.uncovered)
    calm, more = (
        forecast_supply(field, 5, futures=50, rate=0.0, trained=extra) for extra in (None, {"environment": 10})
    )
    assert more.uncovered.sum() <= calm.uncovered.sum()


def test_without_more_said_it_is_ten_years_a_thousand_futures_and_three_percent_a_year():
    seen = forecast_supply(one_post(), 1)
    assert seen.uncovered.shape == (10, 1)
    np.testing.assert_array_equal(
        seen.uncovered, forecast_supply(one_post(), 1, years=10, futures=1000, rate=0.03).uncovered
    )


def test_a_retirement_is_in_its_year_and_the_trained_serve_fifteen():
    seen = forecast_supply(one_post(leaves=3), 1, years=4, futures=5, rate=0.0)
    assert seen.uncovered[:, 0].tolist() == [0, 0, 1, 1]
    assert seen.ever.tolist() == [1]
    trained = forecast_supply(one_post(leaves=1), 1, years=20, futures=5, rate=0.0, trained={"f": 1})
    assert trained.uncovered[:, 0].tolist() == [1, *[0] * 15, *[1] * 4]
    assert trained.dry[:, 0].tolist() == [1.0] * 20  # who took the post is no more ready for another


def test_a_family_is_dry_once_nobody_is_ready_any_more():
    model = one_post(leaves=99, ready=[0, 2], retires=[4, 6])
    assert forecast_supply(model, 1, years=7, futures=5, rate=0.0).dry[:, 0].tolist() == [0, 0, 0, 0, 0, 1, 1]


def test_posts_hardly_ever_uncovered_are_not_named_unless_there_are_no_others():
    posts = tuple("abcdefg")
    shares = np.array([[0.004, 0.005, 0.2, 0.0, 0.001, 0.002, 0.003]])
    forecast = Forecast(posts, ("f",), shares, shares[0], np.zeros((1, 1)))
    assert list_uncovered(forecast) == [2, 1]
    quiet = Forecast(posts, ("f",), shares / 100, shares[0], np.array([[0.5]]))
    assert list_uncovered(quiet) == [2, 1, 0, 6, 5]
    assert find_dry_families(quiet) == [("f", 1)]
    assert find_dry_families(forecast) == []


def test_who_is_ready_later_joins_after_two_or_four_years(current):
    model = build_supply_model(current)
    holders = set(current.holders.values())
    for family in dict.fromkeys(model.families):
        post = current.post_table.loc[current.post_table["family"] == family].sort_values("echelon", kind="stable")
        classes = classify_readiness(current, str(post["post"].iloc[-1])).classes
        own = [nip for nip in current.people.index[current.people["family"] == family] if nip not in holders]
        expected = [{"now": 0, "soon": 2, "later": 4}.get(classes[nip]) for nip in own]
        assert sorted(model.ready[family].tolist()) == sorted(after for after in expected if after is not None)[:300]
    assert {4, 0} <= set(np.concatenate(list(model.ready.values())).tolist())


def test_the_model_knows_the_general_family_and_names_the_readiest_first(current):
    model = build_supply_model(current)
    assert model.first_family == current.families[0].key
    for after in model.ready.values():
        assert after.tolist() == sorted(after.tolist())


def test_at_most_twenty_posts_are_named_and_a_family_is_dry_from_half_of_the_futures_on():
    posts = tuple(f"p{at}" for at in range(25))
    shares = np.linspace(0.9, 0.1, 25)[None, :]
    dry = np.array([[0.4, 0.0], [0.5, 0.49], [0.6, 0.49]])
    forecast = Forecast(posts, ("f", "g"), shares, shares[0], dry)
    assert list_uncovered(forecast) == list(range(20))
    assert find_dry_families(forecast) == [("f", 2)]
