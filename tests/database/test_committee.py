"""Views, decisions on boxes and development steps on both kinds of database."""

import datetime as dt

import pandas as pd
import pytest

from core.service import decisions, development, importing, views
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.decisions import DecisionProblem
from core.service.development import DevelopmentProblem
from core.service.review import load_review
from core.service.views import ViewProblem
from core.talent.person.development import Gap
from tests.factories import NIP, OTHER_NIP, account, siasn, siasn_row

REASON = "Hasil wawancara komite menunjukkan lain."


@pytest.fixture
def current(engine):
    importing.import_files(engine, [siasn(siasn_row(), siasn_row(OTHER_NIP, NAMA="SITI CONTOH"))], by=COMMAND_LINE)
    return load_review(engine)


def decide(engine, current, box=8, reason=REASON, by=COMMAND_LINE, nip=NIP, session="Sidang 1"):
    return decisions.decide_box(engine, current, nip, box, session, reason, by=by)


def test_a_decision_stands_beside_the_computed_box_and_facts_stay(engine, current):
    decide(engine, current)
    decision = decisions.list_standing(engine, "box")[NIP]
    assert (decision.value, decision.computed, decision.reason, decision.session) == ("8", "0", REASON, "Sidang 1")
    again = load_review(engine)
    assert again.data_version == current.data_version
    pd.testing.assert_frame_equal(again.people, current.people)
    for kind, frame in current.context.facts.items():
        pd.testing.assert_frame_equal(again.context.facts[kind], frame)


def test_a_new_decision_takes_the_place_of_the_old_one_and_the_history_keeps_both(engine, current):
    decide(engine, current)
    decide(engine, current, box=7, reason="Dibahas kembali pada sidang kedua.", session="Sidang 2")
    assert decisions.list_standing(engine, "box")[NIP].value == "7"
    newest, oldest = decisions.list_decisions(engine, "box", NIP)
    assert (newest.value, newest.revoked_at) == ("7", None)
    assert (oldest.value, oldest.revoked_reason) == ("8", "Dibahas kembali pada sidang kedua.")
    decisions.revoke_decision(engine, newest.id, "Keputusan dibatalkan komite.", by=COMMAND_LINE)
    assert decisions.list_standing(engine, "box") == {}
    assert len(decisions.list_decisions(engine, "box", NIP)) == 2
    with pytest.raises(DecisionProblem, match="does not stand"):
        decisions.revoke_decision(engine, newest.id, "Keputusan dibatalkan komite.", by=COMMAND_LINE)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": "  pendek "}, "reason has 6 characters"),
        ({"reason": "x" * 2001}, "reason has 2001"),
        ({"box": 0}, "choose the box decided on"),
        ({"box": 10}, "expected 1 to 9"),
        ({"session": " "}, "name the session"),
        ({"nip": "199901012020011999"}, "not known here"),
    ],
)
def test_what_cannot_be_decided_is_one_sentence_and_leaves_nothing(values, words, engine, current):
    with pytest.raises(DecisionProblem) as refusal:
        decide(engine, current, **values)
    assert words in str(refusal.value)
    assert decisions.list_standing(engine, "box") == {}


def test_the_same_box_again_is_no_decision(engine, current):
    decide(engine, current)
    with pytest.raises(DecisionProblem, match="already"):
        decide(engine, current)


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_who_may_not_decide_cannot(role, engine, current):
    with pytest.raises(NotAllowed):
        decide(engine, current, by=account(engine, role))


def test_views_are_kept_by_name_and_removed_by_their_owner(engine):
    member, viewer = account(engine, "member"), account(engine, "viewer")
    views.save_view(engine, "talent_grid", " Box 9 ", "box=9&unit=Dinas+Sosial", by=member)
    (view,) = views.list_views(engine, "talent_grid")
    assert (view.name, view.query, view.username) == ("Box 9", "box=9&unit=Dinas+Sosial", "member")
    assert views.list_views(engine, "ranking") == []
    with pytest.raises(ViewProblem, match="is taken"):
        views.save_view(engine, "talent_grid", "BOX 9", "box=8", by=member)
    with pytest.raises(ViewProblem, match="1 to 100"):
        views.save_view(engine, "talent_grid", "x" * 101, "box=8", by=member)
    with pytest.raises(ViewProblem, match="nothing is filtered"):
        views.save_view(engine, "talent_grid", "leer", "", by=member)
    with pytest.raises(NotAllowed):
        views.save_view(engine, "talent_grid", "y", "box=8", by=viewer)
    with pytest.raises(NotAllowed):
        views.remove_view(engine, view.id, by=account(engine, "secretariat"))
    views.remove_view(engine, view.id, by=member)
    with pytest.raises(ViewProblem, match="removed already"):
        views.remove_view(engine, view.id, by=member)


def test_a_step_is_kept_followed_and_closed_once(engine, current):
    gap = Gap("training", 4.0, 20.0, 70.0, 72.5)
    due = current.as_of + dt.timedelta(days=200)
    number = development.plan_step(engine, current, NIP, "semua", gap, "Pelatihan manajerial", due, by=COMMAND_LINE)
    (step,) = development.list_steps(engine, NIP)
    assert (step.what, step.due_on, step.talent_before, step.talent_after, step.state) == (
        "Pelatihan manajerial",
        due,
        70.0,
        72.5,
        "open",
    )
    development.close_step(engine, number, "done", by=COMMAND_LINE)
    assert development.list_steps(engine, NIP)[0].state == "done"
    with pytest.raises(DevelopmentProblem, match="not open"):
        development.close_step(engine, number, "dropped", by=COMMAND_LINE)


@pytest.mark.parametrize(
    ("what", "days", "words"), [("", 10, "what shall be done"), ("x", 0, "choose a day"), ("x", 4000, "choose a day")]
)
def test_a_step_needs_a_text_and_a_day_ahead(what, days, words, engine, current):
    gap = Gap("assessment", float("nan"), 4.0, float("nan"), float("nan"))
    with pytest.raises(DevelopmentProblem, match=words):
        development.plan_step(
            engine, current, NIP, "semua", gap, what, current.as_of + dt.timedelta(days=days), by=COMMAND_LINE
        )
    with pytest.raises(NotAllowed):
        development.plan_step(engine, current, NIP, "semua", gap, "x", current.as_of, by=account(engine, "viewer"))
