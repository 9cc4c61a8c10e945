"""The case after the session: letters in order, what BKN would ask, the new holder beside the facts."""

import copy
import datetime as dt
import io
import json
from dataclasses import replace

import openpyxl
import pytest
import sqlalchemy as sa

from core.imports.parse import Source
from core.papers.document import Document
from core.reports.returning import say_remedy, say_return_fault
from core.reports.workbook import Table, workbook
from core.service import importing
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.cases import packet, steps
from core.service.cases.appointments import list_appointments
from core.service.explanation import explain_person
from core.service.papers import issuing, register, verification
from core.service.papers.register import PaperProblem
from core.service.papers.sheet import write_sheet
from core.service.review import get_review_key, load_review
from core.service.sessions import deciding, meeting, preparing, records, seen
from core.service.sessions.replay import replay_session
from core.service.trail import digest_content
from core.store.database import reading
from core.store.tables import ReturnReason, UserAccount
from core.store.trail import list_entries
from core.talent.case.steps import CaseFault, CaseStep
from core.talent.session.decision import Choice
from core.trail.events import Event
from tests.conftest import TODAY
from tests.factories import SIASN_HEADERS, siasn_row
from tests.signed_in import add_signed_in
from tests.sitting import DAY, NAMES, POSTS, REASON, SETTINGS, Sitting, close, sit_with_a_conflict

POST = POSTS[0]
LETTER = b"%PDF-1.7 surat"


def case(sitting, post=POST, by=None):
    return next(
        each
        for each in steps.list_cases(sitting.engine, sitting.session, by=by or sitting.secretariat)
        if each.post == post
    )


def ask(sitting, current=None, by=None):
    return packet.ask_return(
        sitting.engine,
        sitting.frozen(),
        current or load_review(sitting.engine),
        sitting.session,
        by=by or sitting.secretariat,
    )


def faults(sitting, current=None, by=None):
    return {each.fault.key: each for each in ask(sitting, current, by).answered}


def find_fault(sitting, what, by=None):
    """The one fault of a kind."""
    (found,) = [each for key, each in faults(sitting, by=by).items() if key.split("/")[2] == what]
    return found


def explain(sitting, key, reason="dijelaskan dalam surat pengantar", by=None):
    packet.explain_fault(
        sitting.engine,
        sitting.frozen(),
        load_review(sitting.engine),
        sitting.number,
        key,
        reason,
        by=by or sitting.secretariat,
    )


def answer_all(sitting):
    for each in ask(sitting).open:
        explain(sitting, each.fault.key)


def take(
    sitting, kind, number, nips=(), post=POST, named=POST, content=LETTER, day=TODAY, reason="", by=None, after=None
):
    step = CaseStep(kind, number, day, tuple(nips), named, reason)
    review = load_review(sitting.engine)
    if after is None:
        after = case(sitting, post).last if post in POSTS else 0
    return steps.take_step(
        sitting.engine,
        sitting.frozen(),
        review,
        sitting.number,
        step,
        post,
        content,
        after=after,
        by=by or sitting.secretariat,
    )


def let_days_pass(monkeypatch, count):
    """It is some days after the closing, which was on the tests' own day."""
    monkeypatch.setattr(steps, "today", lambda: TODAY + dt.timedelta(days=count))
    monkeypatch.setattr(steps, "local_day", lambda time: TODAY)


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
        take(sitting, kind, number, nips, post, named=post, content=f"%PDF- {post} {at}".encode())
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
    assert steps.load_letter(closed.engine, taken[1].id, by=closed.secretariat) == f"%PDF- {POST} 1".encode()


