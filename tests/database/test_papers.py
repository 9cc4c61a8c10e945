"""The register: a paper is issued once, verified by whoever holds it, replaced, revoked, and never gone."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from core.papers.document import Document
from core.papers.numbers import InvalidNumber
from core.papers.statement import find_token
from core.reports.papers import draw_pdf
from core.reports.verification import choose_sentence
from core.service import backup, installation, moving
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.papers import (
    announcement,
    issuing,
    keys,
    material,
    minutes,
    publishing,
    register,
    signatures,
    templates,
    verification,
)
from core.service.papers.register import PaperProblem
from core.service.sessions import deciding, meeting
from core.service.sessions.evidence import export_evidence
from core.service.sessions.records import SessionProblem
from core.service.sessions.replay import replay_file
from core.settings import settings
from core.store.database import open_engine
from core.talent.names import bare_name
from tests.apart import call_apart
from tests.commands import run_command
from tests.conftest import TODAY, _create_database
from tests.signed_in import add_signed_in
from tests.sitting import NAMES, POSTS, Sitting, change_values, sit_with_a_conflict

YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def secretariat(engine):
    return add_signed_in(engine, "secretariat", "rina")


def digest(content):
    return hashlib.sha256(content).hexdigest()


def enter(engine, by, number="800/12/BKPSDM/2026", day=TODAY, content=b"isi"):
    return register.enter_paper(engine, number, day, "Undangan rapat", content, by=by)


def issue(sitting, kind="minutes"):
    return issuing.issue_paper(sitting.engine, sitting.frozen(), sitting.number, kind, by=sitting.secretariat)


def standing(answer):
    return answer.standing, answer.way


# --- papers typed outside ---------------------------------------------------------------------------------------------


def test_a_paper_typed_outside_is_verified_by_number_and_by_file(engine, secretariat):
    enter(engine, secretariat)
    assert standing(verification.verify_number(engine, "800 / 12 / bkpsdm/2026", TODAY)) == ("valid", "number")
    assert standing(verification.verify_file(engine, digest(b"isi"))) == ("valid", "file")
    changed = verification.verify_file(engine, digest(b"isi lain"), "", "800/12/BKPSDM/2026", TODAY)
    assert standing(changed) == ("changed", "file")
    assert standing(verification.verify_file(engine, digest(b"isi lain"))) == ("unknown", "file")


def test_a_letter_whose_file_was_never_entered_is_not_called_changed(engine, secretariat):
    enter(engine, secretariat, content=None)
    answer = verification.verify_file(engine, digest(b"apa saja"), "", "800/12/BKPSDM/2026", TODAY)
    assert standing(answer) == ("unkept", "file")


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("800/12/BKPSDM/2026", YESTERDAY),
        ("800/13/BKPSDM/2026", TODAY),
        ("", TODAY),
        ("%", TODAY),
        ("' OR 1=1 --", TODAY),
    ],
)
def test_what_was_never_issued_on_that_day_is_not_ours(engine, secretariat, number, day):
    enter(engine, secretariat)
    assert standing(verification.verify_number(engine, number, day)) == ("unknown", "number")


def test_a_number_is_given_once_a_year_however_it_is_written(engine, secretariat):
    enter(engine, secretariat)
    with pytest.raises(PaperProblem, match="taken already"):
        enter(engine, secretariat, " 800/12/bkpsdm / 2026", YESTERDAY, b"anderes")
    with pytest.raises(PaperProblem, match="this very file"):
        enter(engine, secretariat, "800/13/BKPSDM/2026")
    assert len(register.list_papers(engine, by=secretariat)) == 1  # nothing half-written
    enter(engine, secretariat, day=dt.date(2025, 5, 5), content=b"tahun lalu")


@pytest.mark.parametrize(
    ("number", "day", "subject", "content", "said"),
    [
        ("tanpa angka", TODAY, "Undangan", b"x", "no number of a paper"),
        ("1/2026", TODAY + dt.timedelta(days=1), "Undangan", b"x", "still to come"),
        ("1/2026", TODAY, "  ", b"x", "subject of 3 to 300"),
        ("1/2026", TODAY, "Undangan", b"", "the file is empty"),
        ("1/2026", TODAY, "Undangan", b"x" * (register.LARGEST + 1), "larger than 30 MB"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_nothing_of_it_stays(
    engine, secretariat, number, day, subject, content, said
):
    with pytest.raises((PaperProblem, InvalidNumber)) as refused:
        register.enter_paper(engine, number, day, subject, content, by=secretariat)
    assert said in str(refused.value)
    assert register.list_papers(engine, by=secretariat) == []


def test_a_replaced_paper_names_its_successor_to_the_office_and_only_the_day_to_a_stranger(engine, secretariat):
    old, new = enter(engine, secretariat), enter(engine, secretariat, "800/13/BKPSDM/2026", content=b"baru")
    register.replace_paper(engine, old, "800/13/bkpsdm/2026", "salah ketik", by=secretariat)
    answer = verification.verify_number(engine, "800/12/BKPSDM/2026", TODAY)
    assert (answer.standing, answer.since) == ("replaced", TODAY)
    assert "800/13" not in choose_sentence(answer, "id")
    told = next(each for each in register.list_papers(engine, by=secretariat) if each.id == old)
    assert (told.replaced_by, told.reason) == ("800/13/BKPSDM/2026", "salah ketik")
    assert verification.verify_file(engine, digest(b"isi")).standing == "replaced"
    with pytest.raises(PaperProblem, match="does not hold any more"):
        register.revoke_paper(engine, old, "lagi", by=secretariat)
    with pytest.raises(PaperProblem, match="under no other paper"):
        register.replace_paper(engine, new, "800/13/BKPSDM/2026", "dirinya sendiri", by=secretariat)
    with pytest.raises(PaperProblem, match="does not hold any more"):
        register.replace_paper(engine, new, "800/12/BKPSDM/2026", "kembali", by=secretariat)


def test_no_older_paper_takes_the_place_of_a_newer_one(engine, secretariat):
    enter(engine, secretariat, "800/11/BKPSDM/2026", YESTERDAY, b"lama")
    newer = enter(engine, secretariat)
    with pytest.raises(PaperProblem, match="is older"):
        register.replace_paper(engine, newer, "800/11/BKPSDM/2026", "tertukar", by=secretariat)


def test_a_revoked_paper_says_since_when_and_keeps_its_reason(engine, secretariat):
    paper = enter(engine, secretariat)
    with pytest.raises(PaperProblem, match="reason"):
        register.revoke_paper(engine, paper, " ", by=secretariat)
    register.revoke_paper(engine, paper, "keliru", by=secretariat)
    answer = verification.verify_number(engine, "800/12/BKPSDM/2026", TODAY)
    assert (answer.standing, answer.since) == ("revoked", TODAY)
    assert "24 November 2026" in choose_sentence(answer, "id")
    assert "keliru" not in choose_sentence(answer, "id")


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_only_the_secretariat_enters_replaces_and_revokes(engine, secretariat, role):
    paper, other = enter(engine, secretariat), add_signed_in(engine, role, "lain")
    for act in (
        lambda: enter(engine, other, "9/2026"),
        lambda: register.revoke_paper(engine, paper, "alasan", by=other),
        lambda: register.replace_paper(engine, paper, "9/2026", "alasan", by=other),
        lambda: signatures.take_in_signed(engine, paper, b"x", by=other),
        lambda: templates.keep_template(engine, b"x", by=other),
        lambda: publishing.make_publication(engine, by=other),
        lambda: keys.replace_key(engine, by=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    if role == "viewer":
        with pytest.raises(NotAllowed):
            register.list_papers(engine, by=other)


# --- papers of a session ----------------------------------------------------------------------------------------------


def test_minutes_are_issued_once_and_verified_by_code_and_file(closed_on_both):
    made = issue(closed_on_both)
    token = find_token(made.content)
    assert made.number == "BA/001/BKPSDM/XI/2026"
    assert standing(verification.verify_code(closed_on_both.engine, token)) == ("valid", "code")
    assert standing(verification.verify_file(closed_on_both.engine, digest(made.content))) == ("valid", "file")
    changed = made.content.replace(b"endobj", b"endobj ", 1)
    assert standing(verification.verify_file(closed_on_both.engine, digest(changed), find_token(changed))) == (
        "changed",
        "file",
    )
    assert (
        register.load_file(closed_on_both.engine, digest(made.content), by=closed_on_both.secretariat) == made.content
    )
    with pytest.raises(PaperProblem, match="issued already under BA/001"):
        issue(closed_on_both)
    assert issue(closed_on_both, "announcement").number == "PENG/002/BKPSDM/XI/2026"


def test_a_code_whose_paper_is_not_in_the_register_is_not_ours(closed):
    token = find_token(issue(closed).content)
    with closed.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM paper_file"))
        connection.execute(sa.text("DELETE FROM paper"))
    assert standing(verification.verify_code(closed.engine, token)) == ("unknown", "code")


def test_the_number_goes_on_past_one_that_a_typed_paper_has_taken(closed):
    enter(closed.engine, closed.secretariat, "BA/001/BKPSDM/XI/2026")
    assert issue(closed).number == "BA/002/BKPSDM/XI/2026"


def test_two_who_issue_at_once_get_one_paper(closed_on_both):
    def attempt(_):
        try:
            return issue(closed_on_both).number
        except PaperProblem as refusal:
            return str(refusal)

    closed_on_both.frozen()
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(attempt, range(2)))
    papers = register.list_papers(closed_on_both.engine, by=closed_on_both.secretariat)
    assert [paper.number for paper in papers] == ["BA/001/BKPSDM/XI/2026"]
    assert sorted(told)[0] == "BA/001/BKPSDM/XI/2026"
    assert "issued already" in sorted(told)[1]


def test_a_reopened_session_has_new_minutes_that_replace_the_old(closed):
    first = issue(closed)
    chair = closed.people["ani"]
    meeting.reopen(closed.engine, closed.number, "suara salah dihitung", by=chair)
    with pytest.raises(SessionProblem, match="closed session"):
        issue(closed)
    closed.go_on("discussion")
    deciding.leave_open(closed.engine, closed.number, POSTS[0], "menunggu ijazah", by=chair)
    closed.choose(POSTS[0])
    for name in NAMES:
        deciding.vote(closed.engine, closed.number, POSTS[0], "yes" if name != "eko" else "no", by=closed.people[name])
    deciding.close(closed.engine, closed.frozen(), closed.number, by=chair)
    second = issue(closed)
    papers = {paper.number: paper for paper in register.list_papers(closed.engine, by=closed.secretariat)}
    assert papers[first.number].replaced_by == second.number
    assert standing(verification.verify_file(closed.engine, digest(first.content))) == ("replaced", "file")
    assert standing(verification.verify_file(closed.engine, digest(second.content))) == ("valid", "file")


def test_the_inside_paper_is_kept_from_whoever_is_shut_out_from_anything(sqlite_engine):
    sitting = Sitting(sqlite_engine)
    sit_with_a_conflict(sitting)
    sitting.go_on("discussion")
    for post in POSTS:
        deciding.leave_open(sqlite_engine, sitting.number, post, "terlalu sedikit calon", by=sitting.people["ani"])
    deciding.close(sqlite_engine, sitting.frozen(), sitting.number, by=sitting.people["ani"])
    inside, public = issue(sitting), issue(sitting, "announcement")
    stranger = add_signed_in(sqlite_engine, "member", "tamu")
    for name, who in (("recused", sitting.people["eko"]), ("no part", stranger)):
        with pytest.raises(NotAllowed, match="kept from you"):
            register.load_file(sqlite_engine, digest(inside.content), by=who)
        assert register.load_file(sqlite_engine, digest(public.content), by=who) == public.content, name
    assert register.load_file(sqlite_engine, digest(inside.content), by=sitting.people["ani"]) == inside.content


def test_characters_that_no_font_prints_stand_by_their_code(closed):
    made = material.gather_material(closed.engine, closed.session, closed.frozen(), by=COMMAND_LINE)
    strange = replace(made, session=replace(made.session, name="Sidang 😀\n中 satu", place="Kayu\x07agung"))
    document = minutes.write_minutes(strange, "BA/1", TODAY)
    assert document.subject == "Sidang panitia: Sidang [U+1F600] [U+4E2D] satu"
    assert draw_pdf(document, TODAY).startswith(b"%PDF")


def test_the_word_file_has_the_number_and_says_what_was_issued(closed):
    draft = issuing.write_word(closed.engine, closed.frozen(), closed.number, "minutes", by=closed.secretariat)
    paper = issue(closed)
    made = issuing.write_word(closed.engine, closed.frozen(), closed.number, "minutes", by=closed.secretariat)
    assert paper.number not in words(draft)
    assert paper.number in words(made)
    with closed.engine.begin() as connection:  # as if a later Mantel wrote it otherwise
        connection.execute(sa.text("UPDATE paper SET digest = 'x'"))
    with pytest.raises(PaperProblem, match="something else than"):
        issuing.write_word(closed.engine, closed.frozen(), closed.number, "minutes", by=closed.secretariat)


def words(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("word/document.xml").decode()


def test_no_paper_is_made_of_what_is_not_as_it_was(closed):
    change_values(closed.engine, closed.seat("budi"))
    with pytest.raises(SessionProblem, match="not as it was"):
        issue(closed)
    assert register.list_papers(closed.engine, by=closed.secretariat) == []


def test_the_minutes_say_everything_the_session_decided(closed):
    made = material.gather_material(closed.engine, closed.session, closed.frozen(), by=closed.secretariat)
    text = json.dumps(minutes.write_minutes(made, "BA/1", TODAY).data, ensure_ascii=False)
    for member in closed.session.members:
        assert member.full_name in text
    people = closed.frozen().people["full_name"]
    for post in closed.posts:
        for nip in post.candidates:
            assert nip in text
            assert people[nip] in text
    assert made.digest in text
    assert "ps 107" in text  # the article of whoever failed
    assert "Wawancara (rata-rata anggota)" in text
    assert re.search(r"Kesepakatan bobot: ", text)


def test_the_digest_in_the_minutes_is_that_of_the_replay_of_the_file(closed):
    made = material.gather_material(closed.engine, closed.session, closed.frozen(), by=COMMAND_LINE)
    evidence = export_evidence(closed.engine, closed.frozen(), closed.number, by=COMMAND_LINE)
    assert replay_file(evidence).digest == made.digest


@examples(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_the_public_paper_has_no_value_no_nip_no_order_but_the_alphabet(closed_material, random):
    """Whatever the order in which the committee names them, the public paper is the same and tells no more than the names."""
    made = closed_material
    shuffled = {}
    for post, decided in made.decided.items():
        choices = list(decided.choices)
        random.shuffle(choices)
        shuffled[post] = replace(decided, choices=tuple(choices))
    other = replace(made, decided=shuffled)
    document = announcement.write_announcement(other, "PENG/1", TODAY)
    assert document.digest == announcement.write_announcement(made, "PENG/1", TODAY).digest
    blocks = [block for section in document.sections for block in section.blocks]
    assert not [block for block in blocks if block.kind == "table"]
    for block in blocks:
        if block.kind == "list":
            assert list(block.items) == sorted(block.items, key=bare_name)
        for said in (block.text, *block.items):
            assert not re.search(r"[0-9]", said), said
    named = {item for block in blocks for item in block.items}
    people = made.review.people["full_name"]
    assert named == {people[choice.nip] for decided in made.decided.values() for choice in decided.choices}


@pytest.fixture(scope="module")
def closed_material(closed_template):
    return closed_template[2]


# --- keys, moving, backup ---------------------------------------------------------------------------------------------


def test_papers_of_a_key_that_was_replaced_still_verify(closed):
    old = find_token(issue(closed).content)
    name = keys.replace_key(closed.engine, by=COMMAND_LINE)
    new = find_token(issue(closed, "announcement").content)
    assert new.split(".")[0] == name != old.split(".")[0]
    for token in (old, new):
        assert standing(verification.verify_code(closed.engine, token)) == ("valid", "code")


def test_a_process_that_runs_already_signs_with_the_new_key_and_none_with_an_old_one(closed, tmp_path):
    issue(closed)
    folder = settings().local_dir
    old = (folder / keys.KEY_FILE).read_text()
    name = keys.replace_key(closed.engine, by=COMMAND_LINE)
    assert find_token(issue(closed, "announcement").content).startswith(name)
    (folder / keys.KEY_FILE).write_text(old)
    with pytest.raises(keys.ReplacedKey):
        publishing.make_publication(closed.engine, by=COMMAND_LINE)


def test_papers_are_verified_after_a_move_to_the_other_kind_of_database(closed_on_both, postgresql_server, tmp_path):
    made = issue(closed_on_both)
    token = find_token(made.content)
    url = (
        _create_database(postgresql_server)
        if closed_on_both.engine.dialect.name == "sqlite"
        else f"sqlite:///{tmp_path / 'moved.db'}"
    )
    moved = open_engine(url)
    moving.move_database(closed_on_both.engine, moved)
    assert standing(verification.verify_code(moved, token)) == ("valid", "code")
    assert standing(verification.verify_file(moved, digest(made.content))) == ("valid", "file")
    assert register.load_file(moved, digest(made.content), by=COMMAND_LINE) == made.content
    moved.dispose()


def test_a_backup_brings_the_key_of_papers_along(sqlite_engine, tmp_path, configure):
    installation.set_up(sqlite_engine)
    secretariat = add_signed_in(sqlite_engine, "secretariat", "rina")
    enter(sqlite_engine, secretariat)
    backup.make_backup(sqlite_engine, tmp_path / "b.age", passphrase="empat kata yang lain")
    key = (tmp_path / keys.KEY_FILE).read_text()
    (tmp_path / "new").mkdir()
    configure(local_dir=tmp_path / "new", database_url=f"sqlite:///{tmp_path / 'new' / 'mantel.db'}")
    restored = open_engine(f"sqlite:///{tmp_path / 'new' / 'mantel.db'}")
    backup.restore_backup(restored, tmp_path / "b.age", passphrase="empat kata yang lain")
    assert (tmp_path / "new" / keys.KEY_FILE).read_text() == key
    assert standing(verification.verify_number(restored, "800/12/BKPSDM/2026", TODAY)) == ("valid", "number")
    restored.dispose()


# --- signed files -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority():
    """A root and somebody's certificate under it, as a certification office has them."""
    key = ec.generate_private_key(ec.SECP256R1())
    root = certify("Root Sertifikat Uji", key, None, key)
    own = ec.generate_private_key(ec.SECP256R1())
    return key, root, own, certify("Kepala BKPSDM Uji", own, root, key)


