"""The tailor-made alarm on constructed cases."""

import numpy as np

from core.talent.ranking.robustness import compute_shares_anywhere
from core.talent.ranking.smallest_change import find_smallest_changes
from core.talent.ranking.tailoring import AlarmLimits, detect_tailoring
from tests.matrices import matrix

LIMITS = AlarmLimits()
OFFICIAL = np.array([0.4, 0.3, 0.3])


def test_a_corner_in_which_one_person_wins_is_told():
    # The last is best in the second criterion only by a hair and poor elsewhere: first in a small corner alone.
    field = matrix([[90, 80, 90], [85, 88, 85], [20, 88.5, 20]])
    weights = np.array([0.002, 0.996, 0.002])
    tailoring = detect_tailoring(field, weights, OFFICIAL, compute_shares_anywhere(field).first, LIMITS)
    assert tailoring is not None
    assert tailoring.row == 2
    assert tailoring.small_region
    assert tailoring.share < 0.01


def test_hardly_more_than_the_first_place_takes_is_told():
    field = matrix([[90, 60, 60], [60, 95, 60], [60, 60, 80]])
    least = find_smallest_changes(field, OFFICIAL, np.array([2]), 1)[0]
    tailoring = detect_tailoring(field, least.weights, OFFICIAL, compute_shares_anywhere(field).first, LIMITS)
    assert (tailoring.row, tailoring.lifts, tailoring.small_region) == (2, True, False)
    assert tailoring.least == least.distance
    assert tailoring.distance >= LIMITS.far


def test_much_more_than_it_takes_is_an_honest_change_of_mind():
    field = matrix([[90, 60, 60], [60, 95, 60], [60, 60, 80]])
    far = np.array([0.0, 1.0, 0.0])
    assert detect_tailoring(field, far, OFFICIAL, compute_shares_anywhere(field).first, LIMITS) is None


def test_a_setting_decides():
    field = matrix([[90, 60, 60], [60, 95, 60], [60, 60, 80]])
    least = find_smallest_changes(field, OFFICIAL, np.array([2]), 1)[0].weights
    anywhere = compute_shares_anywhere(field).first
    assert detect_tailoring(field, least, OFFICIAL, anywhere, AlarmLimits(smallest_share=0.0, far=1.0)) is None
    assert detect_tailoring(field, least, OFFICIAL, anywhere, AlarmLimits(smallest_share=0.9, far=1.0)).small_region


def test_weights_that_keep_the_official_first_name_are_never_told():
    field = matrix([[90, 80, 90], [85, 88, 85]])
    everything = AlarmLimits(smallest_share=1.0, far=0.0, needed=0.0)
    anywhere = compute_shares_anywhere(field).first
    assert detect_tailoring(field, OFFICIAL, OFFICIAL, anywhere, everything) is None
    assert detect_tailoring(field, np.array([0.5, 0.1, 0.4]), OFFICIAL, anywhere, everything) is None


def test_nobody_and_nobody_assessed():
    for field in (matrix(np.empty((0, 3))), matrix([[np.nan, 1, 1]])):
        assert detect_tailoring(field, OFFICIAL, OFFICIAL, compute_shares_anywhere(field).first, LIMITS) is None
