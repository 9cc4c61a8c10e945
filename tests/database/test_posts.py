"""Posts as edited, kept plans and succession pools on both kinds of database."""

from dataclasses import replace

import pandas as pd
import pytest
import sqlalchemy as sa

from core.imports.faults import UnreadableFile
from core.reports.workbook import frame_workbook
from core.service import decisions, importing, pools, posts, reference, studies
from core.service import placement as placing
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.pools import PoolProblem
from core.service.review import get_review_key, load_review
from core.store.tables import AuditEvent
from core.talent.posts import PostProblem, check_posts
from core.talent.succession.table import tabulate_succession
from tests.factories import NIP, account, siasn, siasn_row


def with_first(**values):
    first, *rest = reference.read_posts()
    return [replace(first, **values), *rest]


def test_posts_are_changed_with_their_history_and_the_review_follows(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    before = get_review_key(engine)
    assert posts.list_posts(engine) == reference.read_posts()
    assert posts.edit_posts(engine, with_first(title="Sekretaris Daerah Kabupaten"), "Nama resmi", by=COMMAND_LINE) == (
        0,
        1,
        0,
    )
    assert get_review_key(engine) != before
    assert load_review(engine).posts[0].title == "Sekretaris Daerah Kabupaten"
    fewer = [post for post in posts.list_posts(engine) if post.key != "dispora"]
    assert posts.edit_posts(engine, fewer, "Digabung", by=COMMAND_LINE) == (0, 0, 1)
    assert "dispora" not in {post.key for post in posts.list_posts(engine)}
    assert [(edit.reason, edit.abolished) for edit in posts.list_edits(engine)] == [
        ("Nama resmi", False),
        ("Digabung", True),
    ]


@pytest.mark.parametrize(
    ("wanted", "reason", "words"),
    [
        (lambda: with_first(parent="asisten-1"), "x", "below itself"),
        (lambda: with_first(unit=""), "x", "has no unit"),
        (lambda: with_first(title="y"), " ", "say why"),
        (list, "x", "at least one"),
        (lambda: list(reference.read_posts()), "x", "nothing differs"),
        (lambda: with_first(required_field="Hukum|Akutansi"), "x", "no field of study"),
        (lambda: with_first(requirements="field=akuntansi;kuangan"), "x", "no field of study"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(wanted, reason, words, engine):
    with pytest.raises(PostProblem, match=words):
        posts.edit_posts(engine, wanted(), reason, by=COMMAND_LINE)
    assert posts.list_edits(engine) == []


def test_a_field_that_stood_before_or_was_placed_by_hand_is_taken(engine):
    studies.assign_field(engine, "Ilmu Kebencanaan", "planning", by=COMMAND_LINE)
    posts.edit_posts(engine, with_first(required_field="Ilmu Kebencanaan"), "disepakati", by=COMMAND_LINE)
    studies.assign_field(engine, "Ilmu Kebencanaan", "", by=COMMAND_LINE)
    again = with_first(required_field="Ilmu Kebencanaan|Hukum", experience_years=4)
    assert posts.edit_posts(engine, again, "ditambah", by=COMMAND_LINE) == (0, 1, 0)


def test_the_audit_trail_names_the_post_and_the_reason(engine):
    posts.edit_posts(engine, with_first(criticality=1), "dinilai ulang", by=COMMAND_LINE)
    with engine.connect() as connection:
        told = connection.execute(sa.select(AuditEvent.event, AuditEvent.detail)).all()
    assert told[-1] == ("posts:changed", "0+ 1~ 0-: ~sekretaris-daerah; dinilai ulang")


def test_a_form_opened_before_another_change_of_the_post_saves_nothing(engine):
    first, second = reference.read_posts()[:2]
    posts.edit_post(engine, first, replace(first, criticality=1), "lebih dulu", by=COMMAND_LINE)
    with pytest.raises(PostProblem, match="changed by somebody else"):
        posts.edit_post(engine, first, replace(first, required_level=3), "terlambat", by=COMMAND_LINE)
    # Another post may be changed from a form as old.
    posts.edit_post(engine, second, replace(second, required_level=4), "lain", by=COMMAND_LINE)
    assert [edit.reason for edit in posts.list_edits(engine)] == ["lebih dulu", "lain"]
    assert posts.list_posts(engine)[0] == replace(first, criticality=1)


def test_a_change_between_reading_and_writing_is_not_overwritten(engine, monkeypatch):
    first, second = reference.read_posts()[:2]
    clock = posts.now

    def another_writes_first():
        monkeypatch.setattr(posts, "now", clock)
        posts.edit_post(engine, second, replace(second, required_level=4), "orang lain", by=COMMAND_LINE)
        return clock()

    for change in (
        lambda: posts.edit_post(engine, first, replace(first, criticality=1), "x", by=COMMAND_LINE),
        lambda: posts.edit_posts(engine, with_first(criticality=1), "x", by=COMMAND_LINE),
    ):
        monkeypatch.setattr(posts, "now", another_writes_first)
        with pytest.raises(PostProblem, match="just been changed"):
            change()
        second = next(post for post in posts.list_posts(engine) if post.key == second.key)
        assert second.required_level == 4
        posts.edit_post(engine, second, replace(second, required_level=2), "kembali", by=COMMAND_LINE)
        second = replace(second, required_level=2)
    assert {edit.reason for edit in posts.list_edits(engine)} == {"orang lain", "kembali"}


def test_a_member_may_not_change_posts(engine):
    with pytest.raises(NotAllowed):
        posts.edit_posts(engine, with_first(title="y"), "x", by=account(engine, "member"))


def test_posts_come_back_from_the_file_they_were_written_to():
    table = pd.DataFrame([posts.to_row(post) for post in reference.read_posts()])
    assert tuple(posts.read_file("jabatan.xlsx", frame_workbook("Jabatan", table))) == reference.read_posts()
    assert tuple(posts.read_file("jabatan.csv", table.to_csv(index=False).encode())) == reference.read_posts()
    short = table[list(posts.COLUMNS[:5])]
    assert posts.read_file("jabatan.csv", short.to_csv(index=False).encode())[0].criticality == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"post;title\nx;y\n", "unit"),
        ("a.csv", b"post,title,unit,echelon,family,criticality\nx,y,z,II.b,health,banyak\n", "whole number"),
    ],
)
def test_a_faulty_file_of_posts_is_one_sentence(name, content, words):
    with pytest.raises(PostProblem, match=words):
        posts.read_file(name, content)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_a_file_that_is_no_table_is_refused(content):
    with pytest.raises(UnreadableFile):
        posts.read_file("a.xlsx", content)


def test_a_group_is_frozen_and_moves_on_by_those_who_may(engine, monkeypatch):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    current = load_review(engine)
    member, secretariat = account(engine, "member"), account(engine, "secretariat")
    with pytest.raises(PoolProblem, match="nobody belongs"):
        pools.propose_pool(engine, current, "KRS", "semua", [9], by=member)
    decisions.decide_box(engine, current, NIP, 9, "Sidang", "Hasil wawancara komite.", by=COMMAND_LINE)
    # Without two ratings nobody is in a group, whatever the box.
    with pytest.raises(PoolProblem, match="nobody belongs"):
        pools.propose_pool(engine, current, "KRS", "semua", [9], by=member)
    rated = current.eligibility.answers["performance"].assign(answer=0)
    everywhere = {**current.eligibility.answers, "performance": rated}
    passing = replace(current)
    passing.judged[(current.rules.key, current.rules.digest, current.context.as_of, None)] = replace(
        current.eligibility, answers=everywhere
    )
    number = pools.propose_pool(engine, passing, " KRS 2026 ", "semua", [9, 8], by=member)
    (pool,) = pools.list_pools(engine)
    assert (pool.id, pool.name, pool.boxes, pool.state) == (number, "KRS 2026", "9,8", "proposed")
    assert [(member[0], member[3], member[4], member[5]) for member in pool.members] == [(NIP, 9, 0, None)]
    with pytest.raises(NotAllowed):
        pools.move_pool_on(engine, number, by=member)
    assert pools.move_pool_on(engine, number, by=secretariat) == "reviewed"
    with pytest.raises(NotAllowed):
        pools.move_pool_on(engine, number, by=secretariat)
    assert pools.move_pool_on(engine, number, by=COMMAND_LINE) == "fixed"
    with pytest.raises(PoolProblem, match="any further"):
        pools.move_pool_on(engine, number, by=COMMAND_LINE)
    with pytest.raises(PoolProblem, match="fixed stays"):
        pools.remove_pool(engine, number, by=member)
    with pytest.raises(PoolProblem, match="is taken"):
        pools.propose_pool(engine, passing, "krs 2026", "semua", [9], by=member)
    other = pools.propose_pool(engine, passing, "Lain", "semua", [9], by=member)
    with pytest.raises(NotAllowed):
        pools.remove_pool(engine, other, by=secretariat)
    pools.remove_pool(engine, other, by=member)
    assert [pool.id for pool in pools.list_pools(engine)] == [number]


@pytest.mark.parametrize(
    ("name", "boxes", "words"), [("", [9], "1 to 100"), ("x", [], "at least one"), ("x", [10], "at least one")]
)
def test_a_group_needs_a_name_and_boxes(name, boxes, words, engine):
    with pytest.raises(PoolProblem, match=words):
        pools.propose_pool(engine, load_review(engine), name, "semua", boxes, by=COMMAND_LINE)


def test_a_plan_needs_a_name_and_an_owner_to_remove_it(engine):
    placement = placing.find_placement(load_review(engine), placing.Limits())
    member = account(engine, "member")
    with pytest.raises(placing.PlanProblem, match="1 to 100"):
        placing.save_plan(engine, placement, placement.plans[0], " ", by=member)
    number = placing.save_plan(engine, placement, placement.plans[0], "Kosong", by=member)
    with pytest.raises(NotAllowed):
        placing.remove_plan(engine, number, by=account(engine, "secretariat"))
    placing.remove_plan(engine, number, by=member)
    with pytest.raises(placing.PlanProblem, match="removed already"):
        placing.remove_plan(engine, number, by=member)


def test_a_readiness_is_decided_only_with_a_reason_and_taken_back(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    current = load_review(engine)
    reason = "Pernah memimpin dinas ini sebagai Plt."
    for values in (("x", "now", reason), (NIP, "maybe", reason), (NIP, "now", "pendek"), (NIP, "not", reason)):
        with pytest.raises(decisions.DecisionProblem):
            decisions.decide_readiness(
                engine, current, values[0], "dinas-kominfo", values[1], values[2], by=COMMAND_LINE
            )
    with pytest.raises(NotAllowed):
        decisions.decide_readiness(engine, current, NIP, "dinas-kominfo", "now", reason, by=account(engine, "member"))
    assert decisions.get_decided_readiness(engine) == {}
    decisions.decide_readiness(engine, current, NIP, "dinas-kominfo", "now", reason, by=COMMAND_LINE)
    decision = decisions.list_standing(engine, "readiness", "dinas-kominfo")[NIP]
    assert (decision.value, decision.computed, decision.reason) == ("now", "not", reason)
    counted = tabulate_succession(current, decisions.get_decided_readiness(engine)).set_index("post")["ready_now"]
    assert counted["dinas-kominfo"] == 1
    assert counted.sum() == 1
    assert (tabulate_succession(load_review(engine))["ready_now"] == 0).all()  # what is computed stays
    decisions.decide_readiness(
        engine, current, NIP, "dinas-kominfo", "not", "Komite menarik keputusannya.", by=COMMAND_LINE
    )
    assert decisions.get_decided_readiness(engine) == {}


def replaced(shown, key, **changes):
    return [replace(post, **changes) if post.key == key else post for post in shown]


def test_what_a_colleague_changed_meanwhile_stays_when_one_saves(engine):
    shown = posts.list_posts(engine)
    one, other = shown[0].key, shown[1].key
    posts.edit_posts(engine, replaced(shown, other, criticality=1), "kolega", shown, by=COMMAND_LINE)
    posts.edit_posts(engine, replaced(shown, one, required_level=3), "saya", shown, by=COMMAND_LINE)
    now = {post.key: post for post in posts.list_posts(engine)}
    assert now[other].criticality == 1
    assert now[one].required_level == 3


def test_two_who_change_the_same_post_are_told_both_values_and_nothing_is_saved(engine):
    shown = posts.list_posts(engine)
    key = shown[0].key
    posts.edit_posts(engine, replaced(shown, key, criticality=1), "kolega", shown, by=COMMAND_LINE)
    with pytest.raises(PostProblem) as refusal:
        posts.edit_posts(engine, replaced(shown, key, criticality=2), "saya", shown, by=COMMAND_LINE)
    assert refusal.value.values["column"] == "criticality"
    assert (refusal.value.values["theirs"], refusal.value.values["ours"]) == (1, 2)
    assert posts.list_posts(engine)[0].criticality == 1
    # The same change by both is no dispute.
    with pytest.raises(PostProblem, match="nothing differs"):
        posts.edit_posts(engine, replaced(shown, key, criticality=1), "saya", shown, by=COMMAND_LINE)


def test_a_post_that_one_abolishes_and_another_changes_is_told(engine):
    shown = posts.list_posts(engine)
    posts.edit_posts(
        engine, replaced(shown, shown[5].key, criticality_reason="penting"), "kolega", shown, by=COMMAND_LINE
    )
    without = [post for post in shown if post.key != shown[5].key]
    with pytest.raises(PostProblem, match="abolished in one of the two lists"):
        posts.edit_posts(engine, without, "saya", shown, by=COMMAND_LINE)
    assert shown[5].key in {post.key for post in posts.list_posts(engine)}


def test_posts_added_and_abolished_by_two_come_together(engine):
    shown = posts.list_posts(engine)
    mine = replace(shown[0], key="baru-saya", title="Kepala Baru Saya", parent="")
    theirs = replace(shown[0], key="baru-kolega", title="Kepala Baru Kolega", parent="")
    posts.edit_posts(engine, [*shown, theirs], "kolega", shown, by=COMMAND_LINE)
    leaf = next(post for post in reversed(shown) if post.key not in {each.parent for each in shown})
    wanted = [*(post for post in shown if post.key != leaf.key), mine]
    posts.edit_posts(engine, wanted, "saya", shown, by=COMMAND_LINE)
    keys = {post.key for post in posts.list_posts(engine)}
    assert {"baru-saya", "baru-kolega"} <= keys
    assert leaf.key not in keys


POST = {"post": "a", "title": "Kepala A", "unit": "U", "echelon": "II.b", "family": "government"}


def test_a_column_that_is_there_twice_is_refused():
    table = pd.DataFrame(
        [["a", "b", "Kepala", "U", "II.b", "government"]],
        columns=["post", "post ", "title", "unit", "echelon", "family"],
    )
    with pytest.raises(PostProblem, match="more than once"):
        posts.read_table(table)


@pytest.mark.parametrize("value", ["1e999", "nan", "2.7", "-inf", "x", "9" * 400])
def test_a_figure_that_is_no_whole_number_is_a_sentence(value):
    with pytest.raises(PostProblem, match="whole number"):
        posts.read_table(pd.DataFrame([{**POST, "criticality": value}]))


def test_a_chain_of_posts_is_walked_whoever_is_missing_in_it_and_has_an_end():
    def chain(parents):
        return posts.read_table(pd.DataFrame([{**POST, "post": key, "parent": parent} for key, parent in parents]))

    with pytest.raises(PostProblem, match="which is not there"):
        check_posts(chain([("a", "b"), ("b", "zzz")]), ["government"])
    check_posts(chain([("p0", ""), *((f"p{n}", f"p{n - 1}") for n in range(1, 20))]), ["government"])
    with pytest.raises(PostProblem, match="more than 30 posts"):
        check_posts(chain([("p0", ""), *((f"p{n}", f"p{n - 1}") for n in range(1, 1500))]), ["government"])
