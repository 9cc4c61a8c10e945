import numpy as np
import pandas as pd
import pytest

from core.talent.people import assign_age_bands
from core.talent.ranking.fairness import monitor_selection, name_unit_types, tabulate_selection


def test_selection_rates_and_the_four_fifths_ratio():
    groups = pd.Series(["f"] * 10 + ["m"] * 20 + ["x"])
    ranks = np.concatenate([[1, 2, 0], np.arange(20, 27), [3, 4, 5, 6, 7], np.arange(30, 45), [8]])
    table = tabulate_selection(ranks, groups, 7)
    assert table.index.tolist() == ["m", "f", "x"]
    assert table["selected"].tolist() == [5, 2, 0]
    assert table["rate"].tolist() == [0.25, 0.2, 0.0]
    assert table["ratio"].tolist() == [1.0, 0.8, 0.0]
    assert table["small"].tolist() == [False, False, True]
    assert table.at["f", "mean_rank"] == pytest.approx(np.mean([1, 2, *range(20, 27)]))


def test_a_small_group_is_not_the_measure():
    table = tabulate_selection(np.array([1, *range(2, 22)]), pd.Series(["x"] + ["m"] * 20), 3)
    assert table.at["m", "ratio"] == 1.0
    assert table.at["x", "ratio"] == pytest.approx(10)


def test_nobody_selected_and_nobody_at_all():
    assert tabulate_selection(np.zeros(3, dtype=int), pd.Series(["a", "b", None]), 3)["ratio"].isna().all()
    assert tabulate_selection(np.array([], dtype=int), pd.Series([], dtype=object), 3).empty


def test_bands_and_kinds_of_units():
    assert assign_age_bands(pd.Series([39, 40, 49, 55, 61])).tolist() == ["< 40", "40–44", "45–49", "≥ 55", "≥ 55"]
    assert name_unit_types(pd.Series(["Dinas Sosial", "Kecamatan Lempuing", ""])).fillna("").tolist() == [
        "Dinas",
        "Kecamatan",
        "",
    ]


def test_official_beside_present():
    people = pd.DataFrame({"sex": ["male", "female"]}, index=["1", "2"])
    table = monitor_selection(
        people, {"official": np.array([1, 2]), "present": np.array([2, 1])}, 1, {"sex": people["sex"]}
    )
    assert table.loc[("sex", "male"), ("official", "selected")] == 1
    assert table.loc[("sex", "male"), ("present", "selected")] == 0


def test_where_all_groups_are_small_the_highest_rate_of_all_is_the_measure():
    table = tabulate_selection(np.array([1, 3, 2, 4]), pd.Series(["a", "a", "b", "b"]), 3)
    assert table["ratio"].to_dict() == {"a": 1.0, "b": 0.5}


@pytest.mark.parametrize(("people", "small"), [(9, True), (10, False)])
def test_ten_people_are_no_small_group(people, small):
    table = tabulate_selection(np.arange(1, people + 1), pd.Series(["a"] * people), 3)
    assert table["small"].tolist() == [small]
    assert table["selected"].tolist() == [3]
