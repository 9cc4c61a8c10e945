"""A committee's session on both kinds of database: whole, with everything that could leak, and with what goes wrong."""

import json
import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa

from core.service import decisions, importing, installation, trail
from core.service.accounts import COMMAND_LINE, NotAllowed, set_role
from core.service.decisions import DecisionProblem
from core.service.review import load_review
from core.service.sessions import deciding, judging, meeting, preparing, records, seen
from core.service.sessions.records import SessionPost, SessionProblem
from core.store.database import open_engine, reading
from core.store.tables import SessionEntry
from core.store.trail import list_entries
from core.talent.errors import InvalidWeights, MantelError
from core.talent.session.committee import Member
from core.talent.session.conflict import ConflictProblem, Declaration
from core.talent.session.decision import Choice, DecisionFault
from core.talent.session.opinion import OpinionProblem
from core.talent.session.phases import PhaseProblem
from core.trail.events import Event
from tests.commands import run_command
from tests.factories import siasn, siasn_row
from tests.signed_in import add_signed_in, sign_in
from tests.sitting import DAY, NAMES, POSTS, REASON, SETTINGS, Sitting, change_values


@pytest.fixture(scope="session")
def peopled_file(migrated_file, tmp_path_factory):
    """A SQLite database with invented people, to be copied."""
    file = shutil.copyfile(migrated_file, tmp_path_factory.mktemp("peopled") / "mantel.db")
    engine = open_engine(f"sqlite:///{file}")
    installation.load_demo(engine, 120)
    engine.dispose()
    return file


@pytest.fixture
def peopled_engine(peopled_file, tmp_path, configure):
    url = f"sqlite:///{shutil.copyfile(peopled_file, tmp_path / 'mantel.db')}"
    configure(database_url=url, local_dir=tmp_path)
    made = open_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def sitting(peopled_engine):
    return Sitting(peopled_engine)


@pytest.fixture
def sealed_sitting(sitting):
    sitting.seal_all()
    return sitting


def test_a_session_from_its_preparation_to_its_record(engine):
    sitting = Sitting(engine)
    sitting.seal_all()
    engine, number, chair = sitting.engine, sitting.number, sitting.people["ani"]
    meeting.reveal(engine, number, by=chair)
    review = sitting.frozen()
    room = sitting.room("budi", review=review)
    assert room.opinions.members == 5
    assert len(room.candidates) == 6
    sitting.go_on("revealed")
    count = len(review.rubric.weights)
    judging.keep_weights(engine, number, POSTS[0], [1000] + [0] * (count - 1), count, by=sitting.people["dedi"])
    later = sitting.room("budi", review=review)
    # First and final values stay side by side.
    at = later.members.index(sitting.seat("dedi"))
    assert later.opinions.weights[at].tolist() == [1.0] + [0.0] * (count - 1)
    assert later.first.weights.tolist() == room.opinions.weights.tolist()
    sitting.go_on("discussion")
    for post in POSTS:
        sitting.choose(post, review=review)
        for name in ("ani", "budi", "citra"):
            deciding.vote(engine, number, post, "yes", by=sitting.people[name])
        deciding.vote(engine, number, post, "no", by=sitting.people["dedi"])
    deciding.dissent(engine, number, POSTS[0], "wawancara terlalu menentukan", by=sitting.people["dedi"])
    deciding.assign_task(engine, number, "kirim usulan ke BKN", "BKPSDM", DAY, by=sitting.secretariat)
    deciding.close(engine, sitting.frozen(), number, by=chair)
    decided = seen.read_decided(engine, sitting.session, POSTS[0], by=sitting.people["budi"])
    assert (decided.tally.yes, decided.tally.no, decided.tally.carried) == (3, 1, True)
    assert decided.dissents == {sitting.seat("dedi"): "wawancara terlalu menentukan"}
    status = seen.read_status(engine, sitting.session, by=sitting.secretariat)
    assert [step.after for step in status.steps] == ["judging", "revealed", "discussion", "decision", "closed"]
    ((_, task),) = seen.list_open_tasks(engine, by=sitting.secretariat)
    deciding.finish_task(engine, number, task.key, by=sitting.people["citra"])
    assert seen.list_open_tasks(engine, by=sitting.secretariat) == []
    with pytest.raises(PhaseProblem):
        deciding.vote(engine, number, POSTS[0], "no", by=sitting.people["budi"])
    assert judging.find_broken_seals(engine, sitting.session, by=sitting.people["ani"]) == []
    assert trail.verify_trail(engine).sound
    exported = seen.export_session(engine, number, by=COMMAND_LINE)
    assert len(exported["posts"][0]["judgements"]) == 5
    json.dumps(exported, default=str)


# --- what could leak -----------------------------------------------------------------------------------------------------


def what_is_seen(sitting, name, review=None):
    """Everything that the service tells somebody, as bytes."""
    by = sitting.people.get(name) or {"sekretariat": sitting.secretariat}.get(name, COMMAND_LINE)
    engine, session = sitting.engine, sitting.session
    parts = [seen.read_status(engine, session, by=by), seen.read_recusals(engine, session, by=by)]
    parts.append(seen.list_seen_posts(engine, session, by=by))
    for post in POSTS:
        parts.append(seen.read_decided(engine, session, post, by=by))
        room = seen.open_room(engine, session, review, post, by=by) if review is not None else None
        parts.append(room)
        if room is not None:
            parts.append(room.opinions.places.tolist())
            parts.append(room.official.tolist())
            parts.append(seen.find_standings(session, room))
    exported = seen.export_session(engine, sitting.number, by=by)
    return json.dumps([repr(parts), exported], default=str, sort_keys=True)


