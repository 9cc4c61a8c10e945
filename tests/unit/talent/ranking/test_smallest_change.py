"""Smallest changes against brute force over a fine grid of weightings."""

import numpy as np
import pytest

from core.talent.ranking.smallest_change import (
    find_dominating_mixture,
    find_smallest_changes,
    round_change,
    round_to_tenths,
)
from tests.matrices import grid, matrix, random_matrix


def within_first(field, weightings, places) -> np.ndarray:
    """Weightings x people: who stands within the first places, by counting who stands ahead of each."""
    scores = weightings @ np.nan_to_num(field.value).T
    scores[(weightings != 0).astype(float) @ np.isnan(field.value).T > 0] = np.nan
    keys = field.groups * 1000 - scores.round(9)
    ahead = (keys[:, None, :] < keys[:, :, None]).sum(axis=2)
    return (ahead < places) & ~np.isnan(scores)


@pytest.mark.parametrize("places", [1, 3])
@pytest.mark.parametrize("rule", ["score", "box"])
def test_against_every_weighting_of_a_grid(places, rule):
    generator = np.random.default_rng(places)
    weightings = grid(3, 60)
    possible = 0
    for _ in range(25 if rule == "score" else 80):  # by box few people compete with one another
        people = int(generator.integers(2, 14 if rule == "score" else 30))
        field = random_matrix(generator, people, 3, rule, missing=0.04, step=10)
        weights = np.array([20, 25, 15]) / 60
        changes = find_smallest_changes(field, weights, np.arange(len(field)), places)
        reached = within_first(field, weightings, places)
        distances = np.abs(weightings - weights).sum(axis=1)
        for change in changes:
            if change.state == "not_assessed":
                assert field.open[change.row]
                continue
            on_grid = distances[reached[:, change.row]]
            if change.distance is None:
                # Somebody's missing criterion of weight zero may open a way that whole tables do not have.
                assert not len(on_grid) or field.open.any()
                continue
            possible += change.state == "possible"
            # Really there, never further than the grid's best, and the grid's best not far behind.
            returns = field.open.any() and not (change.weights > 0).all()  # whose missing criterion weighs nothing then
            assert change.row in field.first(change.weights, places) or change.state == "there" or returns
            assert change.weights.sum() == pytest.approx(1)
            assert np.abs(change.weights - weights).sum() == pytest.approx(change.distance, abs=1e-9)
            if len(on_grid) and not field.open.any():
                assert change.distance <= on_grid.min() + 1e-9
                assert change.distance >= on_grid.min() - 4 / 60
    assert possible > 10


def test_the_change_of_two_criteria_is_known():
    # Level where 90 w + 40 (1 - w) = 60 w + 80 (1 - w): w = 4/7; from 1/2 that is 1/14 up and 1/14 down.
    change = find_smallest_changes(matrix([[90, 40], [60, 80]]), np.array([0.5, 0.5]), np.array([0]), 1)[0]
    assert change.state == "possible"
    assert change.distance == pytest.approx(2 / 14)
    assert change.weights == pytest.approx([4 / 7, 3 / 7])


def test_who_is_there_needs_none_and_the_missing_are_told():
    field = matrix([[90, 90], [80, 80], [np.nan, 99]])
    first, second, third = find_smallest_changes(field, np.array([0.5, 0.5]), np.arange(3), 1)
    assert (first.state, first.distance) == ("there", 0.0)
    assert (second.state, second.proof) == ("dominated", ((0, 1.0),))
    assert third.state == "not_assessed"


def test_a_mixture_of_two_is_the_proof_where_no_single_person_dominates():
    field = matrix([[100, 0], [0, 100], [45, 45]])
    change = find_smallest_changes(field, np.array([0.5, 0.5]), np.array([2]), 1)[0]
    assert change.state == "dominated"
    shares = dict(change.proof)
    assert sum(shares.values()) == pytest.approx(1)
    mixed = sum(share * field.value[row] for row, share in shares.items())
    assert (mixed > field.value[2]).all()
    assert find_dominating_mixture(matrix([[100, 0], [0, 100], [55, 55]]), 2) == ()


def test_no_mixture_exactly_where_some_weighting_puts_first():
    generator = np.random.default_rng(5)
    for _ in range(40):
        field = random_matrix(generator, 10, 3, step=10)
        for change in find_smallest_changes(field, np.full(3, 1 / 3), np.arange(10), 1):
            proof = find_dominating_mixture(field, change.row)
            assert (change.state in ("possible", "there")) == (not proof)
            if proof:
                assert (sum(share * field.value[row] for row, share in proof) > field.value[change.row]).all()


def test_better_groups_fill_the_places():
    field = matrix([[90, 90], [50, 100]], rule="box")
    change = find_smallest_changes(field, np.array([0.5, 0.5]), np.array([1]), 1)[0]
    assert (change.state, change.proof) == ("group", ((0, 1.0),))


def test_whole_tenths_really_lead_there():
    generator = np.random.default_rng(9)
    tried = 0
    for _ in range(15):
        field = matrix(random_matrix(generator, 20, 5).value)
        official = generator.dirichlet(np.ones(5))
        for change in find_smallest_changes(field, official, np.arange(20), 3):
            tenths = round_change(field, change, official)
            if change.weights is None:
                assert tenths is None
            elif tenths is not None:
                tried += 1
                assert sum(tenths) == 1000
                assert change.row in field.first(np.array(tenths) / 1000, 3)
    assert tried > 100


def test_whole_tenths_sum_to_a_thousand():
    assert round_to_tenths(np.array([1 / 3, 1 / 3, 1 / 3])) == [334, 333, 333]
    assert round_to_tenths(np.array([0.2, 0.8])) == [200, 800]
    # What is cut off goes to whoever lost most of it, not to who comes first.
    assert round_to_tenths(np.array([0.2501, 0.2508, 0.4991])) == [250, 251, 499]
    assert round_to_tenths(np.array([0.2508, 0.2501, 0.4991])) == [251, 250, 499]
    assert round_to_tenths(np.array([2.0, 6.0])) == [250, 750]


def test_one_candidate_none_and_all_equal():
    change = find_smallest_changes(matrix([[50.0, 60.0]]), np.array([0.5, 0.5]), np.array([0]), 3)
    assert change[0].state == "there"
    assert find_smallest_changes(matrix(np.empty((0, 2))), np.array([0.5, 0.5]), np.array([], dtype=int), 3) == []
    equal = find_smallest_changes(matrix(np.full((5, 2), 70.0)), np.array([0.5, 0.5]), np.arange(5), 1)
    assert {change.state for change in equal} == {"there"}


def test_what_a_weight_of_less_than_half_a_tenth_loses_goes_to_the_others():
    assert round_to_tenths(np.array([0.0004, 0.9996])) == [0, 1000]
    assert round_to_tenths(np.array([0.0006, 0.9994])) == [1, 999]
