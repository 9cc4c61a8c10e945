"""Members of a meeting at once: each a websocket that releases a weight of its own every five seconds.

Told are the seconds from a message to the end of the run it asks for, and the processor time of the server.
``python -m tests.benchmarks.members``.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, LAPTOP, Server, environment, running_server
from tests.conftest import PYTHON
from tests.members import PATH, Capture, connect, count_criteria, make_cookie, read_run, record, with_weights

SECONDS, PAUSE = 40.0, 5.0


@dataclass
class Latencies:
    """Seconds from a message to the end of the run it asks for, and what went wrong."""

    first: list[float] = field(default_factory=list)
    releases: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main(counts: tuple[int, ...] = (1, 5, 15, 30), people: int = 650, processes: int = 1, path: str = PATH) -> None:
    """The invented regency, some processes on one database, so many members each time."""
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        setup = [*PYTHON, "-m", "core", "setup", "--demo", "--people", str(people)]
        subprocess.run(setup, check=True, env=environment(folder), capture_output=True)
        servers = [stack.enter_context(running_server(folder)) for _ in range(processes)]
        account = servers[0].password("member")
        captures = [record_alone(server, account, path) for server in servers]
        where = f"{people} people, {processes} processes, {path}"
        print(f"{where}: {1000 * asyncio.run(_cost(servers[0], account, captures[0])):.0f} ms of processor a release")
        for count in counts:
            told = asyncio.run(_meet(servers, account, captures[0], count))
            print(
                f"{count} members, {where}: first view {_say(told.first)}; "
                f"release {_say(told.releases)}; faults {len(told.faults)} {told.faults[:1] or ''}"
            )


def record_alone(server: Server, account: tuple[str, str], path: str = PATH) -> Capture:
    """What a browser sends, by a browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        try:
            return record(browser.new_page(viewport=LAPTOP), server, account, path)
        finally:
            browser.close()


def read_processor(pid: int) -> float:
    """Seconds of processor a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _cost(server: Server, account: tuple[str, str], capture: Capture, count: int = 100) -> float:
    """Seconds of the server's processor a release of one member takes, from the message to the end of its run."""
    own, criteria = random.Random(1), count_criteria(capture.release)
    async with connect(server, make_cookie(server, account)) as socket:
        await socket.send(capture.first)
        await read_run(socket)
        before = 0.0
        for turn in range(-5, count):
            if turn == 0:
                before = read_processor(server.pid)
            await socket.send(with_weights(capture.release, draw_tenths(own, criteria)))
            await read_run(socket)
        return (read_processor(server.pid) - before) / count


def draw_tenths(own: random.Random, criteria: int) -> list[int]:
    """Random weights in whole tenths of a percent."""
    cuts = sorted(own.randrange(1001) for _ in range(criteria - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, 1000], strict=True)]


def _say(seconds: list[float]) -> str:
    if not seconds:
        return "none"
    ordered = sorted(seconds)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return f"median {1000 * statistics.median(ordered):.0f} ms, p95 {1000 * p95:.0f}, largest {1000 * ordered[-1]:.0f}"


async def _meet(servers: Sequence[Server], account: tuple[str, str], capture: Capture, count: int) -> Latencies:
    told = Latencies()
    cookies = [make_cookie(servers[0], account) for _ in range(count)]
    await asyncio.gather(
        *(_member(servers[k % len(servers)], cookie, capture, told, k) for k, cookie in enumerate(cookies))
    )
    return told


async def _member(server: Server, cookie: str, capture: Capture, told: Latencies, number: int) -> None:
    own, criteria = random.Random(number), count_criteria(capture.release)
    await asyncio.sleep(own.random() * 10)  # they arrive within ten seconds
    try:
        async with connect(server, cookie) as socket:
            began = time.perf_counter()
            await socket.send(capture.first)
            told.faults += (await read_run(socket)).faults
            told.first.append(time.perf_counter() - began)
            until = time.perf_counter() + SECONDS
            while time.perf_counter() < until:
                message = with_weights(capture.release, draw_tenths(own, criteria))
                began = time.perf_counter()
                await socket.send(message)
                told.faults += (await read_run(socket)).faults
                told.releases.append(time.perf_counter() - began)
                await asyncio.sleep(PAUSE * (0.5 + own.random()))
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        told.faults.append(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
    main((60,), processes=2)
    main((5,), people=15_000)
    main((5,), people=15_000, path="ranking?post=semua&order=score")
