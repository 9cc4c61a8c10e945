"""The trail: what is written in it, and that nothing can be changed in it without being found."""

import json
import random
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.service import accounts, installation, posts, sign_ins, trail, trail_reading, views
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.store import trail as store
from core.store.database import open_engine, reading
from core.store.tables import AuditEvent, AuditHead
from core.trail.checkpoint import Checkpoint, InvalidCheckpoint, sign_checkpoint
from core.trail.entry import Entry, hash_entry
from core.trail.events import Event
from core.trail.merkle import Tree
from tests.commands import run_command
from tests.signed_in import add_signed_in


def list_all(engine) -> list[Entry]:
    with reading(engine) as connection:
        return [entry for entry, _ in store.iterate_entries(connection)]


def events_of(engine) -> list[str]:
    return [entry.event for entry in list_all(engine)]


def fill(engine, count=40) -> None:
    for number in range(count):
        trail.record_alone(engine, Event.PERSON_READ, COMMAND_LINE, f"19750101199903100{number % 10}", f"no {number}")


# --- what is written --------------------------------------------------------------------------------------------------


def test_an_entry_says_who_in_which_role_from_where_by_which_sign_in(engine):
    accounts.add_user(engine, "rina", "Rina", "member", by=COMMAND_LINE)
    add_signed_in(engine, "secretariat", "budi")
    account = sign_ins.sign_in(engine, "budi", "empat kuda lari senja", "10.0.0.7", "Firefox").account
    views.save_view(engine, "talent_grid", "Kotak 9", "box=9", by=account)
    first, last = list_all(engine)[0], list_all(engine)[-1]
    assert (first.number, first.event, first.username, first.subject, first.after) == (
        1, "account:added", "command line", "rina", '"member"',
    )  # fmt: skip
    assert (last.event, last.username, last.role, last.address) == ("view:saved", "budi", "secretariat", "10.0.0.7")
    assert json.loads(last.after) == {"name": "Kotak 9"}
    assert len(last.session) == 12
    assert account.token not in str(list_all(engine))
    assert trail.verify_trail(engine).sound


def test_a_refused_write_is_written_down_and_nothing_else_of_it(engine):
    viewer = add_signed_in(engine, "viewer", "ani")
    before = len(list_all(engine))
    with pytest.raises(NotAllowed):
        sign_ins.end_sign_ins(engine, "rina", by=viewer)
    (entry,) = list_all(engine)[before:]
    assert (entry.event, entry.username, entry.role) == ("write:refused", "ani", "viewer")
    assert "may not do this" in entry.detail


def test_an_entry_goes_with_the_transaction_of_what_it_tells(engine, monkeypatch):
    first = posts.list_posts(engine)
    before = events_of(engine)
    monkeypatch.setattr(store, "save_head", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        trail.record_alone(engine, Event.PERSON_READ, COMMAND_LINE, "x")
    monkeypatch.undo()
    assert events_of(engine) == before
    assert posts.list_posts(engine) == first
    assert trail.verify_trail(engine).sound


def test_a_password_typed_in_the_wrong_field_is_not_kept(engine):
    for name in ("Rahasia Negara 123!", "x" * 200, "a\x00b", "\ud800"):
        with pytest.raises(sign_ins.SignInRefused):
            sign_ins.sign_in(engine, name, "salah", "10.0.0.9")
    assert {(entry.username, entry.address) for entry in list_all(engine)} == {("(no user name)", "10.0.0.9")}


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "=1+1", "𝒩ama", "x" * 5000])
def test_whatever_text_is_written_is_verified_again(engine, text):
    trail.record_alone(engine, Event.FILE_TAKEN, COMMAND_LINE, text, text)
    assert trail.verify_trail(engine).sound


def test_reading_the_trail_is_an_administrators(engine):
    fill(engine, 3)
    for role in ("secretariat", "member", "viewer"):
        somebody = add_signed_in(engine, role, role)
        with pytest.raises(NotAllowed):
            trail_reading.list_entries(engine, by=somebody)
        with pytest.raises(NotAllowed):
            trail_reading.verify_trail(engine, by=somebody)
    admin = add_signed_in(engine, "administrator", "adi")
    assert [entry.detail for entry in trail_reading.list_entries(engine, by=admin, events=("person:read",))] == [
        "no 2", "no 1", "no 0",
    ]  # fmt: skip
    assert len(trail_reading.list_entries(engine, by=admin, subject="197501011999031001")) == 1
    assert {entry.username for entry in trail_reading.list_entries(engine, by=admin, username="adi")} == {"adi"}
    assert len(trail_reading.list_entries(engine, by=admin, most=2)) == 2


# --- nothing is changed in it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET username = 'x'", "DELETE FROM audit_event"])
def test_the_database_itself_refuses_to_change_an_entry(engine, statement):
    fill(engine, 2)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert len(list_all(engine)) == 2


