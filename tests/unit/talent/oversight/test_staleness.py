"""Why something kept rests on old data."""

import datetime as dt

from core.talent.oversight.staleness import Changes, compare_boxes, compare_first_places, find_person_reasons
from tests.conftest import TODAY
from tests.factories import NIP, complete, employee, review_people

NOTHING = Changes({}, ())


def messages(reasons):
    return [reason.message for reason in reasons]


def reasons(review, changes=NOTHING, nips=(NIP,), since=TODAY):
    return messages(find_person_reasons(review, nips, changes, since))


def test_whoever_is_as_they_were_gives_no_reason():
    assert reasons(review_people(employee(), **complete())) == []


def test_each_change_has_its_own_words():
    review = review_people(employee(), **complete())
    assert reasons(review, Changes({NIP: {"employee"}}, {NIP})) == ["has moved"]
    assert reasons(review, Changes({NIP: {"employee"}}, ())) == []  # another grade is no move
    assert reasons(review, Changes({NIP: {"discipline"}}, ())) == ["was punished, or a punishment was corrected"]
    assert reasons(review, Changes({NIP: {"training", "award"}}, ())) == ["has newer records"]
    assert reasons(review, nips=("199999999999999999", NIP)) == ["is not in active service any more"]


def test_an_assessment_that_had_expired_already_is_no_news():
    facts = complete()
    for kind in ("competency_assessment", "potential_assessment"):
        for row in facts.get(kind, []):
            row["assessed_on"] = "2022-06-01"  # good for three years
    review = review_people(employee(), **facts)
    assert "an assessment has expired" in reasons(review, since=dt.date(2025, 1, 1))
    assert "an assessment has expired" not in reasons(review, since=dt.date(2025, 7, 1))


def test_the_first_place_that_differs_is_named():
    def place(then, now, same=False):
        return [(reason.values.get("place"), reason.nip) for reason in compare_first_places(then, now, same)]

    assert place("abc", "abc", same=True) == []
    assert place("abc", "abc") == [(None, "")]
    assert place("abc", "acb") == [(2, "c")]
    assert place("abc", "ab") == [(3, "")]
    assert place("", "a") == [(1, "")]


def test_a_box_that_has_become_another_is_told_with_both():
    review = review_people(employee(), **complete())
    box = int(review.people["box"][NIP])
    assert compare_boxes(review, {NIP: box, "199999999999999999": 3}) == []
    (reason,) = compare_boxes(review, {NIP: box % 9 + 1})
    assert reason.values == {"then": box % 9 + 1, "now": box or "–"}
