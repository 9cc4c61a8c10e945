"""Forgiving search: names of an invented regency as people misspell them."""

import random

import pandas as pd
import pytest

from core.demo.people import invent
from core.service import reference
from core.talent.grid.search import (
    build_search_index,
    filter_people,
    find_people,
    find_posts,
    list_unit_tree,
    tabulate_facets,
)
from tests.conftest import TODAY
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames, review_people

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
            "name": [person.name for person in persons],
            "full_name": [person.name for person in persons],
            "position_title": ["Camat"] * len(persons),
            "unit": ["Dinas Contoh"] * len(persons),
        },
        index=[person.nip for person in persons],
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
    chosen = rng.sample(sorted(unique.index), 250)
    right = sum(find_people(index, misspelled(unique[nip], rng))[:1] == [nip] for nip in chosen)
    assert right >= 0.95 * 250


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


def test_units_below_others_hang_under_them_and_are_counted_there():
    whole = context_of(
        frames(
            employee=[
                employee(NIP, unit="Bidang SD", parent_unit="Dinas Pendidikan"),
                employee(OTHER_NIP, unit="Dinas Pendidikan"),
                employee("197701012003121004", unit="Inspektorat", parent_unit="Inspektorat"),
            ]
        ),
        "2026-11-24",
    ).people
    assert list_unit_tree(whole) == [("Dinas Pendidikan", 0, 2), ("Bidang SD", 1, 1), ("Inspektorat", 0, 1)]
    assert len(filter_people(whole, units=["Dinas Pendidikan"])) == 2
    assert filter_people(whole, units=["Bidang SD"]).index.tolist() == [NIP]


def test_the_filter_by_text_forgives_spelling_but_prefers_what_is_written(current):
    people = current.people
    index = build_search_index(people)
    name = str(people["name"].iloc[7])
    wrong = name[:1] + name[2:]
    assert people.index[7] in filter_people(people, text=wrong, index=index).index
    assert len(filter_people(people, text=wrong)) == 0
    assert len(filter_people(people, text="Dinas Sosial", index=index)) > 10


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("sekretaris dprd", "sekretaris-dprd"),
        ("dinas sosail", "dinas-sosial"),
        ("komunikasi", "dinas-kominfo"),
        ("", None),
    ],
)
def test_posts_are_found_as_well(text, post):
    keys = find_posts(reference.read_posts(), text)
    assert (keys[0].key if keys else None) == post


PEOPLE = pd.DataFrame(
    {
        "full_name": ["Budi Contoh, S.E.", "Ani D'Ogan"],
        "position_title": ["Camat", None],
        "unit": ["Kecamatan A", "Dinas B"],
        "parent_unit": [None, "Dinas B"],
        "level": ["administrator", "unknown"],
        "family": ["government", "health"],
        "grade": ["IV/a", None],
    },
    index=[NIP, OTHER_NIP],
)


def test_filters_combine_and_empty_ones_let_everybody_through():
    assert list(filter_people(PEOPLE).index) == [NIP, OTHER_NIP]
    assert list(filter_people(PEOPLE, units=["Dinas B"], levels=["unknown"]).index) == [OTHER_NIP]
    assert filter_people(PEOPLE, units=["Dinas B"], levels=["administrator"]).empty
    assert list(filter_people(PEOPLE, grades=["IV/a"], families=["government"]).index) == [NIP]


def test_text_is_found_in_name_nip_post_and_unit():
    for text in ("budi", NIP[:10], "camat", "kecamatan contoh"):
        assert list(filter_people(PEOPLE, text=text).index) == [NIP]
    assert list(filter_people(PEOPLE, text="dogan").index) == [OTHER_NIP]
    assert filter_people(PEOPLE, text="budi dinas").empty


def test_a_text_that_no_name_holds_keeps_the_ten_most_alike(people):
    index = build_search_index(people)
    kept = filter_people(people, text="Sulastry Setyawann", index=index)
    assert len(kept) == 10
    assert set(kept.index) == set(find_people(index, "Sulastry Setyawann", 10))


@pytest.mark.parametrize(
    ("born", "retires"),
    # A JPT or administrator retires at 58 on the first of the following month; the day is 24 November 2026.
    [(1969, "1"), (1970, "3"), (1972, "5"), (1977, "10"), (1982, "later")],
)
def test_people_are_told_apart_by_the_years_they_still_serve(born, retires):
    nip = f"{born}03122000041001"
    review = review_people(employee(nip))
    years = (review.people.at[nip, "retires_on"] - pd.Timestamp(review.as_of)).days / 365.25
    lower = {"1": 0, "3": 1, "5": 3, "10": 5, "later": 10}[retires]
    assert lower < years <= (float(retires) if retires != "later" else 99)
    assert tabulate_facets(review).at[nip, "retires"] == retires


def test_what_people_are_narrowed_down_by_is_asked_of_each_facet_and_an_empty_one_lets_everybody_through():
    facets = pd.DataFrame({"sex": ["male", "female"], "gates": ["0", "1"]}, index=[NIP, OTHER_NIP])
    assert list(filter_people(PEOPLE, facets=facets, among={"sex": ["female"]}).index) == [OTHER_NIP]
    assert list(filter_people(PEOPLE, facets=facets, among={"sex": [], "gates": ["0"]}).index) == [NIP]
    assert len(filter_people(PEOPLE, facets=facets, among={"sex": []})) == 2
    assert filter_people(PEOPLE, facets=facets, among={"sex": ["female"], "gates": ["0"]}).empty


def test_of_names_that_hold_the_words_the_nearest_comes_first():
    names = ["Budi Santoso Wijaya Putra", "Budi", "Budi Santoso"]
    people = pd.DataFrame(
        {"name": names, "full_name": names, "position_title": "Camat", "unit": "Kecamatan"}, index=list("abc")
    )
    index = build_search_index(people)
    assert find_people(index, "budi") == ["b", "c", "a"]
    assert find_people(index, "budi", most=2) == ["b", "c"]


def test_people_are_told_apart_by_the_family_that_their_study_fits():
    fields = {NIP: "S-1 Ekonomi Pertanian", OTHER_NIP: "S-1 Teknik Informatika", "197701012003121004": "S-1 Tata Boga"}
    review = review_people(*(employee(nip, education_field=field) for nip, field in fields.items()))
    study = tabulate_facets(review)["study"]
    assert [study[nip] for nip in fields] == ["agriculture", "information", "none"]
