"""Tests of core/talent/ranking/influence.py."""

from itertools import permutations

import numpy as np
import pytest

from core.talent.ranking.influence import measure_influence
from tests.matrices import matrix as matrix_of


def shapley_of_places(parts, value):
    """Mean over all orders of joining, by the definition: people x criteria."""
    people, criteria = parts.shape
    found = np.zeros((people, criteria))
    for person in range(people):
        for joined in permutations(range(criteria)):
            own = np.zeros(criteria, dtype=bool)
            before = value(parts, person, own)
            for criterion in joined:
                own[criterion] = True
                after = value(parts, person, own)
                found[person, criterion] += after - before
                before = after
    return np.abs(found).sum(axis=0)


def mean_place(parts, person, own):
    """Mean number of others above, over everybody who stands in for the person's other values."""
    others = np.delete(parts.sum(axis=1), person)
    return np.mean([(others > np.where(own, parts[person], stand).sum() + 1e-9).sum() for stand in parts])


def share_first(parts, person, own):
    others = np.delete(parts.sum(axis=1), person)
    return np.mean([(others > np.where(own, parts[person], stand).sum() + 1e-9).sum() < 3 for stand in parts])


@pytest.mark.parametrize("seed", range(6))
def test_the_influence_is_the_shapley_value_by_its_definition(seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 6, (9, 3)) * 20.0
    weights = rng.dirichlet(np.ones(3))
    found = measure_influence(matrix_of(values, rule="score"), weights)
    for share, value in ((found.of_rank, mean_place), (found.of_first, share_first)):
        plain = shapley_of_places(values * weights, value)
        np.testing.assert_allclose(share, plain / plain.sum() if plain.sum() else plain, atol=1e-12)
    assert found.by_group == 0


def test_a_criterion_on_which_all_score_alike_decides_nothing_however_much_it_weighs():
    values = np.column_stack([np.full(30, 80.0), np.linspace(0, 100, 30)])
    found = measure_influence(matrix_of(values, rule="score"), np.array([0.9, 0.1]))
    assert found.of_rank == pytest.approx([0, 1])
    assert found.of_first == pytest.approx([0, 1])


def test_a_criterion_without_weight_has_no_influence_even_where_it_is_missing():
    values = np.column_stack([np.linspace(0, 100, 12), np.full(12, np.nan)])
    found = measure_influence(matrix_of(values, rule="score"), np.array([1.0, 0.0]))
    assert found.of_rank == pytest.approx([1, 0])


def test_what_gates_decide_is_told_apart():
    values = np.linspace(0, 100, 4)[:, None]
    found = measure_influence(matrix_of(values, rule="eligible", eligibility=[0, 0, 2, 2]), np.array([1.0]))
    assert found.by_group == pytest.approx(4 / 6)  # four of six pairs
    alone = measure_influence(matrix_of(values[:1], rule="score"), np.array([1.0]))
    assert (alone.by_group, alone.of_rank.sum()) == (0, 0)


def test_many_people_are_stood_for_by_evenly_spaced_ones():
    rng = np.random.default_rng(3)
    values = rng.uniform(0, 100, (3000, 6))
    found = measure_influence(matrix_of(values, rule="score"), np.full(6, 1 / 6))
    # All alike: nobody's influence is far from a sixth.
    assert found.of_rank == pytest.approx(np.full(6, 1 / 6), abs=0.03)


def test_groups_of_one_leave_no_pair_to_the_criteria():
    alone = measure_influence(matrix_of([[40.0], [80.0]], rule="eligible", eligibility=[0, 1]), np.array([1.0]))
    assert (alone.pairs, alone.by_group, alone.of_rank.tolist()) == (0, 1, [0])
    both = measure_influence(matrix_of([[40.0], [80.0]], rule="score"), np.array([1.0]))
    assert both.pairs == 1
