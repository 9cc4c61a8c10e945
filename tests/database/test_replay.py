"""A closed session's orders come out again to the last bit: from its file, from today's database, and whatever is altered is named."""

import contextlib
import importlib.util
import json
import random
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.service import importing, installation, moving, rules
from core.service.accounts import COMMAND_LINE
from core.service.sessions import preparing, records
from core.service.sessions.evidence import digest_parts, export_evidence
from core.service.sessions.records import SessionProblem
from core.service.sessions.replay import ReplayProblem, replay_file, replay_session
from core.service.trail import read_key
from core.settings import ROOT, settings
from core.store.database import open_engine
from tests.commands import run_command
from tests.conftest import _create_database
from tests.factories import siasn, siasn_row
from tests.sitting import POSTS, Sitting, change_values, close


@pytest.fixture
def closed(engine):
    return close(Sitting(engine))


@pytest.fixture
def closed_file(sqlite_engine):
    """One closed on SQLite: what is tried on its file has nothing to do with the database."""
    return close(Sitting(sqlite_engine))


def evidence(sitting, by=COMMAND_LINE):
    return export_evidence(sitting.engine, sitting.frozen(), sitting.number, by=by)


def key_of_this():
    return read_key().public_key()


def test_the_orders_come_out_again_from_the_file_alone(closed):
    content = evidence(closed)
    replay = replay_file(content, key_of_this())
    assert replay.faults == ()
    room = closed.room("ani")
    assert set(replay.firsts) == set(POSTS)
    assert set(replay.firsts[POSTS[0]]) == {
        room.candidates[row] for row in range(len(room.candidates)) if room.official[row] > 0
    } & set(replay.firsts[POSTS[0]])
    assert len(content) < 5_000_000
    assert evidence(closed) == content  # the same bytes each time


def test_the_orders_come_out_again_from_the_database(closed):
    replay = replay_session(closed.engine, closed.frozen(), closed.number, by=closed.secretariat)
    assert replay.faults == ()
    assert replay.digest == replay_file(evidence(closed)).digest


def test_only_a_closed_session_and_whole_sight_make_a_file(engine):
    sitting = Sitting(engine)
    sitting.seal_all()
    with pytest.raises(SessionProblem, match="still goes on"):
        evidence(sitting)


