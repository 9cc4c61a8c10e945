"""Tests of core/talent/grid/bias.py."""

import pytest

from core.talent.grid.bias import count_same_ratings, find_units_apart
from tests.factories import employee, review_people


def test_a_unit_far_below_the_rest_is_told_and_chance_is_not():
    def world(low_unit):
        people = []
        ratings = []
        for at in range(60):
            nip = f"19750312200004{at + 1000:04d}"[:14] + "1" + f"{at:03d}"
            unit = "Dinas A" if at < 12 else f"Dinas {'BCD'[at % 3]}"
            rating = "needs_improvement" if low_unit and at < 12 else ("good", "very_good", "needs_improvement")[at % 3]
            people.append(employee(nip, name=f"Orang {at}", unit=unit))
            ratings += [{"nip": nip, "year": year, "rating": rating} for year in (2024, 2025)]
        given = [
            {"nip": person["nip"], "name_of_award": "x", "awarded_on": "2000-01-01", "award_level": "agency"}
            for person in people
        ]
        team = [{"nip": person["nip"], "team": "x", "started_on": "2000-01-01", "role": "leader"} for person in people]
        feedback = [{"nip": person["nip"], "year": 2025, "category": "good"} for person in people]
        return review_people(*people, performance_rating=ratings, award=given, team_assignment=team, feedback=feedback)

    low = world(True)
    assert low.people["performance"].notna().all()
    (hint,) = [hint for hint in find_units_apart(low) if hint.unit == "Dinas A"]
    assert hint.median < hint.others
    assert hint.people == 12
    assert all(hint.unit != "Dinas A" for hint in find_units_apart(world(False)))
    same = count_same_ratings(low)
    assert (same.people, same.unchanged) == (60, 60)
    assert dict(same.units)["Dinas A"] == 12


@pytest.mark.parametrize(("people", "told"), [(4, False), (5, True)])
def test_a_unit_of_five_says_something(people, told):
    units = ["Dinas A"] * people + ["Dinas B"] * 40
    nips = [f"1975031220000410{at:02d}" for at in range(len(units))]
    ratings = [{"nip": nip, "year": year, "rating": "good"} for nip in nips for year in (2024, 2025)] + [
        {"nip": nips[0], "year": 2023, "rating": "good"}
    ]
    same = count_same_ratings(
        review_people(
            *(employee(nip, name=f"Orang {nip[-2:]}", unit=unit) for nip, unit in zip(nips, units, strict=True)),
            performance_rating=ratings,
        )
    )
    assert (same.people, same.unchanged) == (len(units), len(units))
    assert dict(same.units) == ({"Dinas A": 5} if told else {}) | {"Dinas B": 40}
