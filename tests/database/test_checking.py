"""Confirming that there is no punishment: by the same door as a file, with a history."""

import datetime as dt

import pytest

from core.service import accounts, importing, review
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.checking import CheckProblem, confirm_no_punishment, list_unchecked
from core.store.accounts import Account
from tests.factories import NIP, OTHER_NIP, sheet, siasn, siasn_row

DAY = dt.date(2026, 7, 1)


@pytest.fixture
def known(engine):
    """Two administrators and a register of punishments that names neither."""
    rows = [siasn_row(NIP, NAMA="BUDI CONTOH"), siasn_row(OTHER_NIP, NAMA="ANI CONTOH")]
    third = siasn_row("199001012015011001", NAMA="CICI CONTOH", **{"ESELON NAMA": ""})
    importing.import_files(engine, [siasn(*rows, third)], by=COMMAND_LINE)
    header = ["NIP", "Nama", "Tingkat Hukuman", "Tanggal SK"]
    register = sheet("hukuman.xlsx", header, ["199001012015011001", "CICI CONTOH", "Ringan", "01-02-2020"])
    importing.import_files(engine, [register], by=COMMAND_LINE)
    return engine


def gate_of(engine, nip):
    current = review.load_review(engine)
    answers = current.eligibility_for("dinas-kominfo").answers["discipline"]
    return int(answers.at[nip, "answer"]), str(answers.at[nip, "detail"])


def test_who_is_not_checked_is_listed_and_the_tick_answers_the_gate(known):
    current = review.load_review(known)
    listed = list_unchecked(current, "dinas-kominfo")
    # Who was punished long ago may have been again since.
    assert set(listed["nip"]) == {NIP, OTHER_NIP, "199001012015011001"}
    assert gate_of(known, NIP) == (1, "–")
    accounts.add_user(known, "sekretariat", "Rina Sekretariat", "secretariat", by=COMMAND_LINE)
    who = Account("sekretariat", "Rina Sekretariat", "secretariat", True)
    assert confirm_no_punishment(known, [(NIP, "BUDI CONTOH")], DAY, "buku register", by=who) == 1
    assert gate_of(known, NIP) == (0, "01-07-2026, Rina Sekretariat")
    assert gate_of(known, OTHER_NIP)[0] == 1
    assert NIP not in set(list_unchecked(review.load_review(known), "dinas-kominfo")["nip"])
    # The same again says nothing new; undone like any import it is as before.
    assert confirm_no_punishment(known, [(NIP, "BUDI CONTOH")], DAY, "buku register", by=who) == 0


@pytest.mark.parametrize(
    ("people", "day", "note", "told"),
    [
        ([], DAY, "x", "nobody is chosen"),
        ([(NIP, "BUDI CONTOH")], dt.date(2199, 1, 1), "x", "to come"),
        ([(NIP, "BUDI CONTOH")], DAY, "  ", "where was looked"),
    ],
)
def test_what_is_no_check_is_refused_in_a_sentence(known, people, day, note, told):
    with pytest.raises(CheckProblem, match=told):
        confirm_no_punishment(known, people, day, note, by=COMMAND_LINE)
    assert gate_of(known, NIP)[0] == 1


def test_only_who_may_import_confirms(known):
    member = Account("anggota", "Anggota", "member", True)
    with pytest.raises(NotAllowed):
        confirm_no_punishment(known, [(NIP, "BUDI CONTOH")], DAY, "x", by=member)
