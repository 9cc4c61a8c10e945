"""The contract with streamlit-authenticator: what is written is what it reads."""

from typing import ClassVar

import jwt
import pytest
import streamlit as st

from core.service.authenticator import COOKIE, check_password, hash_password, read_cookie, write_cookie

KEY = "k" * 64


@pytest.fixture
def browser(monkeypatch):
    """The cookies of a request, and the session it belongs to."""

    class Context:
        cookies: ClassVar[dict] = {}

    monkeypatch.setattr(st, "context", Context)
    monkeypatch.setattr(st, "session_state", {})
    Context.cookies = {}
    return Context.cookies


def test_a_token_written_is_read_again(browser):
    browser[COOKIE] = write_cookie("token-1", KEY, 12)
    assert read_cookie(KEY) == "token-1"


@pytest.mark.parametrize(
    "value",
    [
        write_cookie("token-1", "another key " * 6, 12),
        write_cookie("token-1", KEY, -1),
        jwt.encode({"username": "token-1"}, KEY, algorithm="HS256")[:-3] + "abc",
        "nonsense",
    ],
    ids=["signed by somebody else", "expired", "altered", "nonsense"],
)
def test_a_cookie_that_is_not_ours_or_not_valid_is_none(value, browser):
    browser[COOKIE] = value
    assert read_cookie(KEY) is None


def test_without_a_cookie_there_is_no_token(browser):
    assert read_cookie(KEY) is None


def test_a_password_has_its_hash_alone():
    hashed = hash_password("rahasia-123")
    assert check_password("rahasia-123", hashed)
    assert not check_password("rahasia-124", hashed)
    assert not check_password("r" * 73, hash_password("r" * 72))