def certify(name, key, issuer, issuer_key):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=400))
        .not_valid_after(now + dt.timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=issuer is not None,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=issuer is None,
                crl_sign=issuer is None,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    return made.sign(issuer_key, hashes.SHA256())


def sign(pdf, authority, tmp_path):
    _, root, key, certificate = authority
    no_words = serialization.NoEncryption()
    files = {
        "key.pem": key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_words),
        "own.pem": certificate.public_bytes(serialization.Encoding.PEM),
        "root.pem": root.public_bytes(serialization.Encoding.PEM),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    signer = signers.SimpleSigner.load(
        tmp_path / "key.pem", tmp_path / "own.pem", ca_chain_files=(tmp_path / "root.pem",)
    )
    made = io.BytesIO()
    call_apart(
        signers.sign_pdf,
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        signers.PdfSignatureMetadata(field_name="TTE"),
        signer=signer,
        output=made,
    )
    return made.getvalue()


@pytest.fixture
def roots(authority, tmp_path, configure):
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "root.pem").write_bytes(authority[1].public_bytes(serialization.Encoding.PEM))
    configure(signature_roots=folder)
    return folder


@pytest.fixture
def issued(closed):
    return closed, issue(closed)


def test_a_pdf_that_comes_back_signed_stands_in_the_register_with_its_signer(issued, authority, roots, tmp_path):
    sitting, paper = issued
    signed = sign(paper.content, authority, tmp_path)
    signer = call_apart(signatures.take_in_signed, sitting.engine, paper.id, signed, by=sitting.secretariat)
    assert signer == "Kepala BKPSDM Uji"
    assert standing(verification.verify_file(sitting.engine, digest(signed))) == ("valid", "file")
    assert standing(verification.verify_file(sitting.engine, digest(paper.content))) == ("valid", "file")
    files = register.list_papers(sitting.engine, by=sitting.secretariat)[0].files
    assert [(file.kind, file.signer) for file in files] == [("issued", ""), ("signed", "Kepala BKPSDM Uji")]
    with pytest.raises(PaperProblem, match="this very file"):
        call_apart(signatures.take_in_signed, sitting.engine, paper.id, signed, by=sitting.secretariat)


