"""The register's public part: whoever has a paper finds it, and nothing of it is written there in clear."""

import datetime as dt
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.papers.publication import PublicPaper, hide_number, sign_publication, write_publication

SALT = b"s" * 16
PAPER = PublicPaper("BA/001/2026", dt.date(2026, 11, 24), "revoked", dt.date(2026, 11, 25), ("ab" * 32,))


def publish():
    lookup = hide_number(PAPER.number, PAPER.issued_on, SALT)
    return write_publication([(lookup, PAPER)], {"k": b"\1" * 32}, SALT, dt.datetime(2026, 11, 24, 1, 2, 3))


def test_number_and_day_together_find_the_paper_and_neither_stands_there():
    content = publish()
    said = json.loads(content)
    assert said["papers"][hide_number("BA/001/2026", dt.date(2026, 11, 24), SALT)] == ["revoked", "2026-11-25", "file"]
    assert hide_number("BA/001/2026", dt.date(2026, 11, 25), SALT) not in said["papers"]
    assert hide_number("BA/002/2026", dt.date(2026, 11, 24), SALT) not in said["papers"]
    assert b"BA/001" not in content
    assert said["files"]["ab" * 32] == ["revoked", "2026-11-25"]


def test_the_hidden_number_is_pbkdf2_as_browsers_compute_it():
    expected = hashlib.pbkdf2_hmac("sha256", b"BA/001/2026\n2026-11-24", SALT, json.loads(publish())["rounds"], 16)
    assert hide_number("BA/001/2026", dt.date(2026, 11, 24), SALT) == expected.hex()


def test_the_same_register_is_the_same_bytes_and_its_signature_verifies():
    key = Ed25519PrivateKey.from_private_bytes(b"\2" * 32)
    assert publish() == publish()
    key.public_key().verify(bytes.fromhex(sign_publication(publish(), key)), publish())
