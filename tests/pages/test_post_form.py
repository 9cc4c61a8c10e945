"""One post changed from itself, on the page Suksesi."""

from dataclasses import replace

import pytest

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
    posts.edit_post(engine, wanted, "persyaratan baru", by=accounts.COMMAND_LINE)
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
