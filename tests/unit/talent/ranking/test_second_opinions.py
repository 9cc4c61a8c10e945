import numpy as np
import pytest

from core.talent.ranking.order import rank_rows
from core.talent.ranking.second_opinions import (
    CORE_SHARE,
    GAP_VALUES,
    METHODS,
    choose_core_factors,
    convert_to_levels,
    correlate_ranks,
    find_furthest,
    rank_by_methods,
)


def test_every_method_agrees_on_who_is_better_in_everything():
    ranks = rank_by_methods(
        np.array([[90.0, 95.0, 99.0], [50.0, 45.0, 41.0], [70.0, 65.0, 61.0]]), np.array([0.5, 0.3, 0.2])
    )
    assert list(ranks) == list(METHODS)
    for key in METHODS:
        # Profile matching asks for the profile, not for more: level 5 where 4 is wanted is a gap.
        assert ranks[key].tolist() == ([2, 3, 1] if key == "profile_matching" else [1, 3, 2])
    table = correlate_ranks(ranks).drop("profile_matching")
    assert table["spearman"].to_numpy() == pytest.approx(1)
    assert table["kendall"].to_numpy() == pytest.approx(1)


def test_a_weak_spot_counts_more_in_the_product_than_in_the_sum():
    matrix = np.array([[100.0, 5.0], [55.0, 45.0], [10.0, 10.0]])
    ranks = rank_by_methods(matrix, np.array([0.5, 0.5]))
    assert ranks["weighted_sum"].tolist() == [1, 2, 3]
    assert ranks["weighted_product"].tolist() == [2, 1, 3]
    assert find_furthest(ranks, "weighted_product").tolist() == [0]


def test_levels_are_five_steps_of_twenty_points():
    assert convert_to_levels(np.array([0.0, 19.9, 20.0, 79.9, 80.0, 100.0])).tolist() == [1, 1, 2, 4, 5, 5]


def test_core_factors_carry_half_of_the_weight():
    assert choose_core_factors(np.array([0.3, 0.2, 0.5])).tolist() == [False, False, True]
    assert choose_core_factors(np.array([0.4, 0.35, 0.25])).tolist() == [True, True, False]
    assert choose_core_factors(np.array([1.0])).tolist() == [True]


@pytest.mark.parametrize("matrix", [np.full((4, 3), 70.0), np.zeros((3, 2)), np.array([[50.0]])])
def test_all_equal_all_zero_and_one_person(matrix):
    ranks = rank_by_methods(matrix, np.full(matrix.shape[1], 1 / matrix.shape[1]))
    assert (ranks == 1).all().all()
    assert correlate_ranks(ranks).isna().all().all()


def test_a_criterion_of_weight_zero_changes_nothing():
    generator = np.random.default_rng(1)
    matrix = generator.uniform(0, 100, (12, 3))
    more = np.column_stack([matrix, generator.uniform(0, 100, 12)])
    weights = np.array([0.5, 0.3, 0.2])
    assert rank_by_methods(more, np.append(weights, 0.0)).equals(rank_by_methods(matrix, weights))


def test_groups_come_before_every_method():
    generator = np.random.default_rng(2)
    matrix = generator.uniform(0, 100, (30, 4))
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    groups = generator.integers(0, 5, 30)
    ranks, alone = rank_by_methods(matrix, weights, groups), rank_by_methods(matrix, weights)
    official = rank_rows(matrix, weights, groups)
    assert ranks["weighted_sum"].tolist() == official.rank.tolist()
    for key in METHODS:
        for one in range(30):
            for other in range(30):
                expected = (groups[one], alone[key][one]) < (groups[other], alone[key][other])
                assert (ranks[key][one] < ranks[key][other]) == expected


def test_gaps_have_the_published_values():
    """Kusrini 2007, table of gap weights."""
    published = [(0, 5.0), (1, 4.5), (-1, 4.0), (2, 3.5), (-2, 3.0), (3, 2.5), (-3, 2.0), (4, 1.5), (-4, 1.0)]
    assert sorted(GAP_VALUES.items()) == sorted(published)
    assert CORE_SHARE == 0.6


def test_profile_matching_by_hand():
    # Weights 0.6 and 0.4: the first alone is core. Levels 5 and 3, 4 and 4, 1 and 5 against 4.
    matrix = np.array([[90.0, 50.0], [70.0, 70.0], [10.0, 95.0]])
    weights = np.array([0.6, 0.4])
    scores = METHODS["profile_matching"](matrix, weights)
    assert scores.tolist() == pytest.approx([0.6 * 4.5 + 0.4 * 4.0, 5.0, 0.6 * 2.0 + 0.4 * 4.5])


def test_vikor_as_a_score_is_one_for_the_best_and_zero_for_the_worst():
    scores = METHODS["vikor"](np.array([[90.0, 90.0], [50.0, 50.0], [70.0, 60.0]]), np.array([0.5, 0.5]))
    assert (scores[0], scores[1]) == (1.0, 0.0)
    assert 0 < scores[2] < 1
