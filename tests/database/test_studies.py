"""Fields of study placed by hand: once, remembered, with history."""

import pytest

from core.service import importing, review, studies
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.store.accounts import Account
from core.talent.oversight.quality import list_unplaced_studies
from tests.factories import NIP, siasn, siasn_row

FIELD = "S-1 ILMU GAIB TERAPAN"


@pytest.fixture
def known(engine):
    importing.import_files(engine, [siasn(siasn_row(NIP, **{"PENDIDIKAN NAMA": FIELD}))], by=COMMAND_LINE)
    return engine


def test_a_field_is_placed_once_and_counts_from_then_on(known):
    before = review.load_review(known)
    unplaced = list_unplaced_studies(before)
    assert len(unplaced) == 1
    studies.assign_field(known, unplaced["field"].iloc[0], "informatics", by=COMMAND_LINE)
    after = review.load_review(known)
    assert list_unplaced_studies(after).empty
    assert after.families[0].studies.find("Ilmu Gaib Terapan") == "informatics"
    assert after.cache_key != before.cache_key
    assert after.fit("dinas-kominfo", after.people.index)["field_fit"].tolist() == ["same_family"]
    key = review.get_review_key(known)
    studies.assign_field(known, unplaced["field"].iloc[0], "", by=COMMAND_LINE)
    assert review.get_review_key(known) != key
    assert len(list_unplaced_studies(review.load_review(known))) == 1
    assert [each.discipline for each in studies.list_assignments(known)] == ["", "informatics"]


@pytest.mark.parametrize(
    ("field", "discipline", "told"),
    [("", "law", "choose a field"), ("x" * 301, "law", "1 to 300"), (FIELD, "gaib", "does not exist")],
)
def test_what_cannot_be_placed_is_told(known, field, discipline, told):
    with pytest.raises(studies.StudyProblem, match=told):
        studies.assign_field(known, field, discipline, by=COMMAND_LINE)
    assert studies.list_assignments(known) == []


def test_only_who_imports_places(known):
    with pytest.raises(NotAllowed):
        studies.assign_field(known, FIELD, "law", by=Account("m", "m", "member", True))