@pytest.mark.parametrize("name", ["ani", "budi", "sekretariat", "command line"])
def test_before_the_reveal_nothing_differs_whatever_others_think(sitting, name):
    sitting.seal_all()
    before = what_is_seen(sitting, name)
    for other in ("citra", "dedi", "eko"):
        change_values(sitting.engine, sitting.seat(other))
    assert what_is_seen(sitting, name) == before


def test_after_the_reveal_it_does(sealed_sitting):
    meeting.reveal(sealed_sitting.engine, sealed_sitting.number, by=sealed_sitting.people["ani"])
    review = sealed_sitting.frozen()
    before = what_is_seen(sealed_sitting, "budi", review)
    change_values(sealed_sitting.engine, sealed_sitting.seat("eko"))
    assert what_is_seen(sealed_sitting, "budi", review) != before


def test_the_trail_tells_that_something_was_judged_and_never_what(sitting):
    sitting.declare("ani")
    by, count = sitting.people["ani"], len(sitting.review.rubric.weights)
    tenths = [613, 387] + [0] * (count - 2)
    judging.keep_weights(sitting.engine, sitting.number, POSTS[0], tenths, count, by=by)
    judging.keep_first(sitting.engine, sitting.number, POSTS[0], [sitting.posts[0].candidates[0]], "rahasia", by=by)
    judging.keep_score(sitting.engine, sitting.number, POSTS[0], sitting.posts[0].candidates[0], 0, 77.25, by=by)
    with reading(sitting.engine) as connection:
        told = list_entries(connection, events=(Event.SESSION_JUDGED.value,))
    assert len(told) == 3
    for entry in told:
        words = repr(entry)
        assert not any(secret in words for secret in ("613", "77.25", "rahasia", sitting.posts[0].candidates[0]))


def test_nobody_reads_another_members_judgement(sitting):
    for account in (sitting.secretariat, sitting.people["ani"], COMMAND_LINE):
        with pytest.raises(SessionProblem, match="nobody sees"):
            seen.read_own(sitting.engine, sitting.session, by=account, member=sitting.seat("budi"))
    with pytest.raises(SessionProblem, match="only members"):
        seen.read_own(sitting.engine, sitting.session, by=sitting.secretariat)


@pytest.mark.parametrize("scope", ["post", "candidate"])
@pytest.mark.parametrize("phase", ["revealed", "discussion", "decision"])
def test_a_recused_member_sees_nothing_that_depends_on_hidden_values(peopled_engine, scope, phase):
    engine = peopled_engine
    sitting = Sitting(engine, replace(SETTINGS, recusal=scope))
    hidden = sitting.posts[0].candidates[1]
    sitting.declare("eko", hidden)
    open_posts = POSTS if scope == "candidate" else POSTS[1:]
    sitting.judge("eko", 9, open_posts, hidden={hidden})
    judging.seal(engine, sitting.number, by=sitting.people["eko"])
    sitting.seal_all(NAMES[:4])
    meeting.reveal(engine, sitting.number, by=sitting.people["ani"])
    review = sitting.frozen()
    if phase != "revealed":
        sitting.go_on("revealed")
        judging.keep_first(engine, sitting.number, POSTS[0], [hidden], "yang ini", by=sitting.people["citra"])
    if phase == "decision":
        sitting.go_on("discussion")
        sitting.choose(POSTS[0], review=review)
        deciding.vote(engine, sitting.number, POSTS[0], "yes", by=sitting.people["budi"])
    before, others = what_is_seen(sitting, "eko", review), what_is_seen(sitting, "budi", review)

    def is_hidden(row):
        if scope == "post":
            return row["post"] == POSTS[0]
        return row["subject"].startswith(hidden) or row["kind"] == "first"

    for name in ("ani", "budi", "citra", "dedi"):
        change_values(engine, sitting.seat(name), is_hidden)
    with engine.begin() as connection:
        # What was voted, too.
        vote = sa.update(SessionEntry).where(SessionEntry.kind == "vote").values(value='"no"')
        connection.execute(vote)
    assert what_is_seen(sitting, "eko", review) == before
    assert what_is_seen(sitting, "budi", review) != others


def test_a_recused_member_neither_weighs_nor_votes_nor_leads_there(sitting):
    engine, number = sitting.engine, sitting.number
    mine = sitting.posts[0].candidates[0]
    sitting.declare("ani", mine)
    count = len(sitting.review.rubric.weights)
    shut = [each.post for each in sitting.posts if mine in each.candidates]
    with pytest.raises(SessionProblem, match="shuts this member out"):
        judging.keep_weights(engine, number, shut[0], None, count, by=sitting.people["ani"])
    sitting.judge("ani", 1, [post for post in POSTS if post not in shut])
    judging.seal(engine, number, by=sitting.people["ani"])
    sitting.seal_all(NAMES[1:])
    meeting.reveal(engine, number, by=sitting.people["ani"])
    assert sitting.room("ani", shut[0]) is None
    room = sitting.room("budi", shut[0])
    assert sitting.seat("ani") not in room.members
    for phase in ("revealed", "discussion"):
        sitting.go_on(phase)
    standings = seen.find_standings(sitting.session, room)
    with pytest.raises(SessionProblem, match="shuts this member out"):
        deciding.decide(engine, number, shut[0], [], standings, by=sitting.people["ani"])
    # The secretary leads where the chair may not.
    sitting.choose(shut[0], by="budi")
    with pytest.raises(SessionProblem, match="shuts this member out"):
        deciding.vote(engine, number, shut[0], "yes", by=sitting.people["ani"])
    with pytest.raises(MantelError) as refusal:
        deciding.close(engine, sitting.frozen(), number, by=sitting.people["ani"])
    title = sitting.review.post(shut[0]).title
    assert f"{title}: the decision is not finished" in str(refusal.value)