def test_what_is_not_the_signed_file_of_this_paper_is_refused(issued, authority, roots, tmp_path):
    sitting, paper = issued
    signed = sign(paper.content, authority, tmp_path)
    other = issue(sitting, "announcement")
    assert signed.count(b"(TTE)") == 1
    changed = signed.replace(b"(TTE)", b"(TTX)")
    for content, said in [
        (paper.content, "no electronic signature"),
        (changed, "changed after"),
        (sign(other.content, authority, tmp_path), "not the file of"),
        (b"%PDF-1.7 nothing", "not the file of"),
        (b"", "not the file of"),
    ]:
        with pytest.raises(PaperProblem) as refused:
            call_apart(signatures.take_in_signed, sitting.engine, paper.id, content, by=sitting.secretariat)
        assert said in str(refused.value)
    files = next(
        each for each in register.list_papers(sitting.engine, by=sitting.secretariat) if each.id == paper.id
    ).files
    assert len(files) == 1


def test_a_forged_text_that_carries_a_genuine_code_is_not_taken_in(issued, authority, roots, tmp_path):
    """Anybody with a certificate of the office's authority can copy a code into a text of their own."""
    sitting, paper = issued
    gathered = material.gather_material(sitting.engine, sitting.session, sitting.frozen(), by=COMMAND_LINE)
    forged = draw_pdf(
        announcement.write_announcement(gathered, paper.number, TODAY), TODAY, find_token(paper.content), "x"
    )
    assert find_token(forged) == find_token(paper.content)
    with pytest.raises(PaperProblem, match="not the file of"):
        call_apart(
            signatures.take_in_signed,
            sitting.engine,
            paper.id,
            sign(forged, authority, tmp_path),
            by=sitting.secretariat,
        )


