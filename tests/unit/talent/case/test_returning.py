"""What BKN would send a submission back for: each change of the facts adds its own fault, with article and remedy."""

from dataclasses import replace

import pytest

from core.reports.returning import say_remedy, say_return_fault
from core.talent.case.returning import find_return_faults
from tests.factories import NIP, OTHER_NIP, complete, employee, review_people

POST, OTHER_POST = "dinas-kominfo", "dispora"
NAMED, STOOD = [NIP], [NIP]


def make(person=None, **changed):
    return review_people(person or employee(), **{**complete(), **changed})


def find(review=None, now=None, posts=None, candidates=None, elsewhere=None):
    review = review or make()
    posts = posts or {POST: NAMED}
    return {
        fault.key: fault
        for fault in find_return_faults(
            review, now or review, posts, candidates or dict.fromkeys(posts, STOOD), elsewhere or {}
        )
    }


def added(**asked):
    """The one fault that there is beyond those of everything in order."""
    (key,) = set(found := find(**asked)) - set(find())
    return key, found[key]


def say(fault, language="en"):
    words = say_return_fault(fault, language)
    assert "{" not in words
    assert "{" not in say_remedy(fault, language)
    assert fault.article
    return words


def test_three_of_four_who_pass_everything_give_nothing():
    nips = [NIP, OTHER_NIP, "197201012000011001", "197301012000012002"]
    people = [employee(nip) for nip in nips]
    facts = {}
    for nip in nips:
        for kind, rows in complete(nip).items():
            facts.setdefault(kind, []).extend(rows)
    for row in facts["position_history"]:
        row |= {"title": "Camat", "echelon": "III.a", "unit": "Dinas Komunikasi dan Informatika"}
    review = review_people(*people, **facts)
    assert find(review, posts={POST: nips[:3]}, candidates={POST: nips}) == {}


def test_counts_of_names_and_applicants():
    found = find()
    assert say(found[f"{POST}/names"]) == "1 names are proposed; expected 3"
    assert say(found[f"{POST}/applicants"]) == "1 stood for the post; expected at least 4"
    assert f"{POST}/names" not in find(posts={POST: [NIP, NIP, NIP]})
    assert f"{POST}/applicants" not in find(candidates={POST: [NIP] * 4})


def test_the_need_of_the_organisation():
    title = next(post.title for post in make().posts if post.key == POST)
    held = review_people(employee(), employee(OTHER_NIP, name="Ani Lain", position_title=title), **complete())
    key, fault = added(now=held)
    assert (key, "Ani Lain" in say(fault)) == (f"{POST}/held", True)
    without = replace(make(), posts=tuple(post for post in make().posts if post.key != POST))
    key, fault = added(now=without)
    assert key == f"{POST}/unknown"
    assert "not among the posts" in say(fault)


def test_a_name_that_stands_elsewhere_or_twice_or_has_left():
    key, fault = added(elsewhere={NIP: {"Sidang 7"}})
    assert (key, say(fault)) == (f"{POST}/{NIP}/elsewhere/Sidang 7", "stands in another submission under way: Sidang 7")
    twice = find(posts={POST: NAMED, OTHER_POST: NAMED})
    assert "Kepala Dinas" in say(twice[f"{POST}/{NIP}/twice/{OTHER_POST}"])
    assert f"{OTHER_POST}/{NIP}/twice/{POST}" in twice
    key, fault = added(now=review_people(employee(OTHER_NIP), **complete(OTHER_NIP)))
    assert (key, say(fault)) == (f"{POST}/{NIP}/left", "is not in active service by the data of now")


@pytest.mark.parametrize(
    ("changed", "gate", "words"),
    [
        ({"health": []}, "health", "a paper is missing"),
        ({"performance_rating": [{"nip": NIP, "year": 2025, "rating": "poor"}]}, "performance", "does not pass"),
    ],
)
def test_a_gate_that_is_not_passed_comes_with_its_article(changed, gate, words):
    review = make(**changed)
    found = find(review)
    fault = found[f"{POST}/{NIP}/gate/{gate}"]
    assert words in say(fault)
    own = next(each for each in review.eligibility_for(POST).gates if each.key == gate)
    assert fault.article == f"{own.article} [{own.standing}]"
    assert f"{POST}/{NIP}/gate/{gate}" not in find()


def test_qualification_and_time_in_post_have_their_own_words():
    fault = find(make(employee(education_level="D-III")))[f"{POST}/{NIP}/gate/education"]
    assert "does not have the qualification" in say(fault)
    head = employee(position_title="Kepala Dinas Pertanian", echelon="II.b", position_since="2026-01-01")
    fault = find(make(head))[f"{POST}/{NIP}/gate/tenure"]
    assert "not been long enough" in say(fault)
    assert not [key for key in find() if key.endswith("/tenure")]


def test_missing_values_are_counted_and_named():
    review = make(potential_assessment=[], combined_assessment=[])
    (key,) = [key for key in find(review) if f"{NIP}/values/" in key]
    words = say(find(review)[key], "id")
    missing = key.rpartition("/")[2].split("+")
    assert words.startswith(f"{len(missing)} nilai kurang: ")
    for criterion in review.rubric.criteria:
        assert (criterion.name["id"] in words) == (criterion.key in missing)
    assert not [key for key in find() if "/values/" in key]
