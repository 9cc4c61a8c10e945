"""Forgiving search: names of an invented regency as people misspell them."""

import random

import pandas as pd
import pytest

from core.demo.people import invent
from core.service import reference
from core.talent.grid.search import build_search_index, find_people
from tests.conftest import TODAY

#: Spellings that are mixed up in Indonesian names.
_HABITS = (
    ("y", "j"),
    ("u", "oe"),
    ("f", "v"),
    ("kh", "h"),
    ("dh", "d"),
    ("i", "y"),
    ("s", "z"),
    ("c", "tj"),
    ("ah", "a"),
)


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    persons = invent(15_000, reference.read_posts(), TODAY)
    return pd.DataFrame(
        {
            "name": [one.name for one in persons],
            "full_name": [one.name for one in persons],
            "position_title": ["Camat"] * len(persons),
            "unit": ["Dinas Contoh"] * len(persons),
        },
        index=[one.nip for one in persons],
    )


def misspelled(name: str, rng: random.Random) -> str:
    """One mistake: a habit, or a letter left out, doubled, exchanged with its neighbour or replaced."""
    habits = [pair for pair in _HABITS if pair[0] in name.lower()]
    if habits and rng.random() < 0.4:
        old, new = rng.choice(habits)
        return name.lower().replace(old, new, 1)
    at = rng.randrange(1, len(name) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + rng.choice("abcdefghijklmnoprstuwy") + name[at + 1 :]


def test_the_right_person_comes_first_in_at_least_95_of_100_misspellings(people):
    rng = random.Random(6)
    index = build_search_index(people)
    unique = people["name"].drop_duplicates(keep=False)
    chosen = rng.sample(sorted(unique.index), 500)
    right = sum(find_people(index, misspelled(unique[nip], rng))[:1] == [nip] for nip in chosen)
    assert right >= 475


def test_whole_words_come_before_likeness_and_names_before_posts(people):
    index = build_search_index(people)
    nip = people.index[7]
    assert find_people(index, nip)[0] == nip
    assert find_people(index, people["name"].iloc[7])[0] in people.index[people["name"] == people["name"].iloc[7]]
    assert len(find_people(index, "camat")) == 8


@pytest.mark.parametrize("text", ["", "   ", "?!", "x" * 200, "qqqqqqqq"])
def test_nonsense_finds_nobody(people, text):
    assert find_people(build_search_index(people.iloc[:50]), text) == []


def test_nobody_known(people):
    assert find_people(build_search_index(people.iloc[:0]), "budi") == []
