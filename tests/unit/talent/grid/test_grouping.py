"""Tests of core/talent/grid/grouping.py."""

import pandas as pd
import pytest

from core.talent.grid.grouping import GROUPINGS, MOST_UNITS, OTHERS, group_people


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_everyone_has_one_category_that_the_legend_knows(grouping, current):
    of = group_people(current, current.people, grouping)
    assert of.notna().all()
    if grouping == "unit":
        assert of.nunique() <= MOST_UNITS + 1
        assert OTHERS in set(of)
    else:
        assert set(of) <= set(GROUPINGS[grouping])
    if grouping == "readiness":
        ready = of == "ready"
        assert (current.people.loc[ready, "eligibility"] == 0).all()
        assert current.people.loc[ready, "box"].isin([7, 8, 9]).all()


@pytest.mark.parametrize(
    ("since", "category"),
    [
        ("2024-11-23", "2_to_5"),  # two years are 730 days
        ("2024-11-24", "2_to_5"),
        ("2024-11-25", "under_2"),
        ("2021-11-24", "over_5"),
        ("2021-11-25", "2_to_5"),
        ("2021-11-26", "2_to_5"),
        (None, "unknown"),
    ],
)
def test_years_in_the_post_are_counted_to_the_day(since, category, current):
    one = current.people.iloc[:1].assign(position_since=pd.to_datetime([since]))
    assert group_people(current, one, "years_in_post").tolist() == [category]


def test_the_largest_units_shown_keep_their_names(current):
    shown = current.people.iloc[: MOST_UNITS + 3].assign(
        unit=[f"Unit {n}" for n in range(MOST_UNITS)] + [None, "Unit 0", "Klein"]
    )
    assert group_people(current, shown, "unit").tolist()[-3:] == [OTHERS, "Unit 0", OTHERS]
