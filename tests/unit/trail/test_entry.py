"""An entry stands for one row of bytes, and every field of it is in them."""

import datetime as dt
import hashlib
from dataclasses import fields, replace

from core.trail.entry import Entry, encode_entry, hash_entry
from core.trail.events import Event

ENTRY = Entry(
    7, dt.datetime(2026, 11, 26, 7, 30), Event.SIGN_IN.value, "rina", "member", "10.0.0.7", "ab12", "s", "d", "", "1"
)


def test_the_bytes_of_an_entry_stay_as_they_are():
    """Whoever checks a trail in ten years computes these very bytes."""
    expected = '[7,"2026-11-26T07:30:00","sign-in:opened","rina","member","10.0.0.7","ab12","s","d","","1"]'
    assert encode_entry(ENTRY) == expected.encode()
    assert hash_entry(ENTRY) == hashlib.sha256(b"\x00" + expected.encode()).digest()


def test_no_field_can_change_unseen():
    hashes = {hash_entry(ENTRY)}
    for field in fields(Entry):
        value = getattr(ENTRY, field.name)
        other = (
            value + 1
            if isinstance(value, int)
            else value + dt.timedelta(1)
            if isinstance(value, dt.datetime)
            else value + "x"
        )
        hashes.add(hash_entry(replace(ENTRY, **{field.name: other})))
    # What moves from one field to the next is another entry too.
    hashes.add(hash_entry(replace(ENTRY, subject="", detail="sd")))
    assert len(hashes) == len(fields(Entry)) + 2


def test_every_event_is_subject_and_action_and_fits_its_column():
    for event in Event:
        subject, _, action = event.value.partition(":")
        assert subject
        assert action
        assert len(event.value) <= 40