def paths(content, at=()):
    """Every place of a content where a value stands."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from paths(value, (*at, key))
    elif isinstance(content, list):
        for key, value in enumerate(content):
            yield from paths(value, (*at, key))
    else:
        yield at


def alter(file, path):
    """Another value at a place."""
    *way, last = path
    within = file
    for key in way:
        within = within[key]
    old = within[last]
    within[last] = (
        not old
        if isinstance(old, bool)
        else old + 1
        if isinstance(old, int | float)
        else 7
        if old is None
        else old + "x"
    )


def test_whatever_is_altered_alone_is_named(closed_file):
    content = evidence(closed_file)
    parts = json.loads(content)["parts"]
    for name in parts:
        places = list(paths(parts[name]))
        for place in places[len(places) // 2 :][:1]:
            file = json.loads(content)
            alter(file["parts"], (name, *place))
            faults = replay_file(json.dumps(file).encode()).faults
            assert any(name in str(fault) for fault in faults), (name, place)
            # Also where the digests were made anew: the trail kept those of the closing.
            file["digests"] = digest_parts(file["parts"])
            faults = replay_file(json.dumps(file).encode()).faults
            assert any(name in str(fault) for fault in faults), (name, place)


def test_a_trail_written_anew_is_found_by_its_key(closed_file):
    content = evidence(closed_file)
    file = json.loads(content)
    entry = json.loads(file["trail"]["entries"][-1]["content"])
    entry[3] = "orang lain"
    file["trail"]["entries"][-1]["content"] = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    assert "was changed" in str(replay_file(json.dumps(file).encode()).faults[0])
    other = Ed25519PrivateKey.generate().public_key()
    (fault,) = replay_file(content, other).faults
    assert "was not signed by this installation" in str(fault)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff\xfe", b'{"format": "mantel-session-1", "parts": 1, "digests": 2, "trail": 3}']
)
def test_what_is_no_file_of_a_session_is_one_sentence(content):
    with pytest.raises(ReplayProblem, match="no file of a session"):
        replay_file(content)


def test_a_value_changed_in_the_database_after_the_closing_is_named(closed):
    change_values(closed.engine, closed.seat("citra"))
    faults = [
        str(each) for each in replay_session(closed.engine, closed.frozen(), closed.number, by=COMMAND_LINE).faults
    ]
    assert any(f"“judgements/{POSTS[0]}”" in each for each in faults)


def test_a_later_import_and_other_rules_change_nothing(closed):
    before = evidence(closed)
    nip = closed.posts[0].candidates[0]
    row = siasn_row(nip, **{"NAMA": closed.review.people["name"][nip], "UNOR NAMA": "Dinas Lain"})
    importing.import_files(closed.engine, [siasn(row)], by=COMMAND_LINE, confirmed=True)
    assert rules.list_edits(closed.engine) == []
    session = records.read_session(closed.engine, closed.number, by=COMMAND_LINE)
    review = preparing.load_session_review(closed.engine, session)
    replay = replay_session(closed.engine, review, closed.number, by=COMMAND_LINE)
    assert replay.faults == ()
    after = export_evidence(closed.engine, review, closed.number, by=COMMAND_LINE)
    assert json.loads(after)["parts"] == json.loads(before)["parts"]


def verify(file, *key):
    """The script that a stranger runs, in a Python without any package."""
    script = ROOT / "docs" / "verify_decision.py"
    return subprocess.run([sys.executable, "-I", "-S", str(script), str(file), *key], capture_output=True, text=True)


def test_a_stranger_verifies_the_file_with_the_script_alone(closed_file, tmp_path):
    file, key = tmp_path / "sidang.json", key_of_this().public_bytes_raw().hex()
    file.write_bytes(evidence(closed_file))
    done = verify(file, key)
    assert (done.returncode, done.stderr) == (0, "")
    assert "everything is as it was" in done.stdout
    for post, nips in replay_file(file.read_bytes()).firsts.items():
        assert f"{post}: {', '.join(nips)}" in done.stdout
    assert "not signed with this key" in verify(file, "11" * 32).stdout
    (tmp_path / "none.json").write_text("{}")
    assert (verify(tmp_path / "none.json").returncode, verify(tmp_path / "none.json").stderr) == (1, "")


def test_the_script_names_what_was_altered_in_two_hundred_files(closed_file):
    """In this process, as two hundred interpreters take their time; the script is the same."""
    spec = importlib.util.spec_from_file_location("verify_decision", ROOT / "docs" / "verify_decision.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    content = evidence(closed_file)
    good, rng = json.loads(content), random.Random(1)
    assert [*script.check_digests(good), *script.check_trail(good, None), *script.check_orders(good)] == []
    names = sorted(good["parts"])
    places = {name: list(paths(good["parts"][name], (name,))) for name in names}
    for at in range(200):
        file, name = json.loads(content), names[at % len(names)]
        if not places[name]:
            continue
        alter(file["parts"], rng.choice(places[name]))
        assert any(fault.startswith(f"{name}: ") for fault in script.check_digests(file)), name
        file["digests"] = digest_parts(file["parts"])
        assert list(script.check_digests(file)) == []
        assert any(fault.startswith(f"{name}: at the closing") for fault in script.check_trail(file, None)), name


@pytest.mark.parametrize("way", ["to postgresql", "to sqlite"])
def test_after_a_move_the_same_comes_out(way, postgresql_server, tmp_path, request):
    source = request.getfixturevalue("sqlite_engine" if way == "to postgresql" else "postgresql_engine")
    installation.set_up(source)
    sitting = close(Sitting(source))
    parts = json.loads(evidence(sitting))["parts"]
    target = open_engine(
        f"sqlite:///{tmp_path / 'target.db'}" if way == "to sqlite" else _create_database(postgresql_server)
    )
    moving.move_database(source, target)
    session = records.read_session(target, sitting.number, by=COMMAND_LINE)
    review = preparing.load_session_review(target, session)
    assert replay_session(target, review, sitting.number, by=COMMAND_LINE).faults == ()
    content = export_evidence(target, review, sitting.number, by=COMMAND_LINE)
    assert json.loads(content)["parts"] == parts
    assert replay_file(content, key_of_this()).faults == ()
    target.dispose()


def test_by_commands_and_after_a_restore(sqlite_engine, tmp_path):
    installation.set_up(sqlite_engine)
    sitting, folder = close(Sitting(sqlite_engine)), settings().local_dir
    done = run_command("backup", str(tmp_path / "a.age"), folder=folder)
    assert done.returncode == 0, done.stderr
    key = tmp_path / "key.txt"
    key.write_text(run_command("backup-key", folder=folder).stdout)
    fresh = tmp_path / "fresh"
    assert run_command("restore", str(tmp_path / "a.age"), "--key-file", str(key), folder=fresh).returncode == 0
    file, number = tmp_path / "sidang.json", str(sitting.number)
    done = run_command("session", "evidence", number, "--out", str(file), folder=fresh)
    assert done.returncode == 0, done.stderr
    assert run_command("session", "evidence", number, "--out", str(file), folder=fresh).returncode == 2  # it stays
    public = run_command("audit", "key", folder=fresh).stdout.strip()
    done = run_command("replay", str(file), "--key", public, folder=tmp_path / "elsewhere")
    assert (done.returncode, done.stderr) == (0, "")
    assert POSTS[0] in done.stdout
    altered = json.loads(file.read_text())
    altered["parts"]["rubric"] += "\n# lain"
    file.write_text(json.dumps(altered))
    done = run_command("replay", str(file), "--key", public, folder=tmp_path / "elsewhere")
    assert done.returncode == 1
    assert "rubric" in done.stderr
    assert "Traceback" not in done.stderr


def test_whatever_stands_in_a_file_is_answered_in_sentences(closed_file, tmp_path, capsys):
    spec = importlib.util.spec_from_file_location("verify_decision", ROOT / "docs" / "verify_decision.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    content, rng, path = evidence(closed_file), random.Random(2), tmp_path / "sidang.json"
    good = json.loads(content)
    # From each part a few: the large ones would else take nearly all draws.
    known = [[*paths(part, (name,))] for name, part in good.items() if isinstance(part, dict)]
    places = [place for all_of_it in known for place in rng.sample(all_of_it, min(15, len(all_of_it)))]
    deep = [place[:-1] for place in places if len(place) > 2]
    for at, place in enumerate([*places, *deep]):
        file = json.loads(content)
        *way, last = place
        within = file
        for key in way:
            within = within[key]
        within[last] = (None, [], {}, "x", -1, 10**400, True)[at % 7]
        text = json.dumps(file).encode()
        with contextlib.suppress(ReplayProblem):
            assert replay_file(text).faults, place
        path.write_bytes(text)
        assert script.main([str(path)]) > 0, place
    capsys.readouterr()