def test_a_value_changed_in_the_database_breaks_its_seal(sealed_sitting):
    sitting = sealed_sitting
    change_values(sitting.engine, sitting.seat("citra"))
    # Whoever owns the database can make the seal anew as well, but not the trail.
    assert judging.find_broken_seals(sitting.engine, sitting.session, by=sitting.secretariat) == []
    meeting.reveal(sitting.engine, sitting.number, by=sitting.people["ani"])
    assert judging.find_broken_seals(sitting.engine, sitting.session, by=sitting.secretariat) == [sitting.seat("citra")]


# --- what goes wrong -------------------------------------------------------------------------------------------------------


def test_everything_is_kept_at_once_and_nothing_after_the_seal(sitting):
    engine, number, by = sitting.engine, sitting.number, sitting.people["budi"]
    count = len(sitting.review.rubric.weights)
    with pytest.raises(SessionProblem, match="first declare"):
        judging.keep_weights(engine, number, POSTS[0], None, count, by=by)
    sitting.declare("budi")
    sitting.judge("budi")
    nip = sitting.posts[0].candidates[0]
    judging.keep_first(engine, number, POSTS[0], [nip], " yang pertama ", by=by)
    own = seen.read_own(engine, sitting.session, by=by)
    assert own.opinions[POSTS[0]].first == (nip,)
    assert own.opinions[POSTS[0]].note == "yang pertama"
    judging.keep_first(engine, number, POSTS[0], None, "lain", by=by)  # a page takes nothing back that it did not touch
    judging.keep_first(engine, number, POSTS[0], [], None, by=by)
    judging.keep_first(engine, number, POSTS[0], [nip], None, by=by)
    own = seen.read_own(engine, sitting.session, by=by)
    assert (own.opinions[POSTS[0]].first, own.opinions[POSTS[0]].note) == ((nip,), "lain")
    digest = judging.seal(engine, number, by=by)
    assert seen.read_own(engine, sitting.session, by=by).seal == digest
    with pytest.raises(SessionProblem, match="sealed"):
        judging.keep_weights(engine, number, POSTS[0], None, count, by=by)
    with pytest.raises(SessionProblem, match="sealed already"):
        judging.seal(engine, number, by=by)
    judging.unseal(engine, number, by=by)
    judging.keep_weights(engine, number, POSTS[0], None, count, by=by)
    assert judging.seal(engine, number, by=by) != digest


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda s, by: judging.keep_weights(s.engine, s.number, POSTS[0], [500, 400], 2, by=by), InvalidWeights),
        (lambda s, by: judging.keep_weights(s.engine, s.number, POSTS[0], [True, 999], 2, by=by), InvalidWeights),
        (lambda s, by: judging.keep_first(s.engine, s.number, POSTS[0], ["1"], "", by=by), OpinionProblem),
        (lambda s, by: judging.keep_first(s.engine, s.number, POSTS[0], [], "x" * 1001, by=by), OpinionProblem),
        (lambda s, by: judging.keep_score(s.engine, s.number, POSTS[0], "1", 0, 5, by=by), OpinionProblem),
        (lambda s, by: judging.keep_score(s.engine, s.number, POSTS[0], s.nip, 7, 5, by=by), SessionProblem),
        (lambda s, by: judging.keep_score(s.engine, s.number, POSTS[0], s.nip, 0, 101, by=by), OpinionProblem),
        (lambda s, by: judging.keep_weights(s.engine, s.number, "sekda", None, 2, by=by), SessionProblem),
        (lambda s, by: judging.keep_weights(s.engine, 999, POSTS[0], None, 2, by=by), SessionProblem),
        (lambda s, by: judging.declare_conflicts(s.engine, s.number, [Declaration("1", "")], by=by), SessionProblem),
        (
            lambda s, by: judging.declare_conflicts(s.engine, s.number, [Declaration(s.nip, "x")], by=by),
            ConflictProblem,
        ),
        (lambda s, by: judging.unseal(s.engine, s.number, by=by), SessionProblem),
        (lambda s, by: meeting.reveal(s.engine, s.number, by=by), PhaseProblem),
        (lambda s, by: deciding.vote(s.engine, s.number, POSTS[0], "yes", by=by), PhaseProblem),
        (lambda s, by: preparing.remove_session(s.engine, s.number, by=by), NotAllowed),
    ],
)
def test_whatever_cannot_be_is_one_sentence_and_changes_nothing(sitting, act, error):
    sitting.nip = sitting.posts[0].candidates[0]
    sitting.declare("budi")
    before = what_is_seen(sitting, "budi")
    with pytest.raises(error):
        act(sitting, sitting.people["budi"])
    assert what_is_seen(sitting, "budi") == before


def test_missing_scores_are_told_before_the_seal(sitting):
    sitting.declare("budi")
    with pytest.raises(SessionProblem, match="6 scores are still missing"):
        judging.seal(sitting.engine, sitting.number, by=sitting.people["budi"])


