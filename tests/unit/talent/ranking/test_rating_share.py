"""Tests of core/talent/ranking/rating_share.py."""

import numpy as np
import pytest

from core.talent.ranking.decision_matrix import build_decision_matrix
from core.talent.ranking.order import rank_rows
from core.talent.ranking.rating_share import (
    SHARES,
    find_rating,
    list_smaller_shares,
    measure_share,
    tabulate_rating,
    weigh_rating,
)
from tests.factories import employee, review_people, shipped_rubric
from tests.matrices import matrix


def test_the_rating_is_found_with_its_share_of_performance():
    kepka = find_rating(shipped_rubric())
    assert (kepka.criterion, kepka.measure.key, kepka.share) == (0, "rating", 0.6)
    assert find_rating(shipped_rubric("djbk-65-20-15")).share == 1


def test_the_other_criteria_of_the_axis_follow_and_the_axis_keeps_its_weight():
    rating = find_rating(shipped_rubric())
    four = matrix([[100, 50, 70, 70.0]])  # two criteria of performance, two of potential
    changed, weights = weigh_rating(four, np.array([0.3, 0.2, 0.25, 0.25]), rating, 0.4)
    assert weights.tolist() == pytest.approx([0.2, 0.3, 0.25, 0.25])
    assert changed.axis_shares[0].tolist() == pytest.approx([0.4, 0.6, 0, 0])
    assert changed.axis_shares[1].tolist() == pytest.approx([0, 0, 0.5, 0.5])
    # 0.6 x 50 + 0.4 x 100 is 70: box 5 still; a rating that is all of the axis stays all of it.
    alone = matrix([[100, 70.0]])
    assert weigh_rating(alone, np.array([0.5, 0.5]), rating, 0.4)[0] is alone


def rated(nip, year, rating):
    return {"nip": nip, "year": year, "rating": rating}


def test_places_with_less_weight_and_with_one_step_are_those_of_the_data_changed_so():
    nips = [f"19700101200001100{n}" for n in range(4)]
    people = [employee(nip, name=f"P{n}") for n, nip in enumerate(nips)]
    words = ["very_good", "good", "needs_improvement", "poor"]
    ratings = [rated(nip, year, word) for nip, word in zip(nips, words, strict=True) for year in (2024, 2025)]
    feedback = [
        {"nip": nip, "year": 2025, "category": word}
        for nip, word in zip(nips, ["poor", "fair", "good", "very_good"], strict=True)
    ]
    facts = {"performance_rating": ratings, "feedback": feedback}
    review = review_people(*people, **facts)
    weights = np.array([0.6, 0.4, 0, 0, 0, 0])
    made = build_decision_matrix(review, "semua", "score")
    # Awards and teams were never imported, so the second criterion is open; the rating alone can be ranked.
    alone = np.array([1.0, 0, 0, 0, 0, 0])
    rows = np.arange(4)
    table = tabulate_rating(review, made, alone, review.people.index, rows)
    assert table["place"].tolist() == rank_rows(made.value, alone, made.groups).rank.tolist()
    lower = [*ratings[:3], rated(nips[1], 2025, "needs_improvement"), *ratings[4:]]
    again = review_people(*people, **{**facts, "performance_rating": lower})
    changed = build_decision_matrix(again, "semua", "score")
    at = review.people.index.get_loc(nips[1])
    assert table["down"][at] == rank_rows(changed.value, alone, changed.groups).rank[at]
    assert [str(share) for share in SHARES] == list(table.columns[2:5])  # the rating is all that weighs
    assert weights.sum() == 1


def test_a_rating_at_the_end_of_the_scale_or_not_known_moves_no_step(current):
    made = build_decision_matrix(current, "dinas-kominfo", "box")
    nips = current.candidates("dinas-kominfo")
    weights = np.array(current.rubric.weights)
    rows = rank_rows(made.value, weights, made.groups).order[:15]
    table = tabulate_rating(current, made, weights, nips, rows)
    assert list(table.columns) == ["row", "place", "0.5", "0.4", "down", "up"]  # 60 % is what the rubric says
    rating = find_rating(current.rubric)
    assert measure_share(made, weights, rating) == pytest.approx(0.6)
    less = np.array([0.05, 0.45, 0.2, 0.125, 0.1, 0.075])
    assert list_smaller_shares(made, less, rating) == ()
    placed = table["place"] > 0
    assert (table.loc[placed, "down"] >= table.loc[placed, "place"]).all()
    assert (table.loc[placed, "up"] <= table.loc[placed, "place"]).all()
