"""Every value table of the Kepka preset by name."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from core.talent.context import find_latest_year
from core.talent.errors import InvalidMethod, InvalidRubric
from core.talent.facts import POTENTIAL_ASPECTS
from core.talent.scoring import measures
from core.talent.scoring.measures import combine_years, compute_job_person_match, compute_measure
from core.talent.scoring.rubric_schema import check_measure
from tests.factories import NIP, context_of, employee, frames, shipped_rubric

AS_OF = pd.Timestamp("2026-11-24")
MEASURES = shipped_rubric().measures


def score(key: str, person: dict | None = None, **facts) -> pd.Series:
    facts = frames(employee=[person or employee()], **facts)
    measure = MEASURES[key]
    return compute_measure(context_of(facts, AS_OF), measure.method, measure.fact, measure.parameters).loc[NIP]


def ratings(**years: str) -> list[dict]:
    return [{"nip": NIP, "year": int(year[1:]), "rating": rating} for year, rating in years.items()]


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [("very_good", "good", 100), ("good", "needs_improvement", 90), ("poor", "poor", 60), ("very_poor", "good", 70)],
)
def test_rating_is_the_mean_of_the_last_two_years(first, second, value):
    result = score("rating", performance_rating=ratings(y2024=first, y2025=second))
    assert result["value"] == result["low"] == result["high"] == value


def test_a_missing_year_leaves_an_interval():
    result = score("rating", performance_rating=ratings(y2025="good"))
    assert np.isnan(result["value"])
    assert (result["low"], result["high"]) == (50, 100)


def test_a_few_early_ratings_do_not_move_the_years():
    rows = pd.DataFrame({"nip": list("abcde"), "year": [2024, 2025, 2025, 2025, 2026]})
    assert find_latest_year(rows, AS_OF) == 2025
    assert find_latest_year(rows[:0], AS_OF) == 2025


@pytest.mark.parametrize(
    ("levels", "value"),
    [(["international"], 100), (["national", "agency"], 85), (["satyalancana"], 70), (["agency"], 50)],
)
def test_awards_count_by_the_best_of_five_years(levels, value):
    rows = [
        {"nip": NIP, "name_of_award": f"A{n}", "awarded_on": "2024-05-01", "award_level": level}
        for n, level in enumerate(levels)
    ]
    assert score("awards", award=rows)["value"] == value


def test_an_old_award_does_not_count_and_none_is_zero_once_the_register_is_there():
    old = [{"nip": NIP, "name_of_award": "A", "awarded_on": "2021-11-24", "award_level": "national"}]
    assert score("awards", award=old)["value"] == 0


def test_without_a_register_nobody_has_zero():
    result = score("awards")
    assert np.isnan(result["value"])
    assert (result["low"], result["high"]) == (0, 100)


@pytest.mark.parametrize(
    ("role", "value"),
    [("lead_cross_agency", 100), ("lead_internal", 85), ("member_cross_agency", 70), ("member_internal", 50)],
)
def test_team_roles(role, value):
    rows = [{"nip": NIP, "team": "T", "started_on": "2025-05-01", "role": role}]
    assert score("team_assignments", team_assignment=rows)["value"] == value


@pytest.mark.parametrize(("category", "value"), [("very_good", 100), ("good", 85), ("fair", 70), ("poor", 40)])
def test_feedback(category, value):
    assert score("feedback", feedback=[{"nip": NIP, "year": 2025, "category": category}])["value"] == value


def test_assessment_takes_the_given_jpm_of_the_latest_valid_one():
    rows = [
        {"nip": NIP, "assessed_on": "2024-01-01", "job_person_match": 70.0},
        {"nip": NIP, "assessed_on": "2025-01-01", "job_person_match": 82.5},
    ]
    assert score("assessment", competency_assessment=rows)["value"] == 82.5


def test_an_expired_assessment_is_missing_not_zero():
    result = score(
        "assessment", competency_assessment=[{"nip": NIP, "assessed_on": "2023-11-24", "job_person_match": 90.0}]
    )
    assert np.isnan(result["value"])
    assert (result["low"], result["high"]) == (0, 100)


def test_jpm_from_levels():
    levels = pd.DataFrame([[5, 4, 3, 4, 4, 4, 4, 4, 2]])
    assert compute_job_person_match(levels, 4)[0] == pytest.approx((4 * 7 + 3 + 2) / 36 * 100)


@pytest.mark.parametrize(
    ("hours", "value"), [(0, 0), (1, 40), (4, 40), (5, 60), (9, 60), (10, 80), (19, 80), (20, 100), (60, 100)]
)
def test_training_hours(hours, value):
    rows = [{"nip": NIP, "name_of_training": "D", "started_on": "2026-03-01", "hours": float(hours)}]
    assert score("training", training=rows)["value"] == value


@pytest.mark.parametrize(
    ("since", "units", "holding", "value"),
    [
        ("2021-01-01", ["A"], "definitive", (100 + 60 + 0) / 3),
        ("2023-01-01", ["A", "B"], "acting_higher", (80 + 80 + 80) / 3),
        ("2025-06-01", ["A"], "acting_same", (60 + 60 + 60) / 3),
        ("2026-06-01", ["A"], "daily_acting", (40 + 60 + 40) / 3),
    ],
)
def test_experience(since, units, holding, value):
    rows = [
        {"nip": NIP, "title": f"J{n}", "started_on": "2015-01-01", "unit": unit, "holding": holding}
        for n, unit in enumerate(units)
    ]
    result = score("experience", employee(position_since=dt.date.fromisoformat(since)), position_history=rows)
    assert result["value"] == pytest.approx(value)


def test_experience_across_agencies():
    rows = [
        {
            "nip": NIP,
            "title": "J",
            "started_on": "2015-01-01",
            "unit": "A",
            "holding": "definitive",
            "cross_agency": True,
        }
    ]
    assert score("experience", position_history=rows)["value"] == pytest.approx((100 + 100 + 0) / 3)


def test_experience_without_a_history_is_open_between_what_is_known():
    result = score("experience")
    assert np.isnan(result["value"])
    assert result["low"] == pytest.approx(100 / 3)
    assert result["high"] == 100


def test_aspects():
    row = {"nip": NIP, "assessed_on": "2025-01-01"} | dict.fromkeys(POTENTIAL_ASPECTS, 4.0)
    assert score("aspects", potential_assessment=[row])["value"] == 80
    open_row = row | {"motivation": None}
    result = score("aspects", potential_assessment=[open_row])
    assert np.isnan(result["value"])
    assert (result["low"], result["high"]) == (70, pytest.approx(82.5))


@pytest.mark.parametrize(
    ("level", "value"), [("S3", 100), ("S2", 90), ("S1", 80), ("D4", 80), ("D3", 70), ("SLTA", 60)]
)
def test_education(level, value):
    assert score("education", employee(education_level=level))["value"] == value


def test_the_highest_education_of_both_sources_counts():
    rows = [{"nip": NIP, "level": "S3", "field": "Ilmu Hukum"}]
    assert score("education", education=rows)["value"] == 100


@pytest.mark.parametrize(("field", "value"), [("ILMU PEMERINTAHAN", 100), ("TEKNIK SIPIL", 60)])
def test_field_of_study(field, value):
    assert score("field_fit", employee(education_field=field))["value"] == value


def test_general_administration_is_useful_everywhere():
    assert score("field_fit", employee(unit="Dinas Kesehatan", education_field="Ilmu Pemerintahan"))["value"] == 80
    assert np.isnan(score("field_fit", employee(education_field=None))["value"])


@pytest.mark.parametrize(
    ("punishment", "until", "value"),
    [("light", "2021-01-01", 75), ("moderate", "2021-01-01", 50), ("severe", None, 25), ("light", "2027-01-01", 0)],
)
def test_discipline(punishment, until, value):
    rows = [{"nip": NIP, "decided_on": "2020-01-01", "punishment": punishment, "served_until": until}]
    assert score("discipline", discipline=rows)["value"] == value


def test_never_punished():
    rows = [{"nip": "198006052005012002", "decided_on": "2020-01-01", "punishment": "severe"}]
    assert score("discipline", discipline=rows)["value"] == 100


def test_a_new_method_is_a_function_with_its_needs_and_an_entry_of_a_rubric():
    """As docs/design.md, "Adding", says."""
    with pytest.raises(InvalidMethod, match="does not say what it needs"):
        measures.method("length_of_name")
    with pytest.raises(InvalidMethod, match="unknown kind"):
        measures.method("length_of_name", needs={"most": "colour"})
    with pytest.raises(InvalidMethod, match="there already"):
        measures.method("best_event", needs={})

    @measures.method("length_of_name", needs={"most": "number"})
    def score_length_of_name(context, parameters):
        value = context.people["name"].str.len().clip(upper=parameters["most"]) / parameters["most"] * 100
        return pd.DataFrame({"value": value, "low": value, "high": value})

    try:
        with pytest.raises(InvalidRubric, match="“most” is missing"):
            check_measure("length_of_name", "employee", {}, ())
        check_measure("length_of_name", "employee", {"most": 20}, ())
        context = context_of(frames(employee=[employee(name="Budi")]), "2026-11-24")
        assert compute_measure(context, "length_of_name", "employee", {"most": 20})["value"].tolist() == [20.0]
    finally:
        del measures.METHODS["length_of_name"]


@pytest.mark.parametrize(("day", "value"), [("2026-11-23", 75), ("2026-11-24", 75), ("2026-11-25", 100)])
def test_a_punishment_counts_from_its_day_on(day, value):
    rows = [{"nip": NIP, "decided_on": day, "punishment": "light", "served_until": "2020-01-01"}]
    rows.append({"nip": "199901012020011999", "decided_on": "2010-01-01", "punishment": "severe"})
    assert score("discipline", discipline=rows)["value"] == value


@pytest.mark.parametrize(("until", "value"), [("2026-11-23", 75), ("2026-11-24", 0), ("2026-11-25", 0)])
def test_a_punishment_is_being_served_to_its_last_day(until, value):
    rows = [{"nip": NIP, "decided_on": "2026-05-01", "punishment": "light", "served_until": until}]
    assert score("discipline", discipline=rows)["value"] == value


@pytest.mark.parametrize(
    ("day", "value"),
    [("2021-11-24", 0), ("2021-11-25", 100), ("2026-11-24", 100), ("2026-11-25", 0)],
)
def test_an_award_counts_for_five_years_from_its_day(day, value):
    rows = [
        {"nip": NIP, "name_of_award": "A", "awarded_on": day, "award_level": "international"},
        {"nip": "199901012020011999", "name_of_award": "B", "awarded_on": "2025-01-01", "award_level": "agency"},
    ]
    assert score("awards", award=rows)["value"] == value


@pytest.mark.parametrize(
    ("day", "known"), [("2023-11-24", False), ("2023-11-25", True), ("2026-11-24", True), ("2026-11-25", False)]
)
def test_an_assessment_is_valid_three_years_from_its_day(day, known):
    rows = [{"nip": NIP, "assessed_on": day, "job_person_match": 77.0}]
    assert (score("assessment", competency_assessment=rows)["value"] == 77) == known


@pytest.mark.parametrize(("day", "value"), [("2026-11-24", 80.0), ("2026-11-25", 0.0)])
def test_an_acting_assignment_counts_from_its_first_day(day, value):
    """Of tenure (100), variety (60 for one unit) and acting only the last depends on the day."""
    rows = [
        {"nip": NIP, "title": "J", "started_on": "2015-01-01", "unit": "A", "holding": "definitive"},
        {"nip": NIP, "title": "K", "started_on": day, "unit": "A", "holding": "acting_higher"},
    ]
    result = score("experience", employee(position_since=dt.date(2015, 1, 1)), position_history=rows)
    assert result["value"] == pytest.approx((100 + 60 + value) / 3)


def test_of_several_years_the_latest_the_worst_or_the_mean_counts():
    """Years stand with the latest first."""
    columns = pd.DataFrame([[60.0, 80.0], [90.0, np.nan], [np.nan, 70.0]], index=list("abc"))
    last, worst, mean = (combine_years(columns, how) for how in ("last", "worst", "mean"))
    assert last["value"].tolist()[:2] == [60, 90]
    assert (last.at["c", "low"], last.at["c", "high"]) == (0, 100)
    assert worst["value"].tolist()[0] == 60
    assert (worst.at["b", "low"], worst.at["b", "high"]) == (0, 90)
    assert mean["value"].tolist()[0] == 70
    assert (mean.at["c", "low"], mean.at["c", "high"]) == (35, 85)