def test_what_was_prepared_wrongly_goes_back_while_nobody_has_sealed(sitting):
    engine, number, secretariat = sitting.engine, sitting.number, sitting.secretariat
    sitting.declare("budi")
    sitting.judge("budi")
    preparing.return_to_preparation(engine, number, "bobot wawancara keliru", by=secretariat)
    assert (sitting.session.phase, sitting.session.freeze) == ("preparation", None)
    posts = [replace(each, candidates=each.candidates[:4]) for each in sitting.posts]
    members = [replace(member, id=0) for member in sitting.session.members]
    with pytest.raises(PhaseProblem):
        sitting.judge("budi")
    sitting.prepare(members, posts)
    preparing.open_session(engine, load_review(engine), number, by=secretariat)
    own = seen.read_own(engine, sitting.session, by=sitting.people["budi"])
    assert [opinion.tenths for opinion in own.opinions.values()] == [None] * len(own.opinions)
    sitting.posts = posts
    sitting.declare("citra")
    sitting.judge("citra")
    judging.seal(engine, number, by=sitting.people["citra"])
    with pytest.raises(SessionProblem, match="only while nobody has"):
        preparing.return_to_preparation(engine, number, "bobot wawancara keliru", by=secretariat)


def test_no_reveal_without_a_quorum_and_at_quorum_only_with_the_missing_named(sitting):
    engine, number, chair = sitting.engine, sitting.number, sitting.people["ani"]
    sitting.seal_all(NAMES[:3])
    with pytest.raises(SessionProblem, match="3 members have sealed; expected at least 4"):
        meeting.reveal(engine, number, by=chair)
    sitting.declare("dedi")
    sitting.judge("dedi")
    judging.seal(engine, number, by=sitting.people["dedi"])
    sitting.declare("eko")  # is there, and has not sealed
    with pytest.raises(SessionProblem, match="Nama eko"):
        meeting.reveal(engine, number, by=chair)
    meeting.reveal(engine, number, [sitting.seat("eko")], by=chair)
    assert len(sitting.room("ani").members) == 4
    (step,) = [step for step in seen.read_status(engine, sitting.session, by=chair).steps if step.after == "revealed"]
    assert step.without == (sitting.seat("eko"),)


def test_a_member_who_leaves_before_sealing_holds_nobody_up(sitting):
    engine, number, chair = sitting.engine, sitting.number, sitting.people["ani"]
    sitting.declare("eko")
    sitting.seal_all(NAMES[:4])
    judging.note_presence(engine, number, sitting.seat("eko"), False, by=sitting.secretariat)
    meeting.reveal(engine, number, by=chair)
    (step,) = [step for step in seen.read_status(engine, sitting.session, by=chair).steps if step.after == "revealed"]
    assert step.absent == (sitting.seat("eko"),)


def test_of_two_who_press_at_once_only_one_moves(sealed_sitting):
    engine, number = sealed_sitting.engine, sealed_sitting.number
    meeting.reveal(engine, number, by=sealed_sitting.people["ani"])
    sealed_sitting.go_on("revealed")
    with pytest.raises(SessionProblem, match="gone on already"):
        sealed_sitting.go_on("revealed")
    assert sealed_sitting.session.phase == "discussion"
    sealed_sitting.go_on("discussion")
    review = sealed_sitting.frozen()
    sealed_sitting.choose(POSTS[0], review=review)
    room = sealed_sitting.room("ani", review=review)
    with pytest.raises(SessionProblem, match="somebody else"):
        deciding.decide(
            engine, number, POSTS[0], [], seen.find_standings(sealed_sitting.session, room), "",
            by=sealed_sitting.people["ani"],
        )  # fmt: skip


def test_other_names_take_the_votes_back(sealed_sitting):
    engine, number = sealed_sitting.engine, sealed_sitting.number
    meeting.reveal(engine, number, by=sealed_sitting.people["ani"])
    for phase in ("revealed", "discussion"):
        sealed_sitting.go_on(phase)
    review = sealed_sitting.frozen()
    with pytest.raises(SessionProblem, match="nothing was put to the vote"):
        deciding.vote(engine, number, POSTS[0], "yes", by=sealed_sitting.people["budi"])
    choices = sealed_sitting.choose(POSTS[0], review=review)
    deciding.vote(engine, number, POSTS[0], "yes", by=sealed_sitting.people["budi"])
    standings = seen.find_standings(sealed_sitting.session, sealed_sitting.room("ani", review=review))
    with pytest.raises(DecisionFault, match="write the reason"):
        deciding.decide(engine, number, POSTS[0], [Choice(choices[1].nip)], standings, by=sealed_sitting.people["ani"])
    deciding.decide(engine, number, POSTS[0], choices[::-1], standings, by=sealed_sitting.people["ani"])
    decided = seen.read_decided(engine, sealed_sitting.session, POSTS[0], by=sealed_sitting.people["budi"])
    assert decided.tally.yes == 0
    (before,) = decided.earlier
    assert (before.choices, before.yes, before.no) == (tuple(each.nip for each in choices), 1, 0)
    with pytest.raises(SessionProblem, match="put to the vote already"):
        deciding.decide(engine, number, POSTS[0], choices[::-1], standings, by=sealed_sitting.people["ani"])
    with pytest.raises(SessionProblem, match="no quorum"):
        deciding.close(engine, sealed_sitting.frozen(), number, by=sealed_sitting.people["ani"])
    with pytest.raises(SessionProblem, match="look at them first"):
        deciding.leave_open(
            engine, number, POSTS[0], "terlalu sedikit yang memenuhi", "", by=sealed_sitting.people["ani"]
        )
    deciding.leave_open(engine, number, POSTS[0], "terlalu sedikit yang memenuhi", by=sealed_sitting.people["ani"])
    deciding.leave_open(engine, number, POSTS[1], "terlalu sedikit yang memenuhi", by=sealed_sitting.people["ani"])
    deciding.close(engine, sealed_sitting.frozen(), number, by=sealed_sitting.people["ani"])
    meeting.reopen(engine, number, "ada keberatan tertulis", by=sealed_sitting.people["ani"])
    assert sealed_sitting.session.phase == "discussion"


