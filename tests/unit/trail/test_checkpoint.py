"""A checkpoint is read as it was signed, also typed off; nothing else is one."""

import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.trail.checkpoint import Checkpoint, InvalidCheckpoint, read_checkpoint, sign_checkpoint

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
CHECKPOINT = Checkpoint(1250, b"r" * 32, dt.datetime(2026, 11, 26, 7, 30))
TEXT = sign_checkpoint(CHECKPOINT, KEY)


def test_what_was_signed_is_read_again():
    assert read_checkpoint(TEXT, KEY.public_key()) == CHECKPOINT
    typed = "\r\n\r\n".join(f"  {line} " for line in TEXT.splitlines() if line)
    assert read_checkpoint(typed, KEY.public_key()) == CHECKPOINT


@pytest.mark.parametrize("old", ["1250", "07:30:00", "2026", "mantel"])
def test_a_changed_word_is_noticed(old):
    changed = TEXT.replace(old, {"1250": "1251", "07:30:00": "07:30:01", "2026": "2025", "mantel": "other"}[old])
    with pytest.raises(InvalidCheckpoint):
        read_checkpoint(changed, KEY.public_key())


def test_another_installations_checkpoint_is_none_of_ours():
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32).public_key()
    with pytest.raises(InvalidCheckpoint, match="not signed by this installation"):
        read_checkpoint(TEXT, other)


@pytest.mark.parametrize("text", ["", "x", "\n" * 9, TEXT[:60], TEXT + "more", TEXT.replace("1250", "٣"), "\x00\ud800"])
def test_what_is_no_checkpoint_is_one_sentence(text):
    with pytest.raises(InvalidCheckpoint, match="no checkpoint"):
        read_checkpoint(text, KEY.public_key())
