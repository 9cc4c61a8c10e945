"""The profile through Streamlit's own harness."""

import pytest

from core.service import accounts, importing, installation
from core.service.review import load_review
from tests.factories import NIP, siasn, siasn_row
from tests.pages.test_pages import app, texts


def test_nobody_chosen_says_what_to_do(demo_to_look_at):
    test = app("candidate")
    assert any("Belum ada yang dipilih" in element.value for element in test.info)
    assert not test.exception


@pytest.mark.parametrize("language", ["id", "en"])
def test_one_person_whole(language, demo_to_look_at):
    current = load_review(installation.open_configured_engine())
    nip = current.people.index[current.people["box"] == 9][0]
    test = app("candidate", query={"nip": nip, "post": "dinas-kominfo", "language": language})
    assert not test.exception
    assert not test.error
    words = texts(test)
    assert str(current.people.at[nip, "position_title"]) in words
    assert ("Kekuatan:" in words) == (language == "id")
    assert ("Strengths:" in words) == (language == "en")
    assert "nan" not in words.lower().split()


def test_four_people_side_by_side(demo_to_look_at):
    current = load_review(installation.open_configured_engine())
    nips = current.people.index[:4].tolist()
    test = app("candidate", query={"nip": "~".join(nips)})
    assert not test.exception
    table = test.dataframe[0].value
    assert list(table.columns) == current.people.loc[nips, "full_name"].tolist()
    assert table.astype(str).apply(lambda line: line.str.contains("▲")).any().any()


def test_a_person_who_is_gone_is_one_sentence_and_the_others_stay(demo_to_look_at):
    nip = load_review(installation.open_configured_engine()).people.index[0]
    test = app("candidate", query={"nip": f"{nip}~199901012020011999~x"})
    assert not test.exception
    assert any("tidak dikenal lagi" in element.value for element in test.warning)
    assert test.query_params["nip"] in (nip, [nip])


def test_a_name_of_two_hundred_characters_and_little_known(installation_folder):
    engine = installation.open_configured_engine()
    installation.set_up(engine)
    importing.import_files(engine, [siasn(siasn_row(NAMA="Abcdefghi " * 20))], by=accounts.COMMAND_LINE)
    test = app("candidate", query={"nip": NIP})
    assert not test.exception
    assert not test.error