def test_what_is_decided_on_boxes_belongs_to_the_session_and_closes_with_it(sealed_sitting):
    engine, number, review = sealed_sitting.engine, sealed_sitting.number, sealed_sitting.review
    by, (nip, other) = sealed_sitting.secretariat, sealed_sitting.posts[0].candidates[:2]
    box = {each: 9 if review.number(each, "box") != 9 else 8 for each in (nip, other)}

    def decide(who, session="Sidang 1"):
        return decisions.decide_box(engine, review, who, box[who], session, "wawancara kalibrasi", by=by)

    with pytest.raises(DecisionProblem, match="neither discussing nor deciding"):
        decide(nip)
    meeting.reveal(engine, number, by=sealed_sitting.people["ani"])
    for phase in ("revealed", "discussion"):
        sealed_sitting.go_on(phase)
    kept = decide(nip)
    elsewhere = decide(other, "Rapat lain")  # a meeting that Mantel does not know
    assert [each.nip for each in decisions.list_of_session(engine, number)] == [nip]
    for post in POSTS:
        deciding.leave_open(engine, number, post, "terlalu sedikit yang memenuhi", by=sealed_sitting.people["ani"])
    deciding.close(engine, sealed_sitting.frozen(), number, by=sealed_sitting.people["ani"])
    with pytest.raises(DecisionProblem, match="neither discussing nor deciding"):
        decide(other)
    with pytest.raises(DecisionProblem, match="belongs to the session “Sidang 1”, which is closed"):
        decisions.revoke_decision(engine, kept, "keliru sama sekali", by=by)
    decisions.revoke_decision(engine, elsewhere, "keliru sama sekali", by=by)
    meeting.reopen(engine, number, "ada keberatan tertulis", by=sealed_sitting.people["ani"])
    decisions.revoke_decision(engine, kept, "keliru sama sekali", by=by)
    assert decisions.list_of_session(engine, number)[0].revoked_reason == "keliru sama sekali"


def test_secret_votes_are_counted_and_not_shown(peopled_engine):
    engine = peopled_engine
    sitting = Sitting(engine, replace(SETTINGS, secret_votes=True, parts=()))
    for name in NAMES:
        sitting.declare(name)
        judging.seal(engine, sitting.number, by=sitting.people[name])
    meeting.reveal(engine, sitting.number, by=sitting.people["ani"])
    for phase in ("revealed", "discussion"):
        sitting.go_on(phase)
    sitting.choose(POSTS[0])
    deciding.vote(engine, sitting.number, POSTS[0], "no", by=sitting.people["budi"])
    for account in (sitting.people["ani"], sitting.secretariat):
        decided = seen.read_decided(engine, sitting.session, POSTS[0], by=account)
        # From one count to the next everybody could tell who voted what.
        assert (decided.votes, decided.tally, decided.cast) == ({}, None, 1)
    with pytest.raises(SessionProblem, match="1 of 5 members have voted, which is no majority yet"):
        deciding.close(engine, sitting.frozen(), sitting.number, by=sitting.people["ani"])
    deciding.vote(engine, sitting.number, POSTS[0], "yes", by=sitting.people["budi"])
    for name in ("ani", "citra", "dedi", "eko"):
        deciding.vote(engine, sitting.number, POSTS[0], "yes", by=sitting.people[name])
    decided = seen.read_decided(engine, sitting.session, POSTS[0], by=sitting.people["ani"])
    assert (decided.votes, decided.tally.yes, decided.tally.carried) == ({}, 5, True)
    with pytest.raises(SessionProblem, match="complete and counted"):
        deciding.vote(engine, sitting.number, POSTS[0], "no", by=sitting.people["budi"])
    with reading(engine) as connection:
        entries = list_entries(connection, events=(Event.SESSION_VOTED.value,))
    assert [entry.after for entry in entries] == [""] * 6


def test_where_all_are_recused_the_chair_leaves_the_post_open(sitting):
    engine, number = sitting.engine, sitting.number
    only_first = [nip for nip in sitting.posts[0].candidates if nip not in sitting.posts[1].candidates]
    for at, name in enumerate(NAMES):
        sitting.declare(name, only_first[0])
        sitting.judge(name, at, POSTS[1:])
        judging.seal(engine, number, by=sitting.people[name])
    meeting.reveal(engine, number, by=sitting.people["ani"])
    for phase in ("revealed", "discussion"):
        sitting.go_on(phase)
    deciding.leave_open(engine, number, POSTS[0], "semua anggota berkonflik", by=sitting.people["ani"])
    sitting.choose(POSTS[1])
    for name in NAMES:
        deciding.vote(engine, number, POSTS[1], "yes", by=sitting.people[name])
    deciding.close(engine, sitting.frozen(), number, by=sitting.people["ani"])


