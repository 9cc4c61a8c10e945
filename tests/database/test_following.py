"""Pages follow a session by a number: the answer waits until there is something new."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from core.service.sessions import preparing, records
from core.web import following
from core.web.connections import open_engine_once
from core.web.health import Draining
from tests.apart import run_apart
from tests.signed_in import add_signed_in
from tests.sitting import DAY, SETTINGS


@pytest.fixture
def prepared(engine):
    open_engine_once.cache_clear()  # that of the test before
    by = add_signed_in(engine, "secretariat", "sekretariat")
    number = preparing.make_session(engine, "Sidang", "Kayuagung", DAY, SETTINGS, by=by)

    def change():
        shown = records.read_session(engine, number, by=by)
        preparing.change_session(engine, shown, "Sidang", "Kayuagung", DAY, SETTINGS, [], [], by=by)

    yield number, change
    open_engine_once.cache_clear()


def ask(*addresses, meanwhile=None):
    async def all_of_them():
        transport = httpx.ASGITransport(Starlette(routes=following.make_routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as browser:
            tasks = [asyncio.create_task(browser.get(address)) for address in addresses]
            if meanwhile:
                while sum(each.waiting for each in following._WATCHED.values()) < len(addresses):
                    await asyncio.sleep(0.01)
                await asyncio.to_thread(meanwhile)
            return await asyncio.gather(*tasks)

    return run_apart(all_of_them())


def test_whoever_knows_an_older_number_is_answered_at_once(prepared):
    number, change = prepared
    (answer,) = ask(f"/session/follow?session={number}&after=7")
    assert answer.json() == {"event": 0}
    change()
    (answer,) = ask(f"/session/follow?session={number}&after=0")
    assert answer.json() == {"event": 1}


def test_all_who_wait_are_answered_when_there_is_something_new(prepared):
    number, change = prepared
    answers = ask(*[f"/session/follow?session={number}&after=0"] * 5, meanwhile=change)
    assert [answer.json() for answer in answers] == [{"event": 1}] * 5
    assert not following._WATCHED or all(not each.waiting for each in following._WATCHED.values())


def test_nobody_is_kept_waiting_by_a_process_that_stops(prepared, monkeypatch):
    number, _ = prepared
    monkeypatch.setattr(Draining, "on", True)
    (answer,) = ask(f"/session/follow?session={number}&after=0")
    assert answer.json() == {"event": 0}


def test_who_waits_long_is_answered_with_what_is_known(prepared, monkeypatch):
    number, _ = prepared
    monkeypatch.setattr(following, "LONGEST", 0.1)
    (answer,) = ask(f"/session/follow?session={number}&after=0")
    assert answer.json() == {"event": 0}


@pytest.mark.parametrize(
    "query",
    ["", "session=1", "session=x&after=0", "session=1&after=-1", "session=1%20or%201&after=0", "session=99&after=0"],
)
def test_what_is_no_session_is_not_there(prepared, query):
    (answer,) = ask(f"/session/follow?{query}")
    assert answer.status_code == 404
