"""What the room reads."""

import pytest

from core.talent.session.agreement import Agreement
from core.talent.session.dispute import Difference, Dispute
from core.ui.language import speaking
from core.ui.session.sentences import agreement_lines, dispute_details, dispute_sentence, phases_in_words
from tests.factories import employee, review_people

NAMES = ["Ani", "Budi", "Citra", "Dedi"]
WEIGHT, SCORE = Difference("weight", 0, 0.1, 0.355), Difference("score", 3, 60, 80.5)


@pytest.fixture(scope="module")
def review():
    return review_people(employee())


def say(review, dispute, words="en"):
    with speaking(words):
        return dispute_sentence(dispute, review, NAMES)


def disputed(*answers, fewest=True, common=(0, 1)):
    return Dispute(3, 5, common, {2: 3, 3: 2}, answers, fewest, {0: 5})


def test_where_it_does_not_matter_that_is_said(review):
    settled = Dispute(3, 5, (0, 1, 2), {}, (), True, {0: 5})
    assert say(review, settled).startswith(
        "It does not matter how it is weighed: under every member's weights the same 3"
    )
    assert "tidak ada yang dipersoalkan".casefold() in say(review, settled, "id").casefold()
    assert "Ani is first" in say(review, Dispute(1, 5, (0,), {}, (), True, {0: 5}))


def test_the_one_thing_is_named_with_its_span_the_place_and_who(review):
    said = say(review, disputed((WEIGHT,)))
    assert said.startswith("Only the weight of ")
    assert "(10.0 to 35.5 %)" in said
    assert said.endswith("decides place 3: Citra (3 of 5 members) and Dedi (2 of 5 members).")
    assert "(10,0 sampai 35,5 %)" in say(review, disputed((WEIGHT,)), "id")


def test_where_any_of_several_would_do_only_is_not_said(review):
    said = say(review, disputed((SCORE,), (WEIGHT,)))
    assert not said.startswith("Only")
    assert "the members' scores for Dedi (60.0 to 80.5) or the weight of " in said


def test_two_together_and_many(review):
    both = disputed((SCORE, WEIGHT), common=(0,))
    assert say(review, both).startswith("2 differences together decide places 2 to 3")
    with speaking("en"):
        details = dispute_details(both, review, NAMES)
        assert dispute_details(disputed((WEIGHT,)), review, NAMES) == ""
    assert details.startswith("It hangs on the members' scores for Dedi (60.0 to 80.5) and the weight of ")
    many = say(review, disputed((SCORE, WEIGHT, SCORE, WEIGHT), fewest=False))
    assert many.startswith("Members differ in many things at once")


def test_figures_have_their_word(review):
    agreement = Agreement(0.93, float("nan"), 0.5, 1, 10, (0, 0, 1))
    with speaking("en"):
        lines = agreement_lines(agreement)
    assert [word for _, word, _ in lines] == ["very high (93 %)", "nothing to compare", "moderate (50 %)"]
    assert "1 of 10 pairs" in lines[2][2]
    assert "2 groups of like-minded members" in lines[0][2]


def test_the_present_phase_stands_out():
    with speaking("id"):
        assert phases_in_words("discussion") == "Persiapan → Penilaian mandiri → Buka → **Bahas** → Putus → Tutup"
