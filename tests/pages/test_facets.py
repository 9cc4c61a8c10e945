"""Filters against a plain oracle on random combinations."""

import random

import numpy as np

from core.talent.grid.search import FACETS, filter_people, tabulate_facets


def test_every_value_is_one_that_can_be_chosen(current):
    facets = tabulate_facets(current)
    assert list(facets) == list(FACETS)
    for name, options in FACETS.items():
        known = set(options) or {family.key for family in current.families} | {"none"}
        assert set(facets[name].dropna()) <= known
        assert facets[name].nunique() > 1


def test_random_combinations_keep_whom_a_plain_loop_keeps(current):
    rng = random.Random(4)
    facets, people = tabulate_facets(current), current.people
    some = 0
    for _ in range(100):
        among = {
            name: rng.sample(options, rng.randint(1, len(options)))
            for name, options in ((name, sorted(facets[name].dropna().unique())) for name in FACETS)
            if rng.random() < 0.4
        }
        units = rng.sample(sorted(people["unit"].dropna().unique()), rng.choice([0, 0, 20]))
        filtered = filter_people(people, units=units, facets=facets, among=among).index.tolist()
        plain = [
            nip
            for nip in people.index
            if (not units or people.at[nip, "unit"] in units)
            and all(facets.at[nip, name] in wanted for name, wanted in among.items())
        ]
        assert filtered == plain
        some += 0 < len(filtered) < len(people)
    assert some > 50


def test_retirement_and_missing_parts_mean_what_they_say(current):
    facets, people = tabulate_facets(current), current.people
    soon = people.index[facets["retires"] == "1"]
    assert (people.loc[soon, "retires_on"].dt.year <= current.as_of.year + 1).all()
    lacking = np.isnan(current.scores.value).any(axis=1)
    assert (facets["lacking"].to_numpy() == np.where(lacking, "some", "none")).all()
