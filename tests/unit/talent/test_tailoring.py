"""The tailor-made alarm on constructed cases."""

import numpy as np

from core.talent.ranking.robustness import shares_anywhere
from core.talent.ranking.smallest_change import smallest_changes
from core.talent.ranking.tailoring import AlarmLimits, tailoring
from tests.contests import contest

LIMITS = AlarmLimits()
OFFICIAL = np.array([0.4, 0.3, 0.3])


def test_a_corner_in_which_one_person_wins_is_told():
    # The last is best in the second criterion only by a hair and poor elsewhere: first in a small corner alone.
    field = contest([[90, 80, 90], [85, 88, 85], [20, 88.5, 20]])
    weights = np.array([0.002, 0.996, 0.002])
    found = tailoring(field, weights, OFFICIAL, shares_anywhere(field).first, LIMITS)
    assert found is not None
    assert found.row == 2
    assert found.small_region
    assert found.share < 0.01


def test_hardly_more_than_the_first_place_takes_is_told():
    field = contest([[90, 60, 60], [60, 95, 60], [60, 60, 80]])
    least = smallest_changes(field, OFFICIAL, np.array([2]), 1)[0]
    found = tailoring(field, least.weights, OFFICIAL, shares_anywhere(field).first, LIMITS)
    assert (found.row, found.lifts, found.small_region) == (2, True, False)
    assert found.least == least.distance
    assert found.distance >= LIMITS.far


def test_much_more_than_it_takes_is_an_honest_change_of_mind():
    field = contest([[90, 60, 60], [60, 95, 60], [60, 60, 80]])
    far = np.array([0.0, 1.0, 0.0])
    assert tailoring(field, far, OFFICIAL, shares_anywhere(field).first, LIMITS) is None


def test_a_setting_decides():
    field = contest([[90, 60, 60], [60, 95, 60], [60, 60, 80]])
    least = smallest_changes(field, OFFICIAL, np.array([2]), 1)[0].weights
    anywhere = shares_anywhere(field).first
    assert tailoring(field, least, OFFICIAL, anywhere, AlarmLimits(smallest_share=0.0, far=1.0)) is None
    assert tailoring(field, least, OFFICIAL, anywhere, AlarmLimits(smallest_share=0.9, far=1.0)).small_region


def test_weights_that_keep_the_official_first_name_are_never_told():
    field = contest([[90, 80, 90], [85, 88, 85]])
    everything = AlarmLimits(smallest_share=1.0, far=0.0, needed=0.0)
    anywhere = shares_anywhere(field).first
    assert tailoring(field, OFFICIAL, OFFICIAL, anywhere, everything) is None
    assert tailoring(field, np.array([0.5, 0.1, 0.4]), OFFICIAL, anywhere, everything) is None


def test_nobody_and_nobody_assessed():
    for field in (contest(np.empty((0, 3))), contest([[np.nan, 1, 1]])):
        assert tailoring(field, OFFICIAL, OFFICIAL, shares_anywhere(field).first, LIMITS) is None