def test_a_paper_needs_a_second_person(engine):
    sitting = Sitting(engine, paper=True)
    eko = sitting.seat("eko")
    second = add_signed_in(engine, "secretariat", "kedua")
    sitting.declare("eko", member=eko)
    sitting.judge("eko", 5, member=eko)
    with pytest.raises(SessionProblem, match="a second person must"):
        judging.confirm_paper(engine, sitting.number, eko, by=sitting.secretariat)
    with pytest.raises(NotAllowed):
        judging.confirm_paper(engine, sitting.number, eko, by=sitting.people["ani"])
    assert seen.read_own(engine, sitting.session, by=second, member=eko).opinions[POSTS[0]].scores
    judging.confirm_paper(engine, sitting.number, eko, by=second)
    with pytest.raises(SessionProblem, match="sealed"):
        sitting.judge("eko", 6, member=eko)
    judging.reopen_paper(engine, sitting.number, eko, by=sitting.secretariat)
    sitting.judge("eko", 6, member=eko)
    judging.confirm_paper(engine, sitting.number, eko, by=second)
    with pytest.raises(SessionProblem, match="has an account"):
        judging.keep_weights(
            engine, sitting.number, POSTS[0], None, 2, by=sitting.secretariat, member=sitting.seat("budi")
        )
    sitting.seal_all(NAMES[:4])
    meeting.reveal(engine, sitting.number, by=sitting.people["ani"])
    assert judging.find_broken_seals(engine, sitting.session, by=sitting.people["ani"]) == []


def test_a_later_import_is_told_and_taken_over_only_by_a_step(sealed_sitting):
    sitting = sealed_sitting
    engine, number = sitting.engine, sitting.number
    nip = sitting.posts[0].candidates[0]
    before = sitting.frozen()
    name = before.people.loc[nip, "full_name"]
    row = siasn_row(nip, **{"NAMA": name, "UNOR NAMA": "Dinas Lain"})
    importing.import_files(engine, [siasn(row)], by=COMMAND_LINE, confirmed=True)
    assert preparing.find_changed_people(engine, sitting.session) == [nip]
    assert sitting.frozen().people["unit"].to_dict() == before.people["unit"].to_dict()
    with pytest.raises(NotAllowed):
        preparing.take_over_data(engine, load_review(engine), number, REASON, by=sitting.people["ani"])
    preparing.take_over_data(engine, load_review(engine), number, REASON, by=sitting.secretariat)
    assert preparing.find_changed_people(engine, sitting.session) == []
    status = seen.read_status(engine, sitting.session, by=sitting.secretariat)
    assert status.sealed == ()
    assert status.updates[0][2] == REASON
    assert sitting.frozen().people.loc[nip, "unit"] == "Dinas Lain"


def test_a_withdrawn_candidate_is_gone_and_stays_in_the_record(sealed_sitting):
    engine, number = sealed_sitting.engine, sealed_sitting.number
    gone = sealed_sitting.posts[0].candidates[2]
    preparing.withdraw_candidate(engine, number, POSTS[0], gone, "mengundurkan diri", by=sealed_sitting.secretariat)
    meeting.reveal(engine, number, by=sealed_sitting.people["ani"])
    assert gone not in sealed_sitting.room("ani").candidates
    assert judging.find_broken_seals(engine, sealed_sitting.session, by=COMMAND_LINE) == []
    status = seen.read_status(engine, sealed_sitting.session, by=sealed_sitting.people["budi"])
    assert status.withdrawn == ((POSTS[0], gone, "mengundurkan diri"),)


def test_who_has_no_part_sees_nothing(sitting):
    stranger = add_signed_in(sitting.engine, "member", "orang")
    with pytest.raises(NotAllowed, match="no part"):
        records.read_session(sitting.engine, sitting.number, by=stranger)
    assert records.list_sessions(sitting.engine, by=stranger) == []
    viewer = add_signed_in(sitting.engine, "viewer", "layar")
    assert [session.id for session in records.list_sessions(sitting.engine, by=viewer)] == [sitting.number]
    assert seen.open_room(sitting.engine, sitting.session, None, POSTS[0], by=viewer) is None


def test_of_two_who_prepare_one_session_the_second_is_told(engine):
    installation.load_demo(engine, 60)
    by = add_signed_in(engine, "secretariat", "sekretariat")
    number = preparing.make_session(engine, "Sidang", "Kayuagung", DAY, SETTINGS, by=by)
    shown = records.read_session(engine, number, by=by)
    change = (shown, "Sidang baru", "Kayuagung", DAY, SETTINGS, [], [])
    preparing.change_session(engine, *change, by=by)
    with pytest.raises(SessionProblem, match="somebody else"):
        preparing.change_session(engine, *change, by=by)
    with pytest.raises(MantelError, match="look at it once more"):
        preparing.open_session(engine, load_review(engine), number, shown.version, by=by)
    with pytest.raises(MantelError, match="no post is chosen"):
        preparing.open_session(engine, load_review(engine), number, shown.version + 1, by=by)
    add_signed_in(engine, "administrator", "pengelola")
    add_signed_in(engine, "viewer", "penonton")
    assert set(preparing.list_seatable(engine, by=by)) == {"sekretariat"}
    for name, words in (("pengelola", "cannot sit"), ("penonton", "cannot sit"), ("tidakada", "there is no user")):
        newer, seated = records.read_session(engine, number, by=by), [Member(0, "Nama", "chair", name)]
        with pytest.raises(SessionProblem, match=words):
            preparing.change_session(engine, newer, "Sidang baru", "Kayuagung", DAY, SETTINGS, seated, [], by=by)
    preparing.remove_session(engine, number, by=by)
    with pytest.raises(SessionProblem, match="no session number"):
        records.read_session(engine, number, by=by)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (SessionPost("dinas-kominfo", "", 2, "eligible", True, ()), "one or three"),
        (SessionPost("dinas-kominfo", "31-12-2026", 3, "eligible", True, ()), "not a date"),
        (SessionPost("dinas-kominfo", "", 3, "eligible", True, ("123",)), "18"),
    ],
)
def test_a_list_that_cannot_be_is_refused(engine, post, words):
    by = add_signed_in(engine, "secretariat", "sekretariat")
    number = preparing.make_session(engine, "Sidang", "Kayuagung", DAY, SETTINGS, by=by)
    shown = records.read_session(engine, number, by=by)
    with pytest.raises(MantelError, match=words):
        preparing.change_session(engine, shown, "Sidang", "Kayuagung", DAY, SETTINGS, [], [post], by=by)


