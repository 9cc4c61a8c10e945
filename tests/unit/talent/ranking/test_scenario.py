"""Tests of core/talent/ranking/scenario.py."""

from dataclasses import replace

import pandas as pd

from core.talent.ranking.scenario import (
    build_scenario,
    compare_orders,
    compare_scenario,
    digest_order,
    find_first_places,
)


def order(*nips: str, places=None) -> pd.DataFrame:
    """An order of people; ``places`` gives ranks, else each has the own."""
    ranks = places if places is not None else range(1, len(nips) + 1)
    return pd.DataFrame(
        {"nip": list(nips), "name": [f"Orang {nip}" for nip in nips], "rank": pd.array(list(ranks), dtype="Int64")}
    )


def test_the_first_three_places_may_hold_more_or_fewer():
    assert find_first_places(order("a", "b", "c", "d")) == ("a", "b", "c")
    assert find_first_places(order("a", "b", "c", "d", places=[1, 1, 3, 3])) == ("a", "b", "c", "d")
    assert find_first_places(order("a", "b", places=[1, None])) == ("a",)
    assert find_first_places(order("a", "b", "c"), 1) == ("a",)


def test_the_name_of_an_order_changes_with_places_and_people():
    names = {
        digest_order(each) for each in (order("a", "b"), order("b", "a"), order("a", "b", places=[1, 1]), order("a"))
    }
    assert len(names) == 4
    assert digest_order(order("a", "b")) == digest_order(order("a", "b").assign(name="x"))


def test_orders_are_laid_beside_one_another_down_to_a_depth():
    compared = compare_orders(
        {"one": order(*"abcd"), "two": order(*"dabc"), "three": order("a", "d", places=[1, None])}, 2
    )
    assert compared.always == {"a"}
    ranks = {(row.order, row.nip): row.rank for row in compared.ranks.itertuples()}
    assert ranks == {
        ("one", "a"): 1,
        ("one", "b"): 2,
        ("one", "d"): 4,
        ("two", "d"): 1,
        ("two", "a"): 2,
        ("two", "b"): 3,
        ("three", "a"): 1,
    }
    deeper = compare_orders({"one": order(*"abcdefghijkl")})
    assert len(deeper.ranks) == 10
    assert compare_orders({"one": order()}).ranks.empty


def test_what_has_changed_since_a_scenario_was_kept(current):
    ranked = order(*"abcd")
    kept = build_scenario(current, "dinas-kesehatan", "box", [500, 500], ranked, "n", "m")
    assert (kept.tenths, kept.first, kept.rubric_digest) == ((500, 500), ("a", "b", "c"), current.rubric.digest)
    assert build_scenario(current, "semua", "box", None, ranked, "n", "m").tenths is None
    same = compare_scenario(kept, current, ranked)
    assert (same.same_order, same.same_first, same.rubric, same.data, same.day) == (True, True, False, False, False)
    behind = compare_scenario(kept, current, order("a", "b", "c", "e"))
    assert (behind.same_order, behind.same_first) == (False, True)
    later = replace(current, data_version=current.data_version + 1)
    assert compare_scenario(kept, later, ranked).data
    assert compare_scenario(replace(kept, weighed_digest="x"), current, ranked).rubric
    assert compare_scenario(replace(kept, as_of=kept.as_of.replace(year=2000)), current, ranked).day
