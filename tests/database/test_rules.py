"""Rules edited in the browser: in force at once, with history, never lost, never half-written."""

import datetime as dt
import tomllib

import pytest
import sqlalchemy as sa

from core.service import reference, review, rules, toml_text
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.store.accounts import Account
from core.talent.eligibility.rules import build_rules
from core.talent.errors import InvalidRubricFile

KEY = "jpt-pratama"
SHIPPED = reference.read_shipped_rules()[KEY]
AGE = next(at for at, gate in enumerate(rules.parse_rules(SHIPPED, KEY).gates) if gate.key == "age")


def edited(limit=58, text=SHIPPED):
    return toml_text.edit_text(text, {("gate", AGE, "limit"): limit})


def limit_of(engine, until=None):
    book = rules.load_rule_book(engine, until)
    return next(gate.parameters["limit"] for gate in book.find(None).gates if gate.key == "age")


def test_what_is_kept_is_in_force_at_once_and_the_review_knows(engine):
    before = review.get_review_key(engine)
    assert limit_of(engine) == 56
    rules.save_rules(engine, KEY, SHIPPED, edited(), "keputusan bupati", by=COMMAND_LINE)
    assert limit_of(engine) == 58
    assert review.get_review_key(engine) != before
    assert review.load_review(engine).rules.digest == build_rules(tomllib.loads(edited())).digest
    # By the evening of a past day nobody had edited anything.
    assert limit_of(engine, dt.datetime(2020, 1, 1)) == 56


def test_comments_of_the_file_stay(engine):
    kept = rules.save_rules(engine, KEY, SHIPPED, edited(), "x", by=COMMAND_LINE)
    assert kept.key == KEY
    text = rules.read_texts(engine)[KEY]
    assert text.count("#") == SHIPPED.count("#")
    assert text != SHIPPED


def test_the_second_of_two_is_told_and_overwrites_nothing(engine):
    rules.save_rules(engine, KEY, SHIPPED, edited(57), "pertama", by=COMMAND_LINE)
    with pytest.raises(rules.RulesProblem, match="somebody else"):
        rules.save_rules(engine, KEY, SHIPPED, edited(59), "kedua", by=COMMAND_LINE)
    assert limit_of(engine) == 57
    assert [edit.note for edit in rules.list_edits(engine)] == ["pertama"]


def test_a_retired_version_gives_way_to_the_one_before_and_stays_in_the_history(engine):
    rules.save_rules(engine, KEY, SHIPPED, edited(57), "pertama", by=COMMAND_LINE)
    rules.save_rules(engine, KEY, edited(57), edited(59), "kedua", by=COMMAND_LINE)
    newest = rules.list_edits(engine)[0]
    before = review.get_review_key(engine)
    rules.retire_rules(engine, newest.id, by=COMMAND_LINE)
    assert limit_of(engine) == 57
    assert review.get_review_key(engine) != before
    edits = rules.list_edits(engine)
    assert [(edit.note, edit.retired_at is not None) for edit in edits] == [("kedua", True), ("pertama", False)]
    with pytest.raises(rules.RulesProblem, match="retired"):
        rules.retire_rules(engine, newest.id, by=COMMAND_LINE)
    rules.retire_rules(engine, edits[1].id, by=COMMAND_LINE)
    assert limit_of(engine) == 56


@pytest.mark.parametrize(
    ("text", "note", "kind", "told"),
    [
        (edited(), "", rules.RulesProblem, "say what the rules change"),
        (SHIPPED, "x", rules.RulesProblem, "nothing new"),
        (edited(17), "x", InvalidRubricFile, "an age in years"),
        (SHIPPED.replace('key = "jpt-pratama"', 'key = "lain"'), "x", rules.RulesProblem, "stays as it is"),
        (SHIPPED.replace("promote_boxes = [7, 8, 9]", "promote_boxes = [12]"), "x", InvalidRubricFile, "from 1 to 9"),
        (SHIPPED.replace("proposal = 3", "proposal = 2"), "x", InvalidRubricFile, "three names"),
        ("gate = ", "x", InvalidRubricFile, "not valid TOML"),
    ],
)
def test_rules_that_cannot_be_are_refused_in_a_sentence_and_nothing_is_kept(engine, text, note, kind, told):
    with pytest.raises(kind, match=told):
        rules.save_rules(engine, KEY, SHIPPED, text, note, by=COMMAND_LINE)
    assert rules.list_edits(engine) == []
    assert limit_of(engine) == 56


def test_only_an_administrator_changes_the_law(engine):
    for role in ("secretariat", "member", "viewer"):
        who = Account(role, role, role, True)
        with pytest.raises(NotAllowed):
            rules.save_rules(engine, KEY, SHIPPED, edited(), "x", by=who)
        with pytest.raises(NotAllowed):
            rules.retire_rules(engine, 1, by=who)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM rules_version")).scalar() == 0