def test_an_applicant_for_two_posts_is_one_person():
    posts = [
        SessionPost("a", "", 3, "box", True, ("1", "2", "3")),
        SessionPost("b", "", 3, "box", True, ("3", "4")),
        SessionPost("c", "", 3, "box", False, ("5",)),
    ]
    assert preparing.count_applicants(posts) == (5, 4)


def test_the_command_line_lists_shows_and_exports_nothing_sealed(sitting, tmp_path):
    sitting.seal_all(NAMES[:2])
    url = sitting.engine.url.render_as_string(hide_password=False)

    def run(*words):
        return run_command("session", *words, folder=tmp_path, MANTEL_DATABASE_URL=url)

    (row,) = json.loads(run("list", "--format", "json").stdout)
    assert (row["name"], row["phase"], row["members"]) == ("Sidang 1", "judging", 5)
    shown = json.loads(run("show", str(sitting.number), "--format", "json").stdout)
    assert [each["sealed"] for each in shown] == [True, True, False, False, False]
    exported = run("export", str(sitting.number)).stdout
    assert all("judgements" not in post for post in json.loads(exported)["posts"])
    change_values(sitting.engine, sitting.seat("ani"))
    assert run("export", str(sitting.number)).stdout == exported
    for words in (("show", "99"), ("export", "99"), ("export", str(sitting.number), "--format", "csv")):
        done = run(*words)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr


# --- what a second reader found ---------------------------------------------------------------------------------------------


def to_decision(sitting):
    meeting.reveal(sitting.engine, sitting.number, by=sitting.people["ani"])
    for phase in ("revealed", "discussion"):
        sitting.go_on(phase)


def test_a_decision_on_somebody_who_withdraws_is_taken_back(sealed_sitting):
    sitting = sealed_sitting
    to_decision(sitting)
    choices = sitting.choose(POSTS[0])
    for name in NAMES:
        deciding.vote(sitting.engine, sitting.number, POSTS[0], "yes", by=sitting.people[name])
    preparing.withdraw_candidate(
        sitting.engine, sitting.number, POSTS[0], choices[0].nip, "mengundurkan diri", by=sitting.secretariat
    )
    assert seen.read_decided(sitting.engine, sitting.session, POSTS[0], by=sitting.people["ani"]) is None
    with pytest.raises(MantelError, match="nothing was decided yet"):
        deciding.close(sitting.engine, sitting.frozen(), sitting.number, by=sitting.people["ani"])


@pytest.mark.parametrize("scope", ["post", "candidate"])
def test_who_was_shut_out_stays_so_when_the_candidate_withdraws(peopled_engine, scope):
    sitting = Sitting(peopled_engine, replace(SETTINGS, recusal=scope))
    hidden = sitting.posts[0].candidates[1]
    sitting.declare("eko", hidden)
    sitting.judge("eko", 9, POSTS if scope == "candidate" else POSTS[1:], hidden={hidden})
    judging.seal(sitting.engine, sitting.number, by=sitting.people["eko"])
    sitting.seal_all(NAMES[:4])
    to_decision(sitting)
    sitting.choose(POSTS[0])
    preparing.withdraw_candidate(
        sitting.engine, sitting.number, POSTS[0], hidden, "mengundurkan diri", by=sitting.secretariat
    )
    by = sitting.people["eko"]
    assert seen.read_decided(sitting.engine, sitting.session, POSTS[0], by=by) is None
    exported = json.dumps(seen.export_session(sitting.engine, sitting.number, by=by)["posts"][0], default=str)
    assert "judgements" not in exported
    assert sitting.seat("eko") not in sitting.room("ani").members or scope == "candidate"


def test_who_has_declared_nothing_sees_and_decides_nothing_and_may_still_declare(sitting):
    engine, number = sitting.engine, sitting.number
    sitting.seal_all(NAMES[1:])
    judging.note_presence(engine, number, sitting.seat("ani"), present=False, by=sitting.secretariat)
    to_decision(sitting)
    chair = sitting.people["ani"]
    assert sitting.room("ani") is None
    with pytest.raises(SessionProblem, match="shuts this member out"):
        deciding.leave_open(engine, number, POSTS[0], "terlalu sedikit calon", by=chair)
    sitting.declare("ani")
    assert sitting.room("ani") is not None
    sitting.choose(POSTS[0])
    nip = sitting.posts[0].candidates[0]
    with pytest.raises(SessionProblem, match="not taken back"):
        judging.declare_conflicts(engine, number, [Declaration(nip, "")], by=chair)
    judging.declare_conflicts(engine, number, [Declaration(nip, "family", "baru diketahui")], by=chair)
    assert sitting.room("ani") is None


