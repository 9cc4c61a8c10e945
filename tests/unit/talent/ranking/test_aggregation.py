"""scikit-criteria and pymcdm as independent referees on random cases."""

import warnings

import numpy as np
import pymcdm.methods as referee
import pytest
import skcriteria
from pymcdm.normalizations import vector_normalization
from skcriteria.agg.simple import WeightedProductModel, WeightedSumModel
from skcriteria.agg.topsis import TOPSIS
from skcriteria.preprocessing.scalers import VectorScaler

from core.talent.ranking.aggregation import (
    normalise_by_range,
    normalise_by_ratio,
    normalise_by_vector,
    score_by_topsis,
    score_by_vikor,
    score_by_weighted_product,
)
from core.talent.scoring.score_table import compute_weighted_scores

CASES = 50


@pytest.fixture(params=range(CASES))
def case(request):
    generator = np.random.default_rng(request.param)
    people, criteria = int(generator.integers(3, 40)), int(generator.integers(2, 9))
    return (
        generator.uniform(1, 100, (people, criteria)),
        generator.dirichlet(np.ones(criteria)),
        np.ones(criteria, dtype=bool),
    )


def test_by_pymcdm(case):
    matrix, weights, benefit = case
    types = np.ones(len(weights))
    assert score_by_topsis(normalise_by_vector(matrix), weights, benefit) == pytest.approx(
        referee.TOPSIS(vector_normalization)(matrix, weights, types)
    )
    assert score_by_vikor(matrix, weights, benefit) == pytest.approx(referee.VIKOR()(matrix, weights, types))
    ours, theirs = score_by_weighted_product(matrix, weights), referee.WPM()(matrix, weights, types)
    assert ours.argsort().tolist() == theirs.argsort().tolist()


def test_by_scikit_criteria(case):
    matrix, weights, benefit = case
    decision = skcriteria.mkdm(matrix, [max] * len(weights), weights=weights)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = WeightedSumModel().evaluate(decision)
        product = WeightedProductModel().evaluate(decision)
        similarity = TOPSIS().evaluate(VectorScaler(target="matrix").transform(decision))
    assert compute_weighted_scores(matrix, weights) == pytest.approx(theirs.e_.score)
    assert np.log10(score_by_weighted_product(matrix, weights)) == pytest.approx(product.e_.score)
    assert score_by_topsis(normalise_by_vector(matrix), weights, benefit) == pytest.approx(similarity.e_.similarity)


def test_scales_by_hand():
    matrix = np.array([[2.0, 4.0], [4.0, 1.0], [3.0, 2.0]])
    more, less = np.array([True, True]), np.array([True, False])
    assert normalise_by_ratio(matrix, more).tolist() == [[0.5, 1.0], [1.0, 0.25], [0.75, 0.5]]
    assert normalise_by_ratio(matrix, less).tolist() == [[0.5, 0.25], [1.0, 1.0], [0.75, 0.5]]
    assert normalise_by_range(matrix) == pytest.approx(np.array([[0, 1], [1, 0], [0.5, 1 / 3]]))
    assert normalise_by_range(np.full((2, 2), 5.0)).tolist() == [[0, 0], [0, 0]]


def test_less_may_be_better():
    matrix = np.array([[2.0, 4.0], [4.0, 1.0], [3.0, 2.0]])
    benefit, weights = np.array([True, False]), np.array([0.5, 0.5])
    assert score_by_vikor(matrix, weights, benefit).tolist() == pytest.approx([1.0, 0.0, 0.5 * 5 / 12 + 0.5 * 0.5])
    scores = score_by_topsis(normalise_by_vector(matrix), weights, benefit)
    assert scores.argsort().tolist() == [0, 2, 1]
    assert (scores.max(), scores.min()) == (1.0, 0.0)
