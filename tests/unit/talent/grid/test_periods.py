"""Tests of core/talent/grid/periods.py."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from core.talent.employee import parse_nip
from core.talent.grid.movement import count_flows, tabulate_movements
from core.talent.grid.periods import list_period_days, tabulate_people_at, trace_person
from core.talent.review import build_review
from tests.factories import NIP, employee, review_people


def test_a_period_is_what_a_review_of_that_day_says(current):
    day = dt.date(2025, 12, 31)
    assert day in list_period_days(current)
    then = tabulate_people_at(current, day)
    fresh = build_review(
        current.context.facts, current.rubric, current.rule_book, current.posts, current.families, day
    ).people
    for axis in ("performance", "potential", "box"):
        pd.testing.assert_series_equal(then[axis], fresh.loc[then.index, axis], check_dtype=False)
    assert (then["box"] > 0).any()


def test_movements_of_a_period_add_up(current):
    then = tabulate_people_at(current, dt.date(2025, 12, 31))
    moved = tabulate_movements(then, current.people)
    assert len(moved) == len(current.people)
    assert count_flows(moved)["people"].sum() == (moved["kind"] != "new").sum()
    counts = count_flows(moved).groupby("box_after")["people"].sum()
    known = current.people.loc[then.index, "box"].value_counts()
    assert counts.to_dict() == known.to_dict()


def test_nobody_stands_on_the_grid_before_the_appointment(current):
    day = dt.date(2024, 12, 31)
    missing = current.people.index.difference(tabulate_people_at(current, day).index)
    assert len(missing)
    assert all(parse_nip(nip).appointed > day for nip in missing)


def test_a_way_ends_where_the_person_stands_now(current):
    for nip in current.people.index[::97]:
        way = trace_person(current, nip, list_period_days(current))
        last = way.iloc[-1]
        assert last["day"] == current.as_of
        assert last["box"] == current.people.at[nip, "box"]
        np.testing.assert_allclose(last["talent"], current.people.at[nip, "talent"])


@pytest.mark.parametrize(("day", "there"), [("2000-03-31", False), ("2000-04-01", True), ("2000-04-02", True)])
def test_whoever_was_appointed_on_the_day_stands_on_the_grid(day, there):
    # The NIP says appointed in April 2000.
    assert (NIP in tabulate_people_at(review_people(employee()), dt.date.fromisoformat(day)).index) == there
