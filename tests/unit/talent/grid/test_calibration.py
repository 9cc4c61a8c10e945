"""Tests of core/talent/grid/calibration.py."""

import pandas as pd

from core.talent.grid.calibration import lay_box_decisions


def test_decided_boxes_lie_over_computed_ones_and_nothing_is_lost():
    people = pd.DataFrame({"box": [9, 1, 0], "name": ["a", "b", "c"]}, index=["x", "y", "z"])
    laid = lay_box_decisions(people, {"y": 7, "z": 5, "gone": 3})
    assert laid["box"].tolist() == [9, 7, 5]
    assert laid["computed_box"].tolist() == [9, 1, 0]
    assert laid["name"].tolist() == ["a", "b", "c"]
    assert people["box"].tolist() == [9, 1, 0]
    assert lay_box_decisions(people, {})["box"].tolist() == [9, 1, 0]
