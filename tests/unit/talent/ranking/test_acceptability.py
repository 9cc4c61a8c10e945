"""Acceptability against exact areas and plain counts; intervals against a scan."""

import numpy as np
import pytest

from core.talent.ranking.acceptability import (
    compute_acceptability,
    compute_rank_acceptability,
    draw_weightings,
    draw_weightings_near,
    find_dominators,
    find_fixed_pairs,
    find_stable_interval,
)
from core.talent.ranking.order import find_leaders, rank_rows
from tests.matrices import matrix, random_matrix

COUNT = 20_000
#: Four standard errors of a share estimated from so many draws.
ERROR = 4 * 0.5 / COUNT**0.5


def test_two_criteria_against_the_exact_length():
    # The first is ahead while 90 w + 40 (1 - w) > 60 w + 80 (1 - w): for w above 4/7.
    field = matrix([[90, 40], [60, 80]])
    shares = compute_acceptability(field, draw_weightings(COUNT, 2, 1), (1, 2), 1)
    assert shares[0] == pytest.approx([3 / 7, 4 / 7], abs=ERROR)
    assert shares[1].tolist() == [1, 1]


def test_two_criteria_near_some_weights_against_the_exact_length():
    # Around (0.6, 0.4) with radius 0.2 the first weight runs evenly from 0.48 to 0.68.
    field = matrix([[90, 40], [60, 80]])
    near = draw_weightings_near(np.array([0.6, 0.4]), 0.2, draw_weightings(COUNT, 2, 1))
    assert near[:, 0].min() >= 0.48
    assert near[:, 0].max() <= 0.68
    expected = (0.68 - 4 / 7) / 0.2
    assert compute_acceptability(field, near, (1,), 1)[0] == pytest.approx([expected, 1 - expected], abs=ERROR)


def test_three_criteria_against_the_exact_area():
    # Each is best where its own criterion weighs most: three equal thirds of the triangle.
    field = matrix(100 * np.eye(3))
    assert compute_acceptability(field, draw_weightings(COUNT, 3, 2), (1,), 1)[0] == pytest.approx(
        [1 / 3] * 3, abs=ERROR
    )
    # 100 on the first criterion against 50 throughout: ahead where its weight exceeds a half, a quarter of the area.
    half = matrix([[100, 0, 0], [50, 50, 50]])
    assert compute_acceptability(half, draw_weightings(COUNT, 3, 2), (1,), 1)[0] == pytest.approx(
        [0.25, 0.75], abs=ERROR
    )


@pytest.mark.parametrize("rule", ["score", "box"])
def test_shares_are_what_ranking_each_weighting_counts(rule):
    generator = np.random.default_rng(3)
    for people in (1, 2, 12, 300):  # above 256 the hopeless are left out beforehand
        field = random_matrix(generator, people, 4, rule)
        weightings = draw_weightings_near(generator.dirichlet(np.ones(4)), 0.3, draw_weightings(60, 4, 5))
        shares = compute_acceptability(field, weightings, (1, 3), 1)
        heat = compute_rank_acceptability(field, weightings, np.arange(min(people, 12)), 5, 1)
        counted, places = np.zeros((2, people)), np.zeros((people, 5))
        for weights in weightings:
            ranks = rank_rows(field.value, weights, field.groups).rank
            counted += [ranks == 1, ranks <= 3]
            for place in range(5):
                places[:, place] += ranks == place + 1
        assert shares == pytest.approx(counted / len(weightings))
        assert heat == pytest.approx(places[: len(heat)] / len(weightings))


def test_the_same_seed_gives_the_same_figures_another_one_others():
    field = random_matrix(np.random.default_rng(4), 30, 5, missing=0.1)
    first, again = (compute_acceptability(field, draw_weightings(500, 5, 9), (1, 3), 9) for _ in range(2))
    other = compute_acceptability(field, draw_weightings(500, 5, 10), (1, 3), 10)
    assert (first == again).all()
    assert (first != other).any()


def test_a_missing_part_is_drawn_from_its_interval():
    # Of two alike the second lacks a criterion known to lie in 40 to 90 where the first has 65: ahead half of the time.
    field = matrix([[65, 70], [np.nan, 70]], low=40.0, high=90.0)
    shares = compute_acceptability(field, draw_weightings(COUNT, 2, 1), (1,), 1)[0]
    assert shares == pytest.approx([0.5, 0.5], abs=ERROR)


def test_a_missing_part_moves_the_box_as_well():
    # By box: the known one stands in 8; the other reaches 9 only with 80 or more of 100 where 50 are certain.
    field = matrix([[70, 100], [np.nan, 85]], rule="box", low=50.0, high=100.0)
    shares = compute_acceptability(field, np.array([[0.5, 0.5]] * COUNT), (1,), 1)[0]
    # Ahead with box 9 (0.4 of the draws), or in box 8 with a higher score: value above 85, which is box 9 too.
    assert shares == pytest.approx([0.6, 0.4], abs=ERROR)


