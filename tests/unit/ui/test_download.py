"""Tests of core/ui/download.py: a file is made for whoever is signed in when it is taken, in the language of the screen."""

import pytest
import streamlit as st

from core.service import trail
from core.service.accounts import NotAllowed
from core.store.accounts import Account
from core.ui import download
from core.ui.language import t

MEMBER = Account("m", "M", "member", True)
#: What went into the trail.
TOLD: list[tuple] = []
GONE = Account("g", "G", "administrator", True)


def offered(monkeypatch, asker, make, **more):
    """What Streamlit would call on the click."""
    kept = {}
    monkeypatch.setattr(download, "engine", lambda: None)
    monkeypatch.setattr(
        trail, "record_alone", lambda engine, event, by, *what: TOLD.append((event, by.username, *what))
    )
    TOLD.clear()
    monkeypatch.setattr(download, "later_asker", lambda: asker)
    monkeypatch.setattr(st, "download_button", lambda label, data, **rest: kept.update(data=data, **rest))
    download.offer_download("Unduh", make, "x.csv", **more)
    assert kept["file_name"] == "x.csv"
    return kept["data"]


def test_whose_sign_in_has_ended_takes_nothing(monkeypatch):
    holders, made = [MEMBER], []
    take = offered(monkeypatch, lambda: (holders[-1], holders[-1] is not GONE), lambda: made.append(1) or b"NIP")
    assert take() == b"NIP"
    holders.append(GONE)  # signed out, deactivated, or with a new password
    with pytest.raises(NotAllowed):
        take()
    assert made == [1]
    assert TOLD == [("file:taken", "m", "x.csv", ""), ("access:refused", "g", "x.csv")]


def test_a_file_may_ask_for_more_than_reading(monkeypatch):
    with pytest.raises(NotAllowed):
        offered(monkeypatch, lambda: (MEMBER, True), lambda: b"", right="import")()


@pytest.mark.parametrize(("words", "said"), [("id", "Peringkat"), ("en", "Rank")])
def test_it_speaks_the_language_of_the_screen_where_there_is_no_session(words, said, monkeypatch):
    monkeypatch.setattr(st, "session_state", {"language": words})
    take = offered(monkeypatch, lambda: (MEMBER, True), lambda: t("Rank"))
    monkeypatch.setattr(st, "session_state", {})
    assert take() == said
