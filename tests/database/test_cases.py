"""The case after the session: letters in order, what BKN would ask, the new holder beside the facts."""

import datetime as dt
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from core.papers.document import Document
from core.reports.returning import say_remedy, say_return_fault
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.cases import packet, steps
from core.service.cases.appointments import list_appointments
from core.service.explanation import explain_person
from core.service.papers import issuing, register
from core.service.papers.register import PaperProblem
from core.service.papers.sheet import write_sheet
from core.service.review import get_review_key, load_review
from core.service.sessions import deciding, meeting
from core.service.sessions.replay import replay_session
from core.store.database import reading
from core.store.trail import list_entries
from core.talent.case.steps import CaseFault, CaseStep
from core.trail.events import Event
from tests.conftest import TODAY
from tests.signed_in import add_signed_in
from tests.sitting import NAMES, POSTS, Sitting, close, sit_with_a_conflict

POST = POSTS[0]
LETTER = b"%PDF-1.7 surat"


@pytest.fixture
def closed_on_both(engine):
    return close(Sitting(engine))


def case(sitting, post=POST, by=None):
    return next(
        each
        for each in steps.list_cases(sitting.engine, sitting.session, by=by or sitting.secretariat)
        if each.post == post
    )


def answer_all(sitting, review=None):
    review = review or load_review(sitting.engine)
    for each in packet.list_return_faults(
        sitting.engine, sitting.frozen(), review, sitting.session, by=sitting.secretariat
    ):
        if not each.reason:
            packet.explain_fault(
                sitting.engine,
                sitting.number,
                each.fault.key,
                "dijelaskan dalam surat pengantar",
                by=sitting.secretariat,
            )


def take(sitting, kind, number, nips=(), post=POST, named=POST, content=LETTER, day=TODAY, reason="", by=None):
    step = CaseStep(kind, number, day, tuple(nips), named, reason)
    review = load_review(sitting.engine)
    return steps.take_step(
        sitting.engine, sitting.frozen(), review, sitting.number, step, post, content, by=by or sitting.secretariat
    )


def go(sitting, until, post=POST):
    """Take the steps up to one, each with a letter of its own."""
    answer_all(sitting)
    first = case(sitting, post).decided[0]
    way = [
        ("submission", "800/1/BKPSDM/2026", ()),
        ("approval", "B-9/AK/2026", case(sitting, post).decided),
        ("announcement", "800/2/BKPSDM/2026", ()),
        ("choice", "131/KEP/2026", (first,)),
        ("confirmation", "B-12/AK/2026", (first,)),
        ("inauguration", "821/KEP/2026", (first,)),
    ]
    for at, (kind, number, nips) in enumerate(way):
        take(sitting, kind, number, nips, post, named=post, content=f"{post} {at}".encode())
        if kind == until:
            break
    return first


def events(sitting, event):
    with reading(sitting.engine) as connection:
        return list_entries(connection, events=(event.value,), most=50)


# --- the letters ------------------------------------------------------------------------------------------------------


def test_the_whole_way_ends_in_a_new_holder_beside_the_facts(closed_on_both):
    sitting = closed_on_both
    before = load_review(sitting.engine)
    key = get_review_key(sitting.engine)
    digest = replay_session(sitting.engine, sitting.frozen(), sitting.number, by=COMMAND_LINE).digest
    assert POST not in before.holders
    first = go(sitting, "inauguration")
    found = case(sitting)
    assert found.next is None
    assert [each.step.kind for each in found.taken][-1] == "inauguration"
    after = load_review(sitting.engine)
    assert get_review_key(sitting.engine) != key  # pages see it at once
    assert after.holders[POST] == first
    assert [post for post, nip in after.holders.items() if nip == first] == [POST]
    assert [(each.appointment.nip, each.other) for each in after.unconfirmed] == [(first, "")]
    assert str(after.people.at[first, "position_title"]) == str(before.people.at[first, "position_title"])
    assert not after.post_table.set_index("post").at[POST, "vacant"]
    # What was judged before does not change by it.
    again = replay_session(sitting.engine, sitting.frozen(), sitting.number, by=COMMAND_LINE)
    assert again.same
    assert again.digest == digest
    (entry,) = events(sitting, Event.CASE_INAUGURATED)
    assert first in entry.after
    assert POST in entry.detail


def test_letters_of_the_office_stand_in_the_register_those_of_bkn_do_not(closed):
    go(closed, "approval")
    numbers = {paper.number: paper for paper in register.list_papers(closed.engine, by=closed.secretariat)}
    assert "800/1/BKPSDM/2026" in numbers
    assert "B-9/AK/2026" not in numbers
    assert numbers["800/1/BKPSDM/2026"].files[0].kind == "outside"
    taken = case(closed).taken
    assert steps.load_letter(closed.engine, taken[1].id, by=closed.secretariat) == f"{POST} 1".encode()


