"""Tests of core/talent/grid/grouping.py."""

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
