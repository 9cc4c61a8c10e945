import numpy as np
import pandas as pd
import pytest

from core.talent.facts import POTENTIAL_ASPECTS as ASPECTS
from core.talent.ranking.of_post import rank_post
from tests.factories import NIP, OTHER_NIP, complete, employee, frames, review_of, review_people, shipped_rubric

KEPKA = shipped_rubric()


def test_the_talent_value_adds_up_by_hand():
    row = review_people(employee(), **complete()).people.loc[NIP]
    performance = 0.60 * 100 + 0.15 * 85 + 0.15 * 85 + 0.10 * 85
    potential = 0.20 * 80 + 0.10 * 100 + 0.10 * (100 + 60 + 0) / 3 + 0.25 * 80 + 0.10 * 90 + 0.10 * 100 + 0.15 * 100
    assert row["performance"] == pytest.approx(performance)
    assert row["potential"] == pytest.approx(potential)
    assert row["talent"] == pytest.approx((performance + potential) / 2)
    assert row["talent_low"] == row["talent_high"] == pytest.approx(row["talent"])
    assert row["box"] == 9


@pytest.mark.parametrize(
    "kind",
    [kind for kind in complete() if kind not in ("discipline", "discipline_check", "combined_assessment", "health")],
)
def test_one_missing_fact_leaves_everything_above_it_open(kind):
    facts = complete()
    whole = review_people(employee(), **facts).people.loc[NIP]
    facts[kind] = []
    current = review_people(employee(), **facts)
    row = current.people.loc[NIP]
    assert row["box"] == 0
    assert np.isnan(row["talent"])
    assert row["talent_low"] <= whole["talent"] <= row["talent_high"]
    assert row["talent_low"] < row["talent_high"]
    assert len(current.scores.missing_measures(NIP)) == 1
    assert whole["box"] in current.possible_boxes(NIP)


def test_weights_are_never_spread_again_over_what_is_known():
    facts = complete()
    facts["feedback"] = []
    row = review_people(employee(), **facts).people.loc[NIP]
    assert row["performance_low"] == pytest.approx(0.60 * 100 + 0.15 * 85 + 0.15 * 85)
    assert row["performance_high"] == pytest.approx(row["performance_low"] + 10)


def test_the_score_table_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        review_people(employee(), **complete()).scores.value[0, 0] = 1


def test_nobody_at_all():
    current = review_people()
    assert len(current.people) == 0
    assert current.post_table["vacant"].all()
    assert rank_post(current, "semua", np.array(KEPKA.weights), "box").empty


def test_a_box_7_with_a_punishment_may_outscore_a_clean_box_9_but_comes_after_it():
    first, second = complete(NIP), complete(OTHER_NIP)
    facts = {kind: first[kind] + second[kind] for kind in first if kind != "discipline"}
    facts["discipline"] = [{"nip": NIP, "decided_on": "2020-01-01", "punishment": "severe"}]
    facts["award"] = [{"nip": NIP, "name_of_award": "A", "awarded_on": "2024-01-01", "award_level": "international"}]
    facts["team_assignment"][0]["role"] = "lead_cross_agency"
    facts["potential_assessment"][0] |= dict.fromkeys(ASPECTS, 3.0)
    current = review_people(employee(), employee(OTHER_NIP, name="Ani"), **facts)
    assert current.people["box"].to_dict() == {NIP: 7, OTHER_NIP: 9}
    weights = np.array(KEPKA.weights)
    assert current.people.at[NIP, "talent"] > current.people.at[OTHER_NIP, "talent"]
    assert rank_post(current, "semua", weights, "box")["nip"].tolist() == [OTHER_NIP, NIP]


def test_an_unassessed_person_stays_in_the_ranking_without_a_rank():
    current = review_people(employee(), employee(OTHER_NIP, name="Ani"), **complete())
    frame = rank_post(current, "semua", np.array(KEPKA.weights), "box").set_index("nip")
    assert frame.at[NIP, "rank"] == 1
    assert pd.isna(frame.at[OTHER_NIP, "rank"])
    assert pd.isna(frame.at[OTHER_NIP, "score"])
    assert frame.at[OTHER_NIP, "score_low"] < frame.at[OTHER_NIP, "score_high"]


def test_djbk_takes_one_value_for_potential_and_competency_which_may_exceed_100():
    """Worked out by hand: X = 0.65 potkom + 0.05 x (S2 90 + field 100 + 20 JP 100 + experience) + 0.15 x 100."""
    row = review_of(frames(employee=[employee()], **complete()), rubric="djbk-65-20-15").people.loc[NIP]
    # Experience: over five years in the post 100, one unit 60, years in the family of the unit 100.
    experience = (100 + 60 + 100) / 3
    potential = 0.65 * 104.25 + 0.05 * (90 + 100 + 100 + experience) + 0.15 * 100
    assert row["potential"] == pytest.approx(potential, abs=1e-9)
    assert row["performance"] == pytest.approx(80)  # Baik in both years
    assert row["talent"] == pytest.approx((80 + potential) / 2, abs=1e-9)
    high = complete() | {"combined_assessment": [{"nip": NIP, "assessed_on": "2025-01-01", "combined_score": 119.5}]}
    above = review_of(frames(employee=[employee()], **high), rubric="djbk-65-20-15").people.loc[NIP]
    assert above["potential"] == pytest.approx(potential + 0.65 * (119.5 - 104.25))
    without = complete() | {"combined_assessment": []}
    open_ = review_of(frames(employee=[employee()], **without), rubric="djbk-65-20-15").people.loc[NIP]
    assert open_["potential_high"] - open_["potential_low"] == pytest.approx(0.65 * 120)