def test_the_signed_file_of_a_letter_must_be_that_letter(issued, authority, roots, tmp_path):
    sitting, paper = issued
    letter = draw_pdf(Document("Kantor", "Surat", "9/2026", "–", "x", "id", (), ()), TODAY)
    row = enter(sitting.engine, sitting.secretariat, "9/2026", content=letter)
    with pytest.raises(PaperProblem, match="not the file of"):
        call_apart(
            signatures.take_in_signed,
            sitting.engine,
            row,
            sign(paper.content, authority, tmp_path),
            by=sitting.secretariat,
        )
    signer = call_apart(
        signatures.take_in_signed, sitting.engine, row, sign(letter, authority, tmp_path), by=sitting.secretariat
    )
    assert signer == "Kepala BKPSDM Uji"
    unfiled = enter(sitting.engine, sitting.secretariat, "10/2026", content=None)
    with pytest.raises(PaperProblem, match="not the file of"):
        call_apart(
            signatures.take_in_signed,
            sitting.engine,
            unfiled,
            sign(letter, authority, tmp_path),
            by=sitting.secretariat,
        )


def test_a_signature_under_no_installed_root_is_refused(issued, authority, roots, tmp_path, configure):
    sitting, paper = issued
    stranger = ec.generate_private_key(ec.SECP256R1())
    root = certify("Root Lain", stranger, None, stranger)
    own = ec.generate_private_key(ec.SECP256R1())
    signed = sign(paper.content, (stranger, root, own, certify("Penipu", own, root, stranger)), tmp_path)
    with pytest.raises(PaperProblem, match="Penipu was made under no root"):
        call_apart(signatures.take_in_signed, sitting.engine, paper.id, signed, by=sitting.secretariat)
    configure(signature_roots=tmp_path / "nothing")
    with pytest.raises(PaperProblem, match="no root certificates are installed"):
        call_apart(signatures.take_in_signed, sitting.engine, paper.id, signed, by=sitting.secretariat)


