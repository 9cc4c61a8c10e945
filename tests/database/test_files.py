"""The files of an installation: whose they are, and what happens when one is gone, empty or replaced."""

import logging
import os
import shutil
import subprocess
import traceback

import pytest
import sqlalchemy as sa

from core.service import installation, trail
from core.service.accounts import COMMAND_LINE
from core.service.secret_files import UnusableSecret
from core.settings import ROOT
from core.store.database import DatabaseProblem, open_engine, reading, writing
from core.trail.events import Event
from tests.browser.conftest import environment
from tests.conftest import PYTHON, free_port


def note(engine) -> None:
    trail.record_alone(engine, Event.FILE_TAKEN, COMMAND_LINE, "x")


def count(engine) -> int:
    with reading(engine) as connection:
        return connection.execute(sa.text("SELECT count(*) FROM audit_event")).scalar_one()


def test_a_database_file_that_is_gone_is_noticed_at_the_next_write_and_read(sqlite_engine, tmp_path):
    note(sqlite_engine)
    (tmp_path / "mantel.db").rename(tmp_path / "moved.db")
    for use in (note, count):
        with pytest.raises(DatabaseProblem, match="is gone"):
            use(sqlite_engine)
    assert not (tmp_path / "mantel.db").exists()
    (tmp_path / "moved.db").rename(tmp_path / "mantel.db")
    note(sqlite_engine)
    assert count(sqlite_engine) == 2


def test_a_database_file_put_in_its_place_is_the_one_that_is_used(sqlite_engine, tmp_path):
    with sqlite_engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    shutil.copyfile(tmp_path / "mantel.db", tmp_path / "backup.db")
    note(sqlite_engine)
    assert count(sqlite_engine) == 1
    for rest in tmp_path.glob("mantel.db-*"):
        rest.unlink()
    (tmp_path / "backup.db").rename(tmp_path / "mantel.db")
    assert count(sqlite_engine) == 0
    note(sqlite_engine)
    other = open_engine(f"sqlite:///{tmp_path / 'mantel.db'}")
    assert count(other) == 1
    other.dispose()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"zz" * 32, b"ab", "kunci rahasia ünï".encode()])
@pytest.mark.parametrize("name", ["cookie_key", "audit_key"])
def test_a_key_that_is_none_is_one_sentence(name, content, installation_folder):
    (installation_folder / name).write_bytes(content)
    read = installation.read_cookie_key if name == "cookie_key" else trail.read_key
    trail._key_in.cache_clear()
    with pytest.raises(UnusableSecret, match="does not hold a key"):
        read()


def test_a_server_does_not_start_without_its_key_and_says_why(tmp_path):
    (tmp_path / "cookie_key").write_bytes(b"")
    command = [*PYTHON, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    done = subprocess.run(command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert "tidak berisi kunci" in done.stderr
    assert "Traceback" not in done.stderr


def test_nobody_else_reads_what_an_installation_writes(tmp_path):
    folder = tmp_path / "local"
    folder.mkdir(mode=0o755)
    (folder / "older").mkdir(mode=0o755)
    (folder / "older" / "list.xlsx").write_bytes(b"x")
    (folder / "older" / "list.xlsx").chmod(0o644)
    os.umask(before := os.umask(0o022))
    done = subprocess.run(
        ["/bin/sh", "-c", f"umask 022; exec {PYTHON[0]} -m core setup --demo --people 60"],
        cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert before == os.umask(before)
    paths = [folder, *folder.rglob("*")]
    assert len(paths) > 10
    open_to_others = [path for path in paths if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_no_sentence_and_no_log_shows_what_a_statement_was_about(engine, caplog):
    secret = "197501011999031001"
    with caplog.at_level(logging.DEBUG), pytest.raises(DatabaseProblem) as failure, writing(engine) as connection:
        connection.execute(sa.text("INSERT INTO user_account (username) VALUES (:nip)"), {"nip": secret})
    told = "".join(traceback.format_exception(failure.value))
    assert "IntegrityError" in told or "NotNullViolation" in told
    assert secret not in told
    assert secret not in caplog.text
    assert "the database refused" in caplog.text


def test_every_refusal_of_the_database_leaves_a_line_in_the_log(engine, caplog):
    with caplog.at_level(logging.WARNING, "mantel.database"):
        with pytest.raises(DatabaseProblem), reading(engine) as connection:
            connection.execute(sa.text("SELECT * FROM no_table"))
        with pytest.raises(DatabaseProblem), writing(engine) as connection:
            connection.execute(sa.text("DELETE FROM audit_head WHERE no_column = 1"))
    assert caplog.text.count("the database refused") == 2


def test_a_busy_database_is_a_sentence_and_a_line_in_the_log(sqlite_engine, caplog):
    with writing(sqlite_engine), caplog.at_level(logging.WARNING, "mantel.database"):
        other = open_engine(str(sqlite_engine.url))
        sa.event.listen(other, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 50"))
        with pytest.raises(DatabaseProblem, match="busy"):
            note(other)
        other.dispose()
    assert "locked" in caplog.text
