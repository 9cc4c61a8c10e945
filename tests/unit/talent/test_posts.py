"""Tests of core/talent/posts.py."""

from dataclasses import replace

import pandas as pd
import pytest

from core.service import reference
from core.talent.errors import UnknownPost
from core.talent.posts import (
    PostProblem,
    check_posts,
    find_holders,
    find_post,
    find_several_holders,
    select_candidates,
    tabulate_posts,
)
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames

FAMILIES = [family.key for family in reference.read_families()]


def changed(**values):
    first, *rest = reference.read_posts()
    return [replace(first, **values), *rest]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"unit": " "}, "has no unit"),
        ({"title": ""}, "has no title"),
        ({"echelon": "2B"}, "expected e.g. II.b"),
        ({"family": "magic"}, "job family"),
        ({"parent": "raja"}, "not there"),
        ({"parent": "asisten-1"}, "below itself"),
        ({"criticality": 4}, "out of range"),
        ({"required_level": 6}, "out of range"),
        ({"criticality": 3, "criticality_reason": " "}, "highly critical"),
        ({"competencies": "integrity=6"}, "no competency=level"),
        ({"competencies": "magic=3"}, "no competency=level"),
        ({"competencies": "integrity"}, "no competency=level"),
        ({"key": "Sekda!"}, "small letters"),
        ({"key": "asisten-1"}, "twice"),
    ],
)
def test_a_list_of_posts_that_cannot_be_is_refused(values, words):
    check_posts(reference.read_posts(), FAMILIES)
    with pytest.raises(PostProblem) as refusal:
        check_posts(changed(**values), FAMILIES)
    assert words in str(refusal.value)


def test_two_definitive_holders_are_told_and_acting_ones_are_not():
    title = "Kepala Dinas Kesehatan"
    people = context_of(
        frames(
            employee=[
                employee(NIP, position_title=title),
                employee(OTHER_NIP, position_title=title.upper()),
                employee("197701012003121004", position_title=f"Plt. {title}"),
            ]
        ),
        "2026-11-24",
    ).people
    assert find_several_holders(reference.read_posts(), people) == {"dinas-kesehatan": sorted([NIP, OTHER_NIP])}


def test_candidates_of_lower_posts_come_from_their_own_levels():
    people = context_of(
        frames(employee=[employee(NIP, echelon="IV.a"), employee(OTHER_NIP, echelon="II.b")]), "2026-11-24"
    ).people
    post = replace(reference.read_posts()[0], echelon="III.b", title="Kepala Bidang")
    assert list(select_candidates(post, people, None)) == [NIP]


@pytest.mark.parametrize(("length", "sound"), [(300, True), (301, False), (1, True)])
def test_a_title_has_up_to_300_characters(length, sound):
    posts = changed(title="x" * length)
    if sound:
        check_posts(posts, FAMILIES)
    else:
        with pytest.raises(PostProblem, match="1 to 300"):
            check_posts(posts, FAMILIES)


@pytest.mark.parametrize(
    ("values", "sound"),
    [
        ({"criticality": 1}, True),
        ({"criticality": 0}, False),
        ({"criticality": 3, "criticality_reason": "x"}, True),
        ({"required_level": 0}, True),
        ({"required_level": 5}, True),
        ({"required_level": -1}, False),
        ({"competencies": "integrity=1|teamwork=5"}, True),
        ({"competencies": "integrity=0"}, False),
        ({"echelon": "II.a"}, True),
        ({"echelon": "II.c"}, False),
        ({"echelon": "", "title": "Analis Kebijakan Ahli Madya"}, True),
        ({"echelon": ""}, False),  # no level at all
    ],
)
def test_figures_up_to_their_bounds(values, sound):
    if sound:
        check_posts(changed(**values), FAMILIES)
    else:
        with pytest.raises(PostProblem):
            check_posts(changed(**values), FAMILIES)


@pytest.mark.parametrize(
    ("retires", "near"), [("2027-11-23", True), ("2027-11-24", True), ("2027-11-25", False), ("2026-11-24", True)]
)
def test_a_post_falls_vacant_within_a_year_by_the_calendar(retires, near):
    people = pd.DataFrame({"full_name": ["Ani"], "retires_on": [pd.Timestamp(retires)]}, index=["x"])
    first, second, *_ = reference.read_posts()
    table = tabulate_posts([first, second], people, {first.key: "x"}, pd.Timestamp("2026-11-24"))
    assert table["near"].tolist() == [near, True]
    assert table["vacant"].tolist() == [False, True]
    assert table["incumbent"].tolist() == ["Ani", None]
    assert table["incumbent_nip"].tolist() == ["x", None]
    days = (pd.Timestamp(retires) - pd.Timestamp("2026-11-24")).days
    assert table["months_left"].iloc[0] == pytest.approx(days / 365 * 12)
    assert table[["months_left", "retires_on"]].iloc[1].isna().all()


@pytest.mark.parametrize(
    "wanted", ["dinas-kesehatan", "Dinas Kesehatan", "KEPALA  DINAS KESEHATAN", "kepala dinas kesehatan"]
)
def test_a_post_is_found_by_its_short_name_or_title_however_spelled(wanted):
    assert find_post(reference.read_posts(), wanted).key == "dinas-kesehatan"


@pytest.mark.parametrize("wanted", ["", "dinas", "kesehatan"])
def test_a_post_that_is_not_there_is_told(wanted):
    with pytest.raises(UnknownPost, match="there is no post"):
        find_post(reference.read_posts(), wanted)


def test_of_two_with_one_title_the_one_there_longest_holds_the_post():
    people = pd.DataFrame(
        {
            "position_title": ["Kepala Dinas Kesehatan"] * 3 + ["Camat Contoh"],
            "position_since": pd.to_datetime([None, "2022-01-01", "2020-01-01", "2010-01-01"]),
        },
        index=list("abcd"),
    )
    assert find_holders(reference.read_posts(), people) == {"dinas-kesehatan": "c"}


def test_the_sekda_comes_from_the_present_jpt_and_the_holder_is_no_candidate():
    sekda, *_ = reference.read_posts()
    other = next(post for post in reference.read_posts() if post.echelon == "II.b")
    people = pd.DataFrame({"level": ["jpt_pratama", "administrator", "supervisor", "expert_main"]}, index=list("abcd"))
    assert list(select_candidates(sekda, people, None)) == ["a", "d"]
    assert list(select_candidates(sekda, people, "a")) == ["d"]
    assert "b" in select_candidates(other, people, None)
    assert "c" not in select_candidates(other, people, None)
    assert list(select_candidates(None, people, "a")) == list("abcd")