def test_the_announcement_that_mantel_issued_needs_no_file(closed, monkeypatch):
    issued = issuing.issue_paper(closed.engine, closed.frozen(), closed.number, "announcement", by=closed.secretariat)
    go(closed, "approval")
    assert (
        issuing.find_issued_number(closed.engine, closed.number, "announcement", by=closed.secretariat) == issued.number
    )
    monkeypatch.setattr(steps, "today", lambda: TODAY + dt.timedelta(days=1))
    with pytest.raises(CaseFault, match="stands in the register as of"):
        take(closed, "announcement", issued.number, content=None, day=TODAY + dt.timedelta(days=1))
    with pytest.raises(CaseFault, match="not the one that the register has"):
        take(closed, "announcement", issued.number, content=b"lain")
    take(closed, "announcement", issued.number, content=None)
    taken = case(closed).taken[-1]
    assert (taken.paper_standing, taken.has_file) == ("valid", False)
    register.revoke_paper(closed.engine, issued.id, "salah ketik nama", by=closed.secretariat)
    assert case(closed).taken[-1].paper_standing == "revoked"


@pytest.mark.parametrize(
    ("kind", "number", "more", "words"),
    [
        ("approval", "B-9/AK/2026", {}, "expected “Submission to BKN”"),
        ("submission", "800/1/2026", {"content": None}, "does not stand in the register"),
        ("submission", "800/1/2026", {"content": b""}, "empty or larger"),
        ("submission", "800/1/2026", {"day": TODAY + dt.timedelta(days=1)}, "still to come"),
        ("submission", "800/1/2025", {"day": dt.date(2025, 1, 2)}, "before “the session”"),
        ("submission", "800/1/2026", {"post": "camat-kayuagung"}, "is not filled in this session"),
    ],
)
def test_a_step_that_cannot_be_taken_leaves_nothing(closed, kind, number, more, words):
    answer_all(closed)
    papers = len(register.list_papers(closed.engine, by=closed.secretariat))
    with pytest.raises(Exception, match=words):
        take(closed, kind, number, case(closed).decided, **more)
    assert case(closed).taken == ()
    assert len(register.list_papers(closed.engine, by=closed.secretariat)) == papers
    assert case(closed).next == "submission"


def test_a_letter_of_bkn_needs_its_file_and_a_number(closed):
    go(closed, "submission")
    with pytest.raises(CaseFault, match="kept with its file"):
        take(closed, "approval", "B-9/AK/2026", case(closed).decided, content=None)
    with pytest.raises(Exception, match="no number of a paper"):
        take(closed, "approval", "tanpa angka", case(closed).decided)


def test_the_pair_at_the_end_must_be_bkns(closed):
    first = go(closed, "confirmation")
    second = case(closed).decided[1]
    with pytest.raises(CaseFault, match=rf"{second} as .*BKN agreed to {first} as"):
        take(closed, "inauguration", "821/KEP/2026", (second,))
    title = next(post.title for post in load_review(closed.engine).posts if post.key == POSTS[1])
    with pytest.raises(CaseFault, match=f"“{title}”, BKN agreed to {first}"):
        take(closed, "inauguration", "821/KEP/2026", (first,), named=POSTS[1])
    assert POST not in load_review(closed.engine).holders


def test_the_last_step_is_withdrawn_with_a_reason_and_stays_in_the_record(closed_on_both, monkeypatch):
    sitting = closed_on_both
    go(sitting, "inauguration")
    taken = case(sitting).taken
    with pytest.raises(CaseFault, match="only the last step"):
        steps.withdraw_step(sitting.engine, taken[0].id, "salah nomor surat", by=sitting.secretariat)
    monkeypatch.setattr(steps, "now", lambda: taken[-1].recorded_at + dt.timedelta(hours=1))
    steps.withdraw_step(sitting.engine, taken[-1].id, "pelantikan ditunda", by=sitting.secretariat)
    assert case(sitting).next == "inauguration"
    assert POST not in load_review(sitting.engine).holders
    with pytest.raises(CaseFault, match="withdrawn already"):
        steps.withdraw_step(sitting.engine, taken[-1].id, "pelantikan ditunda", by=sitting.secretariat)
    assert len(events(sitting, Event.CASE_STEP_WITHDRAWN)) == 1
    # What was known before the withdrawal still was then.
    assert list_appointments(sitting.engine) == []
    assert len(list_appointments(sitting.engine, taken[-1].recorded_at)) == 1


