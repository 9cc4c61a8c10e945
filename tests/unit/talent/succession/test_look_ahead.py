"""Tests of core/talent/succession/look_ahead.py."""

import numpy as np
import pytest

from core.talent.succession.look_ahead import SupplyModel, build_supply_model, forecast_supply


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


def test_the_same_seed_gives_the_same_future_and_more_people_never_harm(current):
    field = build_supply_model(current)
    first, again = forecast_supply(field, 5, futures=200), forecast_supply(field, 5, futures=200)
    np.testing.assert_array_equal(first.uncovered, again.uncovered)
    calm, more = (
        forecast_supply(field, 5, futures=50, rate=0.0, trained=extra) for extra in (None, {"environment": 10})
    )
    assert more.uncovered.sum() <= calm.uncovered.sum()
