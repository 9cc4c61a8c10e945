"""What BKN would send a submission back for: each change of the facts adds its own fault, with article and remedy."""

from dataclasses import replace

import pytest

from core.reports.returning import say_remedy, say_return_fault, say_vacancy
from core.talent.appointments import Appointment, Unconfirmed
from core.talent.case.returning import Application, Elsewhere, find_return_faults, find_vacancy
from tests.factories import NIP, OTHER_NIP, complete, employee, review_people

POST, OTHER_POST = "dinas-kominfo", "dispora"


def make(person=None, *others, **changed):
    return review_people(person or employee(), *others, **{**complete(), **changed})


TITLE = next(post.title for post in make().posts if post.key == POST)


def find(review=None, now=None, posts=(POST,), named=(NIP,), stood=(NIP,), elsewhere=(), unscored=None):
    review = review or make()
    asked = [Application(post, tuple(named), tuple(stood), 4, unscored or {}) for post in posts]
    found = find_return_faults(review, now or review, asked, elsewhere)
    assert len({fault.key for fault in found}) == len(found)
    return found


def pick(found, what, post=POST):
    return [fault for fault in found if fault.key.split("/")[2] == what and fault.post == post]


def say(fault, language="en"):
    words = say_return_fault(fault, language)
    assert "{" not in words
    assert "{" not in say_remedy(fault, language)
    assert fault.article
    return words


def added(what, **asked):
    """The one fault of a kind that there is not where everything is in order."""
    assert not pick(find(), what)
    (fault,) = pick(find(**asked), what)
    return fault


def test_three_of_four_who_pass_everything_give_nothing():
    nips = [NIP, OTHER_NIP, "197201012000011001", "197301012000012002"]
    facts = {}
    for nip in nips:
        for kind, rows in complete(nip).items():
            facts.setdefault(kind, []).extend(rows)
    for row in facts["position_history"]:
        row |= {"title": "Camat", "echelon": "III.a", "unit": "Dinas Komunikasi dan Informatika"}
    left = {"nip": nips[0], "title": TITLE, "started_on": "2016-01-01", "ended_on": "2018-01-01"}
    facts["position_history"].append({**left, "unit": "A", "holding": "definitive"})
    review = review_people(*(employee(nip) for nip in nips), **facts)
    assert find(review, named=nips[:3], stood=nips) == []


def test_counts_of_names_and_of_those_who_stood():
    assert say(pick(find(), "names")[0]) == "names: 1; expected 3"
    assert say(pick(find(), "applicants")[0]) == "candidates who stood for the post: 1; expected at least 4"
    assert not pick(find(named=(NIP, OTHER_NIP, "197201012000011001")), "names")
    assert not pick(find(stood=(NIP,) * 4), "applicants")


def test_the_need_of_the_organisation():
    held = make(None, employee(OTHER_NIP, name="Ani Lain", position_title=TITLE))
    assert "Ani Lain" in say(added("held", now=held))
    assert not pick(find(now=held), "vacancy")
    without = replace(make(), posts=tuple(post for post in make().posts if post.key != POST))
    assert "not among the posts" in say(added("unknown", now=without))
    assert "no fact in the data says" in say(pick(find(), "vacancy")[0])


def held(nip=NIP, **row):
    given = {"nip": nip, "title": TITLE, "started_on": "2016-01-01", "ended_on": "2018-01-01", "holding": "definitive"}
    return {**given, **row}


def with_history(*rows, others=()):
    return make(None, *others, position_history=[*complete()["position_history"], *rows])


def test_by_which_fact_a_post_is_vacant():
    ended = with_history(held())
    assert say_vacancy(find_vacancy(ended, POST), "en") == "vacant since 1 January 2018, when Budi Contoh left it"
    assert not pick(find(now=ended), "vacancy")
    gone = make(None, employee(OTHER_NIP, name="Ani Lain", position_title=TITLE, service_status="retired"))
    assert say_vacancy(find_vacancy(gone, POST), "id") == "lowong sejak Ani Lain tidak lagi aktif"
    moved = make(None, employee(OTHER_NIP, name="Ani Lain", position_title=TITLE))
    made = Appointment(OTHER_POST, OTHER_NIP, moved.as_of, "821/2026")
    moved = replace(moved, unconfirmed=(Unconfirmed(made, "waits"),))
    assert "Ani Lain was inaugurated elsewhere" in say_vacancy(find_vacancy(moved, POST), "en")
    assert say_vacancy(find_vacancy(make(), POST), "en") == ""


