"""One post changed from itself, on the page Suksesi."""

import re
from dataclasses import replace

import pytest
import streamlit as st

from core.service import accounts, posts
from core.service.installation import open_configured_engine
from core.service.review import load_review
from core.ui.succession.post_form import read_requirements
from tests.pages.test_pages import app

POST = "dinas-kominfo"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"education": "", "grade": ""}, ""),
        ({"education": "S2", "grade": "", "training": " PKN II ; ;PIM II "}, "education=S2|training=PKN II;PIM II"),
        ({"field": "akuntansi; keuangan"}, "field=akuntansi;keuangan"),
    ],
)
def test_the_fields_of_the_form_become_the_requirements_of_the_post(given, text):
    assert read_requirements(given) == text


def test_a_post_that_asks_for_more_judges_by_it_at_once_and_keeps_its_history(demo_installation):
    engine = open_configured_engine()
    before = load_review(engine)
    post = next(post for post in before.posts if post.key == POST)
    wanted = replace(post, requirements="education=S3|grade=IV/b", reference_date="2027-06-30")
    posts.edit_post(engine, post, wanted, "persyaratan baru", by=accounts.COMMAND_LINE)
    after = load_review(engine)
    judged = after.eligibility_for(POST)
    assert judged.day.isoformat() == "2027-06-30"
    assert {"own_education", "own_grade"} <= {gate.key for gate in judged.gates}
    few = after.people["education_level"] != "S3"
    assert (judged.overall[few] > 0).all()
    others = after.eligibility_for("dinas-kesehatan")
    assert others.day == after.as_of
    assert "own_grade" not in {gate.key for gate in others.gates}
    assert [edit.reason for edit in posts.list_edits(engine)] == ["persyaratan baru"]
    test = app("ranking", query={"post": POST})
    assert not test.exception


def test_who_may_not_change_posts_sees_no_form(demo_installation):
    for role in ("member", "viewer"):
        test = app("succession", role=role)
        assert not test.exception
        assert not any("Ubah jabatan ini" in box.label for box in test.expander)


class _FirstRowChosen:
    """Streamlit with the first row of the table of posts chosen, which its harness cannot do."""

    def __getattr__(self, name):
        return getattr(st, name)

    def dataframe(self, *given, **named):
        st.dataframe(*given, **named)
        return {"selection": {"rows": [0] if named["key"] == "posts_held" else []}}


def _field(elements, name):
    return next(element for element in elements if re.search(rf"_[0-9a-f]{{8}}_{name}$", str(element.key)))


def _shown_key(test):
    return _field(test.radio, "criticality").key.removeprefix("post_").rsplit("_", 2)[0]


def _fill(test, criticality, reason):
    _field(test.radio, "criticality").set_value(criticality)
    _field(test.text_input, "critical_reason").set_value("dipakai pada uji")
    _field(test.text_input, "reason").set_value(reason)
    next(element for element in test.button if element.label == "Simpan jabatan").click()
    test.run()
    assert not test.exception


def test_of_two_browsers_with_one_post_the_second_is_told_and_sees_what_it_is_now(demo_installation, monkeypatch):
    monkeypatch.setattr("core.ui.succession.posts.st", _FirstRowChosen())
    engine = open_configured_engine()
    query = {"view": "posts", "language": "id"}
    one, other = (app("succession", query=query) for _ in range(2))
    key = _shown_key(one)
    before = next(post for post in posts.list_posts(engine) if post.key == key)
    wanted = 1 if before.criticality != 1 else 2
    _fill(one, wanted, "lebih dulu")
    assert _field(one.radio, "criticality").value == wanted
    _fill(other, 6 - wanted - before.criticality, "terlambat")
    assert any("sudah diubah orang lain" in element.value for element in other.error)
    assert _field(other.radio, "criticality").value == wanted
    assert [edit.reason for edit in posts.list_edits(engine)] == ["lebih dulu"]


def test_the_standard_of_a_post_is_edited_from_the_post_in_words(demo_installation, monkeypatch):
    monkeypatch.setattr("core.ui.succession.posts.st", _FirstRowChosen())
    engine = open_configured_engine()
    test = app("succession", query={"view": "posts", "language": "id"})
    key = _shown_key(test)
    _field(test.text_input, "fields").set_value("Ilmu Hukum; Ilmu Politik")
    _field(test.text_input, "subject").set_value("hukum tata negara")
    _field(test.number_input, "years").set_value(7)
    _field(test.selectbox, "integrity").set_value(5)
    _fill(test, 2, "standar ditetapkan")
    post = next(post for post in posts.list_posts(engine) if post.key == key)
    assert (post.required_field, post.technical_subject) == ("Ilmu Hukum|Ilmu Politik", "hukum tata negara")
    assert (post.experience_years, post.asked["integrity"]) == (7, 5)
    assert not posts.is_example(engine, post)
    standard = load_review(engine).standard(post)
    assert (standard.years, standard.competencies["integrity"]) == (7, 5)
