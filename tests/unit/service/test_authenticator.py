"""The contract with streamlit-authenticator: what is written is what it reads."""

from typing import ClassVar

import jwt
import pytest
import streamlit as st
from streamlit_authenticator.models.cookie_model import CookieModel

from core.service.authenticator import COOKIE, check_password, hash_password, read_cookie, write_cookie

KEY = "k" * 64


def test_a_token_written_is_read_again_by_us_and_by_the_library(monkeypatch):
    value = write_cookie("token-1", KEY, 12)
    assert read_cookie(value, KEY) == "token-1"

    class Context:
        cookies: ClassVar[dict] = {COOKIE: value}

    monkeypatch.setattr(st, "context", Context)
    monkeypatch.setattr(st, "session_state", {"logout": None})
    library = CookieModel.__new__(CookieModel)
    library.cookie_name, library.cookie_key, library.cookie_expiry_days, library.token = COOKIE, KEY, 1.0, None
    assert library.get_cookie()["username"] == "token-1"


@pytest.mark.parametrize(
    "value",
    [
        write_cookie("token-1", "another key " * 6, 12),
        write_cookie("token-1", KEY, -1),
        jwt.encode({"username": "token-1"}, KEY, algorithm="HS256")[:-3] + "abc",
        "nonsense",
        "",
        jwt.encode({"username": "token-1", "exp_date": "9999999999"}, KEY, algorithm="HS256"),
        jwt.encode({"username": "token-1", "exp_date": 9999999999}, None, algorithm="none"),
    ],
    ids=["signed by somebody else", "expired", "altered", "nonsense", "empty", "end in words", "unsigned"],
)
def test_a_cookie_that_is_not_ours_or_not_valid_is_none(value):
    assert read_cookie(value, KEY) is None


def test_a_password_has_its_hash_alone():
    hashed = hash_password("rahasia-123")
    assert check_password("rahasia-123", hashed)
    assert not check_password("rahasia-124", hashed)
    assert not check_password("r" * 73, hash_password("r" * 72))