def test_where_several_may_have_been_the_last_no_fact_is_said():
    retired = employee(OTHER_NIP, name="Ani Lain", position_title=TITLE, service_status="retired")
    assert find_vacancy(with_history(held(), others=[retired]), POST) is None
    later = held(OTHER_NIP, started_on="2019-01-01", ended_on=None)  # nobody says when it ended
    assert find_vacancy(with_history(held(), later, others=[employee(OTHER_NIP)]), POST) is None
    both = [retired, employee("197201012000011001", position_title=TITLE, service_status="retired")]
    assert find_vacancy(make(None, *both), POST) is None


def test_a_name_or_a_post_that_stands_elsewhere():
    other = Elsewhere(7, "Sidang 7", OTHER_POST, frozenset({NIP}))
    assert say(added("elsewhere", elsewhere=[other])) == "stands in another submission under way: Sidang 7"
    hidden = added("elsewhere", elsewhere=[replace(other, name="")])
    assert "kept from you" in say(hidden)
    assert hidden.key == added("elsewhere", elsewhere=[other]).key  # a reason answers, whoever asks
    assert "Sidang 7" not in say_return_fault(added("elsewhere", elsewhere=[other]), "en", masked=True)
    twice = find(elsewhere=[other, replace(other, post="bpkad")])
    assert len(pick(twice, "elsewhere")) == 2
    same = Elsewhere(8, "Sidang 8", POST, frozenset({OTHER_NIP}))
    assert say(added("post", elsewhere=[same])) == "another submission for this post is under way: Sidang 8"
    assert not pick(find(elsewhere=[same]), "elsewhere")


def test_a_name_that_stands_twice_or_has_left():
    found = find(posts=(POST, OTHER_POST))
    assert "Kepala Dinas" in say(pick(found, "twice")[0])
    assert pick(found, "twice", OTHER_POST)
    gone = added("left", now=review_people(employee(OTHER_NIP), **complete(OTHER_NIP)))
    assert (gone.nip, say(gone)) == (NIP, "is not in active service by the data of now")


@pytest.mark.parametrize(
    ("changed", "gate", "words"),
    [
        ({"health": []}, "health", "a paper is missing"),
        ({"performance_rating": [{"nip": NIP, "year": 2025, "rating": "poor"}]}, "performance", "does not pass"),
    ],
)
def test_a_gate_that_is_not_passed_comes_with_its_article(changed, gate, words):
    review = make(**changed)
    fault = added(f"gate-{gate}", review=review)
    assert words in say(fault)
    own = next(each for each in review.eligibility_for(POST).gates if each.key == gate)
    assert fault.article == f"{own.article} [{own.standing}]"
    # The same in the data of now alone, once more only where it is another answer.
    (now,) = pick(find(now=review), f"gate-{gate}")
    assert now.by_now
    assert say(now).endswith("(by the data of now)")
    assert now.key != fault.key


def test_qualification_has_its_own_words():
    fault = added("gate-education", review=make(employee(education_level="D-III")))
    assert "does not have the qualification" in say(fault)


@pytest.mark.parametrize(
    ("since", "words", "remedy"),
    [
        ("2026-01-01", "has not been long enough", "wait for the day"),
        ("2017-01-01", "the evaluation after so many years", "attach the evaluation"),
        (None, "not known since when", "import the day"),
        ("2023-01-01", "", ""),
    ],
)
def test_the_time_in_post_says_what_is_so(since, words, remedy):
    head = employee(position_title="Kepala Dinas Pertanian", echelon="II.b", position_since=since)
    found = pick(find(make(head)), "gate-tenure")
    assert len(found) == bool(words)
    for fault in found:
        assert words in say(fault)
        assert remedy in say_remedy(fault, "en")


def test_missing_values_are_counted_and_named():
    review = make(potential_assessment=[], combined_assessment=[])
    fault = added("values", review=review)
    words = say(fault, "id")
    missing = [k for k, value in enumerate(review.scores.value[0]) if value != value]
    assert missing
    assert words.startswith(f"nilai yang kurang: {len(missing)} (")
    for k, criterion in enumerate(review.rubric.criteria):
        assert (criterion.name["id"] in words) == (k in missing)
    scored = added("values", unscored={NIP: ("Wawancara",)})
    assert say(scored) == "missing values: 1 (Wawancara)"


def test_another_state_of_the_same_thing_is_another_fault():
    two = [make(None, employee(nip, position_title=TITLE)) for nip in (OTHER_NIP, "197201012000011001")]
    assert pick(find(now=two[0]), "held")[0].key != pick(find(now=two[1]), "held")[0].key
    assert pick(find(), "names")[0].key != pick(find(named=(NIP, OTHER_NIP)), "names")[0].key
    assert pick(find(), "names")[0].key == pick(find(), "names")[0].key