# --- the command line -------------------------------------------------------------------------------------------------


def test_a_publication_that_has_grown_old_is_told(engine, secretariat):
    assert publishing.find_unpublished(engine, by=secretariat) is None
    enter(engine, secretariat)
    publishing.make_publication(engine, by=secretariat)
    assert publishing.find_unpublished(engine, by=secretariat)[1] == 0
    other = enter(engine, secretariat, "800/13/BKPSDM/2026", content=b"lain")
    register.revoke_paper(engine, other, "salah ketik", by=secretariat)
    assert publishing.find_unpublished(engine, by=secretariat)[1] == 2


def test_the_commands_enter_verify_and_publish(installation_folder):
    run = partial(run_command, folder=installation_folder)
    run("setup")
    letter = installation_folder / "surat.pdf"
    letter.write_bytes(b"isi surat")
    day = f"{TODAY:%d-%m-%Y}"
    assert (
        run("register", "add", "1/BKPSDM/2026", "--day", day, "--subject", "Undangan", "--file", str(letter)).returncode
        == 0
    )
    assert run("verify", str(letter)).returncode == 0
    assert run("verify", "--number", "1/bkpsdm/2026", "--day", day).returncode == 0
    letter.write_bytes(b"isi lain")
    assert run("verify", str(letter)).returncode == 1
    told = run("verify", str(letter), "--number", "1/BKPSDM/2026", "--day", day)
    assert (told.returncode, told.stdout[:7]) == (1, "Diubah:")
    assert run("register", "revoke", "1", "--reason", "keliru").returncode == 0
    assert run("verify", "--number", "1/BKPSDM/2026", "--day", day).stdout.startswith("Dicabut:")
    published = run("register", "publish", str(installation_folder / "publik"))
    assert published.returncode == 0, published.stderr
    made = json.loads((installation_folder / "publik" / "register.txt").read_text().split("\n")[1])
    assert len(made["papers"]) == 1
    for words in (
        ["verify"],
        ["verify", "--number", "1/2026", "--day", "besok"],
        ["verify", str(installation_folder / "x")],
    ):
        assert run(*words).returncode == 2