def test_a_session_whose_names_have_gone_is_not_reopened(closed):
    go(closed, "submission")
    with pytest.raises(CaseFault, match="have gone to BKN with 800/1/BKPSDM/2026"):
        meeting.reopen(closed.engine, closed.number, "ada data yang baru", by=closed.people["ani"])
    steps.withdraw_step(closed.engine, case(closed).taken[-1].id, "ada data yang baru", by=closed.secretariat)
    meeting.reopen(closed.engine, closed.number, "ada data yang baru", by=closed.people["ani"])
    assert steps.list_cases(closed.engine, closed.session, by=closed.secretariat) == []


def test_open_cases_are_told_with_the_days_since_the_last_step(closed, monkeypatch):
    go(closed, "submission")
    later = TODAY + dt.timedelta(days=12)
    monkeypatch.setattr(steps, "today", lambda: later)
    waited = steps.list_open_cases(closed.engine, by=closed.secretariat)
    assert {(each.post, each.next) for each, _ in waited} == {(POSTS[0], "approval"), (POSTS[1], "submission")}
    assert [days for each, days in waited if each.post == POSTS[0]] == [12]
    assert [days for _, days in waited] == sorted((days for _, days in waited), reverse=True)
    assert steps.list_open_cases(closed.engine, by=add_signed_in(closed.engine, "member", "orang-luar")) == []


def test_whoever_has_a_conflict_sees_no_case_and_no_letter(sqlite_engine):
    sitting = Sitting(sqlite_engine)
    sit_with_a_conflict(sitting)
    sitting.go_on("discussion")
    for post in POSTS:
        sitting.choose(post)
        for name in NAMES[:4]:
            deciding.vote(sitting.engine, sitting.number, post, "yes", by=sitting.people[name])
    deciding.close(sitting.engine, sitting.frozen(), sitting.number, by=sitting.people["ani"])
    go(sitting, "submission")
    letter = case(sitting).taken[0].id
    eko = sitting.people["eko"]
    assert POST not in [each.post for each in steps.list_cases(sitting.engine, sitting.session, by=eko)]
    with pytest.raises(CaseFault, match="conflict of interest"):
        steps.load_letter(sitting.engine, letter, by=eko)
    with pytest.raises(Exception, match="conflict of interest"):
        packet.list_return_faults(
            sitting.engine, sitting.frozen(), load_review(sitting.engine), sitting.session, by=eko
        )


# --- what BKN would ask -----------------------------------------------------------------------------------------------


def faults(sitting, current=None):
    found = packet.list_return_faults(
        sitting.engine,
        sitting.frozen(),
        current or load_review(sitting.engine),
        sitting.session,
        by=sitting.secretariat,
    )
    return {each.fault.key: each for each in found}


def test_nothing_leaves_with_a_fault_that_nobody_answers_for(closed):
    found = faults(closed)
    assert found  # the demo's people lack some papers
    for each in found.values():
        assert each.fault.article
        assert say_remedy(each.fault, "id")
        assert "{" not in say_return_fault(each.fault, "id")
    with pytest.raises(CaseFault, match="neither mended nor have a reason"):
        take(closed, "submission", "800/1/BKPSDM/2026")
    with pytest.raises(CaseFault, match="neither mended nor have a reason"):
        issue_packet(closed)
    with pytest.raises(CaseFault, match="neither mended nor have a reason"):
        take_workbook(closed)
    answer_all(closed)
    assert all(each.reason for each in faults(closed).values())
    assert len(events(closed, Event.CASE_FAULT_EXPLAINED)) == len(found)
    issue_packet(closed)
    take(closed, "submission", "800/1/BKPSDM/2026")


def issue_packet(sitting):
    return issuing.issue_paper(
        sitting.engine, sitting.frozen(), sitting.number, "packet", load_review(sitting.engine), by=sitting.secretariat
    )


def take_workbook(sitting):
    current = load_review(sitting.engine)
    return issuing.write_workbook(sitting.engine, sitting.frozen(), sitting.number, current, by=sitting.secretariat)


def test_a_name_in_another_case_under_way_is_told(closed):
    first = go(closed, "approval")
    rows = faults(closed)
    assert not [key for key in rows if f"{first}/elsewhere" in key]  # its own case is no other
    with closed.engine.connect() as connection:
        own = packet._list_elsewhere(connection, closed.session)
        other = packet._list_elsewhere(connection, _renumbered(closed.session))
    assert own == {}
    assert other[first] == {"Sidang 1"}
    go_on = case(closed)
    take(closed, "announcement", "800/2/BKPSDM/2026", content=b"p")
    take(closed, "choice", "131/KEP/2026", (first,), content=b"q")
    with closed.engine.connect() as connection:
        assert set(packet._list_elsewhere(connection, _renumbered(closed.session))) == {
            first
        }  # the others are free again
    assert len(go_on.decided) == 3


