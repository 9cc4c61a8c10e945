import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.talent.scoring.nine_box import (
    ACTIONS,
    BOX,
    Thresholds,
    assign_boxes,
    classify_scores,
    list_possible_boxes,
    mask_possible_boxes,
)

T = Thresholds()


@pytest.mark.parametrize(
    ("score", "klass"),
    [(80, 2), (79.99, 1), (79.996, 1), (60, 1), (59.999, 0), (100, 2), (0, 0), (float("nan"), -1)],
)
def test_thresholds_are_inclusive_below_and_unrounded(score, klass):
    assert classify_scores(np.array([float(score)]), T)[0] == klass


def test_eighty_reached_by_a_sum_of_shares_is_eighty():
    score = sum([0.1] * 10) * 80  # 79.99999999999999 in binary
    assert score < 80
    assert classify_scores(np.array([score]), T)[0] == 2


@pytest.mark.parametrize(
    ("performance", "potential", "box"),
    [
        (90, 30, 4),
        (90, 70, 7),
        (90, 90, 9),
        (70, 30, 2),
        (70, 70, 5),
        (70, 90, 8),
        (30, 30, 1),
        (30, 70, 3),
        (30, 90, 6),
    ],
)
def test_every_box(performance, potential, box):
    assert assign_boxes(np.array([float(performance)]), np.array([float(potential)]), T)[0] == box


def test_not_assessed_is_never_box_one():
    nan = float("nan")
    assert assign_boxes(np.array([nan, 90.0, nan]), np.array([90.0, nan, nan]), T).tolist() == [0, 0, 0]


def test_other_thresholds():
    assert assign_boxes(np.array([89.0]), np.array([75.0]), Thresholds(90, 75))[0] == 5


def test_every_box_has_its_actions():
    assert sorted(ACTIONS) == sorted(BOX.ravel().tolist()) == list(range(1, 10))


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
def test_possible_boxes_contain_every_completion(a, b, c, d):
    performance, potential = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    possible = list_possible_boxes(performance, potential, T)
    for p in performance:
        for q in potential:
            assert assign_boxes(np.array([p]), np.array([q]), T)[0] in possible


def test_the_boxes_still_possible_as_bits_are_those_of_the_list():
    rng = np.random.default_rng(9)
    bounds = [np.sort(rng.uniform(0, 100, (2, 300)), axis=0) for _ in range(2)]
    limits = Thresholds()
    masks = mask_possible_boxes((bounds[0][0], bounds[0][1]), (bounds[1][0], bounds[1][1]), limits)
    for at, mask in enumerate(masks):
        listed = list_possible_boxes((bounds[0][0][at], bounds[0][1][at]), (bounds[1][0][at], bounds[1][1][at]), limits)
        assert mask == sum(2 ** (box - 1) for box in listed)