def test_the_announcement_that_mantel_issued_needs_no_file(closed, monkeypatch):
    issued = issuing.issue_paper(closed.engine, closed.frozen(), closed.number, "announcement", by=closed.secretariat)
    go(closed, "approval")
    assert (
        issuing.find_issued_number(closed.engine, closed.number, "announcement", by=closed.secretariat) == issued.number
    )
    let_days_pass(monkeypatch, 1)
    with pytest.raises(CaseFault, match="stands in the register as of"):
        take(closed, "announcement", issued.number, content=None, day=TODAY + dt.timedelta(days=1))
    with pytest.raises(CaseFault, match="not the one that the register has"):
        take(closed, "announcement", issued.number, content=b"%PDF- lain")
    take(closed, "announcement", issued.number, content=None)
    taken = case(closed).taken[-1]
    assert taken.paper_standing == "valid"
    assert (
        steps.load_letter(closed.engine, taken.id, by=closed.secretariat) == issued.content
    )  # the register's own file
    register.revoke_paper(closed.engine, issued.id, "salah ketik nama", by=closed.secretariat)
    assert case(closed).taken[-1].paper_standing == "revoked"


@pytest.mark.parametrize(
    ("kind", "number", "more", "words"),
    [
        ("approval", "B-9/AK/2026", {}, "expected “Submission to BKN”"),
        ("submission", "800/1/2026", {"content": None}, "does not stand in the register"),
        ("submission", "800/1/2026", {"content": b"MZ exe"}, "is a PDF"),
        ("submission", "800/1/2026", {"day": TODAY + dt.timedelta(days=1)}, "still to come"),
        ("submission", "800/1/2025", {"day": dt.date(2025, 1, 2)}, "before “the session's closing”"),
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


@pytest.fixture
def shut_out(sqlite_engine):
    """A closed session in which eko, a member who is also of the secretariat, is shut out from the first post."""
    sitting = Sitting(sqlite_engine)
    sit_with_a_conflict(sitting)
    sitting.go_on("discussion")
    for post in POSTS:
        sitting.choose(post)
        for name in NAMES[:4]:
            deciding.vote(sitting.engine, sitting.number, post, "yes", by=sitting.people[name])
    deciding.close(sitting.engine, sitting.frozen(), sitting.number, by=sitting.people["ani"])
    with sqlite_engine.begin() as connection:
        connection.execute(sa.update(UserAccount).where(UserAccount.username == "eko").values(role="secretariat"))
    sitting.people["eko"] = replace(sitting.people["eko"], role="secretariat")
    return sitting


def test_whoever_has_a_conflict_neither_sees_a_case_nor_touches_it(shut_out):
    go(shut_out, "choice")
    taken = case(shut_out).taken
    eko = shut_out.people["eko"]
    assert POST not in [each.post for each in steps.list_cases(shut_out.engine, shut_out.session, by=eko)]
    assert POST not in [each.post for each, _ in steps.list_open_cases(shut_out.engine, by=eko)]
    for act in (
        lambda: steps.load_letter(shut_out.engine, taken[0].id, by=eko),
        lambda: take(shut_out, "confirmation", "B-12/AK/2026", ("1",), by=eko),  # the refusal would name the chosen one
        lambda: steps.withdraw_step(shut_out.engine, taken[-1].id, "salah nomor surat", by=eko),
    ):
        with pytest.raises(NotAllowed, match="conflict of interest"):
            act()
    with pytest.raises(Exception, match="conflict of interest"):
        ask(shut_out, by=eko)
    papers = register.list_papers(shut_out.engine, by=eko)
    titles = {post.key: post.title for post in shut_out.review.posts}
    assert papers
    assert not [paper for paper in papers if titles[POST] in paper.subject]


# --- what BKN would ask -----------------------------------------------------------------------------------------------


def test_nothing_leaves_with_a_fault_that_nobody_answers_for(closed):
    found = faults(closed)
    assert found  # the demo's people lack some papers
    for each in found.values():
        assert each.fault.article
        assert say_remedy(each.fault, "id")
        assert "{" not in say_return_fault(each.fault, "id")
    for leave in (
        lambda: take(closed, "submission", "800/1/BKPSDM/2026"),
        lambda: issue_packet(closed),
        lambda: take_workbook(closed),
        lambda: issuing.write_word(
            closed.engine, closed.frozen(), closed.number, "packet", load_review(closed.engine), by=closed.secretariat
        ),
    ):
        with pytest.raises(CaseFault, match="neither mended nor answered"):
            leave()
    answer_all(closed)
    assert not ask(closed).open
    assert len(events(closed, Event.CASE_FAULT_EXPLAINED)) == len(found)
    assert issuing.write_word(
        closed.engine, closed.frozen(), closed.number, "packet", load_review(closed.engine), by=closed.secretariat
    ).startswith(b"PK")
    issue_packet(closed)
    take(closed, "submission", "800/1/BKPSDM/2026")


def test_a_reason_answers_for_the_very_fault_alone(closed):
    answer_all(closed)
    with pytest.raises(CaseFault, match="not what BKN would ask"):
        explain(closed, f"{POST}/-/held/0123456789abcdef")
    review = load_review(closed.engine)
    somebody, another = (str(nip) for nip in review.people.index[:2])
    held = [ask(closed, replace(review, holders={**review.holders, POST: nip})).open for nip in (somebody, another)]
    keys = [[each.fault.key for each in found if "/held/" in each.fault.key] for found in held]
    assert len(keys[0]) == len(keys[1]) == 1
    assert keys[0] != keys[1]


def test_what_was_asked_must_be_as_it_was(closed, monkeypatch):
    """An import, a reason or another submission between the question and the writing."""
    answer_all(closed)
    asked = ask(closed)
    with closed.engine.begin() as connection:
        connection.execute(
            sa.insert(ReturnReason).values(
                session_id=closed.number, fault="x", reason="y", username="z", recorded_at=dt.datetime(2026, 11, 24)
            )
        )
    monkeypatch.setattr(steps, "ask_return", lambda *_, **__: asked)
    with pytest.raises(CaseFault, match="changed meanwhile"):
        take(closed, "submission", "800/1/BKPSDM/2026")
    assert case(closed).taken == ()
    with pytest.raises(CaseFault, match="newer data"):
        ask(closed, replace(load_review(closed.engine), data_version=99))


def issue_packet(sitting):
    return issuing.issue_paper(
        sitting.engine, sitting.frozen(), sitting.number, "packet", load_review(sitting.engine), by=sitting.secretariat
    )


def preview_packet(sitting):
    return issuing.preview_paper(
        sitting.engine, sitting.frozen(), sitting.number, "packet", load_review(sitting.engine), by=sitting.secretariat
    )


def take_workbook(sitting):
    current = load_review(sitting.engine)
    return issuing.write_workbook(sitting.engine, sitting.frozen(), sitting.number, current, by=sitting.secretariat)


def sit_again(first):
    """A second session of the same people on the same posts, closed."""
    other = copy.copy(first)
    other.number = preparing.make_session(first.engine, "Sidang 2", "Kayuagung", DAY, SETTINGS, by=first.secretariat)
    shown = records.read_session(first.engine, other.number, by=first.secretariat)
    members = [replace(member, id=0) for member in first.session.members]
    preparing.change_session(
        first.engine, shown, "Sidang 2", "Kayuagung", DAY, SETTINGS, members, first.posts, by=first.secretariat
    )
    preparing.open_session(first.engine, load_review(first.engine), other.number, by=first.secretariat)
    return close(other)


def test_a_name_and_a_post_in_another_submission_under_way_are_told(closed):
    other = sit_again(closed)
    assert not [key for key in faults(other) if "/elsewhere/" in key or "/post/" in key]
    first = go(closed, "approval")
    told = [each.fault for key, each in faults(other).items() if "/elsewhere/" in key]
    assert first in {fault.nip for fault in told}
    assert {say_return_fault(fault, "en") for fault in told} == {"stands in another submission under way: Sidang 1"}
    assert say_return_fault(find_fault(other, "post").fault, "en").endswith("under way: Sidang 1")
    go_on(closed, "choice", first)
    left = {each.fault.nip for key, each in faults(other).items() if "/elsewhere/" in key}
    assert left == {first}  # the others are free again
    take(closed, "ended", "B-77/AK/2026", reason="calon mengundurkan diri", content=b"%PDF- tolak")
    assert not [key for key in faults(other) if "/elsewhere/" in key]


def go_on(sitting, kind, first):
    for at, (step, nips) in enumerate((("announcement", ()), ("choice", (first,)))):
        take(sitting, step, f"900/{at}/2026", nips, content=f"%PDF- lanjut {at}".encode())
        if step == kind:
            return


def test_a_packet_that_is_issued_is_a_submission_under_way(closed):
    other = sit_again(closed)
    answer_all(closed)
    issue_packet(closed)
    assert {each.fault.post for key, each in faults(other).items() if "/post/" in key} == set(POSTS)


def test_another_session_that_somebody_is_shut_out_of_is_not_named(shut_out):
    other = sit_again(shut_out)
    go(shut_out, "approval")
    eko = shut_out.people["eko"]
    told = [each.fault for key, each in faults(other, by=eko).items() if "/elsewhere/" in key or "/post/" in key]
    assert told
    assert not [fault for fault in told if "Sidang 1" in say_return_fault(fault, "en")]
    assert "kept from you" in say_return_fault(told[0], "en")


def test_the_data_of_now_are_asked_as_well(closed):
    nip = case(closed).decided[0]
    now = load_review(closed.engine)
    gate = next(each for each in now.eligibility_for(POST).gates if each.effect == "gate")
    before = set(faults(closed))
    now.eligibility_for(POST).answers[gate.key].loc[nip, ["answer", "detail"]] = [2, "0"]
    (new,) = [each.fault for key, each in faults(closed, now).items() if key not in before]
    assert (new.nip, new.by_now) == (nip, True)
    assert say_return_fault(new, "id").endswith("(menurut data sekarang)")


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
    key = next(iter(faults(closed)))
    for role in ("member", "viewer"):
        other = add_signed_in(closed.engine, role, f"lain-{role}")
        with pytest.raises(NotAllowed):
            take(closed, "submission", "800/1/BKPSDM/2026", by=other)
        with pytest.raises(NotAllowed):
            explain(closed, key, by=other)
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
        assert not [each for each in others if each in text or str(people.at[each, "name"]) in text]
        assert "berkeberatan" in text.lower()
        assert "peringkat" not in text.lower()


def test_a_post_that_was_submitted_is_not_asked_of_again(closed):
    issued = (answer_all(closed), issue_packet(closed))[1]
    take(closed, "submission", issued.number, content=None)
    assert ask(closed).posts == (POSTS[1],)
    assert {each.fault.post for each in faults(closed).values()} == {POSTS[1]}
    # The next packet is about the other post alone, and does not take the place of the one that has gone out.
    again = issue_packet(closed)
    blocks = [block for section in preview_packet(closed).sections for block in section.blocks]
    heads = " ".join(block.text for block in blocks if block.kind == "heading")
    titles = {post.key: post.title for post in closed.review.posts}
    assert titles[POSTS[1]] in heads
    assert titles[POSTS[0]] not in heads
    standings = {paper.number: paper.standing for paper in register.list_papers(closed.engine, by=closed.secretariat)}
    assert (standings[issued.number], standings[again.number]) == ("valid", "valid")
    book = openpyxl.load_workbook(io.BytesIO(take_workbook(closed)))
    assert [name for name in book.sheetnames if name.startswith("Nilai")] == ["Nilai 1"]


def test_a_packet_with_other_answers_takes_the_place_of_the_one_before(closed):
    answer_all(closed)
    first = issue_packet(closed)
    with pytest.raises(PaperProblem, match="issued already"):
        issue_packet(closed)
    explain(closed, ask(closed).answered[0].fault.key, "alasan yang lebih baik daripada yang lama")
    second = issue_packet(closed)
    papers = {paper.number: paper for paper in register.list_papers(closed.engine, by=closed.secretariat)}
    assert (papers[first.number].standing, papers[first.number].replaced_by) == ("replaced", second.number)
    assert issuing.is_of_closing(papers[second.number], issuing.find_basis(closed.engine, closed.session))


def test_packet_and_sheet_are_read_by_the_secretariat_alone(closed):
    answer_all(closed)
    packet_ = issue_packet(closed)
    sheet = issuing.issue_sheet(
        closed.engine, load_review(closed.engine), case(closed).decided[0], by=closed.secretariat
    )
    for issued in (packet_, sheet):
        digest = digest_content(issued.content)
        assert register.load_file(closed.engine, digest, by=closed.secretariat) == issued.content
        with pytest.raises(NotAllowed):
            register.load_file(closed.engine, digest, by=closed.people["budi"])
    with pytest.raises(NotAllowed):
        ask(closed, by=closed.people["budi"])


# --- numbers, files, two at once --------------------------------------------------------------------------------------


def test_every_letter_has_a_number_of_its_own(closed):
    go(closed, "approval")
    with pytest.raises(CaseFault, match="stands in this case already, as “Submission to BKN”"):
        take(closed, "announcement", " 800/1/bkpsdm/2026 ", content=b"%PDF- p")
    minutes = issuing.issue_paper(closed.engine, closed.frozen(), closed.number, "minutes", by=closed.secretariat)
    with pytest.raises(CaseFault, match="as another paper"):
        take(closed, "announcement", minutes.number, content=None)
    # The same letter of BKN may be about two posts, another may not have its number.
    take(closed, "submission", "800/1/BKPSDM/2026", post=POSTS[1], named=POSTS[1], content=f"%PDF- {POST} 0".encode())
    other = case(closed, POSTS[1]).decided
    with pytest.raises(CaseFault, match="is another letter in another case"):
        take(closed, "approval", "B-9/AK/2026", other, post=POSTS[1], named=POSTS[1], content=b"%PDF- lain")
    take(closed, "approval", "B-9/AK/2026", other, post=POSTS[1], named=POSTS[1], content=f"%PDF- {POST} 1".encode())


def test_a_letter_has_its_file_somewhere(closed):
    register.enter_paper(closed.engine, "800/5/2026", TODAY, "Surat usulan", None, by=closed.secretariat)
    answer_all(closed)
    with pytest.raises(CaseFault, match="keeps no file of 800/5/2026"):
        take(closed, "submission", "800/5/2026", content=None)
    take(closed, "submission", "800/5/2026")


def test_a_step_on_a_form_that_has_grown_old_is_refused(closed):
    go(closed, "approval")
    old = case(closed)
    steps.withdraw_step(closed.engine, old.last, "salah nama dalam surat", by=closed.secretariat)
    take(closed, "approval", "B-10/AK/2026", old.decided[:2], content=b"%PDF- dua")
    with pytest.raises(CaseFault, match="noted or withdrew a step"):
        take(closed, "announcement", "800/2/BKPSDM/2026", after=old.last)
    event = closed.session.event
    take(closed, "announcement", "800/2/BKPSDM/2026")
    assert closed.session.event > event  # other screens hear of it
    assert case(closed).steps[-1].nips == old.decided[:2]


def test_a_case_can_end_without_an_inauguration(closed):
    go(closed, "submission")
    with pytest.raises(CaseFault, match="why nobody is inaugurated"):
        take(closed, "ended", "B-11/AK/2026")
    take(closed, "ended", "B-11/AK/2026", reason="BKN menolak semua nama")
    assert case(closed).next is None
    assert POST not in [each.post for each, _ in steps.list_open_cases(closed.engine, by=closed.secretariat)]
    with pytest.raises(CaseFault, match="at its end"):
        take(closed, "approval", "B-12/AK/2026", case(closed).decided)
    assert POST not in load_review(closed.engine).holders


def test_an_inauguration_against_the_data_of_now_is_refused(closed):
    first = go(closed, "confirmation")
    step = CaseStep("inauguration", "821/KEP/2026", TODAY, (first,), POST)
    review = load_review(closed.engine)
    somebody = next(str(nip) for nip in review.people.index if nip != first)
    for current, words in (
        (replace(review, posts=tuple(post for post in review.posts if post.key != POST)), "not among the posts"),
        (replace(review, holders={**review.holders, POST: somebody}), "write what made it vacant"),
    ):
        with pytest.raises(CaseFault, match=words):
            steps.take_step(
                closed.engine,
                closed.frozen(),
                current,
                closed.number,
                step,
                POST,
                LETTER,
                after=case(closed).last,
                by=closed.secretariat,
            )
    assert len(case(closed).taken) == 5


def test_an_export_that_shows_the_new_holder_confirms_it_for_good(closed, tmp_path):
    first = go(closed, "inauguration")
    review = load_review(closed.engine)
    title = next(post.title for post in review.posts if post.key == POST)
    import_posts(closed, tmp_path, (first, title, "20-11-2026"))
    after = load_review(closed.engine)
    assert (after.holders[POST], after.unconfirmed) == (first, ())
    import_posts(closed, tmp_path, (first, "Staf Ahli Bupati Bidang Lain", ""))
    after = load_review(closed.engine)
    assert (after.holders.get(POST), after.unconfirmed) == (None, ())


def import_posts(sitting, folder, *rows):
    """Import an export of SIASN in which some people have another post since a day."""
    people = load_review(sitting.engine).people
    cells = [
        siasn_row(
            nip,
            **{
                "NAMA": people.at[nip, "name"],
                "JABATAN NAMA": title,
                "TMT JABATAN": since,
                "ESELON NAMA": "II.b",
            },
        )
        for nip, title, since in rows
    ]
    file = folder / f"{rows[0][1][:4]}.xlsx"
    file.write_bytes(workbook([Table("Data", SIASN_HEADERS, cells)]))
    importing.import_files(sitting.engine, [Source(file.name, file.read_bytes())], by=sitting.secretariat)


def test_the_start_page_asks_the_database_a_few_times_whatever_has_closed(closed):
    def count():
        asked = []
        sa.event.listen(closed.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        steps.list_open_cases(closed.engine, by=closed.secretariat)
        return len(asked)

    few = count()
    for post in POSTS:
        answer_all(closed)
        nip = case(closed, post).decided[0]
        letter = f"800/{post}/1/2026"
        take(closed, "submission", letter, post=post, named=post, content=f"%PDF- {post}".encode())
        take(
            closed,
            "ended",
            f"B/{post}/2/2026",
            (nip,),
            post=post,
            named=post,
            reason="ditolak semuanya",
            content=LETTER,
        )
    assert count() < few  # what is over is not looked at


def standings(sitting):
    return {paper.number: paper.standing for paper in register.list_papers(sitting.engine, by=sitting.secretariat)}


def test_a_mistyped_letter_does_not_verify_and_can_be_noted_rightly(closed_on_both, monkeypatch):
    sitting = closed_on_both
    answer_all(sitting)
    let_days_pass(monkeypatch, 3)
    wrong, right = b"%PDF- salah", b"%PDF- benar"
    taken = take(sitting, "submission", "800/1/BKPSDM/2026", content=wrong, day=TODAY + dt.timedelta(days=1))
    steps.withdraw_step(sitting.engine, taken, "tanggal dan berkasnya keliru", by=sitting.secretariat)
    assert standings(sitting)["800/1/BKPSDM/2026"] == "revoked"
    assert verification.verify_file(sitting.engine, digest_content(wrong)).standing == "unknown"
    with pytest.raises(CaseFault, match="does not stand in the register yet"):
        take(sitting, "submission", "800/1/BKPSDM/2026", content=None, day=TODAY)
    take(sitting, "submission", "800/1/BKPSDM/2026", content=right, day=TODAY + dt.timedelta(days=2))
    answer = verification.verify_number(sitting.engine, "800/1/BKPSDM/2026", TODAY + dt.timedelta(days=2))
    assert answer.standing == "valid"
    assert verification.verify_file(sitting.engine, digest_content(right)).standing == "valid"
    assert verification.verify_file(sitting.engine, digest_content(wrong)).standing == "unknown"
    # The file of a mistyped number may be that of the right one.
    taken = case(sitting).last
    steps.withdraw_step(sitting.engine, taken, "nomornya keliru ketik", by=sitting.secretariat)
    take(sitting, "submission", "800/11/BKPSDM/2026", content=right, day=TODAY + dt.timedelta(days=2))
    assert standings(sitting) == {"800/1/BKPSDM/2026": "revoked", "800/11/BKPSDM/2026": "valid"}


def test_a_letter_that_another_case_goes_by_stays_valid(closed):
    answer_all(closed)
    first = take(closed, "submission", "800/1/BKPSDM/2026")
    take(closed, "submission", "800/1/BKPSDM/2026", post=POSTS[1], named=POSTS[1])
    steps.withdraw_step(closed.engine, first, "jabatan ini belum jadi diusulkan", by=closed.secretariat)
    assert standings(closed)["800/1/BKPSDM/2026"] == "valid"


def test_whoever_reads_a_letter_must_see_every_case_it_is_about(shut_out):
    """One letter of BKN about two posts would tell of the one that is kept from somebody."""
    answer_all(shut_out)
    packet_ = issue_packet(shut_out)
    numbers = {}
    for post in POSTS:
        take(shut_out, "submission", packet_.number, post=post, named=post, content=packet_.content)
        names = case(shut_out, post).decided
        numbers[post] = take(shut_out, "approval", "B-9/AK/2026", names, post=post, named=post)
    eko = shut_out.people["eko"]
    with pytest.raises(NotAllowed, match="conflict of interest"):
        steps.load_letter(shut_out.engine, numbers[POSTS[1]], by=eko)
    for taken in case(shut_out, POSTS[1]).taken:  # nor the packet, which holds all values of both
        with pytest.raises(NotAllowed):
            steps.load_letter(shut_out.engine, taken.id, by=eko)


def test_the_announcement_names_whom_bkn_agreed_to(closed):
    early = issuing.issue_paper(closed.engine, closed.frozen(), closed.number, "announcement", by=closed.secretariat)
    answer_all(closed)
    take(closed, "submission", "800/1/BKPSDM/2026")
    decided = case(closed).decided
    take(closed, "approval", "B-9/AK/2026", decided[:2], content=b"%PDF- BKN")
    with pytest.raises(CaseFault, match="earlier closing, or of other names"):
        take(closed, "announcement", early.number, content=None)
    issued = issuing.issue_paper(closed.engine, closed.frozen(), closed.number, "announcement", by=closed.secretariat)
    text = json.dumps(
        issuing.preview_paper(
            closed.engine, closed.frozen(), closed.number, "announcement", by=closed.secretariat
        ).data,
        ensure_ascii=False,
    )
    names = closed.review.people["full_name"]
    assert [names[nip] in text for nip in decided] == [True, True, False]
    assert standings(closed)[early.number] == "replaced"
    take(closed, "announcement", issued.number, content=None)


def test_a_packet_of_an_earlier_closing_is_no_letter(closed):
    answer_all(closed)
    issued = issue_packet(closed)
    meeting.reopen(closed.engine, closed.number, "ada keberatan yang diterima", by=closed.people["ani"])
    closed.go_on("discussion")
    for post in POSTS:
        room = closed.room("ani", post)
        found = seen.find_standings(closed.session, room)
        able = sorted((nip for nip in found if found[nip].answer < 2), key=lambda nip: found[nip].consensus)[:1]
        choices = [Choice(nip, f"{REASON} yang lain", "ijazah, BKPSDM, 15 Desember 2026") for nip in able]
        deciding.decide(closed.engine, closed.number, post, choices, found, by=closed.people["ani"])
        for name in NAMES:
            deciding.vote(closed.engine, closed.number, post, "yes", by=closed.people[name])
    deciding.close(closed.engine, closed.frozen(), closed.number, by=closed.people["ani"])
    answer_all(closed)
    with pytest.raises(CaseFault, match="earlier closing"):
        take(closed, "submission", issued.number, content=None)


def test_an_inauguration_noted_after_its_export_is_confirmed_for_good(closed, tmp_path):
    first = go(closed, "confirmation")
    title = next(post.title for post in closed.review.posts if post.key == POST)
    import_posts(closed, tmp_path, (first, title, "24-11-2026"))
    take(closed, "inauguration", "821/KEP/2026", (first,), content=b"%PDF- lantik")
    assert load_review(closed.engine).holders[POST] == first
    import_posts(closed, tmp_path, (first, "Staf Ahli Bupati Bidang Lain", ""))
    after = load_review(closed.engine)
    assert (after.holders.get(POST), after.unconfirmed) == (None, ())


def test_who_is_left_in_a_hidden_case_is_not_told_from_another_session(shut_out):
    other = sit_again(shut_out)
    go(shut_out, "choice")
    eko = shut_out.people["eko"]
    hidden = {each.fault.nip for key, each in faults(other, by=eko).items() if "/elsewhere/" in key}
    seen_ = {each.fault.nip for key, each in faults(other).items() if "/elsewhere/" in key}
    assert len(seen_) < len(hidden)
