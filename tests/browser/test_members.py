"""Members at once: each sees the answer to the own weights, the newest, and the server keeps nothing of who has left."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.service import installation
from core.service.review import load_review
from core.talent.ranking.of_post import rank_post
from tests.benchmarks.members import draw_tenths
from tests.benchmarks.sessions import read_resident
from tests.members import Capture, Run, connect, count_criteria, make_cookie, read_run, record, with_weights

MEMBERS, RELEASES = 10, 6


@pytest.fixture(scope="module")
def capture(server, browser, members) -> Capture:
    context = browser.new_context()
    made = record(context.new_page(), server, members["member"])
    context.close()
    return made


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: the browser's loop is running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _answers(server, cookie, capture: Capture, weights: list[list[int]]) -> list[Run]:
    runs = []
    async with connect(server, cookie) as socket:
        await socket.send(capture.first)
        await read_run(socket)
        for tenths in weights:
            await socket.send(with_weights(capture.release, tenths))
            runs.append(await read_run(socket))
    return runs


def _weights(capture: Capture, number: int) -> list[list[int]]:
    own, criteria = random.Random(number), count_criteria(capture.release)
    return [draw_tenths(own, criteria) for _ in range(RELEASES)]


def _first_three(run: Run) -> str:
    return next(text for text in run.texts if text.startswith("1. "))


def test_ten_members_at_once_are_told_what_each_is_told_alone(server, members, capture):
    cookies = [make_cookie(server, members["member"]) for _ in range(MEMBERS)]

    async def together():
        meeting = (_answers(server, cookies[k], capture, _weights(capture, k)) for k in range(MEMBERS))
        return await asyncio.gather(*meeting)

    met = _run(together())
    for number, runs in enumerate(met):
        assert runs == _run(_answers(server, cookies[0], capture, _weights(capture, number))), number
        assert not any(run.faults for run in runs)
    assert len({_first_three(run) for runs in met for run in runs}) > MEMBERS, "the weights make no difference"


def test_what_is_confirmed_is_the_order_under_the_own_weights(server, members, capture, monkeypatch):
    weights = _weights(capture, 77)
    runs = _run(_answers(server, make_cookie(server, members["member"]), capture, weights))
    monkeypatch.setenv("MANTEL_LOCAL_DIR", str(server.folder))
    review = load_review(installation.open_configured_engine())
    for tenths, run in zip(weights, runs, strict=True):
        assert run.robustness["told"]["meta"]["weights"] == [tenth / 1000 for tenth in tenths]
        ranked = rank_post(review, "dinas-kominfo", [tenth / 1000 for tenth in tenths], "score")
        assert _first_three(run).startswith(f"1. {ranked['name'][0]} (")


def test_an_overtaken_release_is_given_up_and_never_follows_a_newer_one(server, members, capture):
    weights = _weights(capture, 5)

    async def hasty() -> tuple[list[Run], Run]:
        async with connect(server, make_cookie(server, members["member"])) as socket:
            await socket.send(capture.first)
            await read_run(socket)
            for tenths in weights:
                await socket.send(with_weights(capture.release, tenths))
            told = []
            while not told or told[-1].status != "FINISHED_FRAGMENT_RUN_SUCCESSFULLY":
                told.append(await read_run(socket))
            await socket.send(with_weights(capture.release, weights[-1]))
            return told, await read_run(socket)

    told, again = _run(hasty())
    assert len(told) < RELEASES, "each release was answered as if nobody had let go of the next"
    assert told[-1] == again, "the last answer is not that to the last release"
    asked = [[tenth / 1000 for tenth in tenths] for tenths in weights]
    answered = [asked.index(run.robustness["told"]["meta"]["weights"]) for run in told if run.robustness]
    assert answered == sorted(answered)
    # Who is overtaken is not told how robust an order is that nobody looks at any more.
    assert len(answered) < len(told) or len(told) == 1


def test_sessions_that_have_ended_leave_nothing_behind(server, members, capture):
    cookie = make_cookie(server, members["member"])

    async def come_and_go(count: int) -> int:
        for _ in range(count):
            async with connect(server, cookie) as socket:
                await socket.send(capture.first)
                await read_run(socket)
        return read_resident(server.pid)

    after_some = _run(come_and_go(100))
    assert _run(come_and_go(200)) <= 1.1 * after_some