def _renumbered(session):
    return replace(session, id=session.id + 1)


def test_the_packet_holds_every_value_of_every_candidate(closed):
    answer_all(closed)
    content = take_workbook(closed)
    assert content == take_workbook(closed)
    book = openpyxl.load_workbook(io.BytesIO(content))
    review = closed.frozen()
    for at, post in enumerate(POSTS, 1):
        header, *rows = book[f"Nilai {at}"].iter_rows(values_only=True)
        nips = closed.session.find_post(post).candidates
        assert sorted(row[2] for row in rows) == sorted(nips)
        assert len(header) == 3 + len(review.rubric.measures) + len(review.rubric.criteria) + 1 + 1  # one part, the box
        names = [criterion.name["id"] for criterion in review.rubric.criteria]
        for row in rows:
            for name in names:
                column = next(k for k, title in enumerate(header) if title.endswith(f": {name}"))
                k = [criterion.name["id"] for criterion in review.rubric.criteria].index(name)
                value = review.scores.value[review.people.index.get_loc(row[2]), k]
                assert (row[column] is None) == (value != value)
                assert row[column] is None or row[column] == pytest.approx(value)
        gates = list(book[f"Syarat {at}"].iter_rows(values_only=True))[1:]
        assert len(gates) == len(nips) * len(review.eligibility_for(post).gates)
    asked = list(book["Pertanyaan"].iter_rows(values_only=True))[1:]
    assert len(asked) == len(faults(closed))
    assert all(row[5] for row in asked)


def test_the_packet_as_a_paper_says_questions_and_answers(closed):
    answer_all(closed)
    document = issuing.preview_paper(
        closed.engine, closed.frozen(), closed.number, "packet", load_review(closed.engine), by=closed.secretariat
    )
    assert isinstance(document, Document)
    text = json.dumps(document.data, ensure_ascii=False)
    for each in faults(closed).values():
        assert say_return_fault(each.fault, "id") in text
        assert each.fault.article in text
    assert "dijelaskan dalam surat pengantar" in text
    with pytest.raises(PaperProblem, match="data of now"):
        issuing.preview_paper(closed.engine, closed.frozen(), closed.number, "packet", by=closed.secretariat)


def test_only_the_secretariat_takes_steps_and_answers(closed):
    for role in ("member", "viewer"):
        other = add_signed_in(closed.engine, role, f"lain-{role}")
        with pytest.raises(NotAllowed):
            take(closed, "submission", "800/1/BKPSDM/2026", by=other)
        with pytest.raises(NotAllowed):
            packet.explain_fault(closed.engine, closed.number, f"{POST}/names", "karena hanya dua", by=other)
        with pytest.raises(NotAllowed):
            steps.withdraw_step(closed.engine, 1, "salah nomor surat", by=other)
        with pytest.raises(NotAllowed):
            issuing.issue_sheet(closed.engine, load_review(closed.engine), case(closed).decided[0], by=other)


# --- the sheet of one person ------------------------------------------------------------------------------------------


def test_a_sheet_holds_one_person_alone_and_is_issued_once(closed):
    review = load_review(closed.engine)
    nip = case(closed).decided[0]
    made = issuing.issue_sheet(closed.engine, review, nip, by=closed.secretariat)
    assert made.content[:5] == b"%PDF-"
    again = issuing.issue_sheet(closed.engine, review, nip, by=closed.secretariat)
    assert (again.id, again.number, again.content) == (made.id, made.number, made.content)
    other = issuing.issue_sheet(closed.engine, review, case(closed).decided[1], by=closed.secretariat)
    assert other.number != made.number
    (entry,) = [each for each in events(closed, Event.PAPER_ISSUED) if each.subject == made.number]
    assert nip in entry.detail  # who was given what is in the trail
    (paper,) = [each for each in register.list_papers(closed.engine, by=closed.secretariat) if each.id == made.id]
    assert nip not in paper.subject
    assert review.people.at[nip, "full_name"] not in paper.subject


def test_no_sheet_says_anything_of_anybody_else(closed):
    review = load_review(closed.engine)
    people = review.people
    for nip in list(people.index[:40]):
        text = json.dumps(
            write_sheet(review, *explain_person(closed.engine, review, nip), "LP/1", TODAY).data, ensure_ascii=False
        )
        assert nip in text
        assert people.at[nip, "full_name"] in text
        others = people.index[people.index != nip]
        assert not [each for each in others if each in text]
        assert "berkeberatan" in text.lower()
        assert "peringkat" not in text.lower()


def test_a_post_that_was_proposed_is_not_asked_of_again(closed):
    go(closed, "submission")
    assert {each.fault.post for each in faults(closed).values()} <= {POSTS[1]}
