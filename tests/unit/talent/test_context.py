"""Tests of core/talent/context.py."""

import pandas as pd
import pytest

from core.talent.context import find_latest_year, measure_coverage
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames


@pytest.mark.parametrize(("rated", "latest"), [(4, 2024), (5, 2025), (6, 2025)])
def test_a_year_counts_once_half_as_many_are_rated_as_in_the_best_covered_one(rated, latest):
    years = [2024] * 10 + [2025] * rated
    assert find_latest_year(pd.DataFrame({"year": years}), pd.Timestamp("2026-11-24")) == latest


@pytest.mark.parametrize(("day", "latest"), [("2025-12-31", 2025), ("2024-12-31", 2024), ("2023-06-01", 2022)])
def test_a_year_to_come_does_not_count(day, latest):
    yearly = pd.DataFrame({"year": [2024, 2025, 2026]})
    assert find_latest_year(yearly, pd.Timestamp(day)) == latest


def two_people():
    """Two people with facts, and a fact about somebody else."""
    rows = [
        {"nip": OTHER_NIP, "name_of_training": "A", "started_on": "2026-01-01", "hours": 1.0},
        {"nip": NIP, "name_of_training": "B", "started_on": "2026-01-01", "hours": 2.0},
        {"nip": "199901012020011999", "name_of_training": "C", "started_on": "2026-01-01", "hours": 4.0},
        {"nip": OTHER_NIP, "name_of_training": "D", "started_on": "2026-01-01", "hours": 8.0},
    ]
    return context_of(frames(employee=[employee(), employee(OTHER_NIP, name="Ani")], training=rows), "2026-11-24")


def test_facts_about_people_who_are_not_known_do_not_count():
    context = two_people()
    assert context.nips.tolist() == [OTHER_NIP, NIP]
    assert context.known("training")["hours"].tolist() == [1, 2, 8]
    assert len(context.facts["training"]) == 4
    assert len(context.known("employee")) == 2


def test_a_person_alone_has_the_own_facts_and_what_was_computed_for_all():
    context = two_people()
    context.once("ages", lambda: context.people["age"])
    context.once("hours", lambda: context.known("training"))
    for nip, hours in ((OTHER_NIP, [1, 8]), (NIP, [2])):
        person = context.of_person(nip)
        assert person.nips.tolist() == [nip]
        assert person.facts["training"]["hours"].tolist() == hours
        assert person.facts["employee"]["nip"].tolist() == [nip]
        assert person.once("ages", lambda: 1 / 0).tolist() == [context.people.at[nip, "age"]]
        assert person.once("hours", lambda: 1 / 0)["hours"].tolist() == hours
    assert context.of_person(NIP).known("award").empty


def test_dates_before_the_reference_date():
    context = two_people()
    assert context.before(years=2) == pd.Timestamp("2024-11-24")
    assert context.before(months=6) == pd.Timestamp("2026-05-24")
    assert context.before() == context.as_of
    assert context.years("performance_rating", 3) == [2025, 2024, 2023]


def test_registers_are_those_of_which_anything_is_known():
    context = two_people()
    coverage = measure_coverage(context.facts, context.as_of)
    assert coverage.registers == {"employee", "training"}
    assert (context.lacks_register("training"), context.lacks_register("award")) == (False, True)


def test_a_step_names_its_facts_and_leaves_out_what_is_not_known():
    context, steps = two_people().of_person(NIP).traced()
    rows = context.known("training").assign(id=[7], provider=None)
    context.step("m", "training", rows, ("hours", "provider", "nothing"), pd.Series([80.0]), 80.0, years=3)
    context.step("n", "training", rows, ("hours",), pd.Series([float("nan")]), float("nan"))
    first, second = steps
    assert (first.message, first.score, first.values) == ("m", 80.0, {"years": 3})
    assert [(use.fact_id, use.given, use.score) for use in first.uses] == [(7, {"hours": 2.0}, 80.0)]
    assert (second.score, second.uses[0].score) == (None, None)
    assert not two_people().step("nobody is explained")
