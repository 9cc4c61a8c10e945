"""Backups are proven by restoring them; moves and restores keep every row and the trail."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.service import backup as backups
from core.service import health, importing, installation, moving, sign_ins, trail
from core.service.accounts import COMMAND_LINE
from core.service.backup import BackupProblem, BackupStatus
from core.settings import settings
from core.store import trail as store
from core.store.copying import count_rows, require_empty
from core.store.database import DatabaseProblem, open_engine, reading
from core.trail.checkpoint import InvalidCheckpoint
from core.trail.events import Event
from tests.commands import run_command
from tests.factories import NIP, OTHER_NIP, siasn, siasn_row
from tests.signed_in import OWN_PASSWORD, add_user


@pytest.fixture
def filled(engine):
    """An installation with a user, a person and a trail."""
    installation.set_up(engine)
    add_user(engine, "budi", "member")
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    return engine


@pytest.fixture
def elsewhere(database_kind, request, tmp_path, configure):
    """Another, empty machine: a folder and a database of the same kind."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if database_kind == "sqlite":
        url = f"sqlite:///{folder / 'mantel.db'}"
    else:
        from tests.conftest import _create_database

        url = _create_database(request.getfixturevalue("postgresql_server"))

    def go():
        configure(local_dir=folder, database_url=url)
        trail.forget_key()
        return open_engine(url)

    return go


def rows_of(engine) -> dict[str, int]:
    with reading(engine) as connection:
        return count_rows(connection)


def test_a_backup_is_proven_and_put_back_on_another_machine(filled, elsewhere, tmp_path):
    key = backups.make_backup_key()
    (tmp_path / "key.txt").write_text(key)
    before = rows_of(filled)
    checkpoint = trail.make_checkpoint(filled)
    status = backups.make_backup(filled, tmp_path / "a.age")
    assert (status.fault, status.entries) == ("", before["audit_event"])
    assert backups.read_status() == status
    content = (tmp_path / "a.age").read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert NIP.encode() not in content

    target = elsewhere()
    restored = backups.restore_backup(target, tmp_path / "a.age", key_file=tmp_path / "key.txt", checkpoint=checkpoint)
    assert restored.told == ()
    after = rows_of(target)
    assert {**after, "audit_event": before["audit_event"]} == before
    # The keys came along: the trail verifies, whoever knew a password still does, a cookie of then still is one.
    assert trail.verify_trail(target, checkpoint).sound
    assert sign_ins.sign_in(target, "budi", OWN_PASSWORD).stage == "open"
    target.dispose()


def test_a_passphrase_opens_a_backup_and_nothing_else_does(filled, elsewhere, tmp_path):
    backups.make_backup(filled, tmp_path / "a.age", "lima gajah naik becak")
    backups.make_backup_key()
    target = elsewhere()
    for wrong in ("lima gajah naik becek", ""):
        with pytest.raises(BackupProblem, match=r"does not open|holds no backup key"):
            backups.restore_backup(target, tmp_path / "a.age", wrong)
    assert backups.restore_backup(target, tmp_path / "a.age", "lima gajah naik becak").told == ()
    target.dispose()


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "other"])
def test_a_damaged_backup_is_a_sentence_and_changes_nothing(filled, elsewhere, tmp_path, harm):
    key_file = tmp_path / "key.txt"
    key_file.write_text(backups.make_backup_key())
    file = tmp_path / "a.age"
    backups.make_backup(filled, file)
    content = file.read_bytes()
    middle = len(content) // 2
    file.write_bytes(
        {
            "cut": content[:middle],
            "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "empty": b"",
            "other": b"PK\x03\x04" * 100,
        }[harm]
    )
    target = elsewhere()
    with pytest.raises(BackupProblem, match="does not open"):
        backups.restore_backup(target, file, key_file=key_file)
    with target.connect() as connection:
        assert sa.inspect(connection).get_table_names() == []
    target.dispose()


def test_a_backup_that_lacks_rows_is_not_called_proven(filled, tmp_path, monkeypatch):
    whole = backups.dump_database

    def lacking(engine, file):
        counts = whole(engine, file)
        return {**counts, "user_account": counts["user_account"] + 1}

    monkeypatch.setattr(backups, "dump_database", lacking)
    status = backups.make_backup(filled, tmp_path / "a.age")
    assert "rows are missing: user_account" in status.fault
    assert "could not be restored" in str(health.find_backup_fault(backups.read_status()))