def test_metamorphic_a_criterion_split_in_two_and_scores_rescaled():
    generator = np.random.default_rng(6)
    field = random_matrix(generator, 25, 3)
    weightings = draw_weightings(300, 3, 1)
    before = compute_acceptability(field, weightings, (1, 3), 1)
    doubled = matrix(np.column_stack([field.value, field.value[:, 2]]))
    halves = np.column_stack([weightings[:, :2], weightings[:, 2] / 2, weightings[:, 2] / 2])
    assert compute_acceptability(doubled, halves, (1, 3), 1) == pytest.approx(before)
    assert compute_acceptability(matrix(field.value * 0.5 + 10), weightings, (1, 3), 1) == pytest.approx(before)


def test_metamorphic_a_dominated_person_changes_nobodys_first_place():
    field = random_matrix(np.random.default_rng(7), 25, 4)
    weightings = draw_weightings(300, 4, 1)
    more = matrix(np.vstack([field.value, field.value[0] - 1]))
    shares = compute_acceptability(more, weightings, (1,), 1)[0]
    assert shares[:-1] == pytest.approx(compute_acceptability(field, weightings, (1,), 1)[0])
    assert shares[-1] == 0


@pytest.mark.parametrize("rule", ["score", "box"])
def test_intervals_against_a_scan_of_the_slider(rule):
    generator = np.random.default_rng(8)
    for _ in range(60):
        criteria = int(generator.integers(2, 6))
        field = random_matrix(generator, int(generator.integers(2, 15)), criteria, rule, missing=0.05, step=5)
        weights = generator.dirichlet(np.ones(criteria))
        locked = generator.random(criteria) < 0.25
        criterion = int(generator.integers(criteria))
        low, high = find_stable_interval(field, weights, criterion, locked.tolist())
        room = 1 - weights[locked & (np.arange(criteria) != criterion)].sum()
        free = ~locked
        free[criterion] = False
        assert -1e-12 <= low <= weights[criterion] <= high <= 1 + 1e-12
        if not free.any():
            assert low == high == weights[criterion]
            continue
        first = set(field.first(weights, 3).tolist())
        for value in np.linspace(0, room, 101):
            moved = weights.copy()
            moved[criterion] = value
            moved[free] = weights[free] / weights[free].sum() * (room - value)
            if min(abs(value - low), abs(value - high)) < 1e-6 or value > room - 1e-9:
                continue  # on the border both are right; at the end the others carry nothing
            stays = set(field.first(moved, 3).tolist()) == first
            assert stays == (low < value < high), (value, low, high)


def test_a_first_three_that_no_weight_can_change_has_the_whole_track():
    assert find_stable_interval(matrix([[90, 90], [50, 40]]), np.array([0.5, 0.5]), 0, [False, False]) == (0.0, 1.0)


def test_dominance_and_pairs_no_weighting_turns():
    field = matrix([[90, 90], [80, 90], [95, 10], [80, 90], [np.nan, 99]])
    assert find_dominators(field, 1).tolist() == [0]
    assert find_dominators(field, 2).tolist() == []
    assert find_dominators(field, 4).tolist() == []
    pairs = find_fixed_pairs(field, np.arange(5))
    assert np.argwhere(pairs).tolist() == [[0, 1], [0, 3]]
    by_box = matrix([[90, 90], [100, 20]], rule="box")
    assert np.argwhere(find_fixed_pairs(by_box, np.arange(2))).tolist() == [[0, 1]]


@pytest.mark.parametrize("value", [np.full((3, 2), 50.0), [[50.0]], [[50.0, 60.0]], np.empty((0, 3))])
def test_all_equal_one_person_one_criterion_nobody(value):
    field = matrix(value)
    weights = np.full(field.criteria, 1 / field.criteria)
    shares = compute_acceptability(field, draw_weightings(50, field.criteria, 1), (1, 3), 1)
    assert shares.shape == (2, len(field))
    assert (shares == 1).all()
    low, high = find_stable_interval(field, weights, 0, [False] * field.criteria)
    assert low <= weights[0] <= high


def test_leaders_are_the_first_of_the_ranking():
    generator = np.random.default_rng(11)
    for _ in range(200):
        field = random_matrix(generator, int(generator.integers(1, 60)), 4, "box", missing=0.1, step=10)
        weights = generator.dirichlet(np.ones(4)) * (generator.random(4) < 0.8)
        if not weights.any():
            continue
        weights /= weights.sum()
        count = int(generator.integers(1, 12))
        ranking = rank_rows(field.value, weights, field.groups)
        placed = ranking.rank[ranking.order]
        expected = ranking.order[(placed > 0) & (placed <= count)]
        assert find_leaders(field.value, weights, field.groups, count).tolist() == expected.tolist()


def test_where_the_others_have_no_weight_they_share_evenly_what_is_left():
    # All on the first criterion: the others get the rest in equal parts. 100 x against 40 x + 90 (1 - x): x = 0.6.
    field = matrix([[100, 0, 0], [40, 90, 90], [0, 100, 0], [0, 0, 100], [1, 1, 1]])
    low, high = find_stable_interval(field, np.array([1.0, 0.0, 0.0]), 0, [False] * 3, places=1)
    assert (low, high) == (pytest.approx(0.6), 1.0)
