"""Published tables as oracles for the methods."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.talent.ranking.aggregation import (
    normalise_by_range,
    normalise_by_ratio,
    normalise_by_vector,
    score_by_profile_matching,
    score_by_topsis,
)
from core.talent.ranking.elicitation import RANDOM_INDEX, weigh_by_comparisons, weigh_by_geometric_mean
from core.talent.ranking.order import rank_rows
from core.talent.scoring.score_table import compute_weighted_scores


def case(name: str) -> dict:
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))


def test_weighted_sum_of_the_tower_site():
    data = case("saw_topsis")
    expected = data["saw_ratio_normalised"]
    matrix = normalise_by_ratio(np.array(data["matrix"]), np.array(data["benefit"]))
    weights = np.array(data["weights"]) / sum(data["weights"])
    assert compute_weighted_scores(matrix, weights) == pytest.approx(expected["score"], abs=expected["tolerance"])
    assert rank_rows(matrix, weights, np.zeros(3, dtype=np.int64)).rank.tolist() == expected["rank"]


def test_topsis_names_another_winner_for_the_tower_site():
    data = case("saw_topsis")
    expected = data["topsis_vector"]
    scores = score_by_topsis(
        normalise_by_vector(np.array(data["matrix"])), np.array(data["weights"]), np.array(data["benefit"])
    )
    assert scores == pytest.approx(expected["score"], abs=expected["tolerance"])
    assert (len(scores) - scores.argsort().argsort()).tolist() == expected["rank"]


def test_the_normalisation_decides_the_winner_of_topsis():
    data = case("topsis_normalisation")
    matrix, weights, benefit = (np.array(data[key]) for key in ("matrix", "weights", "benefit"))
    minmax = score_by_topsis(normalise_by_range(matrix), weights, benefit)
    vector = score_by_topsis(normalise_by_vector(matrix), weights, benefit)
    assert minmax == pytest.approx(data["topsis_minmax"], abs=data["tolerance"])
    assert vector == pytest.approx(data["topsis_vector"], abs=data["tolerance"])
    assert minmax.argmax() != vector.argmax()


def test_pairwise_comparisons_that_contradict_each_other():
    data = case("ahp")
    assert {int(n): value for n, value in data["random_index"].items()} == dict(enumerate(RANDOM_INDEX[1:], start=1))
    matrix = np.array(data["matrix"], dtype=float)
    derived = weigh_by_comparisons(matrix)
    assert derived.weights == pytest.approx(data["eigenvector"], abs=data["tolerance"])
    assert derived.consistency_ratio == pytest.approx(data["consistency_ratio"], abs=5e-4)
    assert not derived.consistent
    assert weigh_by_geometric_mean(matrix) == pytest.approx(data["geometric_mean"], abs=data["tolerance"])


def test_profile_matching():
    data = case("profile_matching")
    totals = score_by_profile_matching(
        np.array(list(data["scores"].values()), dtype=float),
        np.array(data["target"], dtype=float),
        np.array(data["core"], dtype=bool),
        [(aspect["weight"], aspect["factors"]) for aspect in data["aspects"]],
        {int(gap): value for gap, value in data["gap_weight"].items()},
        data["core_share"],
    )
    expected = [data["total"][name] for name in data["scores"]]
    assert totals == pytest.approx(expected, abs=data["tolerance"])