def test_a_backup_overwrites_nothing_and_a_restore_neither(filled, tmp_path):
    file = tmp_path / "a.age"
    backups.make_backup(filled, file)
    content = file.read_bytes()
    with pytest.raises(BackupProblem, match="overwrites none"):
        backups.make_backup(filled, file)
    assert file.read_bytes() == content
    with pytest.raises(BackupProblem, match="no folder"):
        backups.make_backup(filled, tmp_path / "nowhere" / "a.age")
    with pytest.raises(DatabaseProblem, match="not empty"):
        backups.restore_backup(filled, file)


def test_a_backup_older_than_the_checkpoint_is_told(filled, elsewhere, tmp_path):
    key_file = tmp_path / "key.txt"
    key_file.write_text(backups.make_backup_key())
    backups.make_backup(filled, tmp_path / "a.age")
    for _ in range(3):
        trail.record_alone(filled, Event.FILE_TAKEN, COMMAND_LINE, "x")
    checkpoint = trail.make_checkpoint(filled)
    target = elsewhere()
    (told,) = backups.restore_backup(target, tmp_path / "a.age", key_file=key_file, checkpoint=checkpoint).told
    # Three, and the one that says that the backup was made.
    assert told.values["count"] == 4
    assert not trail.verify_trail(target, checkpoint).sound
    target.dispose()


@pytest.mark.parametrize(
    "spoil", [lambda text: "", lambda text: text.replace("mantel", "other"), lambda text: text[:-20]]
)
def test_a_checkpoint_that_is_none_is_told_before_anything_is_restored(filled, elsewhere, tmp_path, spoil):
    key_file = tmp_path / "key.txt"
    key_file.write_text(backups.make_backup_key())
    backups.make_backup(filled, tmp_path / "a.age")
    checkpoint = spoil(trail.make_checkpoint(filled))
    target = elsewhere()
    with pytest.raises(InvalidCheckpoint):
        backups.restore_backup(target, tmp_path / "a.age", key_file=key_file, checkpoint=checkpoint)
    require_empty(target)
    target.dispose()


def test_health_tells_of_a_database_without_tables_and_of_keys_that_do_not_fit(filled, elsewhere, tmp_path, configure):
    assert set(health.check_health(filled).values()) == {""}
    assert health.check_more(filled) == {"trail": "", "certificate": ""}
    (settings().local_dir / "audit_key").write_text("ab" * 32)
    trail.forget_key()
    assert health.check_more(filled)["trail"] == "InvalidCheckpoint"
    empty = elsewhere()
    assert health.check_health(empty)["database"]
    empty.dispose()


@pytest.mark.parametrize(
    ("days", "told"), [(5, "expires in"), (-3, "expires in -"), (90, ""), (None, "cannot be read")]
)
def test_health_tells_when_the_certificate_ends(tmp_path, configure, days, told):
    file = tmp_path / "server.crt"
    if days is None:
        file.write_text("none")
    else:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mantel.example.test")])
        start = dt.datetime.now(dt.UTC) - dt.timedelta(days=10)
        built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        built = (
            built.serial_number(1)
            .not_valid_before(start)
            .not_valid_after(start + dt.timedelta(days=10 + days, hours=1))
        )
        file.write_bytes(built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    configure(certificate=file)
    said = health._check_certificate()
    assert said.startswith(told) if told else said == ""


def test_seven_days_and_four_weeks_of_backups_stay():
    first = dt.datetime(2026, 1, 1, 19)
    names = [
        f"mantel-{first + dt.timedelta(days=day, hours=hour):%Y%m%d-%H%M%S}.age" for day in range(60) for hour in (0, 2)
    ]
    gone = backups.choose_old(names)
    stays = sorted(set(names) - set(gone))
    days = [name[7:15] for name in stays]
    assert days[:-1] == sorted(set(days))  # of two a day the later one, of the newest day all
    assert [name for name in stays if not name.endswith("-210000.age")] == ["mantel-20260301-190000.age"]
    # 1 March 2026 is a Sunday: the last seven days are one week, before it the last days of three weeks.
    assert days[:-1] == ["20260208", "20260215", "20260222", *(f"202602{day}" for day in range(23, 29)), "20260301"]
    assert backups.choose_old(names[:3]) == [names[0]]
    # What was made on the newest day, e.g. before an update, stays beside the night's.
    newest = ["mantel-20260401-090000.age", "mantel-20260401-091500.age"]
    assert set(backups.choose_old([*names, *newest])) >= set(gone)
    assert not set(backups.choose_old([*names, *newest])) & set(newest)


def test_a_nightly_backup_that_is_not_proven_removes_no_older_one(filled, tmp_path, monkeypatch):
    folder = tmp_path / "nightly"
    folder.mkdir()
    old = folder / "mantel-20200101-000000.age"
    old.write_bytes(b"x")
    monkeypatch.setattr(backups, "_prove", lambda *_: "broken")
    assert backups.make_nightly_backup(filled, folder).fault == "broken"
    assert old.exists()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "no backup yet"),
        (BackupStatus("2020-01-01T00:00:00", "a", 1, 1, ""), "older than a day"),
        (BackupStatus("2020-01-01T00:00:00", "a", 1, 1, "broken"), "could not be restored: broken"),
    ],
)
def test_what_is_wrong_with_the_last_backup(status, words):
    assert words in str(health.find_backup_fault(status))


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"made_at": 1}', "\x00"])
def test_a_status_that_cannot_be_read_is_none(content, installation_folder):
    (installation_folder / "backup.json").write_text(content)
    assert backups.read_status() is None


