"""What the rules have against a committee."""

from dataclasses import replace

import pytest

from core.talent.posts import Post
from core.talent.session.committee import Member, check_committee

FIVE = [Member(1, "Ani", "chair", "ani"), *(Member(at, name, "member", name) for at, name in enumerate("BCDE", 2))]
SEKDA = Post("sekda", "Sekretaris Daerah", "Sekretariat Daerah", "II.a", "general", required_level=5)


def said(members, posts=()):
    return [(finding.problem.message.split(" ")[0], finding.grave) for finding in check_committee(members, posts)]


def test_five_with_one_chair_may_sit():
    assert check_committee(FIVE, [SEKDA]) == []


@pytest.mark.parametrize("count", [3, 4, 6])
def test_an_even_or_small_committee_is_told_and_may_sit(count):
    members = [
        replace(FIVE[0], id=at, username=f"user{at}", seat="chair" if at == 0 else "member") for at in range(count)
    ]
    (finding,) = check_committee(members, [])
    assert not finding.grave
    assert finding.problem.values["count"] == count
    assert "PP 11/2017" in finding.article


@pytest.mark.parametrize("chairs", [0, 2])
def test_without_one_chair_nobody_sits(chairs):
    members = [replace(member, seat="chair" if at < chairs else "member") for at, member in enumerate(FIVE)]
    (finding,) = check_committee(members, [])
    assert finding.grave
    assert finding.problem.values["count"] == chairs


def test_a_chair_without_an_account_could_open_nothing():
    (finding,) = check_committee([replace(FIVE[0], username=""), *FIVE[1:]], [])
    assert finding.grave
    assert "account" in str(finding.problem)


def test_two_secretaries_or_one_user_on_two_seats_cannot_be():
    assert said([FIVE[0], *(replace(member, seat="secretary") for member in FIVE[1:3]), *FIVE[3:]]) == [("there", True)]
    (finding,) = check_committee([replace(member, username="ani") for member in FIVE[:2]] + FIVE[2:], [])
    assert finding.grave
    assert finding.problem.values == {"name": "ani"}


def test_at_most_45_percent_come_from_inside():
    inside = [replace(member, inside=at < 3) for at, member in enumerate(FIVE)]
    assert [finding.problem.values.get("most") for finding in check_committee(inside, [])] == [45]
    assert check_committee([replace(member, inside=at < 2) for at, member in enumerate(FIVE)], []) == []


def test_an_insider_below_the_post_is_told_by_name():
    head = replace(FIVE[1], inside=True, echelon="II.b")
    (finding,) = check_committee([FIVE[0], head, *FIVE[2:]], [SEKDA])
    assert finding.problem.values["names"] == "B"
    assert check_committee([FIVE[0], replace(head, echelon="II.a"), *FIVE[2:]], [SEKDA]) == []
    assert check_committee([FIVE[0], replace(head, inside=False), *FIVE[2:]], [SEKDA]) == []
    assert check_committee([FIVE[0], replace(head, echelon=""), *FIVE[2:]], [SEKDA]) == []
