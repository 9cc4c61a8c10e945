"""What is signed about a paper: any change of it is noticed, and a key that was replaced still verifies its papers."""

import base64
import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from core.papers.statement import InvalidStatement, Statement, find_token, name_key, read_statement, sign_statement

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
SAID = Statement("BA/001/BKPSDM/XI/2026", dt.date(2026, 11, 24), "Sidang “satu”", "ab" * 32)


def public(key):
    return key.public_key().public_bytes_raw()


KEYS = {name_key(public(key)): public(key) for key in (KEY, OTHER)}


def test_a_statement_comes_back_by_the_key_that_signed_it():
    for key in (KEY, OTHER):
        assert read_statement(sign_statement(SAID, key), KEYS) == SAID


def test_a_key_that_is_not_the_offices_says_nothing():
    token = sign_statement(SAID, Ed25519PrivateKey.from_private_bytes(bytes([3]) * 32))
    with pytest.raises(InvalidStatement):
        read_statement(token, KEYS)


def test_a_name_of_a_key_cannot_be_borrowed():
    token = sign_statement(SAID, OTHER)
    with pytest.raises(InvalidStatement):
        read_statement(name_key(public(KEY)) + token[16:], KEYS)


@settings(max_examples=300)
@given(st.data())
def test_a_token_with_one_letter_changed_is_refused(data):
    token = sign_statement(SAID, KEY)
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("abcXYZ019-_."))
    changed = token[:at] + letter + token[at + 1 :]
    try:
        read = read_statement(changed, KEYS)
    except InvalidStatement:
        return
    assert read == SAID  # the last letter of base64 carries bits that say nothing


@given(st.text(max_size=300))
def test_whatever_is_typed_is_refused_in_one_sentence(text):
    with pytest.raises(InvalidStatement, match="not signed by this office"):
        read_statement(text, KEYS)


def test_a_text_that_is_signed_but_is_no_statement_is_refused():
    text = b"mantel audit trail\n1\n2\n3\n4"
    parts = (base64.urlsafe_b64encode(each).decode().rstrip("=") for each in (text, KEY.sign(text)))
    with pytest.raises(InvalidStatement):
        read_statement(".".join((name_key(public(KEY)), *parts)), KEYS)


def test_a_file_carries_its_token_among_other_bytes():
    token = sign_statement(SAID, KEY)
    assert find_token(b"%PDF \xff mantel-paper:" + token.encode() + b"</pdf:Keywords>") == token
    assert find_token(b"mantel-paper:nothing") == ""
