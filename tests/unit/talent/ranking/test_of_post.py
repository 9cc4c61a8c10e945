"""Tests of core/talent/ranking/of_post.py."""

import numpy as np
import pytest

from core.service.reference import read_families, read_fit_rubric, read_posts
from core.talent.errors import UnknownPost
from core.talent.facts import COMPETENCIES
from core.talent.posts import ALL_PEOPLE
from core.talent.ranking.decision_matrix import build_decision_matrix
from core.talent.ranking.of_post import ENOUGH, count_eligible, rank_candidates, rank_post
from core.talent.ranking.order import Ranking
from core.talent.ranking.pair import explain_pair
from core.talent.review import build_review
from tests.conftest import TODAY
from tests.factories import NIP, OTHER_NIP, complete, employee, frames, shipped_rubric, shipped_rule_book


@pytest.mark.parametrize("rule", ["box", "score"])
@pytest.mark.parametrize("post", [ALL_PEOPLE, "dinas-kesehatan"])
def test_the_order_is_that_of_group_then_score(rule, post, current):
    weights = np.full(len(current.rubric.criteria), 1 / len(current.rubric.criteria))
    ranked = rank_post(current, post, weights, rule)
    assert ranked["nip"].tolist() != current.people.index.tolist()
    assert sorted(ranked["nip"]) == sorted(current.candidates(post))
    rows = current.people.index.get_indexer(ranked["nip"])
    values = current.scores.value[rows]
    np.testing.assert_allclose(ranked["score"], values @ weights)
    known = ranked["score"].notna()
    np.testing.assert_allclose(ranked["score_low"][known], ranked["score"][known])
    assert (ranked["score_low"][~known] < ranked["score_high"][~known]).all()
    assert (~known).any()
    assert ranked["box"].isna().equals((current.people["box"].iloc[rows] == 0).reset_index(drop=True))
    box = ranked["box"].fillna(0).astype(int)
    keys = [
        (answer if rule == "box" else 0, -b if rule == "box" else 0, -round(score, 6))
        for answer, b, score in zip(ranked["eligibility"], box, ranked["score"], strict=True)
        if score == score
    ]
    assert keys == sorted(keys)
    assert ranked["rank"].isna().equals(~known)
    assert ranked["rank"].iloc[0] == 1
    assert ("fit" in ranked.columns) == (post != ALL_PEOPLE)


def test_an_unknown_post(current):
    with pytest.raises(UnknownPost):
        rank_post(current, "x", np.full(len(current.rubric.criteria), 1 / len(current.rubric.criteria)), "box")


def test_the_eligible_who_have_a_place_are_counted():
    ranking = Ranking(np.array([0, 2, 3, 1]), np.array([1, 0, 2, 3]), np.array([90.0, np.nan, 80.0, 70.0]))
    assert count_eligible(ranking, np.array([0, 0, 1, 2])) == 1
    assert ENOUGH == 3


@pytest.mark.parametrize("post", ["dinas-kominfo", "sekretaris-dprd"])
def test_they_are_those_of_the_view(post, current):
    view = current.view(post)
    ranking = rank_candidates(view, np.array(current.rubric.weights), "box")
    known = ~np.isnan(current.people["talent"].to_numpy()[view.rows])
    assert count_eligible(ranking, view.answers) == int(((view.answers == 0) & known).sum())


def kominfo_candidates():
    """An informatics graduate with over ten years in the field, and a better rated outsider; both pass all gates."""
    graduate = employee(NIP, name="Ida", education_field="Teknik Informatika", unit="Dinas Komunikasi dan Informatika")
    outsider = employee(OTHER_NIP, name="Umar", education_field="Agroteknologi", unit="Dinas Pertanian")
    facts = {}
    for nip in (NIP, OTHER_NIP):
        for kind, rows in complete(nip).items():
            facts.setdefault(kind, []).extend(rows)
    facts["discipline"] = facts["discipline"][:1]
    levels = dict.fromkeys(COMPETENCIES, 4.0)
    facts["competency_assessment"] = [
        {"nip": nip, "assessed_on": "2025-01-01", **levels, "job_person_match": None, "made_for": "jpt_pratama"}
        for nip in (NIP, OTHER_NIP)
    ]
    facts["performance_rating"] = [
        {"nip": nip, "year": year, "rating": rating}
        for nip, rating in ((NIP, "good"), (OTHER_NIP, "very_good"))
        for year in (2024, 2025)
    ]
    facts["award"] = [{"nip": OTHER_NIP, "name_of_award": "A", "awarded_on": "2025-01-01", "award_level": "national"}]
    facts["position_history"] = [
        {"nip": nip, "title": "Kabid", "started_on": start, "ended_on": "2020-01-01", "unit": unit, "echelon": "III.b"}
        for nip, start, unit in (
            (NIP, "2010-01-01", "Dinas Komunikasi dan Informatika"),
            (OTHER_NIP, "2014-06-01", "Dinas Komunikasi dan Informatika"),
        )
    ]
    facts["technical_assessment"] = [
        {"nip": nip, "subject": "Komunikasi dan Informatika", "assessed_on": "2025-06-01", "score": 80.0}
        for nip in (NIP, OTHER_NIP)
    ]
    return build_review(
        frames(employee=[graduate, outsider], **facts),
        shipped_rubric(),
        shipped_rule_book(),
        read_posts(),
        read_families(),
        TODAY,
        fit_rubric=read_fit_rubric("tiga-bagian"),
    )


def test_the_graduate_with_ten_years_comes_first_when_the_thumb_says_fit():
    review = kominfo_candidates()
    post = "dinas-kominfo"
    official = rank_post(review, post, np.array(review.rubric.weights), "eligible")
    assert (official["eligibility"] == 0).all()
    assert official["nip"].tolist() == [OTHER_NIP, NIP]  # rated better
    weights = np.array(review.rubric_of("fit").weights)
    by_fit = rank_post(review, post, weights, "eligible", "fit")
    assert by_fit["nip"].tolist() == [NIP, OTHER_NIP]
    # By hand: discipline 100 against (2/3 x 50 + 1/3 x 100), competence alike, experience 100 against
    # 5.59 years of 10 in the field (2040 days) and over five at the level.
    years = 2040 / 365 * 10
    gap = 30 * (1 - (2 / 3 * 0.5 + 1 / 3)) + 20 * (1 - years / 100)
    assert by_fit["score"].diff().iloc[1] == pytest.approx(-gap)
    matrix = build_decision_matrix(review, post, "eligible", "fit")
    pair = explain_pair(matrix, weights, 0, 1)
    assert review.candidates(post)[pair.first] == NIP
    assert review.rubric_of("fit").criterion_keys[int(np.argmax(pair.steps))] == "study"
    # With the thumb on the talent value the order turns.
    thumb = np.array([0.0, 0.0, 0.0, 1.0])
    assert rank_post(review, post, thumb, "eligible", "fit")["nip"].tolist() == [OTHER_NIP, NIP]