def test_postgresql_refuses_to_empty_it(postgresql_engine):
    fill(postgresql_engine, 2)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), postgresql_engine.begin() as connection:
        connection.execute(sa.text("TRUNCATE audit_event"))


def without_guards(engine) -> None:
    """Somebody with all rights on the database takes its guards away."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for what in ("update", "delete"):
                connection.execute(sa.text(f"DROP TRIGGER IF EXISTS audit_event_no_{what}"))
        else:
            connection.execute(sa.text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))


class Tamperer:
    """Somebody with all rights on the database, and who knows how it is made, but without the key."""

    def __init__(self, engine, chance: random.Random) -> None:
        self.engine, self.chance = engine, chance

    def entries(self) -> list[Entry]:
        return list_all(self.engine)

    def write(self, entries: list[Entry], *, leaves: bool, head: bool, numbers: bool = True) -> None:
        """Put these entries in the place of all, with fitting numbers, leaves and head as far as asked for."""
        kept = dict(self._rows())
        tree = Tree()
        rows = []
        for number, entry in enumerate(entries, 1):
            values = {name: getattr(entry, name) for name in Entry.__slots__}
            if numbers:
                values["number"] = number
            made = hash_entry(Entry(**values))
            tree = tree.add(made)
            rows.append({**values, "leaf": made.hex() if leaves else kept.get(entry, made.hex())})
        with self.engine.begin() as connection:
            connection.execute(sa.delete(AuditEvent))
            if rows:
                connection.execute(sa.insert(AuditEvent), rows)
            if head:
                peaks = json.dumps([peak.hex() for peak in tree.peaks])
                connection.execute(sa.update(AuditHead).values(size=tree.size, peaks=peaks))

    def _rows(self):
        with reading(self.engine) as connection:
            return list(store.iterate_entries(connection))

    def edit(self) -> None:
        entries = self.entries()
        at = self.chance.randrange(len(entries))
        values = {name: getattr(entries[at], name) for name in Entry.__slots__}
        field = self.chance.choice(
            ["happened_at", "event", "username", "role", "address", "session", "subject", "detail"]
        )
        values[field] = values[field] + timedelta(1) if field == "happened_at" else values[field] + "x"
        old, entries[at] = entries[at], Entry(**values)
        assert old != entries[at]
        self.write(entries, leaves=self.chance.random() < 0.7, head=self.chance.random() < 0.5)

    def delete(self) -> None:
        entries = self.entries()
        del entries[self.chance.randrange(len(entries) - 1)]
        self.write(entries, leaves=True, head=self.chance.random() < 0.5, numbers=self.chance.random() < 0.7)

    def insert(self) -> None:
        entries = self.entries()
        entries.insert(self.chance.randrange(len(entries)), self.chance.choice(entries))
        self.write(entries, leaves=True, head=self.chance.random() < 0.5)

    def reorder(self) -> None:
        entries = self.entries()
        first, second = self.chance.sample(range(len(entries)), 2)
        entries[first], entries[second] = entries[second], entries[first]
        self.write(entries, leaves=True, head=self.chance.random() < 0.5)

    def cut(self) -> None:
        entries = self.entries()
        self.write(entries[: self.chance.randrange(len(entries))], leaves=True, head=self.chance.random() < 0.7)

    def rebuild(self) -> None:
        entries = [entry for entry in self.entries() if self.chance.random() < 0.5] or self.entries()[:1]
        other = Ed25519PrivateKey.generate()
        self.write(entries, leaves=True, head=True)
        with self.engine.begin() as connection:
            tree, _ = store.load_head(connection)
            signed = sign_checkpoint(Checkpoint(tree.size, tree.root, trail.now()), other)
            store.save_head(connection, tree, signed)


def test_a_thousand_tamperings_are_found(sqlite_engine, tmp_path):
    fill(sqlite_engine)
    assert trail.verify_trail(sqlite_engine).sound
    without_guards(sqlite_engine)
    sqlite_engine.dispose()
    whole = tmp_path / "whole.db"
    with open_engine(f"sqlite:///{tmp_path / 'mantel.db'}").connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    shutil.copyfile(tmp_path / "mantel.db", whole)
    chance = random.Random(2026)
    kinds = [Tamperer.edit, Tamperer.delete, Tamperer.insert, Tamperer.reorder, Tamperer.cut, Tamperer.rebuild]
    missed = []
    for number in range(1000):
        copy = tmp_path / f"tampered{number}.db"
        shutil.copyfile(whole, copy)
        engine = open_engine(f"sqlite:///{copy}")
        kind = kinds[number % len(kinds)]
        kind(Tamperer(engine, chance))
        if trail.verify_trail(engine).sound:
            missed.append((number, kind.__name__))
        engine.dispose()
        copy.unlink()
        for rest in tmp_path.glob(f"{copy.name}-*"):
            rest.unlink()
    assert missed == []


@pytest.mark.parametrize("kind", ["edit", "delete", "insert", "reorder", "cut", "rebuild"])
def test_tamperings_are_found_on_both_databases(engine, kind):
    fill(engine, 9)
    without_guards(engine)
    chance = random.Random(kind)
    getattr(Tamperer(engine, chance), kind)()
    assert not trail.verify_trail(engine).sound


def test_who_also_has_the_key_is_found_by_a_checkpoint_kept_elsewhere(engine):
    fill(engine, 9)
    checkpoint = trail.make_checkpoint(engine)
    fill(engine, 4)
    assert trail.verify_trail(engine, checkpoint).sound
    without_guards(engine)
    forger = Tamperer(engine, random.Random(1))
    forger.write([entry for entry in forger.entries() if entry.number != 5], leaves=True, head=True)
    with engine.begin() as connection:
        tree, _ = store.load_head(connection)
        signed = sign_checkpoint(Checkpoint(tree.size, tree.root, trail.now()), trail.read_key())
        store.save_head(connection, tree, signed)
    # In itself it is whole: nobody could tell without what was kept elsewhere.
    assert trail.verify_trail(engine).sound
    (fault,) = trail.verify_trail(engine, checkpoint).faults
    assert "written anew" in str(fault)


def test_yesterdays_database_put_back_is_found_by_a_checkpoint_kept_elsewhere(sqlite_engine, tmp_path):
    fill(sqlite_engine, 9)
    with sqlite_engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    shutil.copyfile(tmp_path / "mantel.db", tmp_path / "yesterday.db")
    fill(sqlite_engine, 4)
    checkpoint = trail.make_checkpoint(sqlite_engine)
    yesterday = open_engine(f"sqlite:///{tmp_path / 'yesterday.db'}")
    assert trail.verify_trail(yesterday).sound
    (fault,) = trail.verify_trail(yesterday, checkpoint).faults
    assert "later ones are gone" in str(fault)
    yesterday.dispose()


def test_a_trail_emptied_as_if_it_had_never_been_is_found_and_takes_no_entry(engine):
    add_signed_in(engine, "administrator", "adi")
    fill(engine, 5)
    without_guards(engine)
    with engine.begin() as connection:
        connection.execute(sa.delete(AuditEvent))
        connection.execute(sa.update(AuditHead).values(size=0, peaks="[]", checkpoint=""))
    assert not trail.verify_trail(engine).sound
    with pytest.raises(trail.TrailFault, match="lost its signature"):
        fill(engine, 1)
    installation.set_up(engine)  # what every start does makes nothing good
    assert not trail.verify_trail(engine).sound


def test_an_entry_says_where_the_act_came_from_and_not_the_sign_in(engine):
    add_signed_in(engine, "member", "budi")
    account = sign_ins.sign_in(engine, "budi", "empat kuda lari senja", "10.0.0.1").account
    views.save_view(engine, "talent_grid", "Kotak 9", "box=9", by=replace(account, address="10.0.0.2"))
    assert list_all(engine)[-1].address == "10.0.0.2"


def test_a_head_from_another_key_or_without_signature_is_no_head(engine, tmp_path):
    fill(engine, 3)
    with engine.begin() as connection:
        connection.execute(sa.update(AuditHead).values(checkpoint=""))
    (fault,) = trail.verify_trail(engine).faults
    assert "not signed by this installation" in str(fault)


# --- commands ---------------------------------------------------------------------------------------------------------


def test_the_trail_is_verified_and_listed_by_commands(sqlite_engine, tmp_path):
    fill(sqlite_engine, 3)
    kept = tmp_path / "checkpoint.txt"
    assert run_command("audit", "checkpoint", "--out", str(kept), folder=tmp_path).returncode == 0
    sound = run_command("audit", "verify", "--checkpoint", str(kept), folder=tmp_path)
    assert sound.returncode == 0, sound.stderr
    assert "3" in sound.stdout
    listed = run_command("audit", "list", "--event", "person:read", "--format", "json", folder=tmp_path)
    assert [row["number"] for row in json.loads(listed.stdout)] == [3, 2, 1]
    without_guards(sqlite_engine)
    Tamperer(sqlite_engine, random.Random(0)).cut()
    broken = run_command("audit", "verify", folder=tmp_path)
    assert broken.returncode == 1
    for text in ("x", ""):  # an empty file is no checkpoint either, and not as if none had been given
        kept.write_text(text)
        wrong = run_command("audit", "verify", "--checkpoint", str(kept), folder=tmp_path)
        assert wrong.returncode == 1
        assert "titik periksa" in wrong.stderr
        assert "Traceback" not in wrong.stderr


def test_a_checkpoint_of_another_installation_is_refused(sqlite_engine):
    other = sign_checkpoint(Checkpoint(0, Tree().root, trail.now()), Ed25519PrivateKey.generate())
    with pytest.raises(InvalidCheckpoint):
        trail.verify_trail(sqlite_engine, other)
