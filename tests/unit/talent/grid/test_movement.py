import numpy as np
import pandas as pd
import pytest

from core.talent.grid.movement import count_flows, tabulate_movements


def people(**boxes: int) -> pd.DataFrame:
    frame = pd.DataFrame({"box": boxes})
    known = frame["box"] > 0
    return frame.assign(
        full_name=[f"Orang {nip}" for nip in frame.index],
        unit="Unit",
        performance=np.where(known, 10.0 * frame["box"], np.nan),
        potential=np.where(known, 50.0, np.nan),
    )


def test_what_became_of_everyone():
    before = people(a=5, b=9, c=7, d=0, e=8, f=0, g=9, h=2)
    after = people(a=8, b=4, c=8, d=6, e=0, f=0, g=9, i=1)
    moved = tabulate_movements(before, after)
    assert moved["kind"].to_dict() == {
        "a": "rose",
        "b": "fell",
        "c": "moved",
        "d": "assessed",
        "e": "lost",
        "f": "open",
        "g": "same",
        "i": "new",
        "h": "gone",
    }
    assert moved.at["a", "performance_change"] == 30
    assert np.isnan(moved.at["d", "performance_change"])
    assert pd.isna(moved.at["i", "box_before"])


def test_counts_add_up_on_random_people():
    generator = np.random.default_rng(2)
    for _ in range(30):
        before = people(**{f"p{n}": int(generator.integers(10)) for n in range(60) if generator.random() < 0.8})
        after = people(**{f"p{n}": int(generator.integers(10)) for n in range(60) if generator.random() < 0.8})
        moved = tabulate_movements(before, after)
        counted = count_flows(moved)
        assert len(moved) == len(before.index.union(after.index))
        assert counted["people"].sum() == len(before.index.intersection(after.index))
        stays = counted.loc[counted["box_before"] == counted["box_after"], "people"].sum()
        assert stays == moved["kind"].isin(["same", "open"]).sum()


@pytest.mark.parametrize(("before", "after"), [({}, {}), ({"a": 5}, {}), ({}, {"a": 5})])
def test_nobody(before, after):
    moved = tabulate_movements(people(**before), people(**after))
    assert len(moved) == len(before) + len(after)
    assert count_flows(moved).empty


@pytest.mark.parametrize(
    ("standing", "boxes"),
    [(3, [9]), (2, [8, 7]), (1, [6, 5, 4]), (0, [3, 2]), (-1, [1])],
)
def test_boxes_rise_and_fall_by_their_standing(standing, boxes):
    of = {9: 3, 8: 2, 7: 2, 6: 1, 5: 1, 4: 1, 3: 0, 2: 0, 1: -1}
    for box in boxes:
        for other, theirs in of.items():
            kind = tabulate_movements(people(a=box), people(a=other))["kind"].iloc[0]
            expected = "rose" if theirs > standing else "fell" if theirs < standing else "moved"
            assert kind == ("same" if box == other else expected), (box, other)


def test_whoever_is_gone_stands_behind_in_the_order_before():
    moved = tabulate_movements(people(z=9, y=8, b=7), people(y=8, a=1))
    assert moved.index.tolist() == ["y", "a", "z", "b"]
    assert moved["full_name"].tolist() == ["Orang y", "Orang a", "Orang z", "Orang b"]