def test_an_older_page_takes_no_conflict_back(sitting):
    nip = sitting.posts[0].candidates[0]
    by = sitting.people["budi"]
    judging.declare_conflicts(sitting.engine, sitting.number, [Declaration(nip, "family", "kakak kandung")], by=by)
    everybody = [nip for post in sitting.posts for nip in post.candidates]
    judging.declare_conflicts(sitting.engine, sitting.number, [], everybody, by=by)
    own = seen.read_own(sitting.engine, sitting.session, by=by)
    assert own.declared[nip].ground == "family"
    assert own.undeclared == ()


def test_a_vote_never_counts_for_names_that_were_not_shown(sealed_sitting):
    sitting = sealed_sitting
    to_decision(sitting)
    choices = sitting.choose(POSTS[0])
    shown = seen.read_decided(sitting.engine, sitting.session, POSTS[0], by=sitting.people["budi"]).text
    standings = seen.find_standings(sitting.session, sitting.room("ani"))
    deciding.decide(sitting.engine, sitting.number, POSTS[0], choices[::-1], standings, by=sitting.people["ani"])
    with pytest.raises(SessionProblem, match="other names"):
        deciding.vote(sitting.engine, sitting.number, POSTS[0], "yes", shown, by=sitting.people["budi"])


def test_a_seal_that_is_deleted_is_found(sealed_sitting):
    sitting = sealed_sitting
    meeting.reveal(sitting.engine, sitting.number, by=sitting.people["ani"])
    table = SessionEntry.__table__
    with sitting.engine.begin() as connection:
        connection.execute(sa.delete(table).where(table.c.kind == "seal", table.c.member_id == sitting.seat("citra")))
    assert judging.find_broken_seals(sitting.engine, sitting.session, by=COMMAND_LINE) == [sitting.seat("citra")]


def test_where_the_chair_may_not_and_there_is_no_secretary_the_next_member_leads(peopled_engine):
    sitting = Sitting(peopled_engine)
    hidden = sitting.posts[0].candidates[1]
    for at, name in enumerate(("ani", "budi")):
        sitting.declare(name, hidden)
        sitting.judge(name, at, POSTS[1:])
        judging.seal(sitting.engine, sitting.number, by=sitting.people[name])
    sitting.seal_all(NAMES[2:])
    to_decision(sitting)
    with pytest.raises(SessionProblem, match="shuts this member out"):
        deciding.leave_open(sitting.engine, sitting.number, POSTS[0], "tidak ada calon kuat", by=sitting.people["budi"])
    with pytest.raises(SessionProblem, match="chair decides"):
        deciding.leave_open(sitting.engine, sitting.number, POSTS[0], "tidak ada calon kuat", by=sitting.people["dedi"])
    deciding.leave_open(sitting.engine, sitting.number, POSTS[0], "tidak ada calon kuat", by=sitting.people["citra"])


def test_whoever_sits_enters_no_other_members_paper(peopled_engine):
    sitting = Sitting(peopled_engine, paper=True)
    set_role(peopled_engine, "budi", "secretariat", by=COMMAND_LINE)
    budi = sign_in(peopled_engine, "budi")
    with pytest.raises(SessionProblem, match="enters no other member's paper"):
        judging.keep_weights(peopled_engine, sitting.number, POSTS[0], None, 6, by=budi, member=sitting.seat("eko"))


def test_somebody_recused_elsewhere_alone_sees_this_post_as_all_do(peopled_engine):
    sitting = Sitting(peopled_engine, replace(SETTINGS, recusal="candidate"))
    only = next(nip for nip in sitting.posts[1].candidates if nip not in sitting.posts[0].candidates)
    sitting.declare("eko", only)
    sitting.judge("eko", 9, hidden={only})
    judging.seal(sitting.engine, sitting.number, by=sitting.people["eko"])
    for at, name in enumerate(NAMES[:4]):
        sitting.declare(name)
        sitting.judge(name, at)
        judging.keep_first(
            sitting.engine, sitting.number, POSTS[0], [sitting.posts[0].candidates[at]], name, by=sitting.people[name]
        )
        judging.seal(sitting.engine, sitting.number, by=sitting.people[name])
    meeting.reveal(sitting.engine, sitting.number, by=sitting.people["ani"])
    mine, theirs = sitting.room("eko"), sitting.room("ani")
    assert (mine.stated, mine.notes) == (theirs.stated, theirs.notes)
    keys = {
        seen.find_view_key(sitting.engine, sitting.session, POSTS[0], by=sitting.people[name])
        for name in ("ani", "eko")
    }
    assert len(keys) == 1
    assert sitting.room("eko", POSTS[1]).notes == {}


def test_one_word_in_the_discussion_opens_nothing_that_was_not_sealed(sitting):
    engine, number, by = sitting.engine, sitting.number, sitting.people["eko"]
    sitting.seal_all(NAMES[:4])
    sitting.declare("eko")
    first = [sitting.posts[0].candidates[0]]
    judging.keep_first(engine, number, POSTS[0], first, "rahasia yang tidak disegel", by=by)
    meeting.reveal(engine, number, [sitting.seat("eko")], by=sitting.people["ani"])
    sitting.go_on("revealed")
    judging.keep_score(engine, number, POSTS[0], first[0], 0, 80, by=by)
    assert sitting.seat("eko") in sitting.room("ani").members
    assert "rahasia" not in json.dumps(seen.export_session(engine, number, by=sitting.people["ani"]), default=str)
    assert "rahasia" not in repr(sitting.room("ani").notes)