@pytest.mark.parametrize("way", ["to postgresql", "to sqlite", "within postgresql"])
def test_a_move_keeps_every_row_and_the_trail(way, postgresql_server, tmp_path, configure, request):
    from tests.conftest import _create_database

    source = request.getfixturevalue("sqlite_engine" if way == "to postgresql" else "postgresql_engine")
    url = f"sqlite:///{tmp_path / 'target.db'}" if way == "to sqlite" else _create_database(postgresql_server)
    installation.set_up(source)
    add_user(source, "budi", "member")
    importing.import_files(
        source,
        [
            siasn(siasn_row()),
        ],
        by=COMMAND_LINE,
    )
    checkpoint = trail.make_checkpoint(source)
    before = rows_of(source)
    target = open_engine(url)
    rows, entries = moving.move_database(source, target)
    assert rows == sum(before.values())
    assert entries == before["audit_event"]
    for engine in (source, target):
        assert trail.verify_trail(engine, checkpoint).sound
    with reading(source) as one, reading(target) as other:
        kept, moved = list(store.iterate_entries(one)), list(store.iterate_entries(other))
    assert moved[: len(kept)] == kept
    # What is numbered counts on; nobody's rows are taken for another's.
    importing.import_files(target, [siasn(siasn_row(), siasn_row(OTHER_NIP, NAMA="SITI REKAAN"))], by=COMMAND_LINE)
    with pytest.raises(DatabaseProblem, match="not empty"):
        moving.move_database(source, target)
    target.dispose()


def test_backup_restore_and_move_by_commands(demo_installation, tmp_path):
    folder = settings().local_dir
    done = run_command("backup", str(tmp_path / "a.age"), folder=folder)
    assert done.returncode == 0, done.stderr
    key = tmp_path / "key.txt"
    key.write_text(run_command("backup-key", folder=folder).stdout)
    fresh = tmp_path / "fresh"
    done = run_command("restore", str(tmp_path / "a.age"), "--key-file", str(key), folder=fresh)
    assert done.returncode == 0, done.stderr
    assert json.loads(run_command("grid", "--format", "json", folder=fresh).stdout) == json.loads(
        run_command("grid", "--format", "json", folder=folder).stdout
    )
    target = f"sqlite:///{tmp_path / 'moved.db'}"
    done = run_command("move", "--to", target, folder=fresh)
    assert done.returncode == 0, done.stderr
    assert run_command("audit", "verify", folder=fresh, MANTEL_DATABASE_URL=target).returncode == 0
    done = run_command("health", folder=folder)
    assert "database: ok" in done.stdout
    assert "backup: ok" in done.stdout
    for words in (
        ("restore", str(tmp_path / "a.age"), folder),
        ("restore", str(key), tmp_path / "third"),
        ("backup", str(tmp_path / "none" / "a.age"), folder),
        ("move", "--to", "nonsense://x", folder),
    ):
        done = run_command(*words[:-1], folder=words[-1])
        assert done.returncode in (1, 2), words
        assert "Traceback" not in done.stderr, words
